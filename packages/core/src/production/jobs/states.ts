import type { Words } from '../../access/index.js';

/** ISA-95 job order, as far as its operations need it. */
export const jobStates = ['in_progress', 'completed', 'canceled'] as const;
export type JobState = (typeof jobStates)[number];
/** `todo` waits for the operations before it; `ready` may start. */
export const operationStates = ['todo', 'ready', 'in_progress', 'paused', 'done', 'canceled'] as const;
export type OperationState = (typeof operationStates)[number];
/** What people do to an operation; `reopen` is what rework sent back to a finished one does to it. */
export const operationMoves = ['start', 'pause', 'resume', 'finish', 'cancel', 'reopen'] as const;
export type OperationMove = (typeof operationMoves)[number];

/** Move → state in which it may be made → state after it; what is not here is forbidden. */
export const operationTransitions: Readonly<Record<OperationMove, Partial<Record<OperationState, OperationState>>>> = {
  start: { todo: 'in_progress', ready: 'in_progress' },
  pause: { in_progress: 'paused' },
  resume: { paused: 'in_progress' },
  finish: { in_progress: 'done', paused: 'done' },
  cancel: { todo: 'canceled', ready: 'canceled', in_progress: 'canceled', paused: 'canceled' },
  reopen: { done: 'ready' },
};

/** An operation as the order of operations is judged by; in the order of their positions. */
export interface OperationInOrder {
  readonly id: string;
  readonly state: OperationState;
  /** Runs beside the one before it. */
  readonly parallel: boolean;
  /** What leaves it is what the job order made. */
  readonly final?: boolean;
  /** Units that it counted or that came into rework there. */
  readonly counted?: boolean;
  /** Units in rework there that are neither good nor scrap yet. */
  readonly reworkOpen?: boolean;
}

export const operationObstacles = ['wrong_state', 'operation_waits', 'rework_open', 'operation_counted', 'operation_final'] as const;
/** Codes of production's errors. */
export type OperationObstacle = (typeof operationObstacles)[number];

const isOver = ({ state }: OperationInOrder): boolean => state === 'done' || state === 'canceled';
const isUnderWay = ({ state }: OperationInOrder): boolean => state === 'in_progress' || state === 'paused';

/** The operations that one waits for: those before it that are not over, but for those under way that it runs beside. */
export function waitsFor<Operation extends OperationInOrder>(operations: readonly Operation[], id: string): Operation[] {
  const at = operations.findIndex((operation) => operation.id === id);
  let beside = operations[at]?.parallel ?? false;
  const waiting: Operation[] = [];
  for (const before of operations.slice(0, Math.max(at, 0)).reverse()) {
    if (!isOver(before) && !(beside && isUnderWay(before))) waiting.unshift(before);
    beside &&= before.parallel;
  }
  return waiting;
}

/**
 * Why a move of an operation is not possible; null when it is. One starts when those before it are over, or are under way and it
 * runs beside them; it finishes when all before it have, and no unit is in rework there. One that has counted is finished, not
 * canceled, and so is the last of them, because what leaves it is what the job order makes.
 */
export function operationObstacle(operations: readonly OperationInOrder[], id: string, move: OperationMove): OperationObstacle | null {
  const at = operations.findIndex((operation) => operation.id === id);
  const operation = operations[at];
  if (!operation || operationTransitions[move][operation.state] === undefined) return 'wrong_state';
  if (move === 'start' && waitsFor(operations, id).length > 0) return 'operation_waits';
  if (move === 'finish' && !operations.slice(0, at).every(isOver)) return 'operation_waits';
  if (move === 'finish' && operation.reworkOpen) return 'rework_open';
  if (move === 'cancel' && operation.final) return 'operation_final';
  if (move === 'cancel' && operation.counted) return 'operation_counted';
  return null;
}

/** The operation and those behind it that run beside it and have not begun: they start together. */
export function startedTogether<Operation extends OperationInOrder>(operations: readonly Operation[], id: string): Operation[] {
  const at = operations.findIndex((operation) => operation.id === id);
  const first = operations[at];
  if (!first) return [];
  const rest = operations.slice(at + 1);
  const end = rest.findIndex((operation) => !operation.parallel || (operation.state !== 'todo' && operation.state !== 'ready'));
  return [first, ...(end < 0 ? rest : rest.slice(0, end))];
}

/** Those that have not begun and whose state no longer says whether they may, with the state that does. */
export function unsettled<Operation extends OperationInOrder>(operations: readonly Operation[]) {
  return operations.flatMap((operation) => {
    if (operation.state !== 'todo' && operation.state !== 'ready') return [];
    const state = waitsFor(operations, operation.id).length === 0 ? ('ready' as const) : ('todo' as const);
    return state === operation.state ? [] : [{ operation, state }];
  });
}

export const operationMoveWords: Readonly<Record<OperationMove, Words>> = {
  start: { en: 'Start', zh: '开工' },
  pause: { en: 'Pause', zh: '暂停' },
  resume: { en: 'Resume', zh: '恢复' },
  finish: { en: 'Finish', zh: '完工' },
  cancel: { en: 'Leave out', zh: '取消' },
  reopen: { en: 'Reopen', zh: '重新打开' },
};

/** Why an operation stands still. */
export const pauseReasons = ['break', 'setup', 'material', 'breakdown', 'quality', 'tooling', 'priority', 'other'] as const;
export type PauseReason = (typeof pauseReasons)[number];

export const pauseReasonWords: Readonly<Record<PauseReason, Words>> = {
  break: { en: 'Break or end of shift', zh: '休息或下班' },
  setup: { en: 'Setup or changeover', zh: '换型调机' },
  material: { en: 'Waits for material', zh: '待料' },
  breakdown: { en: 'Equipment is down', zh: '设备故障' },
  quality: { en: 'Quality is looking into it', zh: '质量确认' },
  tooling: { en: 'Waits for tooling', zh: '待工装模具' },
  priority: { en: 'Something else comes first', zh: '插单' },
  other: { en: 'Other', zh: '其他' },
};

export const jobStateWords: Readonly<Record<JobState, Words>> = {
  in_progress: { en: 'In progress', zh: '生产中' },
  completed: { en: 'Completed', zh: '已完工' },
  canceled: { en: 'Canceled', zh: '已取消' },
};

export const operationStateWords: Readonly<Record<OperationState, Words>> = {
  todo: { en: 'To do', zh: '未就绪' },
  ready: { en: 'Ready', zh: '待开工' },
  in_progress: { en: 'In progress', zh: '进行中' },
  paused: { en: 'Paused', zh: '已暂停' },
  done: { en: 'Done', zh: '已完成' },
  canceled: { en: 'Canceled', zh: '已取消' },
};
