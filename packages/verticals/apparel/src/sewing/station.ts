import type { EquipmentModel } from '@yunfab/core/verticals';
import { stationCommands } from '../commands.js';

export const sewingStation: EquipmentModel = {
  id: 'apparel.sewing-station',
  words: { en: 'Sewing station', zh: '缝纫工位' },
  signals: [
    {
      name: 'stitches',
      kind: 'number',
      unit: '1',
      words: { en: 'Stitches on this garment', zh: '本件针数' },
      range: { low: 0, high: 100_000 },
    },
    {
      name: 'sewing_speed',
      kind: 'number',
      unit: '/min',
      words: { en: 'Speed', zh: '车速' },
      range: { low: 0, high: 9000 },
      usual: { low: 2000, high: 4500, source: 'house figure, to be checked on the machine' },
    },
    {
      name: 'thread_breaks',
      kind: 'number',
      unit: '1',
      words: { en: 'Thread breaks on this garment', zh: '本件断线次数' },
      range: { low: 0, high: 200 },
    },
    {
      name: 'tag',
      kind: 'text',
      unit: '1',
      words: { en: 'Tag at the station, read in; empty when read out', zh: '工位标签（进站读取，出站为空）' },
    },
  ],
  alarms: [
    {
      id: 'apparel.thread_breaks',
      words: { en: 'Thread breaks again and again', zh: '频繁断线' },
      signal: 'thread_breaks',
      when: 'above',
      limit: 4,
      severity: 'medium',
      duringRun: true,
    },
  ],
  commands: stationCommands,
};
