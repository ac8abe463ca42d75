import type { RecordId, Scope } from '../../database/index.js';
import { add, compare } from '../../measure/index.js';
import type { JobRow } from '../jobs/job-repository.js';
import { type ListedOperation, operationsOf } from '../jobs/operation-repository.js';
import type { ProgressSink } from '../jobs/progress.js';
import { type StretchRow, stretchesOf } from '../jobs/stretches.js';
import type { ProductionTables } from '../tables.js';
import { type JobOutlook, jobOutlook, type OperationFacts } from './job.js';
import { type LineOutlook, lineOutlook } from './line.js';

/** A line's outlook with what it is computed from: the maker's own. */
export interface ProductionOutlook extends LineOutlook {
  readonly jobs: readonly { readonly id: RecordId; readonly code: string; readonly outlook: JobOutlook }[];
}

const most = 500;

/** What becomes of an order line, by the job orders that the asking organization has for it; null when there is none. */
export async function productionOutlook(scope: Scope, orderLine: string): Promise<ProductionOutlook | null> {
  return (await outlooksOf(scope, [orderLine])).get(orderLine) ?? null;
}

/** Tells those who ordered these lines what becomes of them. The last thing that a transaction locks. */
export async function tellOutlook(scope: Scope, progress: ProgressSink, orderLines: readonly (string | null)[]): Promise<void> {
  const lines = [...new Set(orderLines.flatMap((line) => (line === null ? [] : [line])))].sort();
  if (lines.length === 0) return;
  const outlooks = await outlooksOf(scope, lines);
  await progress.foresee(
    scope,
    lines.flatMap((line) => outlooks.get(line) ?? []),
  );
}

async function outlooksOf(scope: Scope, lines: readonly string[]): Promise<ReadonlyMap<string, ProductionOutlook>> {
  const jobs = await scope.tx
    .withTables<ProductionTables>()
    .selectFrom('job_order')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('order_line', 'in', lines)
    .where('state', '!=', 'canceled')
    .orderBy('created_at')
    .limit(most)
    .execute();
  const operations = await operationsOf(
    scope,
    jobs.map(({ id }) => id),
  );
  const stretches = await stretchesOf(
    scope,
    operations.filter(({ state }) => state !== 'done' && state !== 'canceled').map(({ id }) => id),
  );
  const found = new Map<string, ProductionOutlook>();
  for (const line of lines) {
    const own = jobs
      .filter((job) => job.order_line === line)
      .map((job) => {
        const steps = operations.filter((operation) => operation.job_order_id === job.id);
        const outlook = jobOutlook(steps.map((operation) => factsOf(job, operation, stretches, scope.now)));
        const quantity = job.state === 'completed' ? Number(steps.at(-1)?.good ?? 0) : Number(job.quantity);
        const sum = (value: (operation: ListedOperation) => string) => steps.reduce((total, step) => total + Number(value(step)), 0);
        return { job, quantity, outlook, good: sum((each) => each.good), goodByHand: sum((each) => each.good_by_hand) };
      });
    if (own.length > 0)
      found.set(line, {
        ...lineOutlook(line, own, scope.now),
        jobs: own.map(({ job, outlook }) => ({ id: job.id, code: job.code, outlook })),
      });
  }
  return found;
}

const hourMs = 3_600_000;

function factsOf(job: JobRow, operation: ListedOperation, stretches: readonly StretchRow[], now: Date): OperationFacts {
  const active = stretches.filter(({ operation_id, kind }) => operation_id === operation.id && kind === 'active');
  const activeMs = active.reduce((sum, { begun_at, ended_at }) => sum + Math.max(0, (ended_at ?? now).getTime() - begun_at.getTime()), 0);
  return {
    id: operation.id,
    position: operation.position,
    state: operation.state,
    parallel: operation.parallel,
    toDo: Number(toDoOf(job, operation)),
    good: Number(operation.good),
    goodByHand: Number(operation.good_by_hand),
    reworkOpen: Number(operation.rework_open),
    reports: Number(operation.reports),
    activeHours: activeMs / hourMs,
    setupSeconds: numberOf(operation.setup_seconds),
    runSeconds: numberOf(operation.run_seconds),
    elapsedHours: operation.started_at === null ? null : Math.max(0, now.getTime() - operation.started_at.getTime()) / hourMs,
  };
}

const numberOf = (value: string | null): number | null => (value === null || compare(value, '0') <= 0 ? null : Number(value));

/** What an operation has to make: the quantity of the job order and what rework brought back. */
export function toDoOf(job: Pick<JobRow, 'quantity'>, operation: Pick<ListedOperation, 'rework_returned'>): string {
  return add(job.quantity, operation.rework_returned);
}
