import { createRecord, type OrganizationRef, organizationByCode, organizationNames } from '../../access/index.js';
import { requestErrors } from '../../commands/index.js';
import { newId, type RecordId, type Scope } from '../../database/index.js';
import { requireAttachable } from '../terms/agreement.js';
import { nameDrawings } from './drawings.js';
import { rfqErrors } from './errors.js';
import {
  assess,
  findInvitation,
  findQuestion,
  type InvitationRow,
  insertAnswer,
  insertInvitation,
  invitationsOf,
  lockInvitationsOf,
  lockQuestion,
  updateInvitation,
  updateQuestion,
} from './invitation-repository.js';
import { beginRfqMove } from './moves.js';
import { lockQuotesOf, updateQuote } from './quote-repository.js';
import { insertContent, insertRfq, type RfqRow, replaceContent, rfqFiles, updateRfq } from './repository.js';
import type { RfqContentInput } from './schema.js';
import type { RfqPorts, RfqService } from './service.js';
import { judgeQuote, quoteStateAt, type Standing } from './states.js';
import { tellInvited, tellQuoted, tellRequest } from './telling.js';
import { viewRfq } from './view.js';

type Asking = Pick<
  RfqService,
  'create' | 'revise' | 'open' | 'invite' | 'extend' | 'assess' | 'answer' | 'conclude' | 'close' | 'reopen' | 'cancel'
>;

