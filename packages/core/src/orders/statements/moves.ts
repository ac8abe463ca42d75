import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { add, money } from '../../measure/index.js';
import { type OrderSide, orderSides } from '../order/states.js';
import { orderSideWords } from '../order/words.js';
import { sumOf } from './amounts.js';
import { bill, settleBilledOrders } from './billing.js';
import { statementErrors } from './errors.js';
import type { StatementEventBody, StatementEventType } from './events.js';
import { firstDueOn } from './payment-days.js';
import {
  findStatement,
  lockStatement,
  type StatementChange,
  type StatementLineRow,
  type StatementRow,
  statementLines,
  updateStatement,
} from './repository.js';
import type { StatementView } from './schema.js';
import {
  isAgreed,
  judgeLine,
  judgeStatement,
  type LineMove,
  type StatementMove,
  statementMovesOf,
  statementTransitions,
} from './states.js';
import { sideOf, viewStatement } from './view.js';
import { lineStateWords, statementMoveWords, statementStateWords } from './words.js';

/** A move that the table allows, its statement locked until the transaction ends. */
export interface OpenStatement {
  readonly row: StatementRow;
  readonly lines: readonly StatementLineRow[];
  readonly side: OrderSide;
}

/** Locks and asks in this order: visible, this side's move, the version seen, the state. */
export async function beginStatement(
  scope: Scope,
  input: { readonly statement: string; readonly version: number },
  move: StatementMove,
): Promise<OpenStatement> {
  const row = await lockStatement(scope, input.statement);
  const seen = row ?? (await findStatement(scope, input.statement));
  if (!seen) throw requestErrors.not_found({ kind: 'statement' });
  const side = sideOf(scope, seen);
  const { side: mover } = statementTransitions[move];
  if (!row || side === null || (mover !== 'either' && mover !== side)) throw notYourMove(seen, move, side);
  if (row.version !== input.version) throw statementErrors.version_stale({ number: row.number, current: row.version, sent: input.version });
  if (!judgeStatement(row.state, move, side, false).allowed) throw wrongState(row, move, side);
  return { row, lines: await statementLines(scope, row.id), side };
}

export interface Told<Type extends StatementEventType> {
  readonly type: Type;
  readonly body: Omit<StatementEventBody<Type>, 'number' | 'version' | 'state'>;
}

/**
 * Writes the sums, the state and the version, and tells both sides. When the move was the last agreement, the ledger gets
 * what is billed and the orders that are billed whole are settled, all in this transaction.
 */
export async function finishStatement<Type extends StatementEventType>(
  scope: Scope,
  { row, side }: Pick<OpenStatement, 'row' | 'side'>,
  move: StatementMove,
  { type, body }: Told<Type>,
  change: StatementChange = {},
): Promise<StatementView> {
  const lines = await statementLines(scope, row.id);
  const judged = judgeStatement(row.state, move, side, isAgreed(lines));
  if (!judged.allowed) throw wrongState(row, move, side);
  const agreed = row.state === 'sent' && judged.next === 'confirmed';
  const billedOrders = agreed ? await bill(scope, row, lines) : [];
  const dueOn = firstDueOn(keptOf(lines), scope.now);
  const moved = await updateStatement(scope, row, {
    ...change,
    ...totalsOf(lines),
    state: judged.next,
    ...(agreed ? { confirmed_at: scope.now, due_on: dueOn } : {}),
  });
  await tell(scope, moved, { type, body });
  if (agreed) {
    await tell(scope, moved, { type: 'orders.statement_confirmed', body: { total: money(moved.gross, moved.currency), dueOn } });
    await settleBilledOrders(scope, billedOrders);
  }
  return viewStatement(scope, moved);
}

export async function tell<Type extends StatementEventType>(scope: Scope, row: StatementRow, { type, body }: Told<Type>): Promise<void> {
  const { number, version, state } = row;
  await appendEvent(scope, { type, record: row.id, body: { number, version, state, ...body } });
}

export const keptOf = (lines: readonly StatementLineRow[]): StatementLineRow[] => lines.filter(({ state }) => state !== 'excluded');

export function totalsOf(lines: readonly StatementLineRow[]): Pick<StatementRow, 'net' | 'tax' | 'gross' | 'deducted' | 'line_count'> {
  const kept = keptOf(lines);
  const deducted = add('0', ...kept.filter(({ kind }) => kind === 'deduction').map(({ gross }) => gross));
  return { ...sumOf(kept), deducted, line_count: kept.length };
}

/** The line of the statement that a move names, or `statements.line_unknown`. */
export function lineOf({ row, lines }: OpenStatement, id: string): StatementLineRow {
  const line = lines.find((each) => each.id === id);
  if (!line) throw statementErrors.line_unknown({ number: row.number, line: id });
  return line;
}

/** The line's state after the move, or why the table refuses it. */
export function movedLine({ row, side }: OpenStatement, line: StatementLineRow, move: LineMove): StatementLineRow['state'] {
  const judged = judgeLine(line.state, move, side, { kind: line.kind, disputedBy: line.disputed_by });
  if (judged.allowed) return judged.next;
  const at = { number: row.number, line: line.position };
  if (judged.because === 'not_your_dispute') throw statementErrors.not_your_dispute(at);
  if (judged.because === 'not_your_claim') {
    const claimant = orderSideWords[orderSides.find((each) => each !== side) ?? 'buyer'];
    throw statementErrors.not_your_claim({ ...at, claimantEn: claimant.en, claimantZh: claimant.zh });
  }
  throw statementErrors.line_state({
    ...at,
    moveEn: statementMoveWords[move].en,
    moveZh: statementMoveWords[move].zh,
    stateEn: lineStateWords[line.state].en.toLowerCase(),
    stateZh: lineStateWords[line.state].zh,
  });
}

function notYourMove({ number }: StatementRow, move: StatementMove, side: OrderSide | null) {
  const { side: movers } = statementTransitions[move];
  const mover = movers === 'either' ? { en: 'buyer and supplier', zh: '采购方和供应方' } : orderSideWords[movers];
  const own = side === null ? { en: 'reader', zh: '查阅方' } : orderSideWords[side];
  return statementErrors.not_your_move({
    number,
    moveEn: statementMoveWords[move].en,
    moveZh: statementMoveWords[move].zh,
    moverEn: mover.en,
    moverZh: mover.zh,
    sideEn: own.en,
    sideZh: own.zh,
  });
}

function wrongState({ number, state }: StatementRow, move: StatementMove, side: OrderSide) {
  const possible = statementMovesOf(state, side);
  return statementErrors.wrong_state({
    number,
    moveEn: statementMoveWords[move].en,
    moveZh: statementMoveWords[move].zh,
    stateEn: statementStateWords[state].en.toLowerCase(),
    stateZh: statementStateWords[state].zh,
    possibleEn: possible.map((name) => statementMoveWords[name].en).join(', ') || 'none',
    possibleZh: possible.map((name) => statementMoveWords[name].zh).join('、') || '无',
  });
}
