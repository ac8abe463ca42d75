import { newId, type RecordId, type Scope } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { closeLot, countIntoLot, type LotState, openLot as openLifecycleLot } from '../lifecycle/index.js';
import { compare } from '../measure/index.js';
import { madeCode } from './codes.js';
import { endLotWindow, insertCount, insertOperationLot, type LotWindow, type NewCount } from './job-repository.js';
import type { ProducedUnits } from './progress.js';

/** Opens a lot of an operation in place of the one that was open; its code is made when none is given. */
export async function openOperationLot(scope: Scope, operation: string, unit: string, code?: string) {
  await endLotWindow(scope, operation);
  const lot = await openLifecycleLot(scope, { code: code ?? madeCode('L', scope.now), unit });
  await insertOperationLot(scope, operation, lot.id);
  return lot;
}

export interface OpenLot {
  readonly operation: string;
  readonly lot: RecordId;
  readonly code: string;
  readonly state: LotState;
}

/** A lot that quality has blocked meanwhile stays blocked; only its time is over. */
export async function endLot(scope: Scope, { operation, lot, state }: OpenLot): Promise<void> {
  await endLotWindow(scope, operation);
  if (state === 'open') await closeLot(scope, lot);
}

/**
 * The lot that a unit made at `at` belongs to: the one whose time it was, as long as it is not released, else the open
 * one. Null: none is open, and a new one has to be.
 */
export function lotAt(lots: readonly LotWindow[], operation: string, at: Date): LotWindow | null {
  const own = lots.filter((lot) => lot.operation_id === operation && (lot.state === 'open' || lot.state === 'closed'));
  const then = own.findLast((lot) => lot.opened_at <= at && (lot.closed_at === null || at < lot.closed_at));
  return then ?? own.find((lot) => lot.closed_at === null) ?? null;
}

/** Writes one count with all its effects but the order's; gives what the order's ledger has to hear. */
export async function countUnits(
  scope: Scope,
  job: { id: RecordId; orderLine: string | null },
  count: NewCount,
): Promise<ProducedUnits | null> {
  const { operation, lot, good, scrap, evidence, reason } = count;
  await insertCount(scope, newId(), count);
  const anyGood = compare(good, '0') > 0;
  if (anyGood) await countIntoLot(scope, lot, good);
  const body = { operation, lot, good, scrap, evidence, reason };
  await appendEvent(scope, { type: 'production.counted', record: job.id, body });
  return anyGood && job.orderLine !== null ? { orderLine: job.orderLine, lot, good, evidence, reason } : null;
}
