import type { z } from 'zod';
import { organizationByCode, organizationNames } from '../../access/index.js';
import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { canonical, compare, Decimal, quantity, subtract } from '../../measure/index.js';
import { madeCode, type Specification } from '../../production/index.js';
import { proposeOrder } from '../agreement/proposing.js';
import { lineOf, requireWhole } from '../delivery/shippable.js';
import { unplanned } from '../delivery/shipping.js';
import { findLines, type LineRow, linesOf, shipmentLinesOf } from '../ledger/repository.js';
import { ordersErrors } from '../order/errors.js';
import { beginMove, finishMove, type OpenMove } from '../order/moves.js';
import { findOrder, lockOrder, type OrderRow } from '../order/repository.js';
import { orderStateWords } from '../order/words.js';
import type { OrderPorts } from '../service.js';
import { creditable, creditOne, openOf, wholeAllocations } from './credit.js';
import { subcontractErrors } from './errors.js';
import type { SubcontractEventBody } from './events.js';
import { endOutside, operationOfLine, sendOperationOut } from './outside.js';
import {
  allocationsToOthers,
  coverOf,
  insertAllocation,
  lockAllocationsOfSubLines,
  type NewAllocation,
  type Range,
  releaseAllocation,
} from './repository.js';
import type * as schema from './schema.js';
import { viewSubcontract } from './view.js';

type In<Schema extends z.ZodType> = z.output<Schema>;
type Changed = z.infer<typeof schema.changedSchema>;

export interface SubcontractService {
  create(scope: Scope, input: schema.CreateSubOrder): Promise<z.infer<typeof schema.subOrderCreatedSchema>>;
  allocate(scope: Scope, input: In<typeof schema.allocateInput>): Promise<Changed>;
  release(scope: Scope, input: In<typeof schema.releaseInput>): Promise<schema.SubcontractView>;
  credit(scope: Scope, input: In<typeof schema.creditInput>): Promise<schema.SubcontractView>;
  endOperations(scope: Scope, input: In<typeof schema.endOperationsInput>): Promise<schema.SubcontractView>;
  of(scope: Scope, order: string): Promise<schema.SubcontractView>;
}

