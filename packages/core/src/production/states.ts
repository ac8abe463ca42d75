import type { Words } from '../access/index.js';

/** ISA-95 job order, as far as one operation needs it. */
export const jobStates = ['in_progress', 'completed', 'canceled'] as const;
export type JobState = (typeof jobStates)[number];
export const operationStates = ['ready', 'in_progress', 'done', 'canceled'] as const;
export type OperationState = (typeof operationStates)[number];
export const runStates = ['running', 'ended', 'evaluated'] as const;
export type RunState = (typeof runStates)[number];
export const verdicts = ['pass', 'fail', 'inconclusive'] as const;
export type Verdict = (typeof verdicts)[number];
export const evidenceKinds = ['device', 'person'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

export const jobStateWords: Readonly<Record<JobState, Words>> = {
  in_progress: { en: 'In progress', zh: '生产中' },
  completed: { en: 'Completed', zh: '已完工' },
  canceled: { en: 'Canceled', zh: '已取消' },
};

export const operationStateWords: Readonly<Record<OperationState, Words>> = {
  ready: { en: 'Ready', zh: '待开工' },
  in_progress: { en: 'In progress', zh: '进行中' },
  done: { en: 'Done', zh: '已完成' },
  canceled: { en: 'Canceled', zh: '已取消' },
};

export const runStateWords: Readonly<Record<RunState, Words>> = {
  running: { en: 'Running', zh: '运行中' },
  ended: { en: 'Ended, awaiting evaluation', zh: '已结束，待评价' },
  evaluated: { en: 'Evaluated', zh: '已评价' },
};

export const verdictWords: Readonly<Record<Verdict, Words>> = {
  pass: { en: 'Pass', zh: '合格' },
  fail: { en: 'Fail', zh: '不合格' },
  inconclusive: { en: 'Inconclusive', zh: '无法判定' },
};

export const evidenceWords: Readonly<Record<EvidenceKind, Words>> = {
  device: { en: 'counted by a device', zh: '设备计数' },
  person: { en: 'reported by a person', zh: '人工报工' },
};
