import type { Words } from '../access/index.js';

/** ISA-95 job order, as far as one operation needs it. */
export const jobStates = ['in_progress', 'completed', 'canceled'] as const;
export type JobState = (typeof jobStates)[number];
export const operationStates = ['ready', 'in_progress', 'done', 'canceled'] as const;
export type OperationState = (typeof operationStates)[number];
/** What people do to an operation. */
export const operationMoves = ['start', 'finish'] as const;
export type OperationMove = (typeof operationMoves)[number];

/** Move → state in which it may be made → state after it; what is not here is forbidden. */
export const operationTransitions: Readonly<Record<OperationMove, Partial<Record<OperationState, OperationState>>>> = {
  start: { ready: 'in_progress' },
  finish: { in_progress: 'done' },
};

/** An operation as the order of operations is judged by; in the order of their positions. */
export interface OperationInOrder {
  readonly id: string;
  readonly state: OperationState;
  /** Runs beside the one before it. */
  readonly parallel: boolean;
}

/**
 * Why a move of an operation is not possible; null when it is. One starts when the one before it is over, or is under way and it
 * runs beside it; it finishes when the one before it has.
 */
export function operationObstacle(
  operations: readonly OperationInOrder[],
  id: string,
  move: OperationMove,
): 'wrong_state' | 'operation_waits' | null {
  const at = operations.findIndex((operation) => operation.id === id);
  const operation = operations[at];
  if (!operation || operationTransitions[move][operation.state] === undefined) return 'wrong_state';
  const before = operations[at - 1];
  const over = before === undefined || before.state === 'done' || before.state === 'canceled';
  if (over || (move === 'start' && operation.parallel && before.state === 'in_progress')) return null;
  return 'operation_waits';
}

/** The operation and those behind it that run beside it and are ready: they start together. */
export function startedTogether<Operation extends OperationInOrder>(operations: readonly Operation[], id: string): Operation[] {
  const at = operations.findIndex((operation) => operation.id === id);
  const first = operations[at];
  if (!first) return [];
  const rest = operations.slice(at + 1);
  const end = rest.findIndex((operation) => !operation.parallel || operation.state !== 'ready');
  return [first, ...(end < 0 ? rest : rest.slice(0, end))];
}

export const operationMoveWords: Readonly<Record<OperationMove, Words>> = {
  start: { en: 'Start', zh: '开工' },
  finish: { en: 'Finish', zh: '完工' },
};

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
