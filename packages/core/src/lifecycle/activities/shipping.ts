import { createRecord } from '../../access/index.js';
import { newId, type OrganizationId, type Scope } from '../../database/index.js';
import { canonical } from '../../measure/index.js';
import type { LotRow } from '../lots/repository.js';
import type { UnitRow } from '../units/repository.js';
import { insertActivity, insertActivityThings } from './repository.js';
import { shipLot } from './stock.js';

export interface LotShipment {
  readonly taken: string;
  readonly receiver: OrganizationId;
  /** Ids or serial numbers of the units that go along; left out when the whole rest of the lot goes, or it has none. */
  readonly units?: readonly string[] | undefined;
}

/**
 * Ships part of a released lot with its units, as part of something that tells of itself (an order's shipment): the receiver sees
 * and holds what was shipped, and the activity stands in the history without an event of its own.
 * Throws `lifecycle.not_released`, `lifecycle.holds_less`, `lifecycle.units_to_name`, `lifecycle.units_not_of_lot`.
 */
export async function shipFromLot(scope: Scope, lot: LotRow, shipment: LotShipment): Promise<void> {
  await recordShipment(scope, lot, shipment, await shipLot(scope, lot, shipment), null);
}

/**
 * Sends part of a received lot back to who made it, with its units: out of what the organization holds, also when the maker
 * has blocked the lot since. Errors as for `shipFromLot`.
 */
export async function sendBack(scope: Scope, lot: LotRow, shipment: LotShipment & { readonly reason: string }): Promise<void> {
  await recordShipment(scope, lot, shipment, await shipLot(scope, lot, { ...shipment, returned: true }), shipment.reason);
}

async function recordShipment(
  scope: Scope,
  lot: LotRow,
  { taken, receiver }: LotShipment,
  units: readonly UnitRow[],
  note: string | null,
): Promise<void> {
  const id = newId<'record'>();
  const activity = { id, kind: 'shipped', at: scope.now } as const;
  await createRecord(scope, {
    id,
    kind: 'activity',
    parties: [
      { organization: scope.organization, role: 'performer' },
      { organization: receiver, role: 'receiver' },
    ],
  });
  await insertActivity(scope, { ...activity, receiver, place: null, equipment_id: null, run_id: null, note, details: {} });
  const lotPart = { role: 'input', thing: lot.id, quantity: canonical(taken), unit: lot.unit, position: null } as const;
  const unitParts = units.map(({ id: thing }) => ({ role: 'input', thing, quantity: '1', unit: lot.unit, position: null }) as const);
  await insertActivityThings(scope, activity, [lotPart, ...unitParts]);
}
