import type { EquipmentModel, SignalDefinition } from '@yunfab/core/verticals';
import { benchCommands, ovenCommands, ovenConfiguration, tableCommands } from './equipment-commands.js';

/** Ranges of the industry's brief, marked there to be checked on the plant's own machines. */
const brief = 'fishing-gear.md, Telemetry (check)';

const number = (
  name: string,
  unit: string,
  en: string,
  zh: string,
  low: number,
  high: number,
  usual?: readonly [low: number, high: number],
): SignalDefinition => ({
  name,
  kind: 'number',
  unit,
  words: { en, zh },
  range: { low, high },
  ...(usual ? { usual: { low: usual[0], high: usual[1], source: brief } } : {}),
});

/** Rolls the cut plies onto the mandrel under a heated plate, then winds the shrink tape. */
export const rollingTable: EquipmentModel = {
  id: 'fishing-gear.rolling-table',
  words: { en: 'Blank rolling table', zh: '卷管机' },
  signals: [
    number('rolling_pressure', 'kPa', 'Rolling pressure', '卷制压力', 0, 1000, [150, 400]),
    number('mandrel_temperature', 'Cel', 'Mandrel', '芯棒温度', 0, 120, [30, 60]),
    number('tape_tension', 'N', 'Shrink tape tension', '收缩带张力', 0, 200, [25, 70]),
    number('prepreg_out_time', 'h', 'Out-time of the prepreg on the table', '预浸料出库时间', 0, 5000),
  ],
  alarms: [
    {
      id: 'fishing-gear.pressure_low',
      words: { en: 'Rolling pressure too low', zh: '卷制压力过低' },
      signal: 'rolling_pressure',
      when: 'below',
      limit: 120,
      deadband: 10,
      delayMs: 5_000,
      severity: 'high',
      duringRun: true,
    },
    {
      id: 'fishing-gear.out_time',
      words: { en: 'Prepreg near the end of its out-time', zh: '预浸料接近出库时限' },
      signal: 'prepreg_out_time',
      when: 'above',
      limit: 650,
      severity: 'medium',
    },
  ],
  commands: tableCommands,
};

export const curingOven: EquipmentModel = {
  id: 'fishing-gear.curing-oven',
  words: { en: 'Curing oven', zh: '固化炉' },
  signals: [
    number('zone_1', 'Cel', 'Zone 1', '一区温度', 0, 250, [120, 150]),
    number('zone_2', 'Cel', 'Zone 2', '二区温度', 0, 250, [120, 150]),
    number('zone_3', 'Cel', 'Zone 3', '三区温度', 0, 250, [120, 150]),
    number('mandrel_core', 'Cel', 'Inside the slowest mandrel', '最慢芯棒内部温度', 0, 250),
  ],
  alarms: [
    {
      id: 'fishing-gear.oven_hot',
      words: { en: 'A zone is too hot', zh: '炉区温度过高' },
      signal: 'zone_2',
      when: 'above',
      limit: 155,
      deadband: 2,
      delayMs: 20_000,
      severity: 'urgent',
      duringRun: true,
    },
  ],
  commands: ovenCommands,
  configuration: ovenConfiguration,
};

export const deflectionBench: EquipmentModel = {
  id: 'fishing-gear.deflection-bench',
  words: { en: 'Deflection bench', zh: '挠度试验台' },
  signals: [
    number('load_cell', 'N', 'Load on the tip', '竿尖载荷', -2, 100, [0, 20]),
    number('tip_deflection', 'mm', 'Deflection of the tip, from where it rested', '竿尖挠度（相对静止位置）', -50, 6000),
    number('tip_angle', 'deg', 'Tip below the horizontal, by the camera', '竿尖倾角（相机）', -10, 95),
    number('straightness', 'mm', 'Straightness before loading', '加载前直线度', 0, 50, [0, 1.5]),
  ],
  alarms: [
    {
      id: 'fishing-gear.not_straight',
      words: { en: 'Blank is not straight', zh: '竿坯直线度超差' },
      signal: 'straightness',
      when: 'above',
      limit: 2,
      severity: 'medium',
    },
    {
      id: 'fishing-gear.overload',
      words: { en: 'Load beyond what blanks are tested with', zh: '载荷超过试验范围' },
      signal: 'load_cell',
      when: 'above',
      limit: 60,
      severity: 'urgent',
    },
  ],
  commands: benchCommands,
};
