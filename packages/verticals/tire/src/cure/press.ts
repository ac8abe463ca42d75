import type { EquipmentModel } from '@yunfab/core/verticals';
import { pressCommands, pressConfiguration } from './press-commands.js';

/** Ranges of `tire.md`, marked there to be checked on the plant's own presses. */
const brief = 'tire.md, Telemetry (check)';

export const curingPress: EquipmentModel = {
  id: 'tire.curing-press',
  words: { en: 'Curing press', zh: '硫化机' },
  signals: [
    {
      name: 'press_state',
      kind: 'text',
      unit: '1',
      words: { en: 'State', zh: '状态' },
      values: {
        open: { en: 'Open', zh: '开模' },
        held: { en: 'Open, held', zh: '开模暂停' },
        closing: { en: 'Closing', zh: '合模' },
        steam: { en: 'Steam', zh: '蒸汽' },
        nitrogen: { en: 'Nitrogen', zh: '氮气' },
        exhaust: { en: 'Exhaust', zh: '排气' },
      },
    },
    {
      name: 'internal_pressure',
      kind: 'number',
      unit: 'bar',
      words: { en: 'Internal pressure', zh: '内压' },
      range: { low: -1, high: 40 },
      usual: { low: 14, high: 28, source: brief },
    },
    {
      name: 'internal_temperature',
      kind: 'number',
      unit: 'Cel',
      words: { en: 'Medium in the bladder', zh: '胶囊内介质温度' },
      range: { low: 0, high: 260 },
    },
    { name: 'mould_temperature', kind: 'number', unit: 'Cel', words: { en: 'Mould', zh: '模具温度' }, range: { low: 0, high: 260 } },
    {
      name: 'platen_temperature',
      kind: 'number',
      unit: 'Cel',
      words: { en: 'Platen', zh: '热板温度' },
      range: { low: 0, high: 260 },
      usual: { low: 145, high: 180, source: brief },
    },
    {
      name: 'tire_temperature',
      kind: 'number',
      optional: true,
      unit: 'Cel',
      words: { en: 'Inside a trial tire', zh: '试验胎内部温度' },
      range: { low: -20, high: 260 },
    },
    {
      name: 'bladder_cycles',
      kind: 'number',
      unit: '1',
      words: { en: 'Cures of this bladder', zh: '胶囊使用次数' },
      range: { low: 0, high: 10_000 },
    },
    {
      name: 'energy',
      kind: 'number',
      unit: 'kW.h',
      words: { en: 'Electricity meter', zh: '电能表' },
      range: { low: 0, high: 100_000_000 },
    },
    { name: 'steam', kind: 'number', unit: 'kg', words: { en: 'Steam meter', zh: '蒸汽流量累计' }, range: { low: 0, high: 100_000_000 } },
  ],
  alarms: [
    {
      id: 'tire.pressure_low',
      words: { en: 'Internal pressure lost while curing', zh: '硫化中内压丢失' },
      signal: 'internal_pressure',
      when: 'below',
      limit: 12,
      deadband: 0.5,
      delayMs: 20_000,
      severity: 'urgent',
      duringRun: true,
    },
    {
      id: 'tire.mould_cold',
      words: { en: 'Mould too cold', zh: '模具温度过低' },
      signal: 'mould_temperature',
      when: 'below',
      limit: 160,
      deadband: 1,
      delayMs: 60_000,
      severity: 'high',
      duringRun: true,
    },
    {
      id: 'tire.bladder_life',
      words: { en: 'Bladder due for change', zh: '胶囊到期更换' },
      signal: 'bladder_cycles',
      when: 'above',
      limit: 400,
      severity: 'medium',
    },
  ],
  // For presses whose controller does not report its cycles.
  runRules: [
    {
      code: 'cure',
      words: { en: 'Cure by internal pressure', zh: '按内压判定硫化' },
      opens: { conditions: [{ signal: 'internal_pressure', is: 'above', value: 2 }], forMs: 5_000 },
      closes: { conditions: [{ signal: 'internal_pressure', is: 'below', value: 1 }], forMs: 10_000 },
    },
  ],
  commands: pressCommands,
  configuration: pressConfiguration,
};
