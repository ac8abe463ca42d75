import { newId, type RecordId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { findLots, findThings, makeUnits, recordActivity, returnInput } from '../../lifecycle/index.js';
import { Decimal } from '../../measure/index.js';
import { productionErrors } from '../errors.js';
import { lotAt, openJobLot } from '../jobs/counting.js';
import { itemOf, type JobRow, updateJob } from '../jobs/job-repository.js';
import { jobDetail, jobInProgress, visibleJob } from '../jobs/jobs.js';
import { lotsOfJob, lotsOfOperations } from '../jobs/lot-repository.js';
import { lockOperations, operationsOf } from '../jobs/operation-repository.js';
import type { ProgressSink } from '../jobs/progress.js';
import type { ProductionService } from '../service.js';
import { findIssue, insertIssue } from './material-repository.js';

/** What goes into a job order's lots, and the units that come out of them with a number of their own. */
export const issuingMaterials = (progress: ProgressSink): Pick<ProductionService, 'issueMaterial' | 'reverseMaterial' | 'makeUnits'> => ({
  async issueMaterial(scope, { thing, quantity: given, position, ...input }) {
    await lockOrderOf(scope, progress, input.job);
    const job = await jobInProgress(scope, input);
    const operation = await issuingOperation(scope, job, input.operation);
    const lot = await openLotOf(scope, job, operation);
    const kind = (await findThings(scope, [thing])).get(thing);
    if (kind?.kind === 'lot' && given !== undefined) await progress.issuing(scope, { order: job.order_id, lot: thing, quantity: given });
    // A unit that is built in can come out again; what is taken from a lot is used up.
    const activity = await recordActivity(scope, {
      kind: kind?.kind === 'unit' ? 'assembled' : 'made',
      inputs: [{ thing, ...(given === undefined ? {} : { quantity: given }), ...(position === undefined ? {} : { position }) }],
      outputs: [{ thing: lot }],
      ...(operation.equipment_id === null ? {} : { equipment: operation.equipment_id }),
      details: { job: job.code, operation: operation.position },
    });
    const issue = {
      id: newId(),
      job_order_id: job.id,
      operation_id: operation.id,
      lot_id: lot,
      thing_id: thing as RecordId,
      quantity: kind?.kind === 'unit' ? '1' : (given ?? '0'),
      unit: kind?.kind === 'lot' ? kind.row.unit : 'H87',
      position: position ?? null,
      reverses: null,
      reason: null,
      activity_id: activity,
    };
    await insertIssue(scope, issue);
    const body = { ...eventOf(job, issue) };
    await appendEvent(scope, { type: 'production.material_issued', record: job.id, body });
    await updateJob(scope, job.id, { version: job.version + 1 });
    return jobDetail(scope, job.id);
  },

  async reverseMaterial(scope, { issue: id, reason, ...input }) {
    await lockOrderOf(scope, progress, input.job);
    const job = await jobInProgress(scope, input);
    const issue = await findIssue(scope, job.id, id);
    if (!issue) throw productionErrors.issue_unknown({ job: job.code, issue: id });
    await returnInput(scope, { activity: issue.activity_id, thing: issue.thing_id, quantity: issue.quantity });
    await progress.takenBack(scope, { order: job.order_id, lot: issue.thing_id, quantity: issue.quantity });
    const reversal = {
      id: newId(),
      job_order_id: job.id,
      operation_id: issue.operation_id,
      lot_id: issue.lot_id,
      thing_id: issue.thing_id,
      quantity: new Decimal(issue.quantity).negated().toFixed(),
      unit: issue.unit,
      position: issue.position,
      reverses: issue.id,
      reason,
      activity_id: issue.activity_id,
    };
    await insertIssue(scope, reversal);
    const body = { ...eventOf(job, reversal), reverses: issue.id, reason };
    await appendEvent(scope, { type: 'production.material_returned', record: job.id, body });
    await updateJob(scope, job.id, { version: job.version + 1 });
    return jobDetail(scope, job.id);
  },

  async makeUnits(scope, { job: id, lot, serials, itemCode, item, identifiers }) {
    const job = await visibleJob(scope, id);
    if (!(await lotsOfJob(scope, job.id)).some(({ lot_id }) => lot_id === lot))
      throw productionErrors.lot_not_of_job({ job: job.code, lot });
    const [made] = await findLots(scope, [lot]);
    return { lot, units: await makeUnits(scope, { lot, serials, itemCode, item: item ?? made?.item ?? null, identifiers }) };
  },
});

/** Everybody locks order, then job order; a job order that is not there is refused by whoever looks next. */
async function lockOrderOf(scope: Scope, progress: ProgressSink, id: string): Promise<void> {
  const job = await visibleJob(scope, id);
  if (job.order_line !== null) await progress.lock(scope, [job.order_line]);
}

function eventOf(job: JobRow, issue: Parameters<typeof insertIssue>[1]) {
  const { id, operation_id, lot_id, thing_id, unit } = issue;
  return { code: job.code, issue: id, operation: operation_id, lot: lot_id, thing: thing_id, quantity: issue.quantity, unit };
}

/** The named operation; else the last of those in progress, or the last of all. */
async function issuingOperation(scope: Scope, job: JobRow, named: string | undefined) {
  const operations = await operationsOf(scope, [job.id]);
  const found = operations.find(({ id }) => id === named);
  if (named !== undefined && !found) throw productionErrors.operation_unknown({ job: job.code, operation: named });
  const operation = found ?? operations.findLast(({ state }) => state === 'in_progress') ?? operations.at(-1);
  if (!operation) throw productionErrors.operation_unknown({ job: job.code, operation: '' });
  return operation;
}

/** The lot that is open for the operation now; the next one is opened when none is. */
async function openLotOf(scope: Scope, job: JobRow, operation: { readonly id: string }): Promise<RecordId> {
  const ids = (await operationsOf(scope, [job.id])).map(({ id }) => id);
  await lockOperations(scope, ids);
  const open = lotAt(await lotsOfOperations(scope, ids), operation.id, scope.now);
  return open?.lot_id ?? (await openJobLot(scope, { operations: ids, unit: job.unit, item: await itemOf(scope, job.id) })).id;
}
