import { type Selectable, sql } from 'kysely';
import { newId, type RecordId, type Scope } from '../database/index.js';
import type { BomLineInput, OperationInput } from './schema.js';
import type { EngineeringTables } from './tables.js';

export type LineRow = Selectable<EngineeringTables['bom_line']>;
export type OperationRow = Selectable<EngineeringTables['routing_operation']>;

const tables = (scope: Scope) => scope.tx.withTables<EngineeringTables>();

export async function linesOf(scope: Scope, revisions: readonly string[]): Promise<LineRow[]> {
  if (revisions.length === 0) return [];
  return tables(scope)
    .selectFrom('bom_line')
    .selectAll()
    .where('revision_id', 'in', revisions as RecordId[])
    .orderBy('revision_id')
    .orderBy('position')
    .execute();
}

export async function operationsOf(scope: Scope, revision: string): Promise<OperationRow[]> {
  return tables(scope)
    .selectFrom('routing_operation')
    .selectAll()
    .where('revision_id', '=', revision as RecordId)
    .orderBy('position')
    .execute();
}

/** The lines of a draft from now on. */
export async function replaceLines(scope: Scope, revision: RecordId, lines: readonly BomLineInput[]): Promise<void> {
  await tables(scope).deleteFrom('bom_line').where('revision_id', '=', revision).execute();
  if (lines.length === 0) return;
  const rows = lines.map((line) => ({
    id: newId(),
    revision_id: revision,
    position: line.position,
    item_id: line.item as RecordId,
    component_revision: (line.revision ?? null) as RecordId | null,
    quantity: line.quantity.value,
    scrap_percent: line.scrapPercent,
    phantom: line.phantom,
    designators: line.designators,
    alternates: line.alternates as RecordId[],
  }));
  // PostgreSQL takes at most 65 535 parameters in one statement.
  for (let start = 0; start < rows.length; start += 500)
    await tables(scope)
      .insertInto('bom_line')
      .values(rows.slice(start, start + 500))
      .execute();
}

/** The routing of a draft from now on. */
export async function replaceOperations(scope: Scope, revision: RecordId, operations: readonly OperationInput[]): Promise<void> {
  await tables(scope).deleteFrom('routing_operation').where('revision_id', '=', revision).execute();
  if (operations.length === 0) return;
  const rows = operations.map(({ position, name, workCenter, setupSeconds, runSeconds, subcontractable }) => ({
    id: newId(),
    revision_id: revision,
    position,
    name_en: name.en,
    name_zh: name.zh,
    work_center: workCenter,
    setup_seconds: setupSeconds,
    run_seconds: runSeconds,
    subcontractable,
  }));
  await tables(scope).insertInto('routing_operation').values(rows).execute();
}

export interface ComponentEdge {
  readonly parent: string;
  readonly child: string;
  /** The revision of the child that the line fixes. */
  readonly fixed: string | null;
}

/** What live revisions of these items, and these revisions themselves, are made of; alternates count. */
export async function componentsOf(
  scope: Scope,
  { items, revisions }: { readonly items: readonly string[]; readonly revisions: readonly string[] },
): Promise<ComponentEdge[]> {
  const { rows } = await sql<ComponentEdge>`
    select r.item_id as parent, l.item_id as child, l.component_revision as fixed
    from core.item_revision r join core.bom_line l on l.revision_id = r.id
    where (r.item_id = any (${items}::uuid[]) and r.state <> 'obsolete') or r.id = any (${revisions}::uuid[])
    union select r.item_id, a.id, null
    from core.item_revision r join core.bom_line l on l.revision_id = r.id cross join lateral unnest(l.alternates) a (id)
    where (r.item_id = any (${items}::uuid[]) and r.state <> 'obsolete') or r.id = any (${revisions}::uuid[])`.execute(scope.tx);
  return rows;
}

/** Until the transaction ends nobody else of the organization changes a structure: two lines that close a circle never pass each other. */
export async function lockStructures(scope: Scope): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('engineering.structure:' || ${scope.organization}::text, 0))`.execute(scope.tx);
}

export interface UseRow {
  readonly level: number;
  readonly revision: string;
  readonly item: string;
}

/** Upward through every level: a line that fixes a revision passes that one on and no other of its item. */
export async function usesOf(scope: Scope, item: string, deepest: number): Promise<UseRow[]> {
  const { rows } = await sql<UseRow>`
    with recursive used (revision, item, level) as (
      select r.id, r.item_id, 1 from core.bom_line l join core.item_revision r on r.id = l.revision_id where l.item_id = ${item}
      union
      select r.id, r.item_id, u.level + 1 from used u
      join core.bom_line l on l.item_id = u.item and (l.component_revision is null or l.component_revision = u.revision)
      join core.item_revision r on r.id = l.revision_id
      where u.level < ${deepest}
    )
    select revision, item, min(level) as level from used group by revision, item order by 3, 1`.execute(scope.tx);
  return rows;
}
