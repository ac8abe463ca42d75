import type { PageField, VerticalPage } from '@yunfab/core/verticals';
import { wrapped134 } from './program.js';

const number = (name: string, en: string, zh: string, unit: string, initial: number): PageField => ({
  name,
  words: { en, zh },
  kind: 'number',
  unit,
  initial,
});

export const sterilizationPages: readonly VerticalPage[] = [
  {
    id: 'medical-device.sterilizers',
    words: { en: 'Sterilizers', zh: '灭菌器' },
    permission: 'medical-device.cycles.read',
    blocks: [
      {
        kind: 'equipment',
        words: { en: 'Steam sterilizers, live', zh: '压力蒸汽灭菌器实时状态' },
        model: 'medical-device.steam-sterilizer',
        signals: ['chamber_temperature', 'load_probe_1', 'load_probe_3', 'load_probe_5', 'chamber_pressure'],
        evaluator: {
          id: 'medical-device.steam-cycle',
          values: ['f0_coldest', 'f0_hottest', 'holding_time', 'spread', 'above_steam', 'evacuations'],
          curves: ['coldest_place', 'saturated_steam', 'f0'],
        },
      },
    ],
  },
  {
    id: 'medical-device.programs',
    words: { en: 'Sterilization programs', zh: '灭菌程序' },
    permission: 'medical-device.programs.read',
    blocks: [
      {
        kind: 'table',
        words: { en: 'Sterilization programs', zh: '灭菌程序' },
        query: 'programs.list',
        columns: [
          { field: 'code', words: { en: 'Code', zh: '编号' } },
          { field: 'name', words: { en: 'Name', zh: '名称' } },
          { field: 'temperature', words: { en: 'Temperature', zh: '灭菌温度' }, format: 'number', unit: 'Cel' },
          { field: 'holding_time', words: { en: 'Holding time', zh: '保持时间' }, format: 'number', unit: 'min' },
          { field: 'minimum_f0', words: { en: 'Least F₀', zh: 'F₀ 下限' }, format: 'number', unit: 'min' },
          { field: 'band', words: { en: 'Band', zh: '温度带' }, format: 'number', unit: 'K' },
          { field: 'spread', words: { en: 'Spread', zh: '温差' }, format: 'number', unit: 'K' },
          { field: 'pulses', words: { en: 'Evacuations', zh: '抽真空次数' }, format: 'number' },
          { field: 'probes', words: { en: 'Probes', zh: '探头数' }, format: 'number' },
        ],
        empty: { en: 'No program yet. Create the first below.', zh: '尚无灭菌程序。请在下方新建。' },
      },
      {
        kind: 'form',
        words: { en: 'New program', zh: '新建灭菌程序' },
        command: 'programs.create',
        fields: [
          { name: 'code', words: { en: 'Code', zh: '编号' }, kind: 'text' },
          { name: 'name', words: { en: 'Name', zh: '名称' }, kind: 'text' },
          number('temperature', 'Sterilization temperature', '灭菌温度', 'Cel', wrapped134.temperature),
          number('holding_time', 'Holding time', '保持时间', 'min', wrapped134.holding_time),
          number('minimum_f0', 'Least F₀ of the coldest probe', '最冷探头 F₀ 下限', 'min', wrapped134.minimum_f0),
          number('band', 'Allowed above', '允许超温', 'K', wrapped134.band),
          number('spread', 'Allowed difference', '允许温差', 'K', wrapped134.spread),
          number('pulses', 'Evacuations', '抽真空次数', '1', wrapped134.pulses),
          number('vacuum', 'Vacuum to reach', '真空度', 'bar', wrapped134.vacuum),
          number('probes', 'Load probes', '负载探头数', '1', wrapped134.probes),
        ],
        submit: { en: 'Create', zh: '新建' },
      },
    ],
  },
];
