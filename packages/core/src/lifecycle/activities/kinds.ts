import type { Words } from '../../access/index.js';
import type { UnitEvent } from '../units/states.js';

/** What can happen to lots and units. */
export const activityKinds = [
  'made',
  'assembled',
  'disassembled',
  'split',
  'merged',
  'transformed',
  'inspected',
  'shipped',
  'installed',
  'used',
  'serviced',
  'scrapped',
] as const;
export type ActivityKind = (typeof activityKinds)[number];

/** How a kind of activity works on what it names. */
export interface ActivityRule {
  readonly words: Words;
  readonly inputs: 'required' | 'optional' | 'one';
  readonly outputs: 'required' | 'none';
  /** Every input becomes part of every output; `reverse`: the outputs were parts of the input. */
  readonly genealogy: 'forward' | 'reverse' | 'none';
  /** What befalls each unit among the inputs. */
  readonly inputEvent: UnitEvent | null;
  /** Whether a quantity of a lot among the inputs is gone from it afterwards. */
  readonly consumes: boolean;
}

const into = { outputs: 'required', genealogy: 'forward', consumes: true } as const;
const onThem = { inputs: 'required', outputs: 'none', genealogy: 'none' } as const;

export const activityRules: Readonly<Record<ActivityKind, ActivityRule>> = {
  made: { ...into, words: { en: 'Made', zh: '制成' }, inputs: 'optional', inputEvent: 'consume' },
  assembled: { ...into, words: { en: 'Assembled', zh: '组装' }, inputs: 'required', inputEvent: 'install' },
  disassembled: {
    words: { en: 'Disassembled', zh: '拆解' },
    inputs: 'one',
    outputs: 'required',
    genealogy: 'reverse',
    inputEvent: null,
    consumes: true,
  },
  split: { ...into, words: { en: 'Split', zh: '拆分' }, inputs: 'one', inputEvent: 'consume' },
  merged: { ...into, words: { en: 'Merged', zh: '合并' }, inputs: 'required', inputEvent: 'consume' },
  transformed: { ...into, words: { en: 'Transformed', zh: '转化' }, inputs: 'required', inputEvent: 'consume' },
  inspected: { ...onThem, words: { en: 'Inspected', zh: '检验' }, inputEvent: null, consumes: false },
  shipped: { ...onThem, words: { en: 'Shipped', zh: '发运' }, inputEvent: 'ship', consumes: true },
  installed: { ...into, words: { en: 'Installed', zh: '安装' }, inputs: 'required', inputEvent: 'install' },
  used: { ...onThem, words: { en: 'Used', zh: '使用' }, inputEvent: 'use', consumes: true },
  serviced: { ...into, words: { en: 'Serviced', zh: '维修' }, inputs: 'optional', inputEvent: 'install' },
  scrapped: { ...onThem, words: { en: 'Scrapped', zh: '报废' }, inputEvent: 'scrap', consumes: true },
};
