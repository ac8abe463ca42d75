import type { EquipmentModel } from '@yunfab/core/verticals';
import { stationCommands } from './station-commands.js';

const brief = 'peripherals.md, Telemetry (check)';

export const pickAndPlace: EquipmentModel = {
  id: 'peripherals.pick-and-place',
  words: { en: 'Pick and place', zh: '贴片机' },
  signals: [
    { name: 'placements', kind: 'number', unit: '1', words: { en: 'Components placed', zh: '贴装数' }, range: { low: 0, high: 1e9 } },
    {
      name: 'placement_rate',
      kind: 'number',
      unit: '/h',
      words: { en: 'Components an hour', zh: '每小时贴装数' },
      range: { low: 0, high: 200_000 },
    },
    { name: 'pick_errors', kind: 'number', unit: '1', words: { en: 'Pick errors', zh: '吸取错误' }, range: { low: 0, high: 1e9 } },
    {
      name: 'paste_volume',
      kind: 'number',
      unit: '%',
      words: { en: 'Paste volume before placing', zh: '贴装前锡膏体积' },
      range: { low: 0, high: 300 },
      usual: { low: 50, high: 150, source: brief },
    },
    { name: 'nozzle_vacuum', kind: 'number', unit: 'kPa', words: { en: 'Nozzle vacuum', zh: '吸嘴真空' }, range: { low: -101, high: 0 } },
  ],
  alarms: [
    {
      id: 'peripherals.vacuum_lost',
      words: { en: 'Nozzle vacuum lost', zh: '吸嘴真空丢失' },
      signal: 'nozzle_vacuum',
      when: 'above',
      limit: -40,
      deadband: 5,
      delayMs: 5_000,
      severity: 'high',
    },
  ],
  commands: stationCommands,
};

export const finalTestStation: EquipmentModel = {
  id: 'peripherals.final-test',
  words: { en: 'Final test station', zh: '终检工位' },
  signals: [
    { name: 'supply_current', kind: 'number', unit: 'A', words: { en: 'Supply current', zh: '供电电流' }, range: { low: 0, high: 20 } },
    {
      name: 'dots_failed',
      kind: 'number',
      unit: '1',
      words: { en: 'Dots of the head that fail', zh: '打印头坏点' },
      range: { low: 0, high: 2000 },
    },
    {
      name: 'feed_error',
      kind: 'number',
      unit: 'mm',
      words: { en: 'Feed error over 100 mm', zh: '每 100 mm 走纸误差' },
      range: { low: -20, high: 20 },
    },
    { name: 'cut_time', kind: 'number', unit: 'ms', words: { en: 'Time of a cut', zh: '切纸时间' }, range: { low: 0, high: 5000 } },
  ],
  commands: stationCommands,
};
