import type { CommandModel, EquipmentModel, SignalDefinition } from '@yunfab/core/verticals';

/** Ranges of `tire.md`, marked there to be checked on the plant's own machines. */
const brief = 'tire.md, Telemetry (check)';

const force = (name: string, en: string, zh: string, low: number, high: number): SignalDefinition => ({
  name,
  kind: 'number',
  unit: 'N',
  words: { en, zh },
  range: { low, high },
});

/** The four waveforms of a tire, by signal. */
export const waveforms = ['radial_force_cw', 'radial_force_ccw', 'lateral_force_cw', 'lateral_force_ccw'] as const;
export type Waveform = (typeof waveforms)[number];

/**
 * The machine grips, inflates and spins a tire: that begins only at the machine, as does what comes after a hold (ISO 14118,
 * GB/T 19670). From afar it is only told what to measure next, or to stop after this tire.
 */
const commands: readonly CommandModel[] = [
  {
    name: 'load_program',
    words: { en: 'Load a test program', zh: '下载测试程序' },
    description: {
      en: 'From the next tire on, named like the limits that it is graded by. Refused when the machine does not have it.',
      zh: '自下一条轮胎起生效，名称与分级限值一致。设备没有该程序时会被拒绝。',
    },
    parameters: [{ name: 'program', words: { en: 'Program', zh: '程序' }, kind: 'text', longest: 40 }],
  },
  {
    name: 'hold_next_tire',
    words: { en: 'Hold before the next tire', zh: '下一条轮胎前暂停' },
    description: {
      en: 'The machine ends the tire in it and takes no other. Only a person at the machine lets it go on. Refused when it is held already.',
      zh: '测完当前轮胎后不再进胎。只有机旁人员可以恢复运行。已暂停时会被拒绝。',
    },
    parameters: [],
  },
];

/**
 * A tire uniformity machine (terms of ISO 13326). A run is one tire: each of the four force signals carries one revolution of
 * it, evenly spaced in angle, the first sample where the index mark (the tire's barcode) passes the load wheel. A waveform
 * thus travels as ordinary values, 1 to 4 ms apart, and `points_per_revolution` tells how many have to have come.
 */
export const uniformityMachine: EquipmentModel = {
  id: 'tire.uniformity-machine',
  words: { en: 'Uniformity machine', zh: '均匀性试验机' },
  signals: [
    force('radial_force_cw', 'Radial force, clockwise', '径向力（顺时针）', 0, 60_000),
    force('radial_force_ccw', 'Radial force, counterclockwise', '径向力（逆时针）', 0, 60_000),
    force('lateral_force_cw', 'Lateral force, clockwise', '侧向力（顺时针）', -5_000, 5_000),
    force('lateral_force_ccw', 'Lateral force, counterclockwise', '侧向力（逆时针）', -5_000, 5_000),
    {
      name: 'points_per_revolution',
      kind: 'number',
      unit: '1',
      words: { en: 'Samples of a revolution', zh: '每转采样点数' },
      range: { low: 24, high: 4096 },
    },
    {
      name: 'inflation_pressure',
      kind: 'number',
      unit: 'bar',
      words: { en: 'Inflation pressure', zh: '充气压力' },
      range: { low: 0, high: 12 },
      usual: { low: 1.9, high: 2.1, source: brief },
    },
    { name: 'barcode', kind: 'text', unit: '1', words: { en: 'Barcode of the tire', zh: '轮胎条码' } },
    {
      name: 'building_drum',
      kind: 'number',
      unit: '1',
      words: { en: 'Building drum that made it', zh: '成型鼓编号' },
      range: { low: 0, high: 9_999 },
    },
    { name: 'mould', kind: 'number', unit: '1', words: { en: 'Mould that cured it', zh: '模具编号' }, range: { low: 0, high: 9_999 } },
  ],
  alarms: [
    {
      id: 'tire.inflation_low',
      words: { en: 'Test inflation lost', zh: '测试充气压力不足' },
      signal: 'inflation_pressure',
      when: 'below',
      limit: 1.8,
      deadband: 0.05,
      delayMs: 5_000,
      severity: 'high',
      duringRun: true,
    },
  ],
  commands,
};
