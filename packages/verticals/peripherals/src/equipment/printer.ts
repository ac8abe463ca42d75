import type { EquipmentModel } from '@yunfab/core/verticals';
import { printerCommands, printerConfiguration } from './printer-commands.js';

/** An installed receipt or label printer, as it reports itself. */
export const printer: EquipmentModel = {
  id: 'peripherals.printer',
  words: { en: 'Installed printer', zh: '在用打印机' },
  signals: [
    { name: 'page_count', kind: 'number', unit: '1', words: { en: 'Pages printed', zh: '打印页数' }, range: { low: 0, high: 1e9 } },
    { name: 'supply_level', kind: 'number', unit: '%', words: { en: 'Supply left', zh: '耗材余量' }, range: { low: -3, high: 100 } },
    {
      name: 'head_temperature',
      kind: 'number',
      unit: 'Cel',
      words: { en: 'Print head', zh: '打印头温度' },
      range: { low: -20, high: 120 },
    },
    {
      name: 'head_distance',
      kind: 'number',
      unit: 'km',
      words: { en: 'Paper past the head', zh: '打印头走纸里程' },
      range: { low: 0, high: 1000 },
    },
    { name: 'cutter_count', kind: 'number', unit: '1', words: { en: 'Cuts', zh: '切刀次数' }, range: { low: 0, high: 1e8 } },
    { name: 'jam_count', kind: 'number', unit: '1', words: { en: 'Paper jams', zh: '卡纸次数' }, range: { low: 0, high: 1e6 } },
    {
      name: 'status',
      kind: 'text',
      unit: '1',
      words: { en: 'Status', zh: '状态' },
      values: {
        idle: { en: 'Ready', zh: '就绪' },
        printing: { en: 'Printing', zh: '打印中' },
        paper_jam: { en: 'Paper jam', zh: '卡纸' },
        supply_end: { en: 'Supply used up', zh: '耗材用尽' },
      },
    },
  ],
  alarms: [
    {
      id: 'peripherals.head_hot',
      words: { en: 'Print head too hot', zh: '打印头过热' },
      signal: 'head_temperature',
      when: 'above',
      limit: 65,
      deadband: 3,
      delayMs: 60_000,
      severity: 'high',
    },
    {
      id: 'peripherals.cutter_life',
      words: { en: 'Cutter near the end of its life', zh: '切刀接近寿命终点' },
      signal: 'cutter_count',
      when: 'above',
      limit: 1_500_000,
      severity: 'medium',
    },
  ],
  commands: printerCommands,
  configuration: printerConfiguration,
};
