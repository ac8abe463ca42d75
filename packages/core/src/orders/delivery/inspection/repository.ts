import { type Selectable, sql } from 'kysely';
import type { RecordId, Scope } from '../../../database/index.js';
import type { DeliveryTables } from '../tables.js';
import type { Sampling } from './sampling.js';

export type InspectionRow = Selectable<DeliveryTables['inspection']>;

const tables = (scope: Scope) => scope.tx.withTables<DeliveryTables>();

export type NewInspection = Omit<InspectionRow, 'order_id' | 'organization' | 'inspected_by' | 'inspected_at' | 'sampling'> & {
  readonly sampling: Sampling | null;
};

export async function insertInspections(scope: Scope, order: RecordId, inspections: readonly NewInspection[]): Promise<void> {
  await tables(scope)
    .insertInto('inspection')
    .values(
      inspections.map(({ sampling, ...each }) => ({
        ...each,
        order_id: order,
        sampling: sampling === null ? null : JSON.stringify(sampling),
        organization: scope.organization,
        inspected_by: scope.actor.label,
        inspected_at: scope.now,
      })),
    )
    .execute();
}

export async function inspectionsOf(scope: Scope, shipmentLines: readonly string[]): Promise<InspectionRow[]> {
  if (shipmentLines.length === 0) return [];
  return tables(scope)
    .selectFrom('inspection')
    .selectAll()
    .where('shipment_line_id', 'in', shipmentLines)
    .orderBy('inspected_at')
    .orderBy('id')
    .execute();
}

export interface Concession {
  readonly shipmentLine: string;
  /** What of it still stands, less what was reversed. */
  readonly quantity: string;
  /** Percent of the price by which it is billed less. */
  readonly priceReduction: string;
  readonly reason: string;
}

/** Concessions that stand, oldest first: what a statement bills at a lower price. */
export async function concessionsOf(scope: Scope, shipmentLines: readonly string[]): Promise<Concession[]> {
  if (shipmentLines.length === 0) return [];
  const { rows } = await sql<{ shipment_line_id: string; quantity: string; price_reduction: string; concession_reason: string }>`
    select i.shipment_line_id, i.price_reduction, i.concession_reason,
      i.conceded + coalesce((select sum(r.quantity) from core.order_entry r where r.reverses = i.conceded_entry), 0) as quantity
    from core.inspection i where i.conceded > 0 and i.shipment_line_id = any(${shipmentLines}::uuid[])
    order by i.inspected_at, i.id`.execute(scope.tx);
  return rows
    .filter(({ quantity }) => Number(quantity) > 0)
    .map((row) => ({
      shipmentLine: row.shipment_line_id,
      quantity: row.quantity,
      priceReduction: row.price_reduction,
      reason: row.concession_reason,
    }));
}
