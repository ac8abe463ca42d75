import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { newId, type OrganizationId, type RecordId, type Scope } from '../../database/index.js';
import type { LifecycleTables } from '../tables.js';

export type ActivityRow = Selectable<LifecycleTables['activity']>;
export type ActivityThingRow = Selectable<LifecycleTables['activity_thing']>;

const tables = (scope: Scope) => scope.tx.withTables<LifecycleTables>();

const columns = [
  'activity.id',
  'activity.organization',
  'activity.kind',
  'activity.at',
  'activity.place',
  'activity.receiver',
  'activity.equipment_id',
  'activity.run_id',
  'activity.note',
  'activity.details',
  'activity.recorded_by',
  'activity.recorded_at',
] as const;

const thingColumns = ['activity_id', 'role', 'ordinal', 'thing_id', 'quantity', 'unit', 'position', 'at'] as const;

export async function insertActivity(
  scope: Scope,
  activity: Omit<ActivityRow, 'organization' | 'details' | 'recorded_by' | 'recorded_at'> & {
    readonly details: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  await tables(scope)
    .insertInto('activity')
    .values({
      ...activity,
      organization: scope.organization,
      details: JSON.stringify(activity.details),
      recorded_by: scope.actor.label,
      recorded_at: scope.now,
    })
    .execute();
}

/** One thing of an activity, with its unit. */
export interface Part {
  readonly role: 'input' | 'output';
  readonly thing: RecordId;
  readonly quantity: string;
  readonly unit: string;
  readonly position: string | null;
}

export async function insertActivityThings(
  scope: Scope,
  activity: { readonly id: RecordId; readonly at: Date },
  parts: readonly Part[],
): Promise<void> {
  if (parts.length === 0) return;
  await sql`insert into core.activity_thing (activity_id, role, ordinal, thing_id, quantity, unit, position, at)
    select ${activity.id}::uuid, p.role, p.ordinal, p.thing, p.quantity, p.unit, p.position, ${activity.at}::timestamptz
    from unnest(${parts.map(({ role }) => role)}::text[], ${parts.map(({ thing }) => thing)}::uuid[],
      ${parts.map(({ quantity }) => quantity)}::numeric[], ${parts.map(({ unit }) => unit)}::text[],
      ${parts.map(({ position }) => position)}::text[]) with ordinality as p (role, thing, quantity, unit, position, ordinal)`.execute(
    scope.tx,
  );
}

export interface NewEdge {
  readonly input: RecordId;
  readonly output: RecordId;
  readonly quantity: string;
  readonly unit: string;
  readonly position: string | null;
}

export async function insertEdges(
  scope: Scope,
  activity: Pick<ActivityRow, 'id' | 'kind' | 'at'>,
  edges: readonly NewEdge[],
): Promise<void> {
  if (edges.length === 0) return;
  await sql`insert into core.genealogy (id, organization, guard_id, activity_id, input_id, output_id, kind, quantity, unit, position, valid_from)
    select e.id, ${scope.organization}::uuid, ${activity.id}::uuid, ${activity.id}::uuid, e.input, e.output, ${activity.kind}, e.quantity, e.unit,
      e.position, ${activity.at}::timestamptz
    from unnest(${edges.map(() => newId())}::uuid[], ${edges.map(({ input }) => input)}::uuid[], ${edges.map(({ output }) => output)}::uuid[],
      ${edges.map(({ quantity }) => quantity)}::numeric[], ${edges.map(({ unit }) => unit)}::text[],
      ${edges.map(({ position }) => position)}::text[]) as e (id, input, output, quantity, unit, position)`.execute(scope.tx);
}

/** Ends what is installed in a held unit: a part, or whatever sits at a position; gives how many installations ended. */
export async function endInstallation(
  scope: Scope,
  whole: RecordId,
  ended: { readonly part?: RecordId; readonly position?: string },
  activity: Pick<ActivityRow, 'id' | 'at'>,
): Promise<number> {
  const { rows } = await sql<{
    ended: number;
  }>`select core.end_installation(${whole}, ${ended.part ?? null}, ${ended.position ?? null}, ${activity.id}, ${activity.at}) as ended`.execute(
    scope.tx,
  );
  return rows[0]?.ended ?? 0;
}

export async function giveFromLot(scope: Scope, lot: RecordId, receiver: OrganizationId, taken: string): Promise<void> {
  await sql`select core.give_from_lot(${lot}, ${receiver}, ${taken}::numeric)`.execute(scope.tx);
}

export async function findActivity(scope: Scope, id: string): Promise<ActivityRow | undefined> {
  return tables(scope)
    .selectFrom('activity')
    .select(columns)
    .where('activity.id', '=', id as RecordId)
    .executeTakeFirst();
}

export async function pageOfActivities(
  scope: Scope,
  { thing, after, limit }: { readonly thing?: string | undefined; readonly after: Keyset | null; readonly limit: number },
): Promise<ActivityRow[]> {
  const before = (alias: string) =>
    after
      ? sql<boolean>`(${sql.ref(`${alias}.at`)}, ${sql.ref(alias === 'activity' ? 'activity.id' : 'named.activity_id')}) < (${after.key}::timestamptz, ${after.id}::uuid)`
      : sql<boolean>`true`;
  if (thing === undefined)
    return tables(scope)
      .selectFrom('activity')
      .select(columns)
      .where('activity.organization', '=', scope.organization)
      .where(before('activity'))
      .orderBy('activity.at', 'desc')
      .orderBy('activity.id', 'desc')
      .limit(limit + 1)
      .execute();
  return tables(scope)
    .selectFrom((from) =>
      from
        .selectFrom('activity_thing as named')
        .select(['named.activity_id', 'named.at'])
        .distinct()
        .where('named.thing_id', '=', thing as RecordId)
        .where(before('named'))
        .orderBy('named.at', 'desc')
        .orderBy('named.activity_id', 'desc')
        .limit(limit + 1)
        .as('recent'),
    )
    .innerJoin('activity', 'activity.id', 'recent.activity_id')
    .select(columns)
    .orderBy('activity.at', 'desc')
    .orderBy('activity.id', 'desc')
    .execute();
}

/** Of each activity its first things, inputs before outputs; at most `each` of one activity. */
export async function thingsOfActivities(scope: Scope, activities: readonly string[], each: number): Promise<ActivityThingRow[]> {
  if (activities.length === 0) return [];
  const { rows } = await sql<ActivityThingRow>`select ${sql.join(thingColumns.map((column) => sql.ref(`t.${column}`)))}
    from unnest(${activities}::uuid[]) as a (id)
    cross join lateral (select * from (
      select ${sql.join(thingColumns.map((column) => sql.ref(column)))} from core.activity_thing where activity_id = a.id order by role, ordinal limit ${each}) as first) as t`.execute(
    scope.tx,
  );
  return rows;
}

/** Activities of these kinds that name one of the things: what became of it that made nothing else. */
export async function endsOf(scope: Scope, things: readonly string[], kinds: readonly string[], limit: number) {
  if (things.length === 0) return [];
  return tables(scope)
    .selectFrom('activity_thing as named')
    .innerJoin('activity', 'activity.id', 'named.activity_id')
    .select([
      'named.thing_id',
      'named.quantity',
      'named.unit',
      'activity.id',
      'activity.kind',
      'activity.at',
      'activity.organization',
      'activity.receiver',
    ])
    .where(sql<boolean>`named.thing_id = any(${things}::uuid[])`)
    .where('activity.kind', 'in', kinds as ActivityRow['kind'][])
    .orderBy('activity.at')
    .orderBy('activity.id')
    .limit(limit)
    .execute();
}