/** The buyer's side: how a request is written, sent, kept open and ended. */
export const createAsking = ({ specifications }: RfqPorts): Asking => ({
  async create(scope, { number, ...content }) {
    const respondBy = dueLater(scope, content.respondBy);
    const rfq: Omit<RfqRow, 'version'> = {
      id: newId<'record'>(),
      buyer: scope.organization,
      number,
      title: content.title,
      state: 'draft',
      respond_by: respondBy,
      confidentiality_version: content.confidentiality?.version ?? null,
      confidentiality_text: content.confidentiality?.text ?? null,
      reason: null,
      created_at: scope.now,
      opened_at: null,
      changed_at: scope.now,
    };
    await createRecord(scope, { id: rfq.id, kind: 'rfq', parties: [{ organization: scope.organization, role: 'buyer' }] });
    await insertRfq(scope, rfq);
    await requireAttachable(scope, content.terms ?? []);
    await insertContent(scope, rfq.id, specified(content, specifications));
    await nameDrawings(scope, rfq.id, filesIn(content));
    const made = { ...rfq, version: 1 };
    await tellRequest(scope, made, 'rfq.created', {});
    return viewRfq(scope, made);
  },

  async revise(scope, { rfq: id, version, ...content }) {
    const { rfq, next } = await beginRfqMove(scope, { rfq: id, version }, 'revise');
    const before = await rfqFiles(scope, rfq.id);
    await requireAttachable(scope, content.terms ?? []);
    await replaceContent(scope, rfq.id, specified(content, specifications));
    await nameDrawings(scope, rfq.id, filesIn(content), before);
    const revised = await updateRfq(scope, rfq, {
      state: next,
      title: content.title,
      respond_by: dueLater(scope, content.respondBy),
      confidentiality_version: content.confidentiality?.version ?? null,
      confidentiality_text: content.confidentiality?.text ?? null,
    });
    await tellRequest(scope, revised, 'rfq.revised', {});
    return viewRfq(scope, revised);
  },

  async open(scope, { suppliers, ...input }) {
    const { rfq, next } = await beginRfqMove(scope, input, 'open');
    dueLater(scope, rfq.respond_by.toISOString());
    const opened = await updateRfq(scope, rfq, { state: next, opened_at: scope.now });
    await tellRequest(scope, opened, 'rfq.opened', {});
    const invitations = await invite(scope, opened, suppliers);
    return { rfq: await viewRfq(scope, opened), invitations };
  },

  async invite(scope, { suppliers, ...input }) {
    const { rfq } = await beginRfqMove(scope, input, 'invite');
    dueLater(scope, rfq.respond_by.toISOString());
    const grown = await updateRfq(scope, rfq, {});
    const invitations = await invite(scope, grown, suppliers);
    return { rfq: await viewRfq(scope, grown), invitations };
  },

  async extend(scope, { respondBy, suppliers, ...input }) {
    const { rfq } = await beginRfqMove(scope, input, 'extend');
    const until = dueLater(scope, respondBy);
    const invitations = await lockInvitationsOf(scope, rfq.id);
    const chosen = suppliers ? await named(scope, invitations, suppliers) : invitations;
    for (const { respond_by } of suppliers ? chosen : [rfq]) if (until <= respond_by) throw notLater(until, respond_by);
    const extended = await updateRfq(scope, rfq, suppliers ? {} : { respond_by: until });
    await tellRequest(scope, extended, 'rfq.extended', { respondBy: until.toISOString() });
    for (const invitation of chosen) {
      if (until <= invitation.respond_by) continue;
      const given = await updateInvitation(scope, invitation, { respond_by: until });
      await tellInvited(scope, given, 'rfq.invitation_extended', { respondBy: until.toISOString() });
    }
    return viewRfq(scope, extended);
  },

  async assess(scope, { invitation, dutyRate, ...input }) {
    const { rfq } = await beginRfqMove(scope, input, 'assess');
    const assessed = await findInvitation(scope, invitation);
    if (assessed?.rfq_id !== rfq.id) throw requestErrors.not_found({ kind: 'invitation' });
    await assess(scope, { invitation_id: assessed.id, rfq_id: rfq.id, buyer: scope.organization, duty_rate: dutyRate });
    return viewRfq(scope, await updateRfq(scope, rfq, {}));
  },

  async answer(scope, { question: id, answer, to }) {
    // Found before it is locked: the RFQ is locked first, everywhere.
    const asked = await findQuestion(scope, id);
    if (asked?.buyer !== scope.organization) throw rfqErrors.question_unknown({ question: id });
    const { rfq } = await beginRfqMove(scope, { rfq: asked.rfq_id }, 'answer');
    const question = await lockQuestion(scope, id);
    if (question?.answer !== null) throw rfqErrors.question_answered();
    await updateQuestion(scope, id, { answer, answered_at: scope.now, to_all: to === 'all' });
    const answered = await updateRfq(scope, rfq, {});
    const asker = await findInvitation(scope, question.invitation_id);
    if (asker) await tellInvited(scope, asker, 'rfq.question_answered', { question: id });
    if (to === 'all') {
      const published = { id: newId() as string, rfq_id: rfq.id, question: question.text, answer, answered_at: scope.now };
      await insertAnswer(scope, published);
      for (const invitation of await invitationsOf(scope, rfq.id))
        await tellInvited(scope, invitation, 'rfq.answer_published', { answer: published.id });
    }
    return viewRfq(scope, answered);
  },

  async conclude(scope, input) {
    const { rfq } = await beginRfqMove(scope, input, 'conclude');
    return viewRfq(scope, await conclude(scope, rfq));
  },

  async close(scope, { reason, ...input }) {
    const { rfq, next } = await beginRfqMove(scope, input, 'close');
    const closed = await updateRfq(scope, rfq, { state: next, reason: reason ?? null });
    await tellRequest(scope, closed, 'rfq.closed', { reason: reason ?? null });
    await endForSuppliers(scope, rfq.id, 'closed');
    return viewRfq(scope, closed);
  },

  async reopen(scope, input) {
    const { rfq, next } = await beginRfqMove(scope, input, 'reopen');
    const reopened = await updateRfq(scope, rfq, { state: next, reason: null });
    await tellRequest(scope, reopened, 'rfq.reopened', {});
    for (const invitation of await lockInvitationsOf(scope, rfq.id))
      await tellInvited(scope, await updateInvitation(scope, invitation, { standing: 'open' }), 'rfq.invitation_reopened', {});
    for (const quote of await lockQuotesOf(scope, rfq.id)) {
      const judged = judgeQuote(quote.state, 'reopen', 'buyer');
      if (judged.allowed) await tellQuoted(scope, await updateQuote(scope, quote, { state: judged.next }), 'rfq.quote_reopened', {});
    }
    return viewRfq(scope, reopened);
  },

  async cancel(scope, { reason, ...input }) {
    const { rfq, next } = await beginRfqMove(scope, input, 'cancel');
    const canceled = await updateRfq(scope, rfq, { state: next, reason });
    await tellRequest(scope, canceled, 'rfq.canceled', { reason });
    await endForSuppliers(scope, rfq.id, 'canceled');
    return viewRfq(scope, canceled);
  },
});

