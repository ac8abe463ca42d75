import type { Words } from '../../access/index.js';
import { requestErrors } from '../../commands/index.js';
import type { RecordId, Scope } from '../../database/index.js';
import { Decimal } from '../../measure/index.js';
import { rfqErrors } from './errors.js';
import { findInvitation, type InvitationRow, lockInvitation } from './invitation-repository.js';
import { balancesOf, findRfq, lockRfq, type RfqRow } from './repository.js';
import {
  type InvitationFacts,
  type InvitationMove,
  type InvitationState,
  invitationMovesOf,
  judgeInvitation,
  judgeRfq,
  type RfqFacts,
  type RfqMove,
  type RfqState,
  rfqMovesOf,
} from './states.js';
import { invitationMoveWords, invitationStateWords, rfqMoveWords, rfqStateWords } from './words.js';

const rfqWords: Words = { en: 'RFQ', zh: '询价单' };
const invitationWords: Words = { en: 'invitation', zh: '报价邀请' };

/**
 * Locks the buyer's RFQ and asks the table, in this order: is it visible, is it this organization's move, is the version
 * the one that the caller saw, does the state allow it, does the guard. Without a version none is compared.
 */
export async function beginRfqMove(
  scope: Scope,
  input: { readonly rfq: string; readonly version?: number },
  move: RfqMove,
): Promise<{ readonly rfq: RfqRow; readonly next: RfqState }> {
  const rfq = await lockRfq(scope, input.rfq);
  if (!rfq)
    throw (await findRfq(scope, input.rfq))
      ? notYourMove(rfqMoveWords[move], { en: 'buyer', zh: '采购方' }, rfqWords)
      : requestErrors.not_found({ kind: 'rfq' });
  if (input.version !== undefined && rfq.version !== input.version) throw versionStale(rfqWords, rfq.version, input.version);
  const judged = judgeRfq(rfq.state, move, 'buyer', await rfqFacts(scope, rfq.id));
  if (judged.allowed) return { rfq, next: judged.next };
  if (judged.because === 'wrong_side' || judged.because === 'wrong_state')
    throw wrongState(
      rfqMoveWords[move],
      rfqWords,
      rfqStateWords[rfq.state],
      rfqMovesOf(rfq.state).map((each) => rfqMoveWords[each]),
    );
  throw rfqErrors[judged.because]();
}

export async function rfqFacts(scope: Scope, rfq: RecordId): Promise<RfqFacts> {
  const balances = [...(await balancesOf(scope, rfq)).values()];
  return {
    awarded: balances.some(({ awarded }) => new Decimal(awarded).gt(0)),
    left: balances.some(({ asked, awarded }) => new Decimal(asked).gt(awarded)),
  };
}

/** The same for the supplier's moves on its invitation. */
export async function beginInvitationMove(
  scope: Scope,
  input: { readonly invitation: string; readonly version?: number },
  move: InvitationMove,
): Promise<{ readonly invitation: InvitationRow; readonly next: InvitationState }> {
  const invitation = await lockInvitation(scope, input.invitation);
  const supplier: Words = { en: 'supplier', zh: '供应方' };
  if (!invitation)
    throw (await findInvitation(scope, input.invitation))
      ? notYourMove(invitationMoveWords[move], supplier, invitationWords)
      : requestErrors.not_found({ kind: 'invitation' });
  if (invitation.supplier !== scope.organization) throw notYourMove(invitationMoveWords[move], supplier, invitationWords);
  if (input.version !== undefined && invitation.version !== input.version)
    throw versionStale(invitationWords, invitation.version, input.version);
  const judged = judgeInvitation(invitation.state, move, 'supplier', invitationFacts(scope, invitation));
  if (judged.allowed) return { invitation, next: judged.next };
  if (judged.because === 'wrong_side' || judged.because === 'wrong_state')
    throw wrongState(
      invitationMoveWords[move],
      invitationWords,
      invitationStateWords[invitation.state],
      invitationMovesOf(invitation.state).map((each) => invitationMoveWords[each]),
    );
  throw rfqErrors[judged.because]();
}

export function invitationFacts(
  scope: Scope,
  { standing, confidentiality_version, accepted_at, respond_by }: InvitationRow,
): InvitationFacts {
  return {
    standing,
    confidentiality: confidentiality_version === null ? 'none' : accepted_at === null ? 'open' : 'accepted',
    overdue: scope.now.getTime() > respond_by.getTime(),
  };
}

export function versionStale(what: Words, current: number, sent: number) {
  return rfqErrors.version_stale({ whatEn: what.en, whatZh: what.zh, current, sent });
}

export function notYourMove(move: Words, mover: Words, what: Words) {
  return rfqErrors.not_your_move({
    moveEn: move.en,
    moveZh: move.zh,
    moverEn: mover.en,
    moverZh: mover.zh,
    whatEn: what.en,
    whatZh: what.zh,
  });
}

export function wrongState(move: Words, what: Words, state: Words, possible: readonly Words[]) {
  return rfqErrors.wrong_state({
    moveEn: move.en,
    moveZh: move.zh,
    whatEn: what.en,
    whatZh: what.zh,
    stateEn: state.en,
    stateZh: state.zh,
    possibleEn: possible.map(({ en }) => en).join(', ') || 'none',
    possibleZh: possible.map(({ zh }) => zh).join('、') || '无',
  });
}
