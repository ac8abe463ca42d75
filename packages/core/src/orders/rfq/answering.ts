import { requestErrors } from '../../commands/index.js';
import { newId } from '../../database/index.js';
import { rfqErrors } from './errors.js';
import { findInvitation, insertQuestion, updateInvitation } from './invitation-repository.js';
import { beginInvitationMove } from './moves.js';
import type { RfqService } from './service.js';
import { tellInvited } from './telling.js';
import { viewInvitation } from './view.js';

/** The invited supplier's side before and beside its quote. */
export const answering: Pick<RfqService, 'getInvitation' | 'acceptConfidentiality' | 'declineInvitation' | 'ask'> = {
  async getInvitation(scope, id) {
    const invitation = await findInvitation(scope, id);
    if (!invitation) throw requestErrors.not_found({ kind: 'invitation' });
    return viewInvitation(scope, invitation);
  },

  async acceptConfidentiality(scope, { terms, ...input }) {
    const { invitation, next } = await beginInvitationMove(scope, input, 'accept_confidentiality');
    if (terms !== invitation.confidentiality_version)
      throw rfqErrors.terms_other({ sent: terms, current: invitation.confidentiality_version });
    const accepted = await updateInvitation(scope, invitation, { state: next, accepted_at: scope.now, accepted_by: scope.actor.label });
    await tellInvited(scope, accepted, 'rfq.confidentiality_accepted', { terms });
    return viewInvitation(scope, accepted);
  },

  async declineInvitation(scope, { reason, ...input }) {
    const { invitation, next } = await beginInvitationMove(scope, input, 'decline');
    const declined = await updateInvitation(scope, invitation, { state: next, reason });
    await tellInvited(scope, declined, 'rfq.invitation_declined', { reason });
    return viewInvitation(scope, declined);
  },

  async ask(scope, { text, ...input }) {
    const { invitation } = await beginInvitationMove(scope, input, 'ask');
    const question = newId() as string;
    await insertQuestion(scope, {
      id: question,
      invitation_id: invitation.id,
      rfq_id: invitation.rfq_id,
      buyer: invitation.buyer,
      supplier: invitation.supplier,
      text,
      asked_at: scope.now,
      asked_by: scope.actor.label,
      answer: null,
      answered_at: null,
    });
    const asked = await updateInvitation(scope, invitation, {});
    await tellInvited(scope, asked, 'rfq.question_asked', { question });
    return viewInvitation(scope, asked);
  },
};