/** The RFQ is locked and may be concluded. The losers learn that they lost: no winner, no price, no number. */
export async function conclude(scope: Scope, rfq: RfqRow): Promise<RfqRow> {
  const concluded = await updateRfq(scope, rfq, { state: 'awarded' });
  await tellRequest(scope, concluded, 'rfq.concluded', {});
  await endForSuppliers(scope, rfq.id, 'closed');
  return concluded;
}

async function endForSuppliers(scope: Scope, rfq: RecordId, standing: Exclude<Standing, 'open'>): Promise<void> {
  for (const invitation of await lockInvitationsOf(scope, rfq))
    await tellInvited(scope, await updateInvitation(scope, invitation, { standing }), 'rfq.invitation_ended', {});
  for (const quote of await lockQuotesOf(scope, rfq)) {
    const judged = judgeQuote(quoteStateAt(quote.state, quote.valid_until, scope.now), 'lose', 'buyer');
    if (judged.allowed) await tellQuoted(scope, await updateQuote(scope, quote, { state: judged.next }), 'rfq.quote_lost', {});
  }
}

/** Locks each as it is made; gives the invitations in the order asked for. */
async function invite(scope: Scope, rfq: RfqRow, codes: readonly string[]): Promise<string[]> {
  const made: string[] = [];
  for (const code of codes) {
    const supplier = await supplierOf(scope, code);
    const invitation: Omit<InvitationRow, 'version'> = {
      id: newId<'record'>(),
      rfq_id: rfq.id,
      buyer: scope.organization,
      supplier: supplier.id,
      state: 'invited',
      standing: 'open',
      number: rfq.number,
      title: rfq.title,
      respond_by: rfq.respond_by,
      confidentiality_version: rfq.confidentiality_version,
      confidentiality_text: rfq.confidentiality_text,
      accepted_at: null,
      accepted_by: null,
      reason: null,
      invited_at: scope.now,
      changed_at: scope.now,
    };
    await createRecord(scope, {
      id: invitation.id,
      kind: 'rfq_invitation',
      parties: [
        { organization: scope.organization, role: 'buyer' },
        { organization: supplier.id, role: 'supplier' },
      ],
    });
    await insertInvitation(scope, invitation, code);
    await tellInvited(scope, { ...invitation, version: 1 }, 'rfq.invited', { respondBy: rfq.respond_by.toISOString() });
    made.push(invitation.id);
  }
  return made;
}

async function supplierOf(scope: Scope, code: string): Promise<OrganizationRef> {
  const supplier = await organizationByCode(scope, code);
  if (!supplier) throw rfqErrors.supplier_unknown({ supplier: code });
  if (supplier.id === scope.organization) throw rfqErrors.supplier_is_self({ supplier: code });
  if (supplier.state !== 'active') throw rfqErrors.supplier_suspended({ supplier: code });
  return supplier;
}

async function named(scope: Scope, invitations: readonly InvitationRow[], codes: readonly string[]): Promise<InvitationRow[]> {
  const names = await organizationNames(
    scope,
    invitations.map(({ supplier }) => supplier),
  );
  return [...new Set(codes)].map((code) => {
    const found = invitations.find(({ supplier }) => names.get(supplier)?.code === code);
    if (!found) throw rfqErrors.not_invited({ supplier: code });
    return found;
  });
}

const filesIn = ({ lines }: Pick<RfqContentInput, 'lines'>) => lines.flatMap(({ files }) => files);

function dueLater(scope: Scope, respondBy: string): Date {
  const due = new Date(respondBy);
  if (due <= scope.now) throw rfqErrors.respond_by_past({ respondBy });
  return due;
}

const notLater = (until: Date, current: Date) =>
  rfqErrors.respond_by_earlier({ respondBy: until.toISOString(), current: current.toISOString() });

function specified(content: RfqContentInput, parse: RfqPorts['specifications']): RfqContentInput {
  return {
    ...content,
    lines: content.lines.map((line) => (line.specification ? { ...line, specification: parse(line.specification) } : line)),
  };
}
