import type { z } from 'zod';
import { requestErrors } from '../../commands/index.js';
import { newId, type Scope } from '../../database/index.js';
import { canonical, compare, fitsUnit } from '../../measure/index.js';
import { scheduled } from '../agreement/pricing.js';
import { specified } from '../agreement/proposing.js';
import { relinquish, undelivered } from '../ledger/relinquishing.js';
import type { LineRow } from '../ledger/repository.js';
import { ordersErrors } from '../order/errors.js';
import { beginMove, finishMove, type OpenMove } from '../order/moves.js';
import { milestonesOf, scheduleOf } from '../order/plan-repository.js';
import { findOrder, type OrderRow } from '../order/repository.js';
import type { OrderView } from '../order/schema.js';
import { answerTo, type ChangeKind } from '../order/states.js';
import type { OrderPorts } from '../service.js';
import { agreedTotals, applyTerms, least, lineIn, requireTolerance } from './applying.js';
import { differencesOf } from './difference.js';
import { changesErrors } from './errors.js';
import { answerChange, type ChangeRow, changesOf, findChange, insertChange } from './repository.js';
import type * as schema from './schema.js';
import { changeKindWords, changeStateWords } from './states.js';

type In<Schema extends z.ZodType> = z.output<Schema>;

export interface ChangeService {
  propose(scope: Scope, input: In<typeof schema.proposeChangeInput>): Promise<OrderView>;
  proposeEnd(scope: Scope, input: In<typeof schema.proposeEndInput>): Promise<OrderView>;
  accept(scope: Scope, input: In<typeof schema.acceptChangeInput>): Promise<OrderView>;
  decline(scope: Scope, input: In<typeof schema.declineChangeInput>): Promise<OrderView>;
  withdraw(scope: Scope, input: In<typeof schema.withdrawChangeInput>): Promise<OrderView>;
  list(scope: Scope, order: string): Promise<z.infer<typeof schema.changeListSchema>>;
}

/** An agreed order becomes another, or ends, only when both sides agree: one proposes, the other accepts. */
export function createChangeService({ specifications }: Pick<OrderPorts, 'specifications'>): ChangeService {
  return {
    async propose(scope, input) {
      const move = await beginMove(scope, input, 'propose_change');
      const terms = withSpecifications(input.terms, specifications);
      const agreed = {
        order: move.order,
        lines: move.lines,
        schedule: await scheduleOf(scope, [move.order.id]),
        milestones: await milestonesOf(scope, move.order.id),
      };
      requireSound(move.lines, terms);
      const diff = differencesOf(agreed, terms);
      if (diff.length === 0) throw changesErrors.nothing_changes();
      return proposed(scope, move, { kind: 'terms', terms, diff, reason: input.reason });
    },

    async proposeEnd(scope, input) {
      const move = await beginMove(scope, input, 'propose_change');
      return proposed(scope, move, { kind: input.kind, terms: {}, diff: endDifferences(move.lines, input.kind), reason: input.reason });
    },

    async accept(scope, input) {
      const order = await findOrder(scope, input.order);
      const move = await beginMove(scope, input, answerTo[order?.change_kind ?? 'terms']);
      const change = await openChange(scope, move, input.change);
      await answerChange(scope, change.id, { state: 'accepted', answer: input.note ?? null });
      const update = await agree(scope, move, change);
      const body = { change: change.id, changeNumber: change.number, kind: change.kind };
      return finishMove(scope, move, 'orders.change_accepted', body, change.kind === 'terms' ? undefined : change.reason, {
        ...update,
        ...noChange,
      });
    },

    async decline(scope, input) {
      const move = await beginMove(scope, input, 'decline_change');
      const change = await openChange(scope, move, input.change);
      await answerChange(scope, change.id, { state: 'declined', answer: input.reason });
      const body = { change: change.id, changeNumber: change.number, kind: change.kind, reason: input.reason };
      return finishMove(scope, move, 'orders.change_declined', body, undefined, noChange);
    },

    async withdraw(scope, input) {
      const move = await beginMove(scope, input, 'withdraw_change');
      const change = await openChange(scope, move, input.change);
      const reason = input.reason ?? null;
      await answerChange(scope, change.id, { state: 'withdrawn', answer: reason });
      const body = { change: change.id, changeNumber: change.number, kind: change.kind, reason };
      return finishMove(scope, move, 'orders.change_withdrawn', body, undefined, noChange);
    },

    async list(scope, id) {
      const order = await findOrder(scope, id);
      if (!order) throw requestErrors.not_found({ kind: 'order' });
      return { items: (await changesOf(scope, order.id)).map(viewChange) };
    },
  };
}

