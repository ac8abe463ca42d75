import type { Words } from '../../access/index.js';

/** Where an engineering change stands; forward only. */
export const changeStates = ['draft', 'submitted', 'approved', 'rejected', 'released', 'canceled'] as const;
export type ChangeState = (typeof changeStates)[number];

export const changeSides = ['owner', 'partner'] as const;
export type ChangeSide = (typeof changeSides)[number];

export const changeMoves = ['submit', 'acknowledge', 'decline', 'approve', 'reject', 'release', 'cancel'] as const;
export type ChangeMove = (typeof changeMoves)[number];

/** What a partner has said. */
export const answers = ['pending', 'acknowledged', 'declined'] as const;
export type Answer = (typeof answers)[number];

/** What the change does to a revision that it names. */
export const effects = ['release', 'retire'] as const;
export type Effect = (typeof effects)[number];

/** What a guard may look at: the owner knows every answer, a partner only its own. */
export interface ChangeFacts {
  readonly affected: number;
  readonly answers: readonly { readonly required: boolean; readonly answer: Answer }[];
}

/** Why a move is not possible just now; also the code of the error: `engineering.<obstacle>`. */
export const changeObstacles = ['nothing_affected', 'answers_missing', 'answer_declined', 'already_answered'] as const;
export type ChangeObstacle = (typeof changeObstacles)[number];

interface Transition {
  readonly side: ChangeSide;
  /** State in which the move may be made → state after it. */
  readonly states: Partial<Record<ChangeState, ChangeState>>;
  readonly guard?: (facts: ChangeFacts) => ChangeObstacle | null;
}

const unanswered = { submitted: 'submitted', approved: 'approved' } as const;

/** The one transition table; every state, move and side that cannot be derived from it is forbidden. */
export const changeTransitions: Readonly<Record<ChangeMove, Transition>> = {
  submit: { side: 'owner', states: { draft: 'submitted' }, guard: ({ affected }) => (affected === 0 ? 'nothing_affected' : null) },
  acknowledge: { side: 'partner', states: unanswered, guard: notYet('acknowledged') },
  decline: { side: 'partner', states: unanswered, guard: notYet('declined') },
  approve: { side: 'owner', states: { submitted: 'approved' } },
  reject: { side: 'owner', states: { submitted: 'rejected' } },
  release: { side: 'owner', states: { approved: 'released' }, guard: allAcknowledged },
  cancel: { side: 'owner', states: { draft: 'canceled', submitted: 'canceled', approved: 'canceled' } },
};

function notYet(answer: Answer) {
  return ({ answers: own }: ChangeFacts): ChangeObstacle | null => (own.some((each) => each.answer === answer) ? 'already_answered' : null);
}

function allAcknowledged({ answers: given }: ChangeFacts): ChangeObstacle | null {
  const required = given.filter((each) => each.required);
  if (required.some((each) => each.answer === 'declined')) return 'answer_declined';
  return required.some((each) => each.answer === 'pending') ? 'answers_missing' : null;
}

export type ChangeJudgement =
  | { readonly allowed: true; readonly next: ChangeState }
  | { readonly allowed: false; readonly because: 'wrong_side' | 'wrong_state' | ChangeObstacle };

/** The table's answer for one state, move and side; without facts no guard is asked. */
export function judgeChange(state: ChangeState, move: ChangeMove, side: ChangeSide, facts?: ChangeFacts): ChangeJudgement {
  const { side: mover, states, guard } = changeTransitions[move];
  if (mover !== side) return { allowed: false, because: 'wrong_side' };
  const next = states[state];
  if (next === undefined) return { allowed: false, because: 'wrong_state' };
  const obstacle = facts && guard ? guard(facts) : null;
  return obstacle ? { allowed: false, because: obstacle } : { allowed: true, next };
}

/** The moves that the table names for this side in this state, possible just now or not. */
export function changeMovesOf(state: ChangeState, side: ChangeSide): ChangeMove[] {
  return changeMoves.filter((move) => judgeChange(state, move, side).allowed);
}

export const changeStateWords: Readonly<Record<ChangeState, Words>> = {
  draft: { en: 'Draft', zh: '草稿' },
  submitted: { en: 'Submitted', zh: '已提交' },
  approved: { en: 'Approved', zh: '已批准' },
  rejected: { en: 'Rejected', zh: '已驳回' },
  released: { en: 'Released', zh: '已发布' },
  canceled: { en: 'Canceled', zh: '已取消' },
};

export const changeMoveWords: Readonly<Record<ChangeMove, Words>> = {
  submit: { en: 'Submit', zh: '提交' },
  acknowledge: { en: 'Acknowledge', zh: '确认' },
  decline: { en: 'Decline', zh: '拒绝' },
  approve: { en: 'Approve', zh: '批准' },
  reject: { en: 'Reject', zh: '驳回' },
  release: { en: 'Release', zh: '发布' },
  cancel: { en: 'Cancel the change', zh: '取消变更' },
};

export const changeSideWords: Readonly<Record<ChangeSide, Words>> = {
  owner: { en: 'owner', zh: '所有方' },
  partner: { en: 'partner', zh: '合作方' },
};

export const answerWords: Readonly<Record<Answer, Words>> = {
  pending: { en: 'Not answered yet', zh: '尚未答复' },
  acknowledged: { en: 'Acknowledged', zh: '已确认' },
  declined: { en: 'Declined', zh: '已拒绝' },
};

export const effectWords: Readonly<Record<Effect, Words>> = {
  release: { en: 'Is released', zh: '予以发布' },
  retire: { en: 'Becomes obsolete', zh: '予以作废' },
};

export const changeObstacleWords: Readonly<Record<ChangeObstacle, Words>> = {
  nothing_affected: {
    en: 'The change names no revision yet. Add those that it releases or makes obsolete.',
    zh: '变更尚未指定版次。请先添加要发布或作废的版次。',
  },
  answers_missing: { en: 'A required partner has not answered yet. Wait for the answer.', zh: '尚有必须答复的合作方未答复。请等待答复。' },
  answer_declined: {
    en: 'A required partner declined. Agree with the partner, or cancel the change.',
    zh: '必须答复的合作方已拒绝。请与其协商，或取消变更。',
  },
  already_answered: { en: 'Your organization has already answered so.', zh: '您的企业已作出该答复。' },
};
