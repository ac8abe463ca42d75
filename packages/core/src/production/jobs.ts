import { createRecord } from '../access/index.js';
import { requestErrors } from '../commands/index.js';
import { isUniqueViolation, newId, type RecordId, type Scope } from '../database/index.js';
import { findEquipment } from '../equipment/index.js';
import { appendEvent } from '../events/index.js';
import { findLots, viewLots } from '../lifecycle/index.js';
import { add, canonical, quantity } from '../measure/index.js';
import { madeCode } from './codes.js';
import { openOperationLot } from './counting.js';
import { productionErrors } from './errors.js';
import { busyWith, findJob, insertJob, insertOperation, type JobRow, lockJob, lotsOfJob, operationsOf } from './job-repository.js';
import type { JobDetail, JobView, OperationView, Specification } from './schema.js';
import { jobStateWords, operationStateWords } from './states.js';

/** What a job order shall make, and for whom. */
export interface NewJob {
  readonly order: string | null;
  readonly orderLine: string | null;
  readonly allocation: string | null;
  readonly description: string;
  readonly specification: Specification | null;
  readonly unit: string;
  readonly quantity: string;
  /** Null: people count by hand. */
  readonly equipment: string | null;
  readonly code: string | undefined;
  readonly lotCode: string | undefined;
}

export interface StartedJob {
  readonly job: RecordId;
  readonly jobCode: string;
  readonly lot: RecordId;
  readonly lotCode: string;
}

const operationWords = { words_en: 'Production', words_zh: '生产' };

/**
 * Makes a job order with one operation under way on the equipment and its first lot open.
 * Errors: `production.equipment_unknown`, `production.equipment_busy`, `production.job_code_taken`, `lifecycle.code_taken`.
 */
export async function startJob(scope: Scope, input: NewJob): Promise<StartedJob> {
  const equipment = input.equipment === null ? null : await freeEquipment(scope, input.equipment);
  const id = newId<'record'>();
  const code = input.code ?? madeCode('J', scope.now);
  await createRecord(scope, { id, kind: 'job_order', parties: [{ organization: scope.organization, role: 'maker' }] });
  const { order, orderLine, allocation, description, specification, unit } = input;
  await insertJob(scope, {
    id,
    code,
    order_id: order,
    order_line: orderLine,
    allocation_id: allocation,
    description,
    specification,
    unit,
    quantity: input.quantity,
  });
  const operation = newId();
  try {
    await insertOperation(scope, { id: operation, job_order_id: id, position: 1, ...operationWords, equipment_id: equipment?.id ?? null });
  } catch (error) {
    if (isUniqueViolation(error, 'operation_busy')) throw productionErrors.equipment_busy({ equipment: equipment?.code, job: '…' }, error);
    throw error;
  }
  const lot = await openOperationLot(scope, operation, unit, input.lotCode);
  await appendEvent(scope, { type: 'production.job_started', record: id, body: { code, equipment: equipment?.id ?? null, lot: lot.id } });
  return { job: id, jobCode: code, lot: lot.id, lotCode: lot.code };
}

async function freeEquipment(scope: Scope, id: string) {
  const equipment = await findEquipment(scope, id);
  if (!equipment || equipment.organization !== scope.organization || equipment.state !== 'active')
    throw productionErrors.equipment_unknown({ equipment: id });
  const job = await busyWith(scope, equipment.id);
  if (job !== undefined) throw productionErrors.equipment_busy({ equipment: equipment.code, job });
  return equipment;
}

export async function visibleJob(scope: Scope, id: string): Promise<JobRow> {
  const job = await findJob(scope, id);
  if (!job) throw requestErrors.not_found({ kind: 'job order' });
  return job;
}

/** The job order, locked, in progress and at the version that the caller saw. */
export async function jobInProgress(scope: Scope, input: { readonly job: string; readonly version: number }): Promise<JobRow> {
  const job = await lockJob(scope, input.job);
  if (!job) throw requestErrors.not_found({ kind: 'job order' });
  if (job.version !== input.version) throw productionErrors.version_stale({ current: job.version, sent: input.version });
  if (job.state !== 'in_progress') throw productionErrors.job_not_in_progress({ job: job.code, state: jobStateWords[job.state].en });
  return job;
}

export async function viewJobs(scope: Scope, jobs: readonly JobRow[]): Promise<JobView[]> {
  const operations = await operationsOf(
    scope,
    jobs.map((job) => job.id),
  );
  return jobs.map((job) => {
    const own = operations.filter((operation) => operation.job_order_id === job.id);
    const { value, unit } = quantity(job.quantity, job.unit);
    // What leaves the last operation is what the job order made; scrap falls at any of them.
    const last = own.at(-1);
    return {
      id: job.id,
      code: job.code,
      version: job.version,
      state: job.state,
      stateWords: jobStateWords[job.state],
      order: job.order_id,
      orderLine: job.order_line,
      description: job.description,
      specification: job.specification as Specification | null,
      unit,
      quantity: value,
      good: canonical(last?.good ?? '0'),
      scrap: add(...own.map((operation) => operation.scrap)),
      createdAt: job.created_at.toISOString(),
      completedAt: job.completed_at?.toISOString() ?? null,
      operations: own.map(viewOperation),
    };
  });
}

function viewOperation(row: Awaited<ReturnType<typeof operationsOf>>[number]): OperationView {
  const { equipment_id: id, equipment_code: code, equipment_name: name, equipment_model: model } = row;
  return {
    id: row.id,
    position: row.position,
    words: { en: row.words_en, zh: row.words_zh },
    state: row.state,
    stateWords: operationStateWords[row.state],
    equipment: id !== null && code !== null && name !== null && model !== null ? { id, code, name, model } : null,
    good: canonical(row.good),
    scrap: canonical(row.scrap),
    byHand: { good: canonical(row.good_by_hand), scrap: canonical(row.scrap_by_hand) },
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    openLot:
      row.lot_id !== null && row.lot_code !== null && row.lot_state !== null
        ? { id: row.lot_id, code: row.lot_code, state: row.lot_state }
        : null,
  };
}

export async function jobDetail(scope: Scope, id: string): Promise<JobDetail> {
  const job = await visibleJob(scope, id);
  const [view] = await viewJobs(scope, [job]);
  const made = await lotsOfJob(scope, job.id);
  const lots = new Map(
    (
      await viewLots(
        scope,
        await findLots(
          scope,
          made.map((lot) => lot.lot_id),
        ),
      )
    ).map((lot) => [lot.id, lot]),
  );
  const detail = made.flatMap(({ lot_id, operation_id, good, scrap }) => {
    const lot = lots.get(lot_id);
    return lot ? [{ lot, operation: operation_id, good: canonical(good), scrap: canonical(scrap) }] : [];
  });
  return { ...(view as JobView), lots: detail };
}