const noChange = { change_id: null, change_kind: null, change_by: null } as const;

async function proposed(
  scope: Scope,
  move: OpenMove,
  { kind, terms, diff, reason }: Pick<ChangeRow, 'kind' | 'terms' | 'diff' | 'reason'>,
): Promise<OrderView> {
  const { order, side } = move;
  const id = newId() as string;
  const number = await insertChange(scope, { id, order_id: order.id, kind, side, terms, diff, reason });
  const body = { change: id, changeNumber: number, kind, side, reason };
  return finishMove(scope, move, 'orders.change_proposed', body, undefined, { change_id: id, change_kind: kind, change_by: side });
}

/** The change order that waits, when it is the one that the caller read. */
async function openChange(scope: Scope, { order }: OpenMove, id: string): Promise<ChangeRow> {
  const change = order.change_id === id ? await findChange(scope, id) : undefined;
  if (!change) throw changesErrors.change_unknown({ change: id });
  return change;
}

async function agree(scope: Scope, { order, lines }: OpenMove, change: ChangeRow): Promise<Partial<OrderRow>> {
  if (change.kind === 'terms') return applyTerms(scope, order, lines, change.terms as schema.ChangeTerms, change.reason);
  for (const line of lines) await relinquish(scope, line, change.kind === 'cancellation' ? line.ordered : undelivered(line), change.reason);
  return agreedTotals(scope, order);
}

/** What an end of the order would give up, line by line. */
function endDifferences(lines: readonly LineRow[], kind: Exclude<ChangeKind, 'terms'>): schema.Difference[] {
  return lines.flatMap((line) => {
    const after = kind === 'cancellation' ? '0' : least(line);
    const of = { line: line.id, position: line.position, field: 'quantity' };
    return compare(line.ordered, after) === 0 ? [] : [{ ...of, before: canonical(line.ordered), after }];
  });
}

/** What can be refused now is refused now; the rest may have changed until it is accepted, and is asked again then. */
function requireSound(lines: readonly LineRow[], terms: schema.ChangeTerms): void {
  for (const change of terms.lines ?? []) {
    const line = lineIn(lines, change.line);
    if (change.quantity !== undefined) {
      if (!fitsUnit(change.quantity, line.unit)) throw ordersErrors.not_whole({ value: change.quantity, unit: line.unit });
      if (compare(change.quantity, least(line)) < 0)
        throw changesErrors.below_shipped({ line: line.position, asked: change.quantity, least: least(line) });
    }
    requireTolerance(line, change);
    const quantity = change.quantity ?? line.ordered;
    if (change.schedule) scheduled(change.schedule, { position: line.position, quantity, unit: line.unit });
  }
  const gone = (terms.lines ?? []).filter(({ quantity }) => quantity !== undefined && compare(quantity, '0') === 0);
  const standing = lines.filter((line) => compare(line.ordered, '0') > 0 && !gone.some((change) => change.line === line.id));
  if (standing.length === 0 && (terms.addLines ?? []).length === 0) throw changesErrors.no_line_left();
}

function withSpecifications(terms: schema.ChangeTerms, parse: OrderPorts['specifications']): schema.ChangeTerms {
  return {
    ...terms,
    ...(terms.lines
      ? { lines: terms.lines.map((line) => (line.specification ? { ...line, specification: parse(line.specification) } : line)) }
      : {}),
    ...(terms.addLines ? { addLines: terms.addLines.map((line) => specified(line, parse)) } : {}),
  };
}

function viewChange(row: ChangeRow): schema.ChangeView {
  return {
    id: row.id,
    order: row.order_id,
    number: row.number,
    kind: row.kind,
    kindWords: changeKindWords[row.kind],
    state: row.state,
    stateWords: changeStateWords[row.state],
    side: row.side,
    reason: row.reason,
    terms: row.terms as schema.ChangeTerms,
    differences: row.diff as schema.Difference[],
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at.toISOString(),
    answer: row.answer,
    answeredBy: row.answered_by,
    answeredAt: row.answered_at?.toISOString() ?? null,
  };
}
