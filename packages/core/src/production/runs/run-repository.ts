import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import type { Connection, OrganizationId, RecordId, Scope } from '../../database/index.js';
import type { EquipmentTables } from '../../equipment/index.js';
import type { LifecycleTables } from '../../lifecycle/index.js';
import type { ProductionTables } from '../tables.js';
import type { RunState } from './states.js';

export type RunRow = Selectable<ProductionTables['process_run']>;
export type EvaluationRow = Selectable<ProductionTables['run_evaluation']>;

const tables = (scope: Scope) => scope.tx.withTables<ProductionTables & EquipmentTables & LifecycleTables>();

const withNames = (scope: Scope) =>
  tables(scope)
    .selectFrom('process_run')
    .innerJoin('equipment', 'equipment.id', 'process_run.equipment_id')
    .leftJoin('operation', 'operation.id', 'process_run.operation_id')
    .leftJoin('job_order', 'job_order.id', 'operation.job_order_id')
    .leftJoin('lot', 'lot.id', 'process_run.lot_id')
    .leftJoin('run_rule', 'run_rule.id', 'process_run.rule_id')
    .selectAll('process_run')
    .select([
      'equipment.code as equipment_code',
      'equipment.name as equipment_name',
      'equipment.model as equipment_model',
      'job_order.id as job_id',
      'job_order.code as job_code',
      'job_order.specification',
      'lot.code as lot_code',
      'lot.state as lot_state',
      'run_rule.code as rule_code',
      'run_rule.words_en as rule_en',
      'run_rule.words_zh as rule_zh',
    ]);

export async function findRun(scope: Scope, id: string) {
  return withNames(scope).where('process_run.id', '=', id).executeTakeFirst();
}
export type NamedRun = NonNullable<Awaited<ReturnType<typeof findRun>>>;

export interface RunFilter {
  readonly equipment?: string | undefined;
  readonly lot?: string | undefined;
  readonly job?: string | undefined;
  readonly rule?: string | undefined;
  readonly state?: RunState | undefined;
  readonly model?: string | undefined;
  /** Whether those are left out that later samples have withdrawn. */
  readonly standing?: boolean;
  /** Instants between which it began, the second exclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly after: Keyset | null;
  readonly limit: number;
}

export async function pageOfRuns(scope: Scope, filter: RunFilter): Promise<NamedRun[]> {
  let rows = withNames(scope).where('process_run.organization', '=', scope.organization);
  if (filter.equipment) rows = rows.where('process_run.equipment_id', '=', filter.equipment as RecordId);
  if (filter.lot) rows = rows.where('process_run.lot_id', '=', filter.lot as RecordId);
  if (filter.job) rows = rows.where('job_order.id', '=', filter.job as RecordId);
  if (filter.rule) rows = rows.where('process_run.rule_id', '=', filter.rule);
  if (filter.state) rows = rows.where('process_run.state', '=', filter.state);
  if (filter.model) rows = rows.where('equipment.model', '=', filter.model);
  if (filter.standing) rows = rows.where('process_run.withdrawn_at', 'is', null);
  if (filter.from) rows = rows.where('process_run.seen_at', '>=', new Date(filter.from));
  if (filter.to) rows = rows.where('process_run.seen_at', '<', new Date(filter.to));
  if (filter.after)
    rows = rows.where(sql<boolean>`(process_run.seen_at, process_run.id) < (${filter.after.key}::timestamptz, ${filter.after.id}::uuid)`);
  return rows
    .orderBy('process_run.seen_at', 'desc')
    .orderBy('process_run.id', 'desc')
    .limit(filter.limit + 1)
    .execute();
}

/** Those that were withdrawn too. */
export async function runsOfLot(scope: Scope, lot: string): Promise<NamedRun[]> {
  return withNames(scope)
    .where('process_run.lot_id', '=', lot as RecordId)
    .orderBy('process_run.seen_at')
    .orderBy('process_run.id')
    .execute();
}

export async function lockRunByKey(scope: Scope, equipment: RecordId, key: string): Promise<RunRow | undefined> {
  return tables(scope)
    .selectFrom('process_run')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('equipment_id', '=', equipment)
    .where('key', '=', key)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function lockRun(scope: Scope, id: string): Promise<RunRow | undefined> {
  return tables(scope).selectFrom('process_run').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
}

export async function insertRun(
  scope: Scope,
  run: Omit<RunRow, 'organization' | 'verdict' | 'checks' | 'rule_id' | 'withdrawn_at' | 'ended_by_silence'> & {
    rule_id?: string;
    ended_by_silence?: boolean;
  },
): Promise<void> {
  await tables(scope)
    .insertInto('process_run')
    .values({ ...run, organization: scope.organization, verdict: null })
    .execute();
}

export async function updateRun(
  scope: Scope,
  id: string,
  change: Partial<Omit<RunRow, 'id' | 'organization' | 'equipment_id'>>,
): Promise<void> {
  await tables(scope).updateTable('process_run').set(change).where('id', '=', id).execute();
}

/** Runs whose evaluation or re-check is due, locked; what another worker holds is left to it. */
export async function lockDueRuns(scope: Scope, limit: number): Promise<RunRow[]> {
  return tables(scope)
    .selectFrom('process_run')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('evaluate_at', '<=', scope.now)
    .orderBy('evaluate_at')
    .limit(limit)
    .forNoKeyUpdate()
    .skipLocked()
    .execute();
}

export async function organizationsWithDueRuns(system: Connection, at: Date): Promise<OrganizationId[]> {
  const { rows } = await sql<{
    organization: OrganizationId;
  }>`select organization from core.organizations_with_due_runs(${at}) as organization`.execute(system.handle);
  return rows.map((row) => row.organization);
}

/** Newest first. */
export async function evaluationsOf(scope: Scope, run: string): Promise<EvaluationRow[]> {
  return tables(scope).selectFrom('run_evaluation').selectAll().where('run_id', '=', run).orderBy('ordinal', 'desc').execute();
}

export async function currentEvaluations(scope: Scope, runs: readonly string[]): Promise<ReadonlyMap<string, EvaluationRow>> {
  if (runs.length === 0) return new Map();
  const rows = await tables(scope)
    .selectFrom('run_evaluation')
    .distinctOn('run_id')
    .selectAll()
    .where('run_id', 'in', runs)
    .orderBy('run_id')
    .orderBy('ordinal', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.run_id, row]));
}

