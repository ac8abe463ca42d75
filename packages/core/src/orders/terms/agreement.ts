import type { z } from 'zod';
import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { ordersErrors } from '../order/errors.js';
import { findOrder, findOwnSide, lockOrder, moveOrder, type OrderRow } from '../order/repository.js';
import { orderStateWords } from '../order/words.js';
import { termsErrors } from './errors.js';
import type { TermsEventBody } from './events.js';
import {
  type AttachmentRow,
  acceptancesOf,
  attachmentsOf,
  detachAttachment,
  findTerms,
  insertAcceptance,
  insertAttachment,
  type TermsRow,
  termsById,
} from './repository.js';
import type * as schema from './schema.js';
import { mayDoTerms, type TermsMove } from './states.js';
import { viewOrderTerms } from './view.js';

type In<Schema extends z.ZodType> = z.output<Schema>;

/** Which texts an order is under. Each change is a new version of the order, so that nobody accepts an order with terms unseen. */
export const termsAgreement = {
  async attach(scope: Scope, input: In<typeof schema.attachTermsInput>): Promise<schema.OrderTermsView> {
    const order = await openOrder(scope, input, 'attach');
    const terms = await attachable(scope, input.terms);
    const attachment = await insertAttachment(scope, order.id, terms);
    await insertAcceptance(scope, attachment, terms.sha256);
    return changed(scope, order, { type: 'orders.terms_attached', attachment, terms });
  },

  async detach(scope: Scope, input: In<typeof schema.detachTermsInput>): Promise<schema.OrderTermsView> {
    const order = await openOrder(scope, input, 'detach');
    const { attachment, terms } = await attachmentOf(scope, order, input.attachment);
    if (attachment.organization !== scope.organization) throw termsErrors.not_yours();
    if ((await acceptedBy(scope, attachment)).length > 1) throw termsErrors.already_agreed();
    await detachAttachment(scope, attachment.id);
    return changed(scope, order, { type: 'orders.terms_detached', attachment, terms });
  },

  async accept(scope: Scope, input: In<typeof schema.acceptTermsInput>): Promise<schema.OrderTermsView> {
    const order = await openOrder(scope, input, 'accept');
    const { attachment, terms } = await attachmentOf(scope, order, input.attachment);
    if (terms.sha256 !== input.sha256) throw termsErrors.hash_differs({ current: terms.sha256, sent: input.sha256 });
    if ((await acceptedBy(scope, attachment)).includes(scope.organization)) return viewOrderTerms(scope, order);
    await insertAcceptance(scope, attachment, terms.sha256);
    return changed(scope, order, { type: 'orders.terms_accepted', attachment, terms });
  },

  async ofOrder(scope: Scope, id: string): Promise<schema.OrderTermsView> {
    const order = await findOrder(scope, id);
    if (!order) throw requestErrors.not_found({ kind: 'order' });
    return viewOrderTerms(scope, order);
  },
};

/** Throws, as attaching does, for a text that this organization may not put an agreement under. */
export async function requireAttachable(scope: Scope, ids: readonly string[]): Promise<void> {
  for (const id of ids) await attachable(scope, id);
}

/** Puts a new order under these texts: part of its proposal, so its version stays the first. Errors as those of attaching. */
export async function proposeUnderTerms(scope: Scope, order: Pick<OrderRow, 'id' | 'number'>, ids: readonly string[]): Promise<void> {
  for (const id of new Set(ids)) {
    const terms = await attachable(scope, id);
    const attachment = await insertAttachment(scope, order.id, terms);
    await insertAcceptance(scope, attachment, terms.sha256);
    await told(scope, { ...order, version: 1 }, { type: 'orders.terms_attached', attachment, terms });
  }
}

/**
 * Whoever accepts an order accepts the texts that stand attached to it: called within the acceptance, once the order is
 * locked and its version compared. The event of the acceptance tells of it.
 */
