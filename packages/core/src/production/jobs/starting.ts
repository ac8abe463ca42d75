import { createRecord, type Words } from '../../access/index.js';
import { isUniqueViolation, newId, type RecordId, type Scope } from '../../database/index.js';
import { findEquipment } from '../../equipment/index.js';
import { appendEvent } from '../../events/index.js';
import { productionErrors } from '../errors.js';
import type { Specification } from '../schema.js';
import { madeCode } from './codes.js';
import { openJobLot } from './counting.js';
import { insertJob } from './job-repository.js';
import { busyWith, insertOperations, moveOperation, operationsOf } from './operation-repository.js';
import { type OperationState, startedTogether, unsettled } from './states.js';
import { beginStretch, endStretches } from './stretches.js';

/** What a job order shall make, and for whom. */
export interface NewJob {
  readonly order: string | null;
  readonly orderLine: string | null;
  readonly allocation: string | null;
  readonly description: string;
  readonly specification: Specification | null;
  readonly unit: string;
  readonly quantity: string;
  /** The released revision that it makes, with its item. */
  readonly revision: { readonly id: string; readonly item: string } | null;
  /** In the order in which they are carried out; at least one. */
  readonly operations: readonly NewOperation[];
  readonly code: string | undefined;
  readonly lotCode: string | undefined;
  /** When it shall be done, `YYYY-MM-DD`: what dispatch lists are sorted by. */
  readonly dueOn?: string | null;
}

/** One operation of a new job order. */
export interface NewOperation {
  readonly position: number;
  readonly words: Words;
  /** Null: people count by hand, or the equipment is chosen when it starts. */
  readonly equipment: string | null;
  /** Starts with the one before it. */
  readonly parallel: boolean;
  readonly workCenter: string | null;
  readonly setupSeconds: string | null;
  readonly runSeconds: string | null;
  /** Performed by a subcontractor; no equipment of one's own works on it. */
  readonly outside?: boolean;
  /** Who that is, as people call them. */
  readonly supplier?: string | null;
}

/** What is made by one operation that needs no name. */
export function singleOperation(equipment: string | null): NewOperation {
  const words = { en: 'Production', zh: '生产' };
  return { position: 1, words, equipment, parallel: false, workCenter: null, setupSeconds: null, runSeconds: null };
}

export interface StartedJob {
  readonly job: RecordId;
  readonly jobCode: string;
  readonly lot: RecordId;
  readonly lotCode: string;
}

/**
 * Makes a job order with its first operation under way, those that run beside it, too, and its first lot open.
 * Errors: `production.equipment_unknown`, `production.equipment_busy`, `production.job_code_taken`, `lifecycle.code_taken`.
 */
export async function startJob(scope: Scope, input: NewJob): Promise<StartedJob> {
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
    revision_id: (input.revision?.id ?? null) as RecordId | null,
    due_on: input.dueOn ?? null,
  });
  const operations = await planOperations(scope, id, input);
  const lot = await openJobLot(scope, {
    operations: operations.map((operation) => operation.id),
    unit,
    item: input.revision?.item ?? null,
    code: input.lotCode,
  });
  // What a subcontractor performs starts when it was sent there.
  const [first] = operations[0]?.outside ? [] : await startFrom(scope, operations, operations[0]?.id ?? '');
  await settle(scope, id);
  const body = { code, equipment: first?.equipment_id ?? null, lot: lot.id };
  await appendEvent(scope, { type: 'production.job_started', record: id, body });
  return { job: id, jobCode: code, lot: lot.id, lotCode: lot.code };
}

async function planOperations(scope: Scope, job: RecordId, { operations, dueOn = null }: NewJob) {
  const rows = [];
  for (const [index, planned] of operations.entries()) {
    const { position, words, parallel, workCenter, setupSeconds, runSeconds, outside = false, supplier = null } = planned;
    const equipment = planned.equipment === null || outside ? null : await ownEquipment(scope, planned.equipment);
    rows.push({
      id: newId<'operation'>() as string,
      job_order_id: job,
      position,
      words_en: words.en,
      words_zh: words.zh,
      equipment_id: equipment?.id ?? null,
      final: index === operations.length - 1,
      parallel,
      work_center: workCenter,
      center: workCenter ?? equipment?.model ?? null,
      setup_seconds: setupSeconds,
      run_seconds: runSeconds,
      due_on: dueOn,
      outside,
      supplier: outside ? supplier : null,
      state: index === 0 ? ('ready' as const) : ('todo' as const),
    });
  }
  await insertOperations(scope, rows);
  return rows;
}

/** An operation before it begins. */
export interface StartableOperation {
  readonly id: string;
  readonly position: number;
  readonly state: OperationState;
  readonly parallel: boolean;
  readonly outside: boolean;
  readonly equipment_id: RecordId | null;
}

/**
 * Starts an operation and those that run beside it, each on equipment that nobody else works on.
 * Throws `production.equipment_unknown`, `production.equipment_busy`.
 */
export async function startFrom<Operation extends StartableOperation>(
  scope: Scope,
  operations: readonly Operation[],
  first: string,
): Promise<Operation[]> {
  const starting = startedTogether(operations, first).filter(({ id, outside }) => id === first || !outside);
  for (const operation of starting) await work(scope, operation, { started_at: scope.now });
  return starting;
}

/** The operation is worked on from now, on its equipment. Throws `production.equipment_unknown`, `production.equipment_busy`. */
export async function work(
  scope: Scope,
  { id, equipment_id }: Pick<StartableOperation, 'id' | 'equipment_id'>,
  change: { readonly started_at?: Date } = {},
): Promise<void> {
  const equipment = equipment_id === null ? null : await ownEquipment(scope, equipment_id);
  const job = equipment && (await busyWith(scope, equipment.id));
  if (equipment && typeof job === 'string') throw productionErrors.equipment_busy({ equipment: equipment.code, job });
  try {
    await moveOperation(scope, id, { state: 'in_progress', equipment_id, ended_at: null, ...change });
    await endStretches(scope, [id]);
    await beginStretch(scope, { operation: id, equipment_id, kind: 'active' });
  } catch (error) {
    if (isUniqueViolation(error, 'operation_busy') || isUniqueViolation(error, 'operation_stretch_busy'))
      throw productionErrors.equipment_busy({ equipment: equipment?.code, job: '…' }, error);
    throw error;
  }
}

/** Those that have not begun are ready when they may start, and to do when they may not. */
export async function settle(scope: Scope, job: RecordId): Promise<void> {
  for (const { operation, state } of unsettled(await operationsOf(scope, [job]))) await moveOperation(scope, operation.id, { state });
}

export async function ownEquipment(scope: Scope, id: string) {
  const equipment = await findEquipment(scope, id);
  if (!equipment || equipment.organization !== scope.organization || equipment.state !== 'active')
    throw productionErrors.equipment_unknown({ equipment: id });
  return equipment;
}
