import type { CommandModel, ParameterModel } from '@yunfab/core/verticals';

/** min by which a dwell may be prolonged at once. */
export const extension = { low: 1, high: 60 } as const;
/** s between two samples of the oven; a cure is not judged over a gap of more than 30 s. */
export const reportInterval = { low: 1, high: 20 } as const;

/*
 * What a plant asks of its machines from afar. A table rolls under the hands of a person, a winch pulls, an oven takes a trolley
 * in: these begin, and go on after a hold, only at the machine (2006/42/EC, Annex I, 1.2.2 and 1.2.3; ISO 14118, GB/T 19670). For
 * the same reason there is no command for rolling pressure or winch speed.
 */

const loadDesign = (next: { readonly en: string; readonly zh: string }): CommandModel => ({
  name: 'load_design',
  words: { en: 'Load a design', zh: '下载设计' },
  description: {
    en: `${next.en} Refused when the machine does not have the design.`,
    zh: `${next.zh}设备没有该设计时会被拒绝。`,
  },
  parameters: [{ name: 'design', words: { en: 'Design', zh: '设计' }, kind: 'text', longest: 40 }],
});

const hold = (name: string, en: string, zh: string): CommandModel => ({
  name,
  words: { en: `Hold before the next ${en}`, zh: `下一${zh}前暂停` },
  description: {
    en: `What is under way goes to its end. Only a person at the machine lets it go on. Refused when it is held already.`,
    zh: `当前工作照常完成。只有机旁人员可以恢复运行。已暂停时会被拒绝。`,
  },
  parameters: [],
});

export const tableCommands: readonly CommandModel[] = [
  loadDesign({ en: 'From the next blank on.', zh: '自下一支竿坯起生效。' }),
  hold('hold_next_blank', 'blank', '支竿坯'),
];

export const ovenCommands: readonly CommandModel[] = [
  loadDesign({
    en: 'For the next cure, by the cure of the design. Refused while one is under way.',
    zh: '用于下一炉，按该设计的固化工艺。固化中会被拒绝。',
  }),
  hold('hold_next_cure', 'cure', '炉'),
  {
    name: 'extend_dwell',
    words: { en: 'Prolong the dwell', zh: '延长保温' },
    description: {
      en: 'The oven stays at its temperature for longer, as for a slow mandrel. Refused unless it dwells.',
      zh: '延长保温时间，例如芯棒升温较慢时。不在保温阶段时会被拒绝。',
    },
    parameters: [{ name: 'duration', words: { en: 'For longer by', zh: '延长时间' }, kind: 'number', unit: 'min', range: extension }],
  },
];

export const benchCommands: readonly CommandModel[] = [
  loadDesign({ en: 'For the next blank. Refused while one is tested.', zh: '用于下一支竿坯。试验中会被拒绝。' }),
  hold('hold_next_test', 'test', '次试验'),
  {
    name: 'zero_load_cell',
    words: { en: 'Zero the load cell', zh: '载荷传感器清零' },
    description: {
      en: 'What it reads now counts as no load. Refused while a blank is tested.',
      zh: '以当前读数为零点。试验中会被拒绝。',
    },
    parameters: [],
  },
];

export const ovenConfiguration: readonly ParameterModel[] = [
  {
    name: 'report_interval',
    words: { en: 'A sample every', zh: '采样上报间隔' },
    kind: 'number',
    unit: 's',
    range: reportInterval,
    whole: true,
    optional: true,
  },
];
