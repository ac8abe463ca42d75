import { createRecord, organizationNames } from '../../access/index.js';
import { newId, type RecordId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { add, canonical, compare, quantity, subtract } from '../../measure/index.js';
import { lifecycleErrors } from '../errors.js';
import { moveUnitsOfLot } from '../units/units.js';
import { insertLot, type LotRow, lockLots, updateLot } from './repository.js';
import type { LotView } from './schema.js';
import { type LotEvent, lotEventWords, lotStateWords, nextLotState } from './states.js';

export interface NewLot {
  readonly code: string;
  readonly unit: string;
  /** The engineering item that its units are. */
  readonly item?: string | null;
}

/** Makes an open, empty lot of the scope's organization; throws `lifecycle.code_taken`. */
export async function openLot(scope: Scope, { code, unit, item = null }: NewLot): Promise<LotRow> {
  const id = newId<'record'>();
  await createRecord(scope, { id, kind: 'lot', parties: [{ organization: scope.organization, role: 'maker' }] });
  const lot = await insertLot(scope, { id, code, unit, item });
  await appendEvent(scope, { type: 'lifecycle.lot_opened', record: id, body: { code, unit } });
  return lot;
}

/** Adds good units to a lot that is not released yet. */
export async function countIntoLot(scope: Scope, lot: RecordId, good: string): Promise<void> {
  const [row] = await lockLots(scope, [lot]);
  if (!row || (row.state !== 'open' && row.state !== 'closed'))
    throw lifecycleErrors.wrong_state({ lot: row?.code ?? lot, state: row?.state ?? 'absent', event: 'count' });
  await updateLot(scope, row.id, { quantity: add(row.quantity, good), version: row.version });
}

export async function closeLot(scope: Scope, lot: RecordId): Promise<LotRow> {
  const [row] = await lockLots(scope, [lot]);
  if (!row) throw lifecycleErrors.wrong_state({ lot, state: 'absent', event: 'close' });
  const state = moved(row, 'close');
  const closed = await updateLot(scope, row.id, { state, closed_at: scope.now, version: row.version + 1 });
  await appendEvent(scope, {
    type: 'lifecycle.lot_closed',
    record: row.id,
    body: { code: row.code, quantity: canonical(row.quantity), unit: row.unit },
  });
  return closed;
}

/** Holds a released lot back because what its release rested on no longer holds; a lot in another state stays as it is. */
export async function withdrawRelease(scope: Scope, lot: RecordId, reason: string): Promise<void> {
  const [row] = await lockLots(scope, [lot]);
  if (row?.state !== 'released') return;
  await updateLot(scope, row.id, { state: moved(row, 'block'), released_at: null, version: row.version + 1 });
  await moveUnitsOfLot(scope, row.id, 'block');
  await appendEvent(scope, { type: 'lifecycle.lot_blocked', record: row.id, body: { code: row.code, reason } });
}

/** What is neither shipped nor used up of a lot that the organization made. */
export const leftOf = (lot: Pick<LotRow, 'quantity' | 'shipped' | 'consumed'>): string =>
  subtract(lot.quantity, add(lot.shipped, lot.consumed));

/** Takes part of an own released lot for shipment; throws `lifecycle.not_released`, `lifecycle.holds_less`. */
export async function takeForShipment(scope: Scope, lot: LotRow, taken: string): Promise<LotRow> {
  if (lot.state !== 'released') throw lifecycleErrors.not_released({ lot: lot.code, state: lot.state });
  const left = leftOf(lot);
  if (compare(taken, left) > 0) throw lifecycleErrors.holds_less({ lot: lot.code, left, asked: canonical(taken), unit: lot.unit });
  const state = compare(taken, left) === 0 ? moved(lot, 'ship_last') : lot.state;
  return updateLot(scope, lot.id, { shipped: add(lot.shipped, taken), state, version: lot.version + 1 });
}

/** The state after the event; throws `lifecycle.wrong_state` for a pair the table forbids. */
export function moved(lot: LotRow, event: LotEvent): LotRow['state'] {
  const next = nextLotState(lot.state, event);
  if (!next) throw lifecycleErrors.wrong_state({ lot: lot.code, state: lotStateWords[lot.state].en, event: lotEventWords[event].en });
  return next;
}

export async function viewLots(scope: Scope, lots: readonly LotRow[]): Promise<LotView[]> {
  const makers = await organizationNames(
    scope,
    lots.map((lot) => lot.organization),
  );
  return lots.map((lot) => {
    const maker = makers.get(lot.organization);
    const { value, unit } = quantity(lot.quantity, lot.unit);
    return {
      id: lot.id,
      code: lot.code,
      maker: { code: maker?.code ?? '', name: maker?.name ?? { en: '', zh: '' } },
      own: lot.organization === scope.organization,
      version: lot.version,
      state: lot.state,
      stateWords: lotStateWords[lot.state],
      unit,
      quantity: value,
      shipped: canonical(lot.shipped),
      used: canonical(lot.consumed),
      item: lot.item,
      createdAt: lot.created_at.toISOString(),
      closedAt: lot.closed_at?.toISOString() ?? null,
      releasedAt: lot.released_at?.toISOString() ?? null,
    };
  });
}

/** Registers what was bought or made elsewhere as an own, closed lot that holds its whole quantity: material to be released and used. */
export async function registerLot(scope: Scope, { quantity: held, ...given }: NewLot & { readonly quantity: string }): Promise<LotRow> {
  const lot = await openLot(scope, given);
  await countIntoLot(scope, lot.id, held);
  return closeLot(scope, lot.id);
}