export async function acceptTermsOfOrder(scope: Scope, order: Pick<OrderRow, 'id'>): Promise<void> {
  const attachments = (await attachmentsOf(scope, order.id)).filter(({ detached_at }) => detached_at === null);
  if (attachments.length === 0) return;
  const accepted = await acceptancesOf(scope, order.id);
  const own = new Set(accepted.filter(({ organization }) => organization === scope.organization).map((row) => row.order_terms_id));
  const versions = await termsById(
    scope,
    attachments.map(({ terms_id }) => terms_id),
  );
  for (const attachment of attachments) {
    const terms = versions.get(attachment.terms_id);
    if (terms && !own.has(attachment.id)) await insertAcceptance(scope, attachment, terms.sha256);
  }
}

async function attachable(scope: Scope, id: string): Promise<TermsRow> {
  const terms = await findTerms(scope, id);
  // Terms of the other side are seen once attached, but are not ours to attach.
  if (!terms || !(terms.organization === scope.organization || terms.platform)) throw termsErrors.terms_unknown({ terms: id });
  if (terms.published_at === null) throw termsErrors.not_published({ code: terms.code, number: terms.number });
  if (terms.retired_at !== null) throw termsErrors.retired({ code: terms.code, number: terms.number });
  return terms;
}

async function openOrder(scope: Scope, input: { readonly order: string; readonly version: number }, move: TermsMove): Promise<OrderRow> {
  const order = await lockOrder(scope, input.order);
  if (!order) throw (await findOrder(scope, input.order)) ? termsErrors.only_parties() : requestErrors.not_found({ kind: 'order' });
  if (!(await findOwnSide(scope, order.id))) throw termsErrors.only_parties();
  if (order.version !== input.version) throw ordersErrors.version_stale({ current: order.version, sent: input.version });
  if (!mayDoTerms(move, order.state)) {
    const state = orderStateWords[order.state];
    throw termsErrors.order_not_open({ stateEn: state.en.toLowerCase(), stateZh: state.zh, ...tooLate[move] });
  }
  return order;
}

const tooLate: Readonly<Record<TermsMove, { readonly moveEn: string; readonly moveZh: string }>> = {
  attach: { moveEn: 'terms are attached while it is proposed', moveZh: '合同文本只能在待确认时附加' },
  detach: { moveEn: 'terms are taken back before production starts', moveZh: '合同文本只能在开始生产前撤下' },
  accept: { moveEn: 'terms are accepted before production starts', moveZh: '合同文本只能在开始生产前确认' },
};

async function attachmentOf(scope: Scope, order: OrderRow, id: string): Promise<{ attachment: AttachmentRow; terms: TermsRow }> {
  const attachment = (await attachmentsOf(scope, order.id)).find((row) => row.id === id && row.detached_at === null);
  const terms = attachment && (await findTerms(scope, attachment.terms_id));
  if (!terms) throw termsErrors.attachment_unknown({ attachment: id });
  return { attachment, terms };
}

const acceptedBy = async (scope: Scope, { id, order_id }: AttachmentRow) =>
  (await acceptancesOf(scope, order_id)).filter((row) => row.order_terms_id === id).map(({ organization }) => organization);

interface Change {
  readonly type: 'orders.terms_attached' | 'orders.terms_detached' | 'orders.terms_accepted';
  readonly attachment: AttachmentRow;
  readonly terms: TermsRow;
}

async function changed(scope: Scope, order: OrderRow, change: Change): Promise<schema.OrderTermsView> {
  const moved = await moveOrder(scope, order, { state: order.state });
  await told(scope, moved, change);
  return viewOrderTerms(scope, moved);
}

async function told(scope: Scope, order: Pick<OrderRow, 'id' | 'number' | 'version'>, { type, attachment, terms }: Change): Promise<void> {
  const body: TermsEventBody<Change['type']> = {
    orderNumber: order.number,
    version: order.version,
    attachment: attachment.id,
    code: terms.code,
    number: terms.number,
    sha256: terms.sha256,
  };
  await appendEvent(scope, { type, record: order.id, body });
}
