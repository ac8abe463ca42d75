import type { z } from 'zod';
import { addParty, createRecord, operatorOrganization } from '../../access/index.js';
import { decodeCursor, page, requestErrors } from '../../commands/index.js';
import { newId, type RecordId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { findOrder, findOwnSide } from '../order/repository.js';
import { decisionWorkingDays, endOfWorkingDay, firstAnswerWorkingDays, resolutionWorkingDays, runningDeadline } from './deadlines.js';
import { complaintErrors } from './errors.js';
import type { ComplaintEventBody } from './events.js';
import {
  type ComplaintChange,
  type ComplaintRow,
  findComplaint,
  insertComplaint,
  insertComplaintMove,
  lockComplaint,
  pageOfComplaints,
  subjectLabel,
  updateComplaint,
} from './repository.js';
import type * as schema from './schema.js';
import {
  type ComplaintMove,
  type ComplaintSide,
  type ComplaintSubject,
  complaintMovesOf,
  complaintTransitions,
  judgeComplaint,
} from './states.js';
import { complaintView, isOverdue, sideOf, summarizeComplaints, viewComplaint } from './view.js';
import { complaintMoveWords, complaintSideWords, complaintStateWords, complaintSubjectWords } from './words.js';

type In<Schema extends z.ZodType> = z.output<Schema>;
type View = Promise<schema.ComplaintView>;

export const complaintService = {
  async file(scope: Scope, input: In<typeof schema.fileComplaintInput>): View {
    const order = await findOrder(scope, input.order);
    if (!order) throw requestErrors.not_found({ kind: 'order' });
    if (!(await findOwnSide(scope, order.id))) throw complaintErrors.only_parties();
    const subject = input.subject ?? { kind: 'order' as const, id: order.id };
    const label = subject.kind === 'order' ? order.number : await subjectLabel(scope, order.id, subject);
    if (label === undefined) throw subjectUnknown(subject);
    const respondent = order.buyer === scope.organization ? order.supplier : order.buyer;
    const id = newId<'record'>();
    await createRecord(scope, {
      id,
      kind: 'complaint',
      parties: [
        { organization: scope.organization, role: 'complainant' },
        { organization: respondent, role: 'respondent' },
      ],
    });
    const answerDue = await endOfWorkingDay(scope, respondent, firstAnswerWorkingDays);
    const row = await insertComplaint(scope, {
      ...{ id, order_id: order.id, order_number: order.number, complainant: scope.organization, respondent, operator: null },
      ...{ number: numberOf(scope.now, id), state: 'filed', category: input.category, text: input.text },
      ...{ subject_kind: subject.kind, subject_id: subject.id, subject_label: label, owner: null, outcome: null },
      answer_due_at: answerDue,
      resolution_due_at: await endOfWorkingDay(scope, respondent, resolutionWorkingDays),
      ...{ decision_due_at: null, due_at: answerDue, answered_at: null, filed_at: scope.now, changed_at: scope.now },
    });
    await insertComplaintMove(scope, row, { side: 'complainant', move: 'file', text: null });
    const body: ComplaintEventBody<'orders.complaint_filed'> = { ...headOf(row), orderNumber: order.number, category: row.category };
    await appendEvent(scope, { type: 'orders.complaint_filed', record: id, body });
    return viewComplaint(scope, row);
  },

  acknowledge: (scope: Scope, { owner, text, ...input }: In<typeof schema.acknowledgeInput>): View =>
    makeMove(scope, input, 'acknowledge', text, { owner: owner ?? scope.actor.label }),

  assign: (scope: Scope, { owner, ...input }: In<typeof schema.assignInput>): View => makeMove(scope, input, 'assign', owner, { owner }),

  answer: (scope: Scope, { text, ...input }: In<typeof schema.saidInput>): View =>
    makeMove(scope, input, 'answer', text, (row) => ({ owner: row.owner ?? scope.actor.label, answered_at: scope.now })),

  accept: (scope: Scope, { text, ...input }: In<typeof schema.maybeSaidInput>): View => makeMove(scope, input, 'accept', text),

  async escalate(scope: Scope, { text, ...input }: In<typeof schema.saidInput>): View {
    const open = await beginMove(scope, input, 'escalate');
    const operator = await operatorOrganization(scope);
    const { number, complainant, respondent } = open.row;
    if (!operator) throw complaintErrors.no_operator({ number });
    if (operator.id === complainant || operator.id === respondent) throw complaintErrors.operator_is_party({ number });
    await addParty(scope, open.row.id, { organization: operator.id, role: 'operator' });
    const due = await endOfWorkingDay(scope, operator.id, decisionWorkingDays);
    return finishMove(scope, open, 'escalate', text, { operator: operator.id, decision_due_at: due });
  },

  decide: (scope: Scope, { text, outcome, ...input }: In<typeof schema.decideInput>): View =>
    makeMove(scope, input, 'decide', text, { outcome }),

  close: (scope: Scope, { text, ...input }: In<typeof schema.maybeSaidInput>): View => makeMove(scope, input, 'close', text),
  withdraw: (scope: Scope, { text, ...input }: In<typeof schema.maybeSaidInput>): View => makeMove(scope, input, 'withdraw', text),
  remark: (scope: Scope, { text, ...input }: In<typeof schema.saidInput>): View => makeMove(scope, input, 'remark', text),

  get: complaintView,

  async list(
    scope: Scope,
    { limit, cursor, ...filter }: In<typeof schema.complaintListInput>,
  ): Promise<In<typeof schema.complaintPageSchema>> {
    const rows = await pageOfComplaints(scope, { ...filter, after: decodeCursor(cursor), limit });
    const views = new Map((await summarizeComplaints(scope, rows.slice(0, limit))).map((view) => [view.id, view]));
    return page(
      rows,
      limit,
      (row) => ({ key: row.due_key.toISOString(), id: row.id }),
      (row) => views.get(row.id) as schema.ComplaintSummary,
    );
  },
};

type OnComplaint = { readonly complaint: string; readonly version: number };
interface OpenMove {
  readonly row: ComplaintRow;
  readonly side: ComplaintSide;
  readonly next: ComplaintRow['state'];
}

async function makeMove(
  scope: Scope,
  input: OnComplaint,
  move: ComplaintMove,
  text: string | undefined,
  change: ComplaintChange | ((row: ComplaintRow) => ComplaintChange) = {},
): View {
  const open = await beginMove(scope, input, move);
  return finishMove(scope, open, move, text, typeof change === 'function' ? change(open.row) : change);
}

/** Locks and asks in this order: visible, this side's move, the version seen, the state, the deadline. */
async function beginMove(scope: Scope, input: OnComplaint, move: ComplaintMove): Promise<OpenMove> {
  const row = await lockComplaint(scope, input.complaint);
  const seen = row ?? (await findComplaint(scope, input.complaint));
  if (!seen) throw requestErrors.not_found({ kind: 'complaint' });
  const side = sideOf(scope, seen);
  if (!row || side === null || !complaintTransitions[move].sides.includes(side)) throw notYourMove(seen, move, side);
  const { number } = row;
  if (row.version !== input.version) throw complaintErrors.version_stale({ number, current: row.version, sent: input.version });
  const judged = judgeComplaint(row.state, move, side, isOverdue(row, scope.now));
  if (judged.allowed) return { row, side, next: judged.next };
  if (judged.because === 'not_overdue') throw complaintErrors.not_overdue({ number, dueAt: row.due_at?.toISOString() ?? '' });
  throw wrongState(row, move, complaintMovesOf(row.state, side, isOverdue(row, scope.now)));
}

async function finishMove(
  scope: Scope,
  { row, side, next }: OpenMove,
  move: ComplaintMove,
  text: string | undefined,
  change: ComplaintChange,
): View {
  const due = runningDeadline(next, { ...row, ...(change.decision_due_at ? { decision_due_at: change.decision_due_at } : {}) });
  const moved = await updateComplaint(scope, row, { ...change, state: next, due_at: due });
  await insertComplaintMove(scope, moved, { side, move, text: text ?? null });
  const body: ComplaintEventBody<'orders.complaint_moved'> = { ...headOf(moved), move, outcome: moved.outcome };
  await appendEvent(scope, { type: 'orders.complaint_moved', record: row.id, body });
  return viewComplaint(scope, moved);
}

const headOf = ({ number, version, state, due_at }: ComplaintRow) => ({ number, version, state, dueAt: due_at?.toISOString() ?? null });

/** `TS-20261128-9F3A2C`: the day, and what of the id is random. */
const numberOf = (now: Date, id: RecordId): string =>
  `TS-${now.toISOString().slice(0, 10).replaceAll('-', '')}-${id.slice(-6).toUpperCase()}`;

function subjectUnknown({ kind, id }: { readonly kind: ComplaintSubject; readonly id: string }) {
  const { en, zh } = complaintSubjectWords[kind];
  return complaintErrors.subject_unknown({ subjectEn: en.toLowerCase(), subjectZh: zh, id });
}

function notYourMove({ number }: ComplaintRow, move: ComplaintMove, side: ComplaintSide | null) {
  const movers = complaintTransitions[move].sides.map((each) => complaintSideWords[each]);
  const own = side === null ? { en: 'reader', zh: '查阅方' } : complaintSideWords[side];
  return complaintErrors.not_your_move({
    number,
    moveEn: complaintMoveWords[move].en,
    moveZh: complaintMoveWords[move].zh,
    moverEn: movers.map(({ en }) => en).join(' or the '),
    moverZh: movers.map(({ zh }) => zh).join('或'),
    sideEn: own.en,
    sideZh: own.zh,
  });
}

function wrongState({ number, state }: ComplaintRow, move: ComplaintMove, possible: readonly ComplaintMove[]) {
  return complaintErrors.wrong_state({
    number,
    moveEn: complaintMoveWords[move].en,
    moveZh: complaintMoveWords[move].zh,
    stateEn: complaintStateWords[state].en.toLowerCase(),
    stateZh: complaintStateWords[state].zh,
    possibleEn: possible.map((name) => complaintMoveWords[name].en).join(', ') || 'none',
    possibleZh: possible.map((name) => complaintMoveWords[name].zh).join('、') || '无',
  });
}
