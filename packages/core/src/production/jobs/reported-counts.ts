import type { Scope } from '../../database/index.js';
import { add, canonical, compare, fitsUnit } from '../../measure/index.js';
import { productionErrors } from '../errors.js';
import { requireReason } from '../floor/reasons.js';
import { type NewCount, reworkOpenAt } from './count-repository.js';
import { countUnits, lotAt, openJobLot } from './counting.js';
import { itemOf, type JobRow } from './job-repository.js';
import { lotsOfOperations } from './lot-repository.js';
import { type ListedOperation, lockOperations, operationsOf } from './operation-repository.js';
import { carryOut } from './operations.js';
import type { ProducedUnits } from './progress.js';
import { operationTransitions } from './states.js';

/** What somebody reports of an operation, in the unit of the job order. */
export interface ReportedCount {
  readonly good: string;
  readonly scrap: string;
  /** Into rework: neither good nor scrap until it is reported again as what it became. */
  readonly rework: string;
  /** Whether good and scrap come out of rework. */
  readonly fromRework: boolean;
  /** Units that leave rework without being counted here, because a device or a person has counted them already. */
  readonly alreadyCounted: string;
  /** The earlier operation that the rework goes back to; undefined: it is done in place. */
  readonly reworkTo?: string | undefined;
  /** Of the organization's list. */
  readonly reasonCode?: string | undefined;
  readonly evidence: NewCount['evidence'];
  /** Why it is not a device that says so. */
  readonly reason: string;
  readonly by: string;
}

/**
 * Writes what was reported of an operation of a locked job order; gives what the order's ledger has to hear. The order is locked
 * already. Throws `production.nothing_counted`, `production.not_whole`, `production.rework_exceeds`, `production.rework_not_before`,
 * `production.reason_unknown`.
 */
export async function reportCount(
  scope: Scope,
  job: JobRow,
  operation: ListedOperation,
  { good, scrap, rework, fromRework, alreadyCounted, reworkTo, reasonCode, evidence, reason, by }: ReportedCount,
): Promise<ProducedUnits | null> {
  const given = [good, scrap, rework, alreadyCounted];
  if (given.every((value) => compare(value, '0') === 0)) throw productionErrors.nothing_counted();
  for (const value of given) if (!fitsUnit(value, job.unit)) throw productionErrors.not_whole({ value, unit: job.unit });
  if (reasonCode !== undefined) await requireReason(scope, reasonCode);
  const operations = await operationsOf(scope, [job.id]);
  const ids = operations.map(({ id }) => id);
  await lockOperations(scope, ids);
  const resolved = add(alreadyCounted, ...(fromRework ? [good, scrap] : []));
  const open = await reworkOpenAt(scope, operation.id);
  if (compare(resolved, open) > 0)
    throw productionErrors.rework_exceeds({ asked: resolved, position: operation.position, quantity: canonical(open) });
  const target = reworkTo === undefined ? null : earlier(operations, operation, reworkTo);
  const lot =
    lotAt(await lotsOfOperations(scope, [operation.id]), operation.id, scope.now)?.lot_id ??
    (await openJobLot(scope, { operations: ids, unit: job.unit, item: await itemOf(scope, job.id) })).id;
  const produced = await countUnits(
    scope,
    { id: job.id, orderLine: job.order_line, final: operation.final },
    {
      operation: operation.id,
      lot,
      good: canonical(good),
      scrap: canonical(scrap),
      rework: canonical(rework),
      resolved,
      evidence,
      messages: null,
      reason,
      reasonCode: reasonCode ?? null,
      returnedTo: compare(rework, '0') > 0 ? (target?.id ?? null) : null,
      by,
    },
  );
  if (target && operationTransitions.reopen[target.state] !== undefined)
    await carryOut(scope, job, { operations, operation: target, move: 'reopen' });
  return produced;
}

function earlier(operations: readonly ListedOperation[], from: ListedOperation, id: string): ListedOperation {
  const target = operations.find((operation) => operation.id === id);
  if (!target || target.position >= from.position || target.state === 'canceled')
    throw productionErrors.rework_not_before({ position: target?.position ?? '?' });
  return target;
}
