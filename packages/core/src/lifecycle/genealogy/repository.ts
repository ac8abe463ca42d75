import { type Selectable, sql } from 'kysely';
import type { RecordId, Scope } from '../../database/index.js';
import type { LifecycleTables } from '../tables.js';

export type EdgeRow = Selectable<LifecycleTables['genealogy']>;
export type Direction = 'forward' | 'backward';

const tables = (scope: Scope) => scope.tx.withTables<LifecycleTables>();

const columns = [
  'id',
  'organization',
  'guard_id',
  'input_id',
  'output_id',
  'activity_id',
  'kind',
  'position',
  'quantity',
  'unit',
  'valid_from',
  'valid_to',
  'ended_by',
] as const;

const ends = { forward: { from: 'input_id', to: 'output_id' }, backward: { from: 'output_id', to: 'input_id' } } as const;

/** What stands one step from any of `frontier` and is not among `known`, in the order of ids; at most `limit`. */
export async function nextThings(
  scope: Scope,
  direction: Direction,
  { frontier, known, limit }: { readonly frontier: readonly string[]; readonly known: readonly string[]; readonly limit: number },
): Promise<string[]> {
  const { from, to } = ends[direction];
  const { rows } = await sql<{ id: string }>`select distinct ${sql.ref(to)} as id from core.genealogy
    where ${sql.ref(from)} = any(${frontier}::uuid[]) and ${sql.ref(to)} <> all(${known}::uuid[]) order by 1 limit ${limit}`.execute(
    scope.tx,
  );
  return rows.map(({ id }) => id);
}

/**
 * How many things can be reached, however far, with the start; counted up to `most`. The recursive row is the bare id, so that each
 * thing is walked once however many ways lead to it.
 */
export async function countReached(scope: Scope, direction: Direction, start: string, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from (${reached(direction, [start])} limit ${most}) as counted`.execute(
    scope.tx,
  );
  return rows[0]?.n ?? 0;
}

/** Those of `wanted` that can be reached from `starts`. */
export async function reachedAmong(
  scope: Scope,
  direction: Direction,
  { starts, wanted }: { readonly starts: readonly string[]; readonly wanted: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select id from (${reached(direction, starts)}) as walked where id = any(${wanted}::uuid[])`.execute(scope.tx);
  return rows.map(({ id }) => id);
}

/** All that can be reached, counted up to `most`, and a page of it in the order of ids. */
export async function pageOfReached(
  scope: Scope,
  direction: Direction,
  { start, offset, limit, most }: { readonly start: string; readonly offset: number; readonly limit: number; readonly most: number },
): Promise<{ total: number; ids: string[] }> {
  const { rows } = await sql<{ total: number; ids: string[] }>`with found as materialized (
      select id from (${reached(direction, [start])}) as walked where id <> ${start}::uuid limit ${most}
    ) select (select count(*) from found) as total, array(select id from found order by id offset ${offset} limit ${limit}) as ids`.execute(
    scope.tx,
  );
  return { total: rows[0]?.total ?? 0, ids: rows[0]?.ids ?? [] };
}

function reached(direction: Direction, starts: readonly string[]) {
  const { from, to } = ends[direction];
  return sql`with recursive walk (id) as (
    select unnest(${starts}::uuid[]) union select g.${sql.ref(to)} from walk join core.genealogy g on g.${sql.ref(from)} = walk.id
  ) select id from walk`;
}

/** Whether anything was ever made of one of these. */
export async function anyMadeOf(scope: Scope, things: readonly string[]): Promise<boolean> {
  const found = await tables(scope)
    .selectFrom('genealogy')
    .select('id')
    .where(sql<boolean>`input_id = any(${things}::uuid[])`)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** One at a time within an organization, until the transaction ends: two that each look harmless could close a circle together. */
export async function lockGenealogy(scope: Scope): Promise<void> {
  await sql`select pg_advisory_xact_lock(7311, hashtext(${scope.organization}))`.execute(scope.tx);
}

/** The edges between these things, in the order of time; at most `limit`. */
export async function edgesBetween(scope: Scope, things: readonly string[], limit: number): Promise<EdgeRow[]> {
  if (things.length === 0) return [];
  return tables(scope)
    .selectFrom('genealogy')
    .select(columns)
    .where(sql<boolean>`input_id = any(${things}::uuid[])`)
    .where(sql<boolean>`output_id = any(${things}::uuid[])`)
    .orderBy('valid_from')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** The edges of one thing one step away, members of a lot aside; at most `limit`. */
export async function edgesOfThing(scope: Scope, direction: Direction, thing: string, limit: number): Promise<EdgeRow[]> {
  return tables(scope)
    .selectFrom('genealogy')
    .select(columns)
    .where(ends[direction].from, '=', thing as RecordId)
    .where('kind', '<>', 'member')
    .orderBy('position')
    .orderBy('valid_from')
    .orderBy('id')
    .limit(limit)
    .execute();
}