/** Sub-orders: who makes which part of a line, known to the contractor alone. */
export function createSubcontractService({ specifications }: Pick<OrderPorts, 'specifications'>): SubcontractService {
  return {
    async create(scope, input) {
      const move = await beginMove(scope, input, 'start');
      const line = lineOf(move, input.line);
      const outside = input.job ? await operationOfLine(scope, line, input.job) : null;
      const range = outside ? { from: outside.position, to: outside.position } : (input.operations ?? null);
      await requireFree(scope, line, { asked: input.quantity, range });
      await requireOther(scope, move.order, input.factory);
      const ordered = input.orderQuantity ?? input.quantity;
      requireWhole(ordered, line);
      if (compare(ordered, input.quantity) < 0)
        throw subcontractErrors.orders_less({ ordered: canonical(ordered), asked: canonical(input.quantity) });
      const sub = await proposeOrder(scope, proposalOf(scope, input, line, ordered), { specifications });
      const [subLine] = await linesOf(scope, [sub.id]);
      if (!subLine) throw new RangeError(`sub-order ${sub.id} has no line`);
      const { allocation, version } = await allocated(scope, move, {
        ...{ line, subOrder: sub, subLine: subLine.id, quantity: input.quantity, range },
        job: input.job ?? null,
      });
      if (input.job) await sendOperationOut(scope, { operation: input.job.operation, sub, subLine });
      return {
        subOrder: { id: sub.id, number: sub.number, version: sub.version, line: subLine.id },
        order: { id: move.order.id, version },
        allocation,
      };
    },

    async allocate(scope, input) {
      const [seen] = await findLines(scope, [input.subLine]);
      // The order that delivers is locked before the one that is made of it.
      const subOrder = seen && (await lockOrder(scope, seen.order_id));
      const move = await beginMove(scope, input, 'start');
      const line = lineOf(move, input.line);
      const range = input.operations ?? null;
      const [subLine] = subOrder ? await findLines(scope, [input.subLine]) : [];
      if (!subOrder || !subLine || subOrder.buyer !== scope.organization || !delivers.includes(subOrder.state))
        throw subcontractErrors.sub_line_unknown({ subLine: input.subLine });
      if (subOrder.supplier === move.order.buyer) throw subcontractErrors.sub_line_unknown({ subLine: input.subLine });
      if (subLine.unit !== line.unit) throw subcontractErrors.unit_differs({ sub: subLine.unit, unit: line.unit, line: line.position });
      await requireFree(scope, line, { asked: input.quantity, range });
      const others = await lockAllocationsOfSubLines(scope, [subLine.id]);
      const left = others.reduce((sum, each) => sum.minus(each.quantity).plus(each.released), new Decimal(subLine.ordered));
      if (left.lt(input.quantity))
        throw subcontractErrors.sub_line_taken({ left: canonical(Decimal.max(0, left)), asked: canonical(input.quantity) });
      const made = await allocated(scope, move, { line, subOrder, subLine: subLine.id, quantity: input.quantity, range, job: null });
      return { order: { id: move.order.id, version: made.version }, allocation: made.allocation };
    },

    async release(scope, input) {
      const order = await contractedOrder(scope, input.order);
      const found = (await allocationsToOthers(scope, order.id)).find(({ id }) => id === input.allocation);
      const [allocation] = found ? (await lockAllocationsOfSubLines(scope, [found.sub_line_id])).filter(({ id }) => id === found.id) : [];
      if (!allocation) throw subcontractErrors.allocation_unknown({ allocation: input.allocation });
      const left = openOf(allocation);
      const asked = canonical(input.quantity ?? left);
      if (left.lte(0) || left.lt(asked)) throw subcontractErrors.already_delivered({ left: canonical(left), asked });
      await releaseAllocation(scope, allocation.id, asked);
      const [line] = await findLines(scope, [allocation.line_id]);
      const body: SubcontractEventBody<'subcontract.released'> = {
        ...{ line: allocation.line_id, allocation: allocation.id, quantity: quantity(asked, line?.unit ?? 'H87'), reason: input.reason },
      };
      await appendEvent(scope, { type: 'subcontract.released', record: order.id, private: true, body });
      return viewSubcontract(scope, order);
    },

    async credit(scope, input) {
      const sub = await lockOrder(scope, input.order);
      if (!sub) throw requestErrors.not_found({ kind: 'order' });
      if (sub.buyer !== scope.organization) throw subcontractErrors.allocation_unknown({ allocation: input.allocation });
      if (sub.version !== input.version) throw ordersErrors.version_stale({ current: sub.version, sent: input.version });
      const row = (await shipmentLinesOf(scope, sub.id)).find(({ id }) => id === input.shipmentLine);
      if (!row) throw ordersErrors.shipment_unknown({ shipment: input.shipmentLine });
      const served = (await wholeAllocations(scope, sub, [row.line_id])).find(({ allocation }) => allocation.id === input.allocation);
      if (!served) throw subcontractErrors.allocation_unknown({ allocation: input.allocation });
      const left = Decimal.min(await creditable(scope, row), openOf(served.allocation));
      if (left.lt(input.quantity)) throw subcontractErrors.nothing_to_credit({ left: canonical(left), asked: canonical(input.quantity) });
      const taken = { shipmentLine: row.id, lot: row.lot_id, quantity: canonical(input.quantity), units: input.units };
      await creditOne(scope, served, taken);
      return viewSubcontract(scope, sub);
    },

    async endOperations(scope, input) {
      const sub = await contractedOrder(scope, input.order);
      if (delivers.includes(sub.state))
        throw subcontractErrors.still_under_way({
          stateEn: orderStateWords[sub.state].en.toLowerCase(),
          stateZh: orderStateWords[sub.state].zh,
        });
      await endOutside(scope, sub);
      return viewSubcontract(scope, sub);
    },

    async of(scope, id) {
      const order = await findOrder(scope, id);
      if (!order) throw requestErrors.not_found({ kind: 'order' });
      return viewSubcontract(scope, order);
    },
  };
}

