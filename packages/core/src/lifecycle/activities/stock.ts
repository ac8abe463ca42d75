import type { OrganizationId, RecordId, Scope } from '../../database/index.js';
import { add, canonical, compare, least, subtract } from '../../measure/index.js';
import { lifecycleErrors } from '../errors.js';
import { leftOf, takeForShipment } from '../lots/lots.js';
import { placesOf } from '../lots/part-repository.js';
import { findLots, type HoldingRow, type LotRow, lockHolding, lockLots, updateHolding, updateLot } from '../lots/repository.js';
import { lotStateWords } from '../lots/states.js';
import { lockUnitsOfLot, type UnitRow } from '../units/repository.js';
import { stockStates } from '../units/states.js';
import { movedUnit, shipUnits, unitsToShip } from '../units/units.js';
import { giveFromLot } from './repository.js';

/** What the organization still has of a lot: the maker by the lot itself, a receiver by what it received. */
export async function heldOf(scope: Scope, lot: LotRow): Promise<string> {
  if (lot.organization === scope.organization) return leftOf(lot);
  const holding = await lockHolding(scope, lot.id);
  if (!holding) throw lifecycleErrors.not_held({ thing: lot.code });
  return leftOfHolding(holding);
}

/** What others own of it is not among it. */
export const leftOfHolding = (holding: HoldingRow): string => subtract(holding.received, add(holding.consumed, holding.bound));

/**
 * Uses up part of a lot; a lot whose units have serial numbers is used up by its units.
 * Throws `lifecycle.lot_blocked`, `lifecycle.units_to_name`, `lifecycle.holds_less`.
 */
export async function consumeFromLot(scope: Scope, lot: LotRow, taken: string): Promise<void> {
  requireNotBlocked(lot);
  const units = (await lockUnitsOfLot(scope, lot.id, stockStates)).length;
  const left = await heldOf(scope, lot);
  if (units > 0) throw lifecycleErrors.units_to_name({ lot: lot.code, taken: canonical(taken), left, units });
  if (compare(taken, left) > 0) throw holdsLess(lot, taken, left);
  await useUp(scope, lot, taken);
}

/** Units that leave stock without being shipped are gone from what their lots can still ship or use. */
export async function leaveStock(scope: Scope, units: readonly UnitRow[]): Promise<void> {
  for (const [lot, members] of await byLot(scope, units)) {
    if (lot.organization === scope.organization || (await lockHolding(scope, lot.id))) await useUp(scope, lot, String(members.length));
  }
}

/** A unit that was never counted into its lot takes nothing out of it. */
export async function useUp(scope: Scope, { id }: LotRow, taken: string): Promise<void> {
  const [own] = await lockLots(scope, [id]);
  if (own) {
    await updateLot(scope, id, { consumed: add(own.consumed, least(taken, leftOf(own))), version: own.version });
    return;
  }
  const holding = await lockHolding(scope, id);
  if (holding) await updateHolding(scope, id, add(holding.consumed, least(taken, leftOfHolding(holding))));
}

/** Ships part of a lot with those of its units that go along; gives the units. */
export async function shipLot(
  scope: Scope,
  lot: LotRow,
  {
    taken,
    receiver,
    units: named,
    returned = false,
  }: {
    readonly taken: string;
    readonly receiver: OrganizationId;
    readonly units?: readonly string[] | undefined;
    /** It goes back to its maker, whom a hold of its own does not stop from taking it. */
    readonly returned?: boolean;
  },
): Promise<UnitRow[]> {
  if (lot.organization !== scope.organization) {
    if (!returned) requireNotBlocked(lot);
  } else if (lot.state !== 'released') throw lifecycleErrors.not_released({ lot: lot.code, state: lot.state });
  const left = await heldOf(scope, lot);
  if (compare(taken, left) > 0) throw holdsLess(lot, taken, left);
  const units = await unitsToShip(scope, lot, { taken, left, named });
  if (lot.organization === scope.organization) await takeForShipment(scope, lot, taken);
  await giveFromLot(scope, lot.id, receiver, taken);
  await shipUnits(scope, units, receiver);
  return units;
}

/** Ships units one by one: those in stock count against their lots, and their receivers see the lots. */
export async function shipSingly(scope: Scope, units: readonly UnitRow[], receiver: OrganizationId): Promise<void> {
  for (const unit of units) movedUnit(unit, 'ship');
  const inStock = units.filter(({ state }) => stockStates.includes(state));
  const counted = new Set<string>();
  for (const [lot, members] of await byLot(scope, inStock)) {
    const fromOwn = lot.organization === scope.organization;
    if (!fromOwn && !(await lockHolding(scope, lot.id))) continue;
    const ids = members.map(({ id }) => id);
    await shipLot(scope, lot, { taken: String(members.length), receiver, units: ids });
    for (const id of ids) counted.add(id);
  }
  await shipUnits(
    scope,
    units.filter(({ id }) => !counted.has(id)),
    receiver,
  );
}

async function byLot(scope: Scope, units: readonly UnitRow[]): Promise<[LotRow, UnitRow[]][]> {
  const inStock = await inTheirLots(scope, units);
  const lots = await visibleLots(scope, [...new Set(inStock.map(({ lot }) => lot))]);
  return lots.map((lot) => [lot, inStock.filter((each) => each.lot === lot.id).map(({ unit }) => unit)]);
}

/** The units in stock, each with the lot that it lies in. */
export async function inTheirLots(scope: Scope, units: readonly UnitRow[]): Promise<{ unit: UnitRow; lot: RecordId }[]> {
  const inStock = units.filter((unit) => stockStates.includes(unit.state));
  const places = await placesOf(
    scope,
    inStock.map(({ id }) => id),
  );
  return inStock.flatMap((unit) => {
    const lot = places.get(unit.id) ?? unit.lot_id;
    return lot === null ? [] : [{ unit, lot }];
  });
}

/** Own lots locked, others' as they are. */
export async function visibleLots(scope: Scope, ids: readonly string[]): Promise<LotRow[]> {
  const own = await lockLots(scope, ids);
  const known = new Set<string>(own.map(({ id }) => id));
  const others = await findLots(
    scope,
    ids.filter((id) => !known.has(id)),
  );
  return [...own, ...others];
}

function requireNotBlocked(lot: LotRow): void {
  if (lot.state === 'blocked') throw lifecycleErrors.lot_blocked({ lot: lot.code, state: lotStateWords[lot.state].en });
}

const holdsLess = (lot: LotRow, asked: string, left: string) =>
  lifecycleErrors.holds_less({ lot: lot.code, left, asked: canonical(asked), unit: lot.unit });
