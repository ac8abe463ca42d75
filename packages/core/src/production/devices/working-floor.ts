import type { RecordId, Scope } from '../../database/index.js';
import { lotAt, openJobLot } from '../jobs/counting.js';
import { itemOf } from '../jobs/job-repository.js';
import { type LotWindow, lotsOfOperations } from '../jobs/lot-repository.js';
import { lockOperations, operationsOfJobs } from '../jobs/operation-repository.js';
import type { ProgressSink } from '../jobs/progress.js';
import { stretchAt, stretchesOnEquipment, type WorkedStretch } from '../jobs/stretches.js';
import type { RunBinding } from '../runs/run-messages.js';

/** What one batch knows of the floor: who worked on which equipment when, and their lots. */
export interface Floor {
  readonly stretches: readonly WorkedStretch[];
  readonly lots: LotWindow[];
  /** Every operation of the job orders that work there: they share their lots. */
  readonly together: ReadonlyMap<string, readonly string[]>;
}

/** Locks what equipment worked on between two instants: order lines first, then operations. */
export async function lockFloor(
  scope: Scope,
  equipment: readonly RecordId[],
  { from, to }: { readonly from: Date; readonly to: Date },
  progress: ProgressSink,
): Promise<Floor> {
  const stretches = await stretchesOnEquipment(scope, [...new Set(equipment)], from, to);
  await progress.lock(scope, [...new Set(stretches.flatMap(({ order_line }) => (order_line === null ? [] : [order_line])))]);
  const together = await operationsOfJobs(scope, [...new Set(stretches.map((operation) => operation.job_order_id))]);
  const ids = [...together.values()].flat();
  await lockOperations(scope, ids);
  return { stretches, together, lots: await lotsOfOperations(scope, ids) };
}

/** Every good unit belongs to a lot: when none is open, the next one is opened here. */
export async function lotFor(scope: Scope, floor: Floor, operation: WorkedStretch, at: Date): Promise<RecordId> {
  const lot = lotAt(floor.lots, operation.id, at);
  if (lot) return lot.lot_id;
  const operations = floor.together.get(operation.job_order_id) ?? [operation.id];
  const opened = await openJobLot(scope, { operations, unit: operation.unit, item: await itemOf(scope, operation.job_order_id) });
  for (const operation_id of operations)
    floor.lots.push({
      organization: scope.organization,
      operation_id,
      lot_id: opened.id,
      opened_at: scope.now,
      closed_at: null,
      good: '0',
      scrap: '0',
      state: opened.state,
      code: opened.code,
    });
  return opened.id;
}

/** What a run that begins or ends at `at` works for. */
export async function bindingAt(scope: Scope, floor: Floor, equipment: RecordId, at: Date): Promise<RunBinding | null> {
  const operation = stretchAt(floor.stretches, equipment, at);
  return operation ? { job: operation.job_order_id, operation: operation.id, lot: await lotFor(scope, floor, operation, at) } : null;
}
