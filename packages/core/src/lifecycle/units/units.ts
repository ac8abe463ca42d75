import { createOwnRecords } from '../../access/index.js';
import { newId, type OrganizationId, type RecordId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { compare } from '../../measure/index.js';
import { lifecycleErrors } from '../errors.js';
import { assignIdentifiers } from '../identifiers/identifiers.js';
import type { NewIdentifier } from '../identifiers/schema.js';
import { placesOf } from '../lots/part-repository.js';
import { findLots, type LotRow, lockLots } from '../lots/repository.js';
import { lotStateWords } from '../lots/states.js';
import { viewOrganizations } from '../things.js';
import {
  countUnitsOfLot,
  handOver,
  insertMemberships,
  insertUnits,
  lockUnits,
  lockUnitsOfLot,
  setUnitStates,
  type UnitRow,
  unitsHeldBy,
} from './repository.js';
import type { UnitView } from './schema.js';
import { nextUnitState, type UnitEvent, type UnitState, unitEventWords, unitStateWords } from './states.js';

export interface NewUnitsOfLot {
  /** An own lot that is not released yet. */
  readonly lot: string;
  readonly serials: readonly string[];
  readonly itemCode?: string;
  readonly item?: string | null;
  /** Of all of them when a class is named, or of each by its serial number. */
  readonly identifiers?: readonly NewIdentifier[] | ((serial: string) => readonly NewIdentifier[]);
}

export interface MadeUnit {
  readonly id: RecordId;
  readonly serial: string;
}

/**
 * Gives units of an own lot their serial numbers. A lot that is closed holds no more units than its quantity.
 * Throws `lifecycle.serial_taken`, `lifecycle.units_exceed_lot`, `lifecycle.wrong_state`.
 */
export async function makeUnits(scope: Scope, { lot: id, serials, ...given }: NewUnitsOfLot): Promise<MadeUnit[]> {
  const [lot] = await lockLots(scope, [id]);
  if (!lot || (lot.state !== 'open' && lot.state !== 'closed'))
    throw lifecycleErrors.wrong_state({ lot: lot?.code ?? id, state: lot ? lotStateWords[lot.state].en : 'absent', event: 'make units' });
  const ids = serials.map(() => newId<'record'>());
  await createOwnRecords(scope, { ids, kind: 'unit', role: 'maker' });
  await insertUnits(scope, { ids, serials, lot: lot.id, item: given.item ?? lot.item, itemCode: given.itemCode ?? '' });
  if (lot.state === 'closed') await requireRoom(scope, lot);
  await insertMemberships(scope, lot.id, lot.unit, ids);
  const units = serials.map((serial, index) => ({ id: ids[index] as RecordId, serial }));
  await identifyUnits(scope, units, given.identifiers ?? []);
  const body = { code: lot.code, units: units.length, first: serials[0], last: serials.at(-1) };
  await appendEvent(scope, { type: 'lifecycle.units_made', record: lot.id, private: true, body });
  return units;
}

async function requireRoom(scope: Scope, lot: LotRow): Promise<void> {
  const units = String(await countUnitsOfLot(scope, lot.id));
  if (compare(units, lot.quantity) > 0) throw lifecycleErrors.units_exceed_lot({ lot: lot.code, units, quantity: lot.quantity });
}

async function identifyUnits(
  scope: Scope,
  units: readonly MadeUnit[],
  identifiers: NonNullable<NewUnitsOfLot['identifiers']>,
): Promise<void> {
  const of = (serial: string) => (typeof identifiers === 'function' ? identifiers(serial) : identifiers);
  await assignIdentifiers(
    scope,
    units.flatMap(({ id, serial }) => of(serial).map((identifier) => ({ ...identifier, thing: id }))),
  );
}

/** The state after the event; throws `lifecycle.unit_wrong_state` for a pair the table forbids. */
export function movedUnit(unit: UnitRow, event: UnitEvent): UnitState {
  const next = nextUnitState(unit.state, event);
  if (!next)
    throw lifecycleErrors.unit_wrong_state({ unit: unit.serial, state: unitStateWords[unit.state].en, event: unitEventWords[event].en });
  return next;
}

/** The units of a lot that are still with its maker follow the lot: released with it, blocked with it. */
export async function moveUnitsOfLot(scope: Scope, lot: RecordId, event: 'release' | 'block' | 'unblock'): Promise<void> {
  const from: Record<typeof event, readonly UnitState[]> = { release: ['made'], block: ['made', 'released'], unblock: ['blocked'] };
  const to: Record<typeof event, UnitState> = { release: 'released', block: 'blocked', unblock: 'made' };
  const units = await lockUnitsOfLot(scope, lot, from[event]);
  await setUnitStates(
    scope,
    units.map(({ id }) => id),
    to[event],
  );
}

/**
 * The units that go along when `taken` of a lot ships: those that are named, or all that are left when the whole lot goes.
 * Which of a serialised lot go is never guessed: throws `lifecycle.units_to_name`, `lifecycle.units_not_of_lot`.
 */
export async function unitsToShip(
  scope: Scope,
  lot: LotRow,
  { taken, left, named }: { readonly taken: string; readonly left: string; readonly named?: readonly string[] | undefined },
): Promise<UnitRow[]> {
  // What came from another maker is as it was shipped here, also in a lot of one's own.
  const inStock = (await lockUnitsOfLot(scope, lot.id, ['released', 'shipped'])).filter(
    ({ organization, state }) => state === (organization === scope.organization ? 'released' : 'shipped'),
  );
  if (named === undefined) {
    if (inStock.length === 0 || compare(taken, left) === 0) return inStock;
    throw lifecycleErrors.units_to_name({ lot: lot.code, taken, left, units: inStock.length });
  }
  return chosenUnits(lot, inStock, taken, named);
}

/** The units named by id or serial number; throws `lifecycle.units_not_of_lot` unless each is there once and they make up `taken`. */
export function chosenUnits(lot: LotRow, among: readonly UnitRow[], taken: string, named: readonly string[]): UnitRow[] {
  const byId = new Map<string, UnitRow>(
    among.flatMap(
      (unit) =>
        [
          [unit.id, unit],
          [unit.serial, unit],
        ] as const,
    ),
  );
  const chosen = [...new Set(named.map((each) => byId.get(each)))];
  const missing = named.find((each) => !byId.has(each));
  if (missing !== undefined || chosen.length !== named.length || compare(String(chosen.length), taken) !== 0)
    throw lifecycleErrors.units_not_of_lot({ lot: lot.code, unit: missing ?? '–', named: named.length, taken });
  return chosen.filter((unit) => unit !== undefined);
}

/** Which of a lot's units that a receiver holds did not arrive; none where the lot has none there. Errors as for `unitsToShip`. */
export async function unitsToTakeBack(
  scope: Scope,
  lot: LotRow,
  { taken, receiver, named }: { readonly taken: string; readonly receiver: OrganizationId; readonly named: readonly string[] },
): Promise<UnitRow[]> {
  const held = await unitsHeldBy(scope, lot.id, receiver);
  if (held.length === 0 && named.length === 0) return [];
  if (named.length === 0) throw lifecycleErrors.units_to_name({ lot: lot.code, taken, left: String(held.length), units: held.length });
  return chosenUnits(lot, held, taken, named);
}

export async function shipUnits(scope: Scope, units: readonly UnitRow[], receiver: OrganizationId): Promise<void> {
  for (const unit of units) movedUnit(unit, 'ship');
  await handOver(
    scope,
    units.map(({ id }) => id),
    receiver,
  );
}

/** Moves units that the organization holds; throws `lifecycle.not_held`, `lifecycle.unit_wrong_state`. */
export async function moveUnits(scope: Scope, units: readonly UnitRow[], event: UnitEvent): Promise<void> {
  const states = new Map<UnitState, RecordId[]>();
  for (const unit of units) {
    const next = movedUnit(unit, event);
    states.set(next, [...(states.get(next) ?? []), unit.id]);
  }
  for (const [state, ids] of states) await setUnitStates(scope, ids, state);
}

/** Locks units that the organization must hold. */
export async function heldUnits(scope: Scope, units: readonly UnitRow[]): Promise<UnitRow[]> {
  const locked = await lockUnits(
    scope,
    units.map(({ id }) => id),
  );
  const held = new Set<string>(locked.map(({ id }) => id));
  const missing = units.find(({ id }) => !held.has(id));
  if (missing) throw lifecycleErrors.not_held({ thing: missing.serial });
  return locked;
}

export async function viewUnits(scope: Scope, units: readonly UnitRow[]): Promise<UnitView[]> {
  const organization = await viewOrganizations(
    scope,
    units.flatMap((unit) => [unit.organization, unit.holder]),
  );
  const places = await placesOf(
    scope,
    units.map(({ id }) => id),
  );
  const lotOf = ({ id, lot_id }: UnitRow) => places.get(id) ?? lot_id;
  const lots = new Map<string, LotRow>(
    (await findLots(scope, [...new Set(units.flatMap((unit) => lotOf(unit) ?? []))])).map((lot) => [lot.id, lot]),
  );
  return units.map((unit) => {
    const lot = lots.get(lotOf(unit) ?? '');
    return {
      id: unit.id,
      serial: unit.serial,
      itemCode: unit.item_code,
      item: unit.item,
      maker: organization(unit.organization),
      holder: organization(unit.holder),
      own: unit.organization === scope.organization,
      held: unit.holder === scope.organization,
      version: unit.version,
      state: unit.state,
      stateWords: unitStateWords[unit.state],
      lot: lot ? { id: lot.id, code: lot.code } : null,
      createdAt: unit.created_at.toISOString(),
      changedAt: unit.changed_at.toISOString(),
    };
  });
}
