import type { z } from 'zod';
import { createRecord, organizationNames } from '../../access/index.js';
import { decodeCursor, page, requestErrors } from '../../commands/index.js';
import { newId, type RecordId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { canonical, money, quantity } from '../../measure/index.js';
import type { OrderPorts } from '../../orders/index.js';
import type { Specification } from '../../production/index.js';
import { commerceErrors } from '../errors.js';
import type { CommerceEventBody, CommerceEventType } from '../events.js';
import { consumerOrderMoveWords, consumerOrderStateWords } from '../words.js';
import {
  type ConsumerOrderRow,
  eraseMeasurements,
  findConsumerOrder,
  findConsumerPerson,
  insertConsumerOrder,
  insertConsumerPerson,
  lockConsumerOrder,
  pageOfConsumerOrders,
  seesOrderLine,
  seesRecord,
  updateConsumerOrder,
} from './repository.js';
import type * as schema from './schema.js';
import { type ConsumerOrderMove, consumerOrderMovesOf, consumerOrderTransitions } from './states.js';

type In<Schema extends z.ZodType> = z.output<Schema>;

export interface ConsumerOrderService {
  placeConsumerOrder(scope: Scope, input: In<typeof schema.placeConsumerOrderInput>): Promise<schema.ConsumerOrderView>;
  moveConsumerOrder(scope: Scope, input: In<typeof schema.moveConsumerOrderInput>): Promise<schema.ConsumerOrderView>;
  linkConsumerOrder(scope: Scope, input: In<typeof schema.linkConsumerOrderInput>): Promise<schema.ConsumerOrderView>;
  withdrawConsumerConsent(scope: Scope, input: In<typeof schema.withdrawConsumerConsentInput>): Promise<schema.ConsumerPerson>;
  getConsumerOrder(scope: Scope, id: string): Promise<schema.ConsumerOrderView>;
  /** Who placed it, with measurements while consent lasts; only the selling organization has it. */
  consumerPerson(scope: Scope, id: string): Promise<schema.ConsumerPerson>;
  listConsumerOrders(
    scope: Scope,
    input: In<typeof schema.consumerOrderListInput>,
  ): Promise<z.infer<typeof schema.consumerOrderPageSchema>>;
}

export const createConsumerOrderService = ({ specifications }: OrderPorts): ConsumerOrderService => ({
  async placeConsumerOrder(scope, input) {
    const count = Object.keys(input.measurements ?? {}).length;
    if (count > 0 && !input.consent) throw commerceErrors.consent_missing({ number: input.number, count });
    const order: Omit<ConsumerOrderRow, 'version'> = {
      id: newId<'record'>(),
      organization: scope.organization,
      number: input.number,
      state: 'placed',
      description: input.description,
      specification: input.specification ? specifications(input.specification) : null,
      unit: input.unit,
      currency: input.price.currency,
      price: canonical(input.price.amount),
      due_on: input.dueOn ?? null,
      order_id: null,
      order_line_id: null,
      job_id: null,
      unit_id: null,
      reason: null,
      placed_at: scope.now,
      changed_at: scope.now,
    };
    await createRecord(scope, { id: order.id, kind: 'consumer_order', parties: [{ organization: scope.organization, role: 'seller' }] });
    await insertConsumerOrder(scope, order);
    await insertConsumerPerson(scope, {
      organization: scope.organization,
      consumer_order_id: order.id,
      name: input.person.name,
      email: input.person.email ?? null,
      phone: input.person.phone ?? null,
      address: input.person.address ?? null,
      measurements: count > 0 ? (input.measurements ?? null) : null,
      consent_text: input.consent?.text ?? null,
      consented_at: input.consent ? new Date(input.consent.givenAt) : null,
      consent_withdrawn_at: null,
    });
    const placed = { ...order, version: 1 };
    await tell(scope, 'commerce.consumer_order_placed', placed);
    return view(scope, placed);
  },

  async moveConsumerOrder(scope, { consumerOrder, version, move, reason }) {
    const order = await lockedOrder(scope, consumerOrder, version);
    const next = consumerOrderTransitions[move][order.state];
    if (next === undefined) throw wrongState(move, order);
    const moved = await updateConsumerOrder(scope, order, { state: next, ...(next === 'canceled' ? { reason: reason ?? null } : {}) });
    await tell(scope, 'commerce.consumer_order_moved', moved, { move });
    return view(scope, moved);
  },

  async linkConsumerOrder(scope, { consumerOrder, version, order: by, orderLine, job, unit }) {
    const order = await lockedOrder(scope, consumerOrder, version);
    for (const [kind, id] of [
      ['order', by],
      ['job', job],
      ['unit', unit],
    ] as const)
      if (id && !(await seesRecord(scope, kind, id))) throw commerceErrors.link_unknown({ kind, id });
    if (by && orderLine && !(await seesOrderLine(scope, by, orderLine))) throw commerceErrors.link_unknown({ kind: 'line', id: orderLine });
    const linked = await updateConsumerOrder(scope, order, {
      ...(by === undefined ? {} : { order_id: by as RecordId | null, order_line_id: orderLine ?? null }),
      ...(job === undefined ? {} : { job_id: job as RecordId | null }),
      ...(unit === undefined ? {} : { unit_id: unit as RecordId | null }),
    });
    await tell(scope, 'commerce.consumer_order_linked', linked);
    return view(scope, linked);
  },

  async withdrawConsumerConsent(scope, { consumerOrder, version }) {
    const order = await lockedOrder(scope, consumerOrder, version);
    const person = await findConsumerPerson(scope, order.id);
    if (!person?.consented_at || person.consent_withdrawn_at) throw commerceErrors.consent_not_given({ number: order.number });
    await eraseMeasurements(scope, order.id);
    const changed = await updateConsumerOrder(scope, order, {});
    await tell(scope, 'commerce.consumer_consent_withdrawn', changed);
    return viewPerson(scope, order.id);
  },

  async getConsumerOrder(scope, id) {
    const order = await findConsumerOrder(scope, id);
    if (!order) throw requestErrors.not_found({ kind: 'consumer_order' });
    return view(scope, order);
  },

  consumerPerson: (scope, id) => viewPerson(scope, id as RecordId),

  async listConsumerOrders(scope, { limit, cursor, ...filter }) {
    const rows = await pageOfConsumerOrders(scope, { ...filter, after: decodeCursor(cursor), limit });
    const seller = await sellerOf(scope, rows[0]);
    return page(
      rows,
      limit,
      (row) => ({ key: row.changed_at.toISOString(), id: row.id }),
      (row) => viewOf(scope, row, seller),
    );
  },
});

async function lockedOrder(scope: Scope, id: string, version: number): Promise<ConsumerOrderRow> {
  const order = await lockConsumerOrder(scope, id);
  if (!order) throw requestErrors.not_found({ kind: 'consumer_order' });
  if (order.version !== version)
    throw commerceErrors.version_stale({ whatEn: 'consumer order', whatZh: '消费者订单', current: order.version, sent: version });
  return order;
}

function wrongState(move: ConsumerOrderMove, { state }: ConsumerOrderRow) {
  const possible = consumerOrderMovesOf(state);
  return commerceErrors.wrong_state({
    move,
    state,
    moveEn: consumerOrderMoveWords[move].en,
    moveZh: consumerOrderMoveWords[move].zh,
    whatEn: 'consumer order',
    whatZh: '消费者订单',
    stateEn: consumerOrderStateWords[state].en.toLowerCase(),
    stateZh: consumerOrderStateWords[state].zh,
    possibleEn: possible.map((name) => consumerOrderMoveWords[name].en).join(', ') || 'none',
    possibleZh: possible.map((name) => consumerOrderMoveWords[name].zh).join('、') || '无',
  });
}

async function tell(
  scope: Scope,
  type: Extract<CommerceEventType, `commerce.consumer_${string}`>,
  { id, number, state, version }: ConsumerOrderRow,
  more: { move?: ConsumerOrderMove } = {},
): Promise<void> {
  const body: CommerceEventBody<'commerce.consumer_order_placed'> = { number, state, version };
  await appendEvent(scope, { type, record: id, body: { ...body, ...more } });
}

async function viewPerson(scope: Scope, order: RecordId): Promise<schema.ConsumerPerson> {
  const person = await findConsumerPerson(scope, order);
  if (!person) throw requestErrors.not_found({ kind: 'consumer_order' });
  return {
    consumerOrder: order,
    name: person.name,
    email: person.email,
    phone: person.phone,
    address: person.address,
    measurements: person.measurements as schema.ConsumerPerson['measurements'],
    consent:
      person.consented_at && person.consent_text !== null
        ? {
            text: person.consent_text,
            givenAt: person.consented_at.toISOString(),
            withdrawnAt: person.consent_withdrawn_at?.toISOString() ?? null,
          }
        : null,
  };
}

type Seller = schema.ConsumerOrderView['seller'];

async function sellerOf(scope: Scope, row: ConsumerOrderRow | undefined): Promise<Seller> {
  const organization = row && (await organizationNames(scope, [row.organization])).get(row.organization);
  return { code: organization?.code ?? '', name: organization?.name ?? { en: '', zh: '' } };
}

const view = async (scope: Scope, row: ConsumerOrderRow): Promise<schema.ConsumerOrderView> =>
  viewOf(scope, row, await sellerOf(scope, row));

function viewOf(scope: Scope, row: ConsumerOrderRow, seller: Seller): schema.ConsumerOrderView {
  return {
    id: row.id,
    version: row.version,
    state: row.state,
    stateWords: consumerOrderStateWords[row.state],
    number: row.number,
    seller,
    description: row.description,
    specification: row.specification as Specification | null,
    unit: quantity('1', row.unit).unit,
    price: money(row.price, row.currency),
    dueOn: row.due_on,
    order: row.order_id,
    orderLine: row.order_line_id,
    job: row.job_id,
    madeUnit: row.unit_id,
    reason: row.reason,
    placedAt: row.placed_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    moves:
      row.organization === scope.organization
        ? consumerOrderMovesOf(row.state).map((move) => ({ move, words: consumerOrderMoveWords[move] }))
        : [],
  };
}
