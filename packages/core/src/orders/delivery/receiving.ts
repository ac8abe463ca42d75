import type { z } from 'zod';
import { newId, type Scope } from '../../database/index.js';
import { atField } from '../../errors/index.js';
import { add, canonical, compare, quantity, subtract } from '../../measure/index.js';
import { enter, type LineRow, type ListedShipmentLine, type NewEntry } from '../ledger/repository.js';
import { ordersErrors } from '../order/errors.js';
import { beginMove, finishMove, type OpenMove } from '../order/moves.js';
import type { OrderView, receiveInput } from '../order/schema.js';
import { deliveredLines, entryOf } from './delivered.js';
import { claimedMissing, insertDifferences, type NewDifference } from './differences/repository.js';
import { type ReceivedLine, receivedLineInput } from './differences/schema.js';
import { deliveryErrors } from './errors.js';
import { inUnitOf, lineOf } from './shippable.js';

interface Receipt {
  readonly row: ListedShipmentLine;
  readonly entries: readonly NewEntry[];
  readonly differences: readonly NewDifference[];
  /** What the line says is missing from now on. */
  readonly missing: string;
}

/**
 * What came of a shipment, and how it differs from the delivery note. Received counts what came and was taken; what is
 * missing waits for the supplier; what came beyond the note is told, and received when the supplier has shipped it, too.
 */
export async function receive(scope: Scope, input: z.output<typeof receiveInput>): Promise<OrderView> {
  const move = await beginMove(scope, input, 'receive');
  const rows = await deliveredLines(scope, move.order.id);
  const claimed = new Map(await claimedMissing(scope, move.order.id));
  const shipment = [...rows.values()].filter((row) => row.shipment_id === input.shipment);
  if (shipment.length === 0) throw ordersErrors.shipment_unknown({ shipment: input.shipment });
  const asked = input.lines ?? everythingUnderway(shipment, claimed);
  if (asked.length === 0) throw ordersErrors.nothing_to_receive();
  const entries: NewEntry[] = [];
  const differences: NewDifference[] = [];
  for (const [at, given] of asked.entries()) {
    const row = rows.get(given.shipmentLine);
    if (!row || row.shipment_id !== input.shipment)
      throw ordersErrors.shipment_unknown({ shipment: given.shipmentLine, field: `lines.${at}.shipmentLine` });
    const known = { claimed: claimed.get(row.id) ?? '0', note: input.note || null, at: `lines.${at}` };
    const receipt = atField(`lines.${at}.quantity`, () => receiptOf(move, row, given, known));
    rows.set(row.id, receipt.row);
    claimed.set(row.id, receipt.missing);
    entries.push(...receipt.entries);
    differences.push(...receipt.differences);
  }
  await enter(scope, move.order.id, entries);
  await insertDifferences(scope, differences);
  const unitOf = (line: string) => lineOf(move, line).unit;
  return finishMove(scope, move, 'orders.received', {
    shipment: input.shipment,
    lines: entries.map((entry) => ({ line: entry.line, quantity: quantity(entry.quantity, unitOf(entry.line)) })),
    differences: differences.map(({ id, kind, reason, line_id: line, quantity: value }) => ({
      ...{ difference: id, kind, reason, line },
      quantity: quantity(value, unitOf(line)),
    })),
  });
}

function receiptOf(
  move: OpenMove,
  row: ListedShipmentLine,
  given: ReceivedLine,
  { claimed, note, at }: { readonly claimed: string; readonly note: string | null; readonly at: string },
): Receipt {
  const line = lineOf(move, row.line_id);
  const inUnit = (field: string, value = '0') => atField(`${at}.${field}`, () => inUnitOf(line, value, given.unit));
  const came = inUnit('quantity', given.quantity);
  const missing = inUnit('missing.quantity', given.missing?.quantity);
  const surplus = inUnit('surplus.quantity', given.surplus?.quantity);
  const damaged = inUnit('damaged.quantity', given.damaged?.quantity);
  if ([came, missing, surplus, damaged].every((value) => compare(value, '0') === 0))
    throw deliveryErrors.nothing_told({ line: line.position, shipmentLine: row.id });
  if (compare(damaged, came) > 0)
    throw deliveryErrors.more_damaged({
      line: line.position,
      shipmentLine: row.id,
      damaged,
      received: came,
      field: `${at}.damaged.quantity`,
    });
  requireUnderway(line, row, add(came, missing), claimed);
  const about = { order_id: row.order_id, shipment_id: row.shipment_id, shipment_line_id: row.id, line_id: row.line_id } as const;
  const differences: NewDifference[] = [];
  const tell = (
    kind: NewDifference['kind'],
    value: string,
    told: { note?: string | undefined; units?: string[] | undefined } | undefined,
  ) => {
    if (compare(value, '0') === 0) return;
    const reason = kind === 'shortage' ? (given.missing?.reason ?? 'lost') : null;
    differences.push({ ...about, id: newId(), kind, reason, quantity: value, units: told?.units ?? [], note: told?.note ?? null });
  };
  tell('shortage', missing, given.missing);
  tell('surplus', surplus, given.surplus);
  tell('damage', damaged, given.damaged);
  return {
    row: { ...row, received: add(row.received, came) },
    entries: compare(came, '0') > 0 ? [entryOf(row, 'received', came, note)] : [],
    differences,
    missing: add(claimed, missing),
  };
}

/** Nothing is received twice, and nothing that is claimed as missing is received as well. */
function requireUnderway(line: LineRow, row: ListedShipmentLine, asked: string, claimed: string): void {
  const underway = subtract(row.shipped, row.received);
  const numbers = { line: line.position, shipmentLine: row.id, shipped: canonical(row.shipped), received: canonical(row.received), asked };
  if (compare(asked, underway) > 0) throw ordersErrors.receives_more_than_shipped({ ...numbers, left: underway });
  const left = subtract(underway, claimed);
  if (compare(asked, left) > 0) throw deliveryErrors.already_claimed({ ...numbers, claimed: canonical(claimed), left });
}

function everythingUnderway(rows: readonly ListedShipmentLine[], claimed: ReadonlyMap<string, string>): ReceivedLine[] {
  return rows
    .map((row) => ({ shipmentLine: row.id, quantity: subtract(row.shipped, add(row.received, claimed.get(row.id) ?? '0')) }))
    .filter((row) => compare(row.quantity, '0') > 0)
    .map((row) => receivedLineInput.parse(row));
}
