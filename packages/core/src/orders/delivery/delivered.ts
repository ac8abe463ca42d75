import type { RecordId, Scope } from '../../database/index.js';
import { canonical } from '../../measure/index.js';
import { type ListedShipmentLine, type NewEntry, shipmentLinesOf } from '../ledger/repository.js';

/** Every shipment line of the order by its id. */
export async function deliveredLines(scope: Scope, order: RecordId): Promise<Map<string, ListedShipmentLine>> {
  return new Map((await shipmentLinesOf(scope, order)).map((row) => [row.id, row]));
}

/** A ledger entry about goods of the shipment line, by a person. */
export function entryOf(row: ListedShipmentLine, kind: NewEntry['kind'], value: string, reason: string | null): NewEntry {
  const { line_id: line, id: shipmentLine, lot_id } = row;
  return { line, kind, quantity: canonical(value), shipmentLine, lot: lot_id as RecordId, evidence: 'person', reason };
}
