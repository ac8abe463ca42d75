import { createRecord, organizationByCode } from '../../access/index.js';
import { requestErrors } from '../../commands/index.js';
import { newId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { type Currency, canonical, Decimal, decimalSchema, money, priced } from '../../measure/index.js';
import { allocateLines, enter, insertLines, type NewLine } from '../ledger/repository.js';
import { ordersErrors } from '../order/errors.js';
import type { OrderEventBody } from '../order/events.js';
import { beginMove, finishMove } from '../order/moves.js';
import { annotateOwnSide, findOrder, findOwnSide, insertOrder, type OrderRow } from '../order/repository.js';
import type { ProposeInput } from '../order/schema.js';
import { viewOrder } from '../order/view.js';
import type { OrderPorts, OrderService } from '../service.js';
import { acceptTermsOfOrder } from '../terms/agreement.js';

type Agreement = Pick<OrderService, 'propose' | 'accept' | 'decline' | 'withdraw' | 'annotate'>;

/** How an order comes to be agreed: proposed by the buyer, answered by the supplier. */
export const createAgreement = ({ specifications }: OrderPorts): Agreement => ({
  async propose(scope, input) {
    const supplier = await supplierOf(scope, input.supplier);
    const lines = input.lines.map((line, index) => pricedLine(specified(line, specifications), index + 1, input.currency));
    const total = bounded(canonical(lines.reduce((sum, line) => sum.plus(line.amount), new Decimal(0))), 'the order', '订单');
    const order: Omit<OrderRow, 'version'> = {
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
    };
    await createRecord(scope, {
      id: order.id,
      kind: 'order',
      parties: [
        { organization: scope.organization, role: 'buyer' },
        { organization: supplier.id, role: 'supplier' },
      ],
    });
    await insertOrder(scope, order);
    await annotateOwnSide(scope, order.id, { own_number: input.ownNumber, private_note: input.privateNote || null });
    await insertLines(scope, order.id, lines);
    await enter(
      scope,
      order.id,
      lines.map((line) => ({ line: line.id, kind: 'ordered', quantity: line.quantity, evidence: 'agreement' })),
    );
    await proposed(scope, order, supplier.code);
    return viewOrder(scope, { ...order, version: 1 });
  },

  async accept(scope, input) {
    const move = await beginMove(scope, input, 'accept');
    await acceptTermsOfOrder(scope, move.order);
    const allocations = await allocateLines(scope, move.order.id, move.lines);
    await enter(
      scope,
      move.order.id,
      move.lines.map(({ id, quantity }) => ({
        line: id,
        kind: 'allocated',
        quantity,
        allocation: allocations.get(id) ?? null,
        evidence: 'agreement',
      })),
    );
    await annotateOwnSide(scope, move.order.id, {
      ...(input.ownNumber === undefined ? {} : { own_number: input.ownNumber }),
      ...(input.privateNote === undefined ? {} : { private_note: input.privateNote || null }),
    });
    return finishMove(scope, move, 'orders.accepted', {});
  },

  async decline(scope, input) {
    const move = await beginMove(scope, input, 'decline');
    return finishMove(scope, move, 'orders.declined', { reason: input.reason }, input.reason);
  },

  async withdraw(scope, input) {
    const move = await beginMove(scope, input, 'withdraw');
    const reason = input.reason ?? null;
    return finishMove(scope, move, 'orders.withdrawn', { reason }, reason);
  },

  /** Private to a side: no version, no event, the other side learns nothing. */
  async annotate(scope, input) {
    const order = await findOrder(scope, input.order);
    if (!order || !(await findOwnSide(scope, order.id))) throw requestErrors.not_found({ kind: 'order' });
    await annotateOwnSide(scope, order.id, {
      ...(input.ownNumber === undefined ? {} : { own_number: input.ownNumber }),
      ...(input.privateNote === undefined ? {} : { private_note: input.privateNote || null }),
    });
    return viewOrder(scope, order);
  },
});

async function supplierOf(scope: Scope, code: string) {
  const supplier = await organizationByCode(scope, code);
  if (!supplier) throw ordersErrors.supplier_unknown({ supplier: code });
  if (supplier.id === scope.organization) throw ordersErrors.supplier_is_self({ supplier: code });
  if (supplier.state !== 'active') throw ordersErrors.supplier_suspended({ supplier: code });
  return supplier;
}

type ProposedLine = ProposeInput['lines'][number];

function specified(line: ProposedLine, parse: OrderPorts['specifications']): ProposedLine {
  return line.specification ? { ...line, specification: parse(line.specification) } : line;
}

function pricedLine(line: ProposedLine, position: number, currency: Currency): NewLine {
  const { value, unit } = line.quantity;
  return {
    id: newId(),
    position,
    description: line.description,
    specification: line.specification ?? null,
    unit,
    quantity: canonical(value),
    unit_price: canonical(line.unitPrice),
    amount: bounded(priced(value, line.unitPrice, currency).amount, `line ${position}`, `第 ${position} 行`),
  };
}

function bounded(amount: string, whatEn: string, whatZh: string): string {
  if (!decimalSchema.safeParse(amount).success) throw ordersErrors.amount_too_large({ amount, whatEn, whatZh });
  return amount;
}

async function proposed(scope: Scope, order: Omit<OrderRow, 'version'>, supplier: string): Promise<void> {
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
