import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { engineeringErrors } from '../errors.js';
import { affectedBy, type ChangeRow, findChange, lockChange, lockRequests, type RequestRow, sideOf } from './repository.js';
import {
  type ChangeFacts,
  type ChangeMove,
  type ChangeSide,
  changeMovesOf,
  changeMoveWords,
  changeSideWords,
  changeStateWords,
  changeTransitions,
  judgeChange,
} from './states.js';
import { factsOf } from './view.js';

/** A change locked for a move that the table allows, with the requests that the move may rest on. */
export interface OpenChange {
  readonly change: ChangeRow;
  readonly requests: readonly RequestRow[];
  readonly next: ChangeRow['state'];
}

/** The owner's change, locked, at the version that the caller saw. Whether it is visible is decided first. */
export async function ownChange(scope: Scope, input: { readonly change: string; readonly version: number }): Promise<ChangeRow> {
  const change = await lockedChange(scope, input.change, 'submit');
  if (change.version !== input.version) throw engineeringErrors.version_stale({ current: change.version, sent: input.version });
  return change;
}

export async function lockedChange(scope: Scope, id: string, move: ChangeMove): Promise<ChangeRow> {
  const change = await lockChange(scope, id);
  if (change) return change;
  const seen = await findChange(scope, id);
  if (!seen) throw requestErrors.not_found({ kind: 'engineering_change' });
  throw notYourMove(move, await sideOf(scope, seen.id));
}

export async function beginChangeMove(
  scope: Scope,
  input: { readonly change: string; readonly version: number },
  move: ChangeMove,
): Promise<OpenChange> {
  const change = await lockedChange(scope, input.change, move);
  if (change.version !== input.version) throw engineeringErrors.version_stale({ current: change.version, sent: input.version });
  const requests = await lockRequests(scope, change.id);
  const affected = await affectedBy(scope, change.id);
  return { change, requests, next: allowed(change.state, move, 'owner', factsOf(affected.length, requests)) };
}

/** The state after the move; throws why it cannot be made. */
export function allowed(state: ChangeRow['state'], move: ChangeMove, side: ChangeSide, facts: ChangeFacts): ChangeRow['state'] {
  const judged = judgeChange(state, move, side, facts);
  if (judged.allowed) return judged.next;
  if (judged.because === 'wrong_side') throw notYourMove(move, side);
  if (judged.because === 'wrong_state') throw wrongChangeState(state, move, side);
  throw engineeringErrors[judged.because]();
}

export function notYourMove(move: ChangeMove, side: ChangeSide | null) {
  const mover = changeSideWords[changeTransitions[move].side];
  const own = side === null ? { en: 'reader', zh: '查阅方' } : changeSideWords[side];
  return engineeringErrors.not_your_move({
    moveEn: changeMoveWords[move].en,
    moveZh: changeMoveWords[move].zh,
    moverEn: mover.en,
    moverZh: mover.zh,
    sideEn: own.en,
    sideZh: own.zh,
  });
}

export function wrongChangeState(state: ChangeRow['state'], move: ChangeMove | 'edit', side: ChangeSide) {
  const { en: moveEn, zh: moveZh } = move === 'edit' ? { en: 'Edit', zh: '编辑' } : changeMoveWords[move];
  const possible = changeMovesOf(state, side);
  return engineeringErrors.change_wrong_state({
    moveEn,
    moveZh,
    stateEn: changeStateWords[state].en.toLowerCase(),
    stateZh: changeStateWords[state].zh,
    possibleEn: possible.map((name) => changeMoveWords[name].en).join(', ') || 'none',
    possibleZh: possible.map((name) => changeMoveWords[name].zh).join('、') || '无',
  });
}
