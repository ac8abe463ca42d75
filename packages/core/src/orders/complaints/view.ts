import { type OrganizationRef, organizationNames } from '../../access/index.js';
import { requestErrors } from '../../commands/index.js';
import type { OrganizationId, Scope } from '../../database/index.js';
import { type ComplaintRow, complaintMoves, findComplaint } from './repository.js';
import type { ComplaintSummary, ComplaintView } from './schema.js';
import { awaitedSide, type ComplaintSide, complaintMovesOf } from './states.js';
import {
  complaintCategoryWords,
  complaintMoveWords,
  complaintOutcomeWords,
  complaintSideWords,
  complaintStateWords,
  complaintSubjectWords,
} from './words.js';

type Names = ReadonlyMap<OrganizationId, OrganizationRef>;

/** The asking organization's side; null for a reader by grant. */
export function sideOf(scope: Scope, row: ComplaintRow): ComplaintSide | null {
  if (row.complainant === scope.organization) return 'complainant';
  if (row.respondent === scope.organization) return 'respondent';
  return row.operator === scope.organization ? 'operator' : null;
}

/** By the server's clock, at the very instant of the deadline. */
export const isOverdue = ({ due_at }: Pick<ComplaintRow, 'due_at'>, now: Date): boolean => due_at !== null && due_at <= now;

/** Throws `request.not_found` when it is hidden or absent. */
export async function complaintView(scope: Scope, id: string): Promise<ComplaintView> {
  const row = await findComplaint(scope, id);
  if (!row) throw requestErrors.not_found({ kind: 'complaint' });
  return viewComplaint(scope, row);
}

export async function viewComplaint(scope: Scope, row: ComplaintRow): Promise<ComplaintView> {
  const [summary] = (await summarizeComplaints(scope, [row])) as [ComplaintSummary];
  const side = sideOf(scope, row);
  const moves = side === null ? [] : complaintMovesOf(row.state, side, isOverdue(row, scope.now));
  return {
    ...summary,
    text: row.text,
    answerDueAt: row.answer_due_at.toISOString(),
    resolutionDueAt: row.resolution_due_at.toISOString(),
    decisionDueAt: row.decision_due_at?.toISOString() ?? null,
    answeredAt: row.answered_at?.toISOString() ?? null,
    moves: moves.map((move) => ({ move, words: complaintMoveWords[move] })),
    history: (await complaintMoves(scope, row.id)).map((each) => ({
      move: each.move,
      words: complaintMoveWords[each.move],
      side: each.side,
      state: each.state,
      text: each.text,
      by: each.moved_by,
      at: each.moved_at.toISOString(),
    })),
  };
}

export async function summarizeComplaints(scope: Scope, rows: readonly ComplaintRow[]): Promise<ComplaintSummary[]> {
  const sides = rows.flatMap(({ complainant, respondent, operator }) => [complainant, respondent, ...(operator ? [operator] : [])]);
  const names = await organizationNames(scope, sides);
  return rows.map((row) => summary(scope, row, names));
}

function summary(scope: Scope, row: ComplaintRow, names: Names): ComplaintSummary {
  const awaited = awaitedSide[row.state];
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    state: row.state,
    stateWords: complaintStateWords[row.state],
    side: sideOf(scope, row) ?? 'reader',
    category: row.category,
    categoryWords: complaintCategoryWords[row.category],
    order: { id: row.order_id, number: row.order_number },
    subject: { kind: row.subject_kind, kindWords: complaintSubjectWords[row.subject_kind], id: row.subject_id, label: row.subject_label },
    complainant: reference(names, row.complainant),
    respondent: reference(names, row.respondent),
    operator: row.operator === null ? null : reference(names, row.operator),
    owner: row.owner,
    outcome: row.outcome === null ? null : { is: row.outcome, words: complaintOutcomeWords[row.outcome] },
    waitingFor: awaited,
    waitingWords: awaited === null ? null : complaintSideWords[awaited],
    dueAt: row.due_at?.toISOString() ?? null,
    overdue: isOverdue(row, scope.now),
    filedAt: row.filed_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
  };
}

function reference(names: Names, id: OrganizationId) {
  const found = names.get(id);
  return { code: found?.code ?? '', name: found?.name ?? { en: '', zh: '' } };
}
