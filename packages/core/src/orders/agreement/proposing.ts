import { createRecord, organizationByCode } from '../../access/index.js';
import { newId, type OrganizationId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { canonical, Decimal, money } from '../../measure/index.js';
import { enter, insertLines } from '../ledger/repository.js';
import { ordersErrors } from '../order/errors.js';
import type { OrderEventBody } from '../order/events.js';
import { insertMilestones, insertSchedule } from '../order/plan-repository.js';
import { annotateOwnSide, insertOrder, lockOrder, type NewOrder, type OrderRow } from '../order/repository.js';
import type { ProposeInput } from '../order/schema.js';
import type { OrderPorts } from '../service.js';
import { proposeUnderTerms } from '../terms/agreement.js';
import { bounded, type LineInput, pricedLine } from './pricing.js';

/** Where a proposed order comes from. */
export interface OrderOrigin {
  readonly quote?: string | undefined;
}

/**
 * Makes an order of the scope's organization with the supplier named, in state `proposed`. For whoever makes orders within a
 * transaction of their own: an award, a sub-order. Errors: `orders.supplier_unknown`, `.supplier_suspended`, `.supplier_is_self`,
 * `.own_number_taken`, `.amount_too_large`, `.schedule_differs`, those of attaching terms, and what `specifications` throws.
 */
export async function proposeOrder(
  scope: Scope,
  input: ProposeInput,
  { specifications }: Pick<OrderPorts, 'specifications'>,
  origin: OrderOrigin = {},
): Promise<OrderRow> {
  const supplier = await supplierOf(scope, input.supplier);
  const lines = input.lines.map((line, index) => pricedLine(specified(line, specifications), index + 1, input.currency));
  const total = bounded(canonical(lines.reduce((sum, line) => sum.plus(line.amount), new Decimal(0))), 'the order', '订单');
  const order: NewOrder = {
    id: newId<'record'>(),
    buyer: scope.organization,
    supplier: supplier.id,
    number: input.ownNumber,
    state: 'proposed',
    currency: input.currency,
    total,
    due_on: input.dueOn,
    note: input.note || null,
    reason: null,
    description: lines[0]?.description ?? '',
    line_count: lines.length,
    proposed_at: scope.now,
    changed_at: scope.now,
    incoterms: input.incoterms?.rule ?? null,
    incoterms_place: input.incoterms?.place ?? null,
    payment_days: input.paymentDays ?? null,
    quote_id: origin.quote ?? null,
  };
  await makeRecord(scope, order.id, supplier.id);
  await insertOrder(scope, order);
  await annotateOwnSide(scope, order.id, { own_number: input.ownNumber, private_note: input.privateNote || null });
  await insertLines(
    scope,
    order.id,
    lines.map(({ schedule: _schedule, ...line }) => line),
  );
  await insertSchedule(scope, order.id, lines);
  await insertMilestones(scope, order.id, input.milestones ?? []);
  await enter(
    scope,
    order.id,
    lines.map((line) => ({ line: line.id, kind: 'ordered', quantity: line.quantity, evidence: 'agreement' })),
  );
  await tellProposed(scope, order, supplier.code);
  await proposeUnderTerms(scope, order, input.terms ?? []);
  return (await lockOrder(scope, order.id)) as OrderRow;
}

async function makeRecord(scope: Scope, id: NewOrder['id'], supplier: OrganizationId): Promise<void> {
  await createRecord(scope, {
    id,
    kind: 'order',
    parties: [
      { organization: scope.organization, role: 'buyer' },
      { organization: supplier, role: 'supplier' },
    ],
  });
}

async function supplierOf(scope: Scope, code: string) {
  const supplier = await organizationByCode(scope, code);
  if (!supplier) throw ordersErrors.supplier_unknown({ supplier: code });
  if (supplier.id === scope.organization) throw ordersErrors.supplier_is_self({ supplier: code });
  if (supplier.state !== 'active') throw ordersErrors.supplier_suspended({ supplier: code });
  return supplier;
}

/** The line with its specification as the industry's schema gives it back. */
export function specified(line: LineInput, parse: OrderPorts['specifications']): LineInput {
  return line.specification ? { ...line, specification: parse(line.specification) } : line;
}

async function tellProposed(scope: Scope, order: NewOrder, supplier: string): Promise<void> {
  const body: OrderEventBody<'orders.proposed'> = {
    number: order.number,
    state: order.state,
    version: 1,
    supplier,
    total: money(order.total, order.currency),
    dueOn: order.due_on,
  };
  await appendEvent(scope, { type: 'orders.proposed', record: order.id, body });
}
