import type { RecordId, Scope } from '../../database/index.js';
import { add, canonical, compare, Decimal, quantity, subtract } from '../../measure/index.js';
import { enter, type LineRow, type ListedShipmentLine, type NewEntry, reversibleEntry, shipmentLinesOf } from '../ledger/repository.js';
import { ordersErrors } from '../order/errors.js';
import { beginMove, finishMove, type OpenMove } from '../order/moves.js';
import { kept, shippable, uninspected } from '../order/states.js';
import type { OrderService } from '../service.js';
import { lineOf, requireWhole } from './shipping.js';

/** What the buyer does with what arrives. */
export const acceptance: Pick<OrderService, 'receive' | 'inspect' | 'reverse' | 'close'> = {
  async receive(scope, input) {
    const move = await beginMove(scope, input, 'receive');
    const rows = await deliveredLines(scope, move);
    const shipment = [...rows.values()].filter((row) => row.shipment_id === input.shipment);
    if (shipment.length === 0) throw ordersErrors.shipment_unknown({ shipment: input.shipment });
    const asked = input.lines ?? everythingUnderway(shipment);
    if (asked.length === 0) throw ordersErrors.nothing_to_receive();
    const entries: NewEntry[] = [];
    for (const { shipmentLine, quantity: value } of asked) {
      const row = rows.get(shipmentLine);
      if (!row || row.shipment_id !== input.shipment) throw ordersErrors.shipment_unknown({ shipment: shipmentLine });
      requireWhole(value, lineOf(move, row.line_id));
      const left = subtract(row.shipped, row.received);
      if (compare(value, left) > 0) {
        const numbers = { shipped: canonical(row.shipped), received: canonical(row.received), asked: canonical(value), left };
        throw ordersErrors.receives_more_than_shipped({ shipmentLine, ...numbers });
      }
      rows.set(row.id, { ...row, received: add(row.received, value) });
      entries.push(entryOf(row, 'received', value, input.note || null));
    }
    await enter(scope, move.order.id, entries);
    const told = entries.map((entry) => ({ line: entry.line, quantity: quantity(entry.quantity, unitOf(move, entry.line)) }));
    return finishMove(scope, move, 'orders.received', { shipment: input.shipment, lines: told });
  },

  async inspect(scope, input) {
    const move = await beginMove(scope, input, 'inspect');
    const rows = await deliveredLines(scope, move);
    const entries: NewEntry[] = [];
    const told = input.lines.map(({ shipmentLine, accepted, rejected, reason }) => {
      const row = rows.get(shipmentLine);
      if (!row) throw ordersErrors.shipment_unknown({ shipment: shipmentLine });
      const line = lineOf(move, row.line_id);
      for (const value of [accepted, rejected]) requireWhole(value, line);
      const asked = add(accepted, rejected);
      const left = subtract(row.received, add(row.accepted, row.conceded, row.rejected));
      if (compare(asked, left) > 0) {
        const numbers = {
          received: canonical(row.received),
          accepted: canonical(row.accepted),
          rejected: canonical(row.rejected),
          asked,
          left,
        };
        throw ordersErrors.inspects_more_than_received({ shipmentLine, ...numbers });
      }
      rows.set(row.id, { ...row, accepted: add(row.accepted, accepted), rejected: add(row.rejected, rejected) });
      if (compare(accepted, '0') > 0) entries.push(entryOf(row, 'accepted', accepted, null));
      if (compare(rejected, '0') > 0) entries.push(entryOf(row, 'rejected', rejected, reason ?? null));
      const shown = { accepted: quantity(accepted, line.unit), rejected: quantity(rejected, line.unit) };
      return { line: line.id, shipmentLine, ...shown, reason: reason ?? null };
    });
    await enter(scope, move.order.id, entries);
    return finishMove(scope, move, 'orders.inspected', { lines: told });
  },

  async reverse(scope, input) {
    const move = await beginMove(scope, input, 'reverse');
    const entry = await reversibleEntry(scope, move.order.id, input.entry);
    const row = entry?.shipment_line_id ? (await deliveredLines(scope, move)).get(entry.shipment_line_id) : undefined;
    if (!entry || !row) throw ordersErrors.entry_unknown({ entry: input.entry });
    const line = lineOf(move, entry.line_id);
    requireWhole(input.quantity, line);
    const left = mostReversible(subtract(entry.quantity, entry.reversed), entry.kind, row, line);
    if (compare(input.quantity, left) > 0) throw ordersErrors.reverses_more({ entry: entry.id, asked: canonical(input.quantity), left });
    const negative = canonical(new Decimal(input.quantity).negated());
    await enter(scope, move.order.id, [{ ...entryOf(row, entry.kind, negative, input.reason), reverses: entry.id }]);
    return finishMove(scope, move, 'orders.reversed', {
      entry: entry.id,
      kind: entry.kind,
      line: line.id,
      quantity: quantity(input.quantity, line.unit),
      reason: input.reason,
    });
  },

  async close(scope, input) {
    return finishMove(scope, await beginMove(scope, input, 'close'), 'orders.closed', {});
  },
};

/** A receipt can be taken back as far as it is not inspected, a rejection as far as its units were not shipped anew. */
function mostReversible(ofEntry: string, kind: NewEntry['kind'], row: ListedShipmentLine, line: LineRow): string {
  const limits: Decimal[] = [new Decimal(ofEntry)];
  if (kind === 'received') limits.push(uninspected(row));
  if (kind === 'rejected') limits.push(shippable(line));
  if (kind === 'accepted' || kind === 'conceded') limits.push(kept(row).minus(row.invoiced));
  return canonical(Decimal.max(0, Decimal.min(...limits)));
}

async function deliveredLines(scope: Scope, { order }: OpenMove): Promise<Map<string, ListedShipmentLine>> {
  return new Map((await shipmentLinesOf(scope, order.id)).map((row) => [row.id, row]));
}

function everythingUnderway(rows: readonly ListedShipmentLine[]): { shipmentLine: string; quantity: string }[] {
  return rows
    .map((row) => ({ shipmentLine: row.id, quantity: subtract(row.shipped, row.received) }))
    .filter((row) => compare(row.quantity, '0') > 0);
}

function entryOf(row: ListedShipmentLine, kind: NewEntry['kind'], value: string, reason: string | null): NewEntry {
  const { line_id: line, id: shipmentLine, lot_id } = row;
  return { line, kind, quantity: canonical(value), shipmentLine, lot: lot_id as RecordId, evidence: 'person', reason };
}

const unitOf = (move: OpenMove, line: string): string => lineOf(move, line).unit;
