import type { EquipmentModel } from '@yunfab/core/verticals';
import { cutterCommands, spreaderCommands } from '../commands.js';

const house = 'house figure, to be checked on the machine';

export const spreader: EquipmentModel = {
  id: 'apparel.spreader',
  words: { en: 'Spreader', zh: '铺布机' },
  signals: [
    {
      name: 'spreader_state',
      kind: 'text',
      unit: '1',
      words: { en: 'State', zh: '状态' },
      values: { idle: { en: 'Idle', zh: '待机' }, laying: { en: 'Laying', zh: '铺料' }, cutting_off: { en: 'Cutting off', zh: '断料' } },
    },
    { name: 'plies', kind: 'number', unit: '1', words: { en: 'Plies laid', zh: '已铺层数' }, range: { low: 0, high: 500 } },
    { name: 'ply_length', kind: 'number', unit: 'm', words: { en: 'Length of the last ply', zh: '末层长度' }, range: { low: 0, high: 40 } },
    {
      name: 'tension',
      kind: 'number',
      unit: 'N',
      words: { en: 'Fabric tension', zh: '面料张力' },
      range: { low: 0, high: 200 },
      usual: { low: 6, high: 14, source: house },
    },
    {
      name: 'spreading_speed',
      kind: 'number',
      unit: 'm/min',
      words: { en: 'Spreading speed', zh: '铺料速度' },
      range: { low: 0, high: 120 },
    },
    {
      name: 'shade_difference',
      kind: 'number',
      unit: '1',
      words: { en: 'Colour difference to the first ply (ΔE)', zh: '与首层色差（ΔE）' },
      range: { low: 0, high: 20 },
      usual: { low: 0, high: 0.8, source: house },
    },
  ],
  alarms: [
    {
      id: 'apparel.tension_high',
      words: { en: 'Fabric laid too tight', zh: '铺料张力过大' },
      signal: 'tension',
      when: 'above',
      limit: 18,
      deadband: 1,
      delayMs: 10_000,
      severity: 'high',
      duringRun: true,
    },
    {
      id: 'apparel.mixed_shade',
      words: { en: 'Mixed shade in one lay', zh: '同一铺料混入不同缸差' },
      signal: 'shade_difference',
      when: 'above',
      limit: 1.2,
      deadband: 0.2,
      delayMs: 3000,
      severity: 'urgent',
      duringRun: true,
    },
  ],
  commands: spreaderCommands,
};

export const cutter: EquipmentModel = {
  id: 'apparel.cutter',
  words: { en: 'Automatic cutter', zh: '自动裁床' },
  signals: [
    { name: 'head_speed', kind: 'number', unit: 'm/min', words: { en: 'Head speed', zh: '刀头速度' }, range: { low: 0, high: 100 } },
    { name: 'cut_length', kind: 'number', unit: 'm', words: { en: 'Cut in this run', zh: '本次裁剪长度' }, range: { low: 0, high: 5000 } },
    {
      name: 'blade_load',
      kind: 'number',
      unit: 'A',
      words: { en: 'Blade load', zh: '刀片负荷' },
      range: { low: 0, high: 20 },
      usual: { low: 3, high: 5.5, source: house },
    },
    {
      name: 'blade_life',
      kind: 'number',
      unit: 'm',
      words: { en: 'Cut with this blade', zh: '刀片累计裁剪' },
      range: { low: 0, high: 100_000 },
    },
    {
      name: 'vacuum',
      kind: 'number',
      unit: 'kPa',
      words: { en: 'Vacuum under the lay', zh: '吸附负压' },
      range: { low: 0, high: 40 },
      usual: { low: 12, high: 22, source: house },
    },
  ],
  alarms: [
    {
      id: 'apparel.blade_dull',
      words: { en: 'Blade dull', zh: '刀片变钝' },
      signal: 'blade_load',
      when: 'above',
      limit: 6.5,
      deadband: 0.5,
      delayMs: 15_000,
      severity: 'high',
      duringRun: true,
    },
    {
      id: 'apparel.vacuum_low',
      words: { en: 'The lay is not held', zh: '铺料未吸牢' },
      signal: 'vacuum',
      when: 'below',
      limit: 8,
      deadband: 1,
      delayMs: 5000,
      severity: 'urgent',
      duringRun: true,
    },
  ],
  commands: cutterCommands,
};
