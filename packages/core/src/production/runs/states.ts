import type { Words } from '../../access/index.js';

export const runStates = ['running', 'ended', 'evaluated'] as const;
export type RunState = (typeof runStates)[number];
export const verdicts = ['pass', 'fail', 'inconclusive'] as const;
export type Verdict = (typeof verdicts)[number];
export const runStateWords: Readonly<Record<RunState, Words>> = {
  running: { en: 'Running', zh: '运行中' },
  ended: { en: 'Ended, awaiting evaluation', zh: '已结束，待评价' },
  evaluated: { en: 'Evaluated', zh: '已评价' },
};

export const withdrawnWords: Words = { en: 'Withdrawn: later samples show no such run', zh: '已撤销：补传数据显示无此过程' };

export const verdictWords: Readonly<Record<Verdict, Words>> = {
  pass: { en: 'Pass', zh: '合格' },
  fail: { en: 'Fail', zh: '不合格' },
  inconclusive: { en: 'Inconclusive', zh: '无法判定' },
};
