import { organizationNames } from '../../access/index.js';
import type { Scope } from '../../database/index.js';
import { findLots, viewLots } from '../../lifecycle/index.js';
import { canonical, quantity, subtract } from '../../measure/index.js';
import { findLines, linesOf } from '../ledger/repository.js';
import { findOrders, type OrderRow } from '../order/repository.js';
import { orderStateWords } from '../order/words.js';
import { creditedLots } from './lots.js';
import { allocationsServedBy, allocationsToOthers, coverOf, type SubAllocation } from './repository.js';
import type { SubcontractView } from './schema.js';

/**
 * What the asking organization knows of who makes what: of an order that it supplies, to whom it gave what; of one that it has placed,
 * which lines it serves. Allocations are the contractor's own rows, so both lists are empty for everybody else.
 */
export async function viewSubcontract(scope: Scope, order: OrderRow): Promise<SubcontractView> {
  const given = await allocationsToOthers(scope, order.id);
  const served = await allocationsServedBy(scope, [order.id]);
  const orders = new Map(
    (await findOrders(scope, [...given.map(({ sub_order_id }) => sub_order_id), ...served.map(({ order_id }) => order_id)])).map((each) => [
      each.id as string,
      each,
    ]),
  );
  const names = await organizationNames(
    scope,
    given.map(({ factory }) => factory),
  );
  const lines = new Map(
    (
      await findLines(
        scope,
        [...given, ...served].map(({ line_id }) => line_id),
      )
    ).map((line) => [line.id, line]),
  );
  const other = (id: string) => {
    const row = orders.get(id);
    return row ? [{ id: row.id, number: row.number, state: row.state, stateWords: orderStateWords[row.state] }] : [];
  };
  const shown = (row: SubAllocation) => ({
    line: row.line_id,
    ...quantityOf(row, lines.get(row.line_id)?.unit ?? 'H87'),
    released: canonical(row.released),
    credited: canonical(row.credited),
    operations: rangeOf(row),
    subLine: row.sub_line_id,
  });
  return {
    order: order.id,
    lines: order.supplier === scope.organization ? await viewLines(scope, order) : [],
    allocations: given.flatMap((row) =>
      other(row.sub_order_id).map((subOrder) => ({
        ...shown(row),
        id: row.id,
        factory: names.get(row.factory) ?? { code: '', name: { en: '', zh: '' } },
        job: row.job_order_id && row.operation_id ? { job: row.job_order_id, operation: row.operation_id } : null,
        subOrder,
        createdAt: row.created_at.toISOString(),
      })),
    ),
    lots: await viewCredited(scope, order),
    serves: served.flatMap((row) =>
      other(row.order_id).map((made) => {
        const line = lines.get(row.line_id);
        return {
          ...shown(row),
          allocation: row.id,
          order: made,
          position: line?.position ?? 0,
          description: line?.description ?? '',
        };
      }),
    ),
  };
}

async function viewCredited(scope: Scope, order: OrderRow): Promise<SubcontractView['lots']> {
  const credited = await creditedLots(scope, order.id);
  const lots = await findLots(scope, [...new Set(credited.map(({ lot }) => lot))]);
  const views = new Map((await viewLots(scope, lots)).map((view) => [view.id, view]));
  return credited.flatMap(({ line, lot }) => {
    const view = views.get(lot);
    return view ? [{ line, lot: view }] : [];
  });
}

const quantityOf = (row: SubAllocation, unit: string) => {
  const { value, unit: of } = quantity(row.quantity, unit);
  return { quantity: value, unit: of };
};

const rangeOf = ({ first_operation, last_operation }: SubAllocation) =>
  first_operation === null || last_operation === null ? null : { from: first_operation, to: last_operation };

async function viewLines(scope: Scope, order: OrderRow): Promise<SubcontractView['lines']> {
  const shown: SubcontractView['lines'] = [];
  for (const line of await linesOf(scope, [order.id])) {
    const cover = await coverOf(scope, line.id, null);
    shown.push({
      line: line.id,
      position: line.position,
      description: line.description,
      allocated: quantity(line.allocated, line.unit),
      subcontracted: canonical(cover),
      own: subtract(line.allocated, cover),
    });
  }
  return shown;
}
