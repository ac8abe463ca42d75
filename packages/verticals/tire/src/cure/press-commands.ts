import type { CommandModel, ParameterModel } from '@yunfab/core/verticals';

/** min by which a cure may be prolonged at once. */
export const extension = { low: 0.5, high: 10 } as const;
/** s between two samples of a press; a cure is not judged over a longer gap. */
export const reportInterval = { low: 1, high: 10 } as const;

/**
 * What a plant asks of a press from its control room. Nothing here moves the press: a press is closed and opened, and a hold is
 * ended, only at the press itself, by who sees that nobody is in it (2006/42/EC, Annex I, 1.2.2 and 1.2.3; ISO 14118, GB/T 19670).
 * Pressure and temperature are changed only as a recipe, between two cures.
 */
export const pressCommands: readonly CommandModel[] = [
  {
    name: 'load_recipe',
    words: { en: 'Load a recipe', zh: '下载配方' },
    description: {
      en: 'From the next cure on; the cure under way keeps its own. The press refuses a recipe that it does not have.',
      zh: '自下一次硫化起生效；正在进行的硫化不受影响。硫化机没有的配方会被拒绝。',
    },
    parameters: [{ name: 'recipe', words: { en: 'Recipe', zh: '配方' }, kind: 'text', longest: 40 }],
  },
  {
    name: 'hold_next_cycle',
    words: { en: 'Hold before the next cure', zh: '下一次硫化前暂停' },
    description: {
      en: 'The press ends the cure under way and stays open. Only a person at the press lets it go on. Refused when it is held already.',
      zh: '完成当前硫化后保持开模。只有机旁人员可以恢复运行。已暂停时会被拒绝。',
    },
    parameters: [],
  },
  {
    name: 'extend_cure',
    words: { en: 'Prolong the cure under way', zh: '延长当前硫化' },
    description: {
      en: 'The press stays closed for longer, as after a dip of pressure. Refused when no cure is under way or its pressure is being let off.',
      zh: '延长合模时间，例如内压曾下降时。没有正在进行的硫化或已开始排气时会被拒绝。',
    },
    parameters: [{ name: 'duration', words: { en: 'For longer by', zh: '延长时间' }, kind: 'number', unit: 'min', range: extension }],
  },
];

export const pressConfiguration: readonly ParameterModel[] = [
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
