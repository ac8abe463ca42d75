import { newId, type RecordId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { closeLot, countIntoLot, type LotState, openLot as openLifecycleLot } from '../../lifecycle/index.js';
import { compare } from '../../measure/index.js';
import { madeCode } from './codes.js';
import { insertCount, type NewCount } from './count-repository.js';
import { endLotWindow, insertOperationLots, type LotWindow } from './lot-repository.js';
import type { ProducedUnits } from './progress.js';

/** What a lot of a job order begins with. */
export interface NewJobLot {
  /** Every operation of the job order: the lot goes through all of them. */
  readonly operations: readonly string[];
  readonly unit: string;
  /** The engineering item that the job order makes. */
  readonly item: string | null;
  /** Made when left out. */
  readonly code?: string | undefined;
}

/** Opens a lot of a job order in place of the one that was open. */
export async function openJobLot(scope: Scope, { operations, unit, item, code }: NewJobLot) {
  await endLotWindow(scope, operations);
  const lot = await openLifecycleLot(scope, { code: code ?? madeCode('L', scope.now), unit, item });
  await insertOperationLots(scope, operations, lot.id);
  return lot;
}

export interface OpenLot {
  readonly operations: readonly string[];
  readonly lot: RecordId;
  readonly code: string;
  readonly state: LotState;
}

/** A lot that quality has blocked meanwhile stays blocked; only its time is over. */
export async function endLot(scope: Scope, { operations, lot, state }: OpenLot): Promise<void> {
  await endLotWindow(scope, operations);
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

/**
 * Writes one count with all its effects but the order's; gives what the order's ledger has to hear. Only what leaves the last
 * operation is in the lot: what the earlier ones count stays with them.
 */
export async function countUnits(
  scope: Scope,
  job: { id: RecordId; orderLine: string | null; final: boolean },
  count: NewCount,
): Promise<ProducedUnits | null> {
  const { operation, lot, good, scrap, rework = '0', resolved = '0', evidence, reason } = count;
  await insertCount(scope, newId(), count);
  const anyGood = job.final && compare(good, '0') > 0;
  if (anyGood) await countIntoLot(scope, lot, good);
  const body = { operation, lot, good, scrap, rework, resolved, evidence, reason };
  await appendEvent(scope, { type: 'production.counted', record: job.id, body });
  return anyGood && job.orderLine !== null ? { orderLine: job.orderLine, lot, good, evidence, reason } : null;
}
