import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { commerceErrors } from '../errors.js';
import { quotationMoveWords, quotationSideWords, quotationStateWords } from '../words.js';
import { findQuotation, findQuotationSide, lockQuotation, type QuotationRow } from './repository.js';
import {
  judgeQuotation,
  type QuotationMove,
  type QuotationSide,
  type QuotationState,
  quotationMovesOf,
  quotationTransitions,
  type StoredQuotationState,
  stateAt,
} from './states.js';

/**
 * Locks the quotation and asks the table, in this order: is it visible, is it this side's move, is the version the one that
 * the caller saw, does the state by the server's clock allow it. Each refusal is a `YunfabError`.
 */
export async function beginQuotationMove(
  scope: Scope,
  input: { readonly quotation: string; readonly version: number },
  move: QuotationMove,
): Promise<{ readonly quotation: QuotationRow; readonly next: StoredQuotationState }> {
  const quotation = await lockQuotation(scope, input.quotation);
  if (!quotation)
    throw (await findQuotation(scope, input.quotation)) ? notYourMove(move, null) : requestErrors.not_found({ kind: 'quotation' });
  const side = (await findQuotationSide(scope, quotation.id))?.role ?? null;
  if (side === null || quotationTransitions[move].side !== side) throw notYourMove(move, side);
  if (quotation.version !== input.version)
    throw commerceErrors.version_stale({ whatEn: 'quotation', whatZh: '报价', current: quotation.version, sent: input.version });
  const state = stateAt(quotation.state, quotation.valid_until, scope.now);
  const outside = quotation.buyer === null;
  const judged = judgeQuotation(state, move, side, { outside });
  if (judged.allowed) return { quotation, next: judged.next };
  if (judged.because === 'answers_itself') throw commerceErrors.answers_itself({ number: quotation.number });
  if (state === 'expired')
    throw commerceErrors.quotation_expired({ number: quotation.number, validUntil: quotation.valid_until.toISOString() });
  throw wrongState(move, state, quotationMovesOf(state, side, { outside }));
}

function notYourMove(move: QuotationMove, side: QuotationSide | null) {
  const mover = quotationSideWords[quotationTransitions[move].side];
  const own = side === null ? { en: 'reader', zh: '查阅方' } : quotationSideWords[side];
  return commerceErrors.not_your_move({
    move,
    moveEn: quotationMoveWords[move].en,
    moveZh: quotationMoveWords[move].zh,
    moverEn: mover.en,
    moverZh: mover.zh,
    sideEn: own.en,
    sideZh: own.zh,
  });
}

function wrongState(move: QuotationMove, state: QuotationState, possible: readonly QuotationMove[]) {
  return commerceErrors.wrong_state({
    move,
    state,
    moveEn: quotationMoveWords[move].en,
    moveZh: quotationMoveWords[move].zh,
    whatEn: 'quotation',
    whatZh: '报价',
    stateEn: quotationStateWords[state].en.toLowerCase(),
    stateZh: quotationStateWords[state].zh,
    possibleEn: possible.map((name) => quotationMoveWords[name].en).join(', ') || 'none',
    possibleZh: possible.map((name) => quotationMoveWords[name].zh).join('、') || '无',
  });
}
