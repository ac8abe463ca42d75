import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import type { Connection, OrganizationId, RecordId, Scope } from '../../database/index.js';
import type { EquipmentTables } from '../../equipment/index.js';
import type { ProductionTables } from '../tables.js';
import type { RuleDefinition, WalkState } from './walk.js';

export type RuleRow = Selectable<ProductionTables['run_rule']>;

const tables = (scope: Scope) => scope.tx.withTables<ProductionTables & EquipmentTables>();

const withEquipment = (scope: Scope) =>
  tables(scope)
    .selectFrom('run_rule')
    .innerJoin('equipment', 'equipment.id', 'run_rule.equipment_id')
    .selectAll('run_rule')
    .select(['equipment.code as equipment_code', 'equipment.name as equipment_name', 'equipment.model as equipment_model']);
export type NamedRule = NonNullable<Awaited<ReturnType<typeof findRule>>>;

export async function findRule(scope: Scope, id: string) {
  return withEquipment(scope).where('run_rule.id', '=', id).executeTakeFirst();
}

interface RuleFilter {
  readonly equipment?: string | undefined;
  readonly ended: boolean;
  readonly after: Keyset | null;
  readonly limit: number;
}

export async function pageOfRules(scope: Scope, { equipment, ended, after, limit }: RuleFilter): Promise<NamedRule[]> {
  let rows = withEquipment(scope).where('run_rule.organization', '=', scope.organization);
  if (equipment) rows = rows.where('run_rule.equipment_id', '=', equipment as RecordId);
  if (!ended) rows = rows.where('run_rule.until', 'is', null);
  if (after) rows = rows.where(sql<boolean>`(run_rule.set_at, run_rule.id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  return rows
    .orderBy('run_rule.set_at', 'desc')
    .orderBy('run_rule.id', 'desc')
    .limit(limit + 1)
    .execute();
}

/** The one of the code in force, or else the last; until the transaction ends nobody else sets or ends one of it, not even its first. */
export async function lockLatestRule(scope: Scope, equipment: RecordId, code: string): Promise<RuleRow | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`production.run_rule:${equipment}:${code}`}, 0))`.execute(scope.tx);
  return tables(scope)
    .selectFrom('run_rule')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('equipment_id', '=', equipment)
    .where('code', '=', code)
    .orderBy('until', (order) => order.desc().nullsFirst())
    .orderBy('since', 'desc')
    .orderBy('set_at', 'desc')
    .limit(1)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** Undefined as well when another worker holds it. */
export async function lockRule(scope: Scope, id: string): Promise<RuleRow | undefined> {
  return tables(scope).selectFrom('run_rule').selectAll().where('id', '=', id).forNoKeyUpdate().skipLocked().executeTakeFirst();
}

export async function insertRule(
  scope: Scope,
  {
    definition,
    ...rule
  }: Pick<RuleRow, 'id' | 'equipment_id' | 'code' | 'words_en' | 'words_zh' | 'since'> & { readonly definition: RuleDefinition },
  signals: readonly string[],
): Promise<void> {
  await tables(scope)
    .insertInto('run_rule')
    .values({
      ...rule,
      definition: JSON.stringify(definition),
      organization: scope.organization,
      until: null,
      set_by: scope.actor.label,
      set_at: scope.now,
    })
    .execute();
  await sql`select telemetry.watch(${rule.id}::uuid, ${rule.equipment_id}::uuid, ${[...signals]}::text[], ${rule.since})`.execute(scope.tx);
}

export async function endRule(scope: Scope, id: string, until: Date): Promise<void> {
  await tables(scope).updateTable('run_rule').set({ until }).where('id', '=', id).execute();
  await sql`select telemetry.end_watch(${id}::uuid, ${until})`.execute(scope.tx);
}

/** Where the signals of a rule stand in their silence. */
export async function keepSilence(scope: Scope, rule: string, silence: Pick<RuleRow, 'silence_due_at' | 'silent_since'>): Promise<void> {
  await tables(scope).updateTable('run_rule').set(silence).where('id', '=', rule).execute();
}

/** Rules for which samples were committed since they were last walked, or whose signals may have fallen silent by now. */
export async function rulesToDerive(system: Connection, { upTo, now }: { readonly upTo: Date; readonly now: Date }) {
  const { rows } = await sql<{ organization: OrganizationId; rule: string }>`
    select organization, rule from telemetry.rules_to_derive(${upTo}, ${now})`.execute(system.handle);
  return rows;
}

/** Minutes in which something was stored, oldest first, of a day at most. Whatever they mark is seen from now on. */
export async function takeMarks(scope: Scope, rule: string, upTo: Date): Promise<number[]> {
  const { rows } = await sql<{ minute: Date }>`
    select minute from telemetry.take_watch_marks(${rule}::uuid, ${upTo}) as minute`.execute(scope.tx);
  return rows.map(({ minute }) => minute.getTime());
}

export async function putMarks(scope: Scope, rule: string, minutes: readonly number[]): Promise<void> {
  if (minutes.length === 0) return;
  await sql`select telemetry.put_watch_marks(${rule}::uuid, ${minutes.map((minute) => new Date(minute))}::timestamptz[])`.execute(scope.tx);
}

export interface Checkpoint {
  readonly at: number;
  readonly state: WalkState;
}

export async function checkpointAt(scope: Scope, rule: string, at: number): Promise<Checkpoint | null> {
  const row = await tables(scope)
    .selectFrom('run_rule_checkpoint')
    .select(['at', 'state'])
    .where('rule_id', '=', rule)
    .where('at', '<=', new Date(at))
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { at: row.at.getTime(), state: row.state as WalkState } : null;
}

/** The first at or after an instant. */
export async function checkpointFrom(scope: Scope, rule: string, at: number): Promise<Checkpoint | null> {
  const row = await tables(scope)
    .selectFrom('run_rule_checkpoint')
    .select(['at', 'state'])
    .where('rule_id', '=', rule)
    .where('at', '>=', new Date(at))
    .orderBy('at')
    .limit(1)
    .executeTakeFirst();
  return row ? { at: row.at.getTime(), state: row.state as WalkState } : null;
}

export async function checkpointExactlyAt(scope: Scope, rule: string, at: number): Promise<WalkState | null> {
  const row = await tables(scope)
    .selectFrom('run_rule_checkpoint')
    .select('state')
    .where('rule_id', '=', rule)
    .where('at', '=', new Date(at))
    .executeTakeFirst();
  return row ? (row.state as WalkState) : null;
}

/** Takes the place of all checkpoints after `from`, up to `to` (exclusive) where that is given. */
export async function replaceCheckpoints(
  scope: Scope,
  rule: string,
  { from, to }: { readonly from: number; readonly to: number | null },
  checkpoints: readonly Checkpoint[],
): Promise<void> {
  let old = tables(scope).deleteFrom('run_rule_checkpoint').where('rule_id', '=', rule).where('at', '>', new Date(from));
  if (to !== null) old = old.where('at', '<', new Date(to));
  await old.execute();
  if (checkpoints.length === 0) return;
  await tables(scope)
    .insertInto('run_rule_checkpoint')
    .values(
      checkpoints.map(({ at, state }) => ({
        rule_id: rule,
        organization: scope.organization,
        at: new Date(at),
        state: JSON.stringify(state),
      })),
    )
    .onConflict((conflict) => conflict.columns(['rule_id', 'at']).doUpdateSet({ state: (each) => each.ref('excluded.state') }))
    .execute();
}

export async function dropCheckpoint(scope: Scope, rule: string, at: number): Promise<void> {
  await tables(scope).deleteFrom('run_rule_checkpoint').where('rule_id', '=', rule).where('at', '=', new Date(at)).execute();
}