export async function insertEvaluation(scope: Scope, evaluation: Omit<EvaluationRow, 'organization' | 'evaluated_at'>): Promise<void> {
  await tables(scope)
    .insertInto('run_evaluation')
    .values({ ...evaluation, result: JSON.stringify(evaluation.result), organization: scope.organization, evaluated_at: scope.now })
    .execute();
}

export async function insertUnused(scope: Scope, event: { id: string; equipment: RecordId; type: string }, reason: string): Promise<void> {
  await tables(scope)
    .insertInto('device_event_unused')
    .values({
      event_id: event.id,
      organization: scope.organization,
      equipment_id: event.equipment,
      type: event.type,
      reason: reason.slice(0, 500),
      at: scope.now,
    })
    .onConflict((conflict) => conflict.column('event_id').doNothing())
    .execute();
}

export type BoundsRow = Selectable<ProductionTables['run_bounds']>;

/** Newest first. */
export async function boundsOf(scope: Scope, run: string): Promise<BoundsRow[]> {
  return tables(scope).selectFrom('run_bounds').selectAll().where('run_id', '=', run).orderBy('ordinal', 'desc').execute();
}

/** What the run was taken for until now is kept. The caller holds its lock. */
export async function keepBounds(scope: Scope, run: RunRow): Promise<void> {
  await sql`
    insert into core.run_bounds (run_id, organization, ordinal, key, program, started_at, ended_at, ended_by_silence, withdrawn, replaced_at)
    select ${run.id}::uuid, ${scope.organization}::uuid, coalesce(max(ordinal), 0) + 1, ${run.key}, ${run.program}, ${run.started_at}::timestamptz,
      ${run.ended_at}::timestamptz, ${run.ended_by_silence}::boolean, ${run.withdrawn_at !== null}::boolean, ${scope.now}::timestamptz
    from core.run_bounds where run_id = ${run.id}::uuid`.execute(scope.tx);
}

/** Runs by a rule that begin in [from, to), oldest first. */
export async function runsOfRule(
  scope: Scope,
  rule: string,
  { from, to }: { readonly from: Date; readonly to: Date | null },
  lock?: 'locked',
): Promise<RunRow[]> {
  let rows = tables(scope).selectFrom('process_run').selectAll().where('rule_id', '=', rule).where('started_at', '>=', from);
  if (to) rows = rows.where('started_at', '<', to);
  if (lock) rows = rows.forNoKeyUpdate();
  return rows.orderBy('started_at').execute();
}
