import { sql } from 'kysely';
import type { OrganizationId, Scope } from '../../database/index.js';
import { canonical, compare, subtract } from '../../measure/index.js';
import { lifecycleErrors } from '../errors.js';
import { moved } from '../lots/lots.js';
import { type LotRow, lockLots, updateLot } from '../lots/repository.js';
import { unitsToTakeBack } from '../units/units.js';

export interface UndoneShipment {
  /** How much of what was shipped did not arrive. */
  readonly missing: string;
  readonly receiver: OrganizationId;
  /** Ids or serial numbers of the missing units; needed where the lot has them. */
  readonly units: readonly string[];
  /** It never left: it is in the maker's lot again. False: it is lost, and its units are blocked. */
  readonly inStock: boolean;
}

/**
 * Takes back from the receiver what was said to be shipped to it and did not arrive; by the maker of the lot only.
 * Throws `lifecycle.units_to_name`, `lifecycle.units_not_of_lot`, and `lifecycle.holds_less` when the receiver has used it.
 */
export async function undoShipment(scope: Scope, lot: LotRow, { missing, receiver, units: named, inStock }: UndoneShipment): Promise<void> {
  const [own] = await lockLots(scope, [lot.id]);
  if (!own) throw lifecycleErrors.not_the_maker({ lot: lot.code });
  const units = await unitsToTakeBack(scope, own, { taken: missing, receiver, named });
  const ids = units.map(({ id }) => id);
  const { rows } = await sql<{ left: string | null }>`
    select core.take_back_shipment(${own.id}, ${receiver}, ${missing}::numeric, ${ids}::uuid[], ${inStock ? 'released' : 'blocked'}, ${scope.now}) as left
  `.execute(scope.tx);
  const left = rows[0]?.left ?? null;
  if (left !== null) throw lifecycleErrors.holds_less({ lot: own.code, left: canonical(left), asked: canonical(missing), unit: own.unit });
  if (!inStock) return;
  const shipped = subtract(own.shipped, missing);
  if (compare(shipped, '0') < 0) throw new RangeError(`lot ${own.id} has shipped less than ${missing}`);
  await updateLot(scope, own.id, { shipped, state: moved(own, 'put_back'), version: own.version + 1 });
}
