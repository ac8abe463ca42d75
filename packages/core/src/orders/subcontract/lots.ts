import { sql } from 'kysely';
import type { RecordId, Scope } from '../../database/index.js';
import { findUnits, type LotRow } from '../../lifecycle/index.js';
import { lotsOfOrder } from '../../production/index.js';
import type { OrderRow } from '../order/repository.js';
import { subcontractErrors } from './errors.js';
import type { SubcontractTables } from './tables.js';

/**
 * Of which lines of the order these own lots are: those that job orders made for it, those that sub-orders delivered for it, and
 * whatever was split off or merged from either.
 */
export async function linesOfLots(
  scope: Scope,
  order: RecordId,
  lots: readonly Pick<LotRow, 'id'>[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const lines = new Map<string, Set<string>>();
  for (const { lot, line } of await originsOf(scope, order)) {
    for (const part of await partsOf(scope, lot)) lines.set(part, (lines.get(part) ?? new Set()).add(line));
  }
  return new Map([...lines].filter(([id]) => lots.some((lot) => lot.id === id)));
}

/** Whether units of a released lot wait to be shipped on the order. */
export async function anyReleasedLot(scope: Scope, order: RecordId): Promise<boolean> {
  const origins = (await originsOf(scope, order)).map(({ lot }) => lot);
  const { rows } = await sql<{ found: boolean }>`${partsFrom(origins)}
    select exists (select from parts join core.lot l on l.id = parts.id
      where l.organization = ${scope.organization}::uuid and l.state = 'released' and l.quantity - l.consumed > l.shipped) as found`.execute(
    scope.tx,
  );
  return rows[0]?.found ?? false;
}

async function originsOf(scope: Scope, order: RecordId): Promise<{ lot: string; line: string }[]> {
  const made = await lotsOfOrder(scope, order);
  const credited = await creditedLots(scope, order);
  return [...made.flatMap(({ lot, line }) => (line === null ? [] : [{ lot, line }])), ...credited];
}

/** Lots that were made of deliveries on sub-orders, with the line of the order that they went into. */
export const creditedLots = (scope: Scope, order: RecordId): Promise<{ lot: string; line: string }[]> =>
  scope.tx
    .withTables<SubcontractTables>()
    .selectFrom('allocation_credit')
    .select(['lot_id as lot', 'line_id as line'])
    .where('line_id', 'in', sql<string>`(select l.id from core.order_line l where l.order_id = ${order}::uuid)`)
    .orderBy('created_at')
    .orderBy('id')
    .execute();

async function partsOf(scope: Scope, lot: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`${partsFrom([lot])} select id from parts`.execute(scope.tx);
  return rows.map(({ id }) => id);
}

/** The lots and what the organization split off and merged from them. */
const partsFrom = (lots: readonly string[]) => sql`with recursive parts (id) as (
    select unnest(${lots}::uuid[])
    union
    select g.output_id from parts join core.genealogy g on g.input_id = parts.id and g.kind in ('split', 'merged')
  )`;

/**
 * Who bought from the contractor does not learn from whom the contractor bought: units that another maker numbered are not shipped
 * on under its name. Throws `subcontract.makers_shown`.
 */
export async function requireMakersHidden(
  scope: Scope,
  order: Pick<OrderRow, 'id'>,
  lot: LotRow,
  asked: { readonly units?: readonly string[] | undefined },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`select p.unit_id as id from core.unit_place p where p.lot_id = ${lot.id}::uuid`.execute(
    scope.tx,
  );
  const units = await findUnits(
    scope,
    rows.map(({ id }) => id),
  );
  const going =
    asked.units === undefined ? units : units.filter(({ id, serial }) => asked.units?.some((each) => each === id || each === serial));
  if (going.some(({ organization, holder }) => organization !== scope.organization && holder === scope.organization))
    throw subcontractErrors.makers_shown({ lot: lot.code, order: order.id });
}
