import type { z } from 'zod';
import { addParty, createRecord, organizationByCode } from '../../access/index.js';
import { decodeCursor, page } from '../../commands/index.js';
import { newId, type OrganizationId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { canonical, Decimal, decimalSchema, money, priced } from '../../measure/index.js';
import type { OrderPorts, OrderService } from '../../orders/index.js';
import { commerceErrors } from '../errors.js';
import type { CommerceEventBody } from '../events.js';
import { findLead, lockLead } from '../leads/repository.js';
import { applyLeadMove } from '../leads/service.js';
import { leadTransitions } from '../leads/states.js';
import { beginQuotationMove } from './moves.js';
import {
  findQuotationSide,
  insertQuotation,
  insertRevision,
  keepForSupplier,
  linesOfRevision,
  markSent,
  pageOfQuotations,
  type QuotationLineRow,
  type QuotationRow,
  type RevisionRow,
  revisionsOf,
  updateQuotation,
} from './repository.js';
import type * as schema from './schema.js';
import { quotationView, summarizeQuotations, viewQuotation } from './view.js';

type In<Schema extends z.ZodType> = z.output<Schema>;

export interface QuotationService {
  draftQuotation(scope: Scope, input: In<typeof schema.draftInput>): Promise<schema.QuotationView>;
  reviseQuotation(scope: Scope, input: In<typeof schema.reviseInput>): Promise<schema.QuotationView>;
  sendQuotation(scope: Scope, input: In<typeof schema.sendInput>): Promise<schema.QuotationView>;
  acceptQuotation(scope: Scope, input: In<typeof schema.acceptQuotationInput>): Promise<schema.QuotationView>;
  declineQuotation(scope: Scope, input: In<typeof schema.declineQuotationInput>): Promise<schema.QuotationView>;
  recordAnswer(scope: Scope, input: In<typeof schema.recordAnswerInput>): Promise<schema.QuotationView>;
  getQuotation(scope: Scope, input: In<typeof schema.quotationIdInput>): Promise<schema.QuotationView>;
  listQuotations(scope: Scope, input: In<typeof schema.quotationListInput>): Promise<z.infer<typeof schema.quotationPageSchema>>;
}

export interface QuotationPorts extends OrderPorts {
  readonly orders: Pick<OrderService, 'propose'>;
}

export const createQuotationService = ({ specifications, orders }: QuotationPorts): QuotationService => ({
  async draftQuotation(scope, { number, buyer: code, contact, lead, ...content }) {
    const buyer = code === undefined ? null : await buyerOf(scope, code);
    if (lead !== undefined && !(await findLead(scope, lead))) throw commerceErrors.lead_unknown({ lead });
    const quotation: Omit<QuotationRow, 'version'> = {
      id: newId<'record'>(),
      supplier: scope.organization,
      buyer,
      number,
      state: 'draft',
      revision: 1,
      sent_revision: null,
      valid_until: validUntil(scope, content),
      order_id: null,
      reason: null,
      created_at: scope.now,
      changed_at: scope.now,
    };
    // The buyer becomes a party when it is sent: until then the draft is nobody else's.
    await createRecord(scope, { id: quotation.id, kind: 'quotation', parties: [{ organization: scope.organization, role: 'supplier' }] });
    await insertQuotation(scope, quotation);
    await keepForSupplier(scope, quotation.id, { lead: lead ?? null, contact: contact ?? null });
    await writeRevision(scope, quotation, content, specifications);
    const drafted = { ...quotation, version: 1 };
    await appendEvent(scope, { type: 'commerce.quotation_drafted', record: quotation.id, body: bodyOf(drafted) });
    return viewQuotation(scope, drafted);
  },

  async reviseQuotation(scope, { quotation: id, version, ...content }) {
    const { quotation, next } = await beginQuotationMove(scope, { quotation: id, version }, 'revise');
    const revised = await updateQuotation(scope, quotation, {
      state: next,
      revision: quotation.revision + 1,
      valid_until: validUntil(scope, content),
      reason: null,
    });
    await writeRevision(scope, revised, content, specifications);
    // Of a draft that was never sent nobody else knows; of one that was, the buyer learns that it is being revised.
    await appendEvent(scope, { type: 'commerce.quotation_revised', record: revised.id, body: bodyOf(revised) });
    return viewQuotation(scope, revised);
  },

  async sendQuotation(scope, input) {
    const { quotation, next } = await beginQuotationMove(scope, input, 'send');
    if (quotation.valid_until <= scope.now) throw commerceErrors.validity_past({ validUntil: quotation.valid_until.toISOString() });
    if (quotation.buyer !== null) await addParty(scope, quotation.id, { organization: quotation.buyer, role: 'buyer' });
    await markSent(scope, quotation);
    const sent = await updateQuotation(scope, quotation, { state: next, sent_revision: quotation.revision });
    await quoteLead(scope, sent);
    const [revision] = await revisionsOf(scope, [sent.id]);
    const total = money(revision?.total ?? '0', revision?.currency ?? 'CNY');
    const body: CommerceEventBody<'commerce.quotation_sent'> = { ...bodyOf(sent), total, validUntil: sent.valid_until.toISOString() };
    await appendEvent(scope, { type: 'commerce.quotation_sent', record: sent.id, body });
    return viewQuotation(scope, sent);
  },

  async acceptQuotation(scope, { quotation: id, version, revision, ownNumber, dueOn, note }) {
    const { quotation, next } = await beginQuotationMove(scope, { quotation: id, version }, 'accept');
    if (revision !== quotation.sent_revision)
      throw commerceErrors.quotation_revised({ number: quotation.number, current: quotation.sent_revision, sent: revision });
    const order = await orders.propose(scope, await orderOf(scope, quotation, { ownNumber, dueOn, note }));
    const accepted = await updateQuotation(scope, quotation, { state: next, order_id: order.id as QuotationRow['order_id'] });
    const body: CommerceEventBody<'commerce.quotation_accepted'> = { ...bodyOf(accepted), order: order.id };
    await appendEvent(scope, { type: 'commerce.quotation_accepted', record: accepted.id, body });
    return viewQuotation(scope, accepted);
  },

  async declineQuotation(scope, { reason, ...input }) {
    const { quotation, next } = await beginQuotationMove(scope, input, 'decline');
    return declined(scope, await updateQuotation(scope, quotation, { state: next, reason }));
  },

  async recordAnswer(scope, { answer, reason, ...input }) {
    const move = answer === 'accepted' ? 'record_acceptance' : 'record_decline';
    const { quotation, next } = await beginQuotationMove(scope, input, move);
    const answered = await updateQuotation(scope, quotation, { state: next, reason: reason ?? null });
    if (answer === 'declined') return declined(scope, answered);
    const body: CommerceEventBody<'commerce.quotation_accepted'> = { ...bodyOf(answered), order: null };
    await appendEvent(scope, { type: 'commerce.quotation_accepted', record: answered.id, body });
    return viewQuotation(scope, answered);
  },

  getQuotation: (scope, { quotation, revision }) => quotationView(scope, quotation, revision),

  async listQuotations(scope, { limit, cursor, ...filter }) {
    const rows = await pageOfQuotations(scope, { ...filter, after: decodeCursor(cursor), limit });
    const summaries = await summarizeQuotations(scope, rows.slice(0, limit));
    return page(
      rows,
      limit,
      (row) => ({ key: row.sort_key.toISOString(), id: row.id }),
      (row) => summaries.get(row.id) as schema.QuotationSummary,
    );
  },
});

async function buyerOf(scope: Scope, code: string): Promise<OrganizationId> {
  const buyer = await organizationByCode(scope, code);
  if (!buyer || buyer.state !== 'active') throw commerceErrors.recipient_unknown({ recipient: code });
  if (buyer.id === scope.organization) throw commerceErrors.recipient_is_self({ recipient: code });
  return buyer.id;
}

function validUntil(scope: Scope, content: schema.QuotationContent): Date {
  const until = new Date(content.validUntil);
  if (until <= scope.now) throw commerceErrors.validity_past({ validUntil: content.validUntil });
  return until;
}

async function writeRevision(
  scope: Scope,
  { id, revision }: Pick<QuotationRow, 'id' | 'revision'>,
  content: schema.QuotationContent,
  parse: OrderPorts['specifications'],
): Promise<void> {
  const lines = content.lines.map((line, index) => pricedLine(line, index + 1, content.currency, parse));
  const total = bounded(canonical(lines.reduce((sum, { amount }) => sum.plus(amount), new Decimal(0))), 'the quotation', '报价');
  const row: RevisionRow = {
    quotation_id: id,
    revision,
    currency: content.currency,
    total,
    incoterm: content.delivery?.incoterm ?? null,
    place: content.delivery?.place ?? null,
    valid_until: new Date(content.validUntil),
    note: content.note || null,
    created_at: scope.now,
    sent_at: null,
  };
  await insertRevision(scope, row, lines, content.cost);
}

/** Whatever a client reckoned, the amount is quantity × unit price, rounded once. */
function pricedLine(
  { description, specification, quantity, unitPrice }: schema.QuotationContent['lines'][number],
  position: number,
  currency: schema.QuotationContent['currency'],
  parse: OrderPorts['specifications'],
): Omit<QuotationLineRow, 'id' | 'quotation_id' | 'revision'> {
  return {
    position,
    description,
    specification: specification ? parse(specification) : null,
    unit: quantity.unit,
    quantity: canonical(quantity.value),
    unit_price: canonical(unitPrice),
    amount: bounded(priced(quantity.value, unitPrice, currency).amount, `line ${position}`, `第 ${position} 行`),
  };
}

function bounded(amount: string, whatEn: string, whatZh: string): string {
  if (!decimalSchema.safeParse(amount).success) throw commerceErrors.amount_too_large({ amount, whatEn, whatZh });
  return amount;
}

/** The lead behind it moves on when its state allows; one that is won or lost already stays. */
async function quoteLead(scope: Scope, { id, number }: QuotationRow): Promise<void> {
  const side = await findQuotationSide(scope, id);
  const lead = side?.lead_id ? await lockLead(scope, side.lead_id) : undefined;
  if (lead && leadTransitions.quote[lead.state] !== undefined) await applyLeadMove(scope, lead, 'quote', number);
}

type ProposeInput = Parameters<OrderService['propose']>[1];

async function orderOf(
  scope: Scope,
  quotation: QuotationRow,
  { ownNumber, dueOn, note }: { ownNumber: string; dueOn: string; note: string | undefined },
): Promise<ProposeInput> {
  const view = await quotationView(scope, quotation.id, quotation.sent_revision ?? undefined);
  const lines = await linesOfRevision(scope, quotation.id, view.revision);
  const terms = view.delivery ? ` ${view.delivery.incoterm} ${view.delivery.place} (Incoterms 2020)` : '';
  return {
    supplier: view.supplier.code,
    ownNumber,
    currency: view.total.currency,
    dueOn,
    note: [`${quotation.number}/${view.revision}${terms}`, note ?? ''].filter((text) => text !== '').join('\n'),
    lines: lines.map((line) => ({
      description: line.description,
      ...(line.specification === null
        ? {}
        : { specification: line.specification as NonNullable<ProposeInput['lines'][number]['specification']> }),
      quantity: { value: canonical(line.quantity), unit: line.unit as ProposeInput['lines'][number]['quantity']['unit'] },
      unitPrice: canonical(line.unit_price),
    })),
  };
}

async function declined(scope: Scope, quotation: QuotationRow): Promise<schema.QuotationView> {
  const body: CommerceEventBody<'commerce.quotation_declined'> = { ...bodyOf(quotation), reason: quotation.reason };
  await appendEvent(scope, { type: 'commerce.quotation_declined', record: quotation.id, body });
  return viewQuotation(scope, quotation);
}

function bodyOf({ number, state, version, revision }: QuotationRow): CommerceEventBody<'commerce.quotation_drafted'> {
  return { number, state, version, revision };
}