/** States in which an order that one has placed still brings goods. */
const delivers: readonly OrderRow['state'][] = ['proposed', 'confirmed', 'in_production', 'in_delivery', 'on_hold', 'disputed'];

/** The order, locked, of which the organization is the supplier; to everybody else its allocations do not exist. */
async function contractedOrder(scope: Scope, id: string): Promise<OrderRow> {
  const order = await lockOrder(scope, id);
  if (!order) throw requestErrors.not_found({ kind: 'order' });
  return order;
}

async function requireFree(scope: Scope, line: LineRow, { asked, range }: { asked: string; range: Range | null }): Promise<void> {
  requireWhole(asked, line);
  const free = subtract(line.allocated, await coverOf(scope, line.id, range));
  if (compare(asked, free) > 0)
    throw subcontractErrors.exceeds_allocated({ line: line.position, left: canonical(Decimal.max(0, free)), asked: canonical(asked) });
  if (range !== null) return;
  const left = await unplanned(scope, line);
  if (compare(asked, left) > 0) throw ordersErrors.starts_more_than_owed({ line: line.position, left: canonical(Decimal.max(0, left)) });
}

/**
 * A line does not go back to its own buyer. Whoever stands behind the buyer is not asked about: the answer would tell the contractor
 * of a chain that it does not know.
 */
async function requireOther(scope: Scope, order: OrderRow, factory: string): Promise<void> {
  const found = await organizationByCode(scope, factory);
  if (found?.id === order.buyer) throw subcontractErrors.back_to_buyer({ factory });
}

function proposalOf(scope: Scope, input: schema.CreateSubOrder, line: LineRow, ordered: string) {
  const { factory, unitPrice, currency, dueOn, incoterms, paymentDays, note, privateNote } = input;
  const { taxRate, overTolerance, underTolerance } = input;
  // What a part of the operations asks for is for the contractor to say; the whole is what the line says.
  const specification = input.operations === undefined && input.job === undefined ? (line.specification as Specification | null) : null;
  return {
    ...{ supplier: factory, currency, dueOn, incoterms, paymentDays, note, privateNote },
    ownNumber: input.ownNumber ?? madeCode('SUB', scope.now),
    lines: [
      {
        ...{ description: input.description ?? line.description, unitPrice, taxRate, overTolerance, underTolerance },
        ...(specification === null ? {} : { specification }),
        quantity: quantity(ordered, line.unit),
      },
    ],
  };
}

interface Given {
  readonly line: LineRow;
  readonly subOrder: OrderRow;
  readonly subLine: string;
  readonly quantity: string;
  readonly range: Range | null;
  readonly job: NewAllocation['job'];
}

/** Writes the allocation. The buyer hears that production started when a whole part of the line is given away, and nothing else. */
async function allocated(scope: Scope, move: OpenMove, { line, subOrder, subLine, quantity: asked, range, job }: Given) {
  const allocation = await insertAllocation(scope, {
    ...{ order: move.order.id, line: line.id, factory: subOrder.supplier, quantity: canonical(asked), operations: range },
    ...{ subOrder: subOrder.id, subLine, job },
  });
  const shown = quantity(asked, line.unit);
  const body: SubcontractEventBody<'subcontract.allocated'> = {
    ...{ line: line.id, allocation, quantity: shown, factory: await codeOf(scope, subOrder), subOrder: subOrder.id, operations: range },
  };
  await appendEvent(scope, { type: 'subcontract.allocated', record: move.order.id, private: true, body });
  if (range !== null) return { allocation, version: move.order.version };
  const { version } = await finishMove(scope, move, 'orders.started', { line: line.id, quantity: shown });
  return { allocation, version };
}

async function codeOf(scope: Scope, { supplier }: OrderRow): Promise<string> {
  return (await organizationNames(scope, [supplier])).get(supplier)?.code ?? '';
}
