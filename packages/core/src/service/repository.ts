import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../commands/index.js';
import { newId, type RecordId, type Scope } from '../database/index.js';
import type { EvidenceKind } from './evidence.js';
import { type CaseMove, type CaseSide, type CaseState, runningStates } from './states.js';
import type { ServiceTables } from './tables.js';

export type CaseRow = Selectable<ServiceTables['service_case']>;
export type CaseMoveRow = Selectable<ServiceTables['service_case_move']>;
export type CaseEvidenceRow = Selectable<ServiceTables['service_case_evidence']>;

const tables = (scope: Scope) => scope.tx.withTables<ServiceTables>();

export async function insertCase(scope: Scope, row: Omit<CaseRow, 'version'>): Promise<CaseRow> {
  return tables(scope).insertInto('service_case').values(row).returningAll().executeTakeFirstOrThrow();
}

export async function findCase(scope: Scope, id: string): Promise<CaseRow | undefined> {
  return tables(scope)
    .selectFrom('service_case')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst();
}

/** Only a side gets the row: locking asks the policy for updates. */
export async function lockCase(scope: Scope, id: string): Promise<CaseRow | undefined> {
  return tables(scope)
    .selectFrom('service_case')
    .selectAll()
    .where('id', '=', id as RecordId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function updateCase(
  scope: Scope,
  row: CaseRow,
  change: Partial<Pick<CaseRow, 'state' | 'due_by' | 'owner' | 'cause' | 'resolution'>>,
): Promise<CaseRow> {
  return tables(scope)
    .updateTable('service_case')
    .set({ ...change, version: row.version + 1, changed_at: scope.now })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function insertCaseMove(
  scope: Scope,
  { id, state }: Pick<CaseRow, 'id' | 'state'>,
  { side, move, note }: { readonly side: CaseSide; readonly move: CaseMove | 'open'; readonly note: string | null },
): Promise<void> {
  await tables(scope)
    .insertInto('service_case_move')
    .values({
      id: newId(),
      case_id: id,
      organization: scope.organization,
      side,
      move,
      state,
      note,
      moved_by: scope.actor.label,
      moved_at: scope.now,
    })
    .execute();
}

/** Naming the same evidence again changes nothing. */
export async function insertEvidence(
  scope: Scope,
  caseId: RecordId,
  side: CaseSide,
  evidence: readonly { readonly kind: EvidenceKind; readonly id: string; readonly note?: string | undefined }[],
): Promise<void> {
  if (evidence.length === 0) return;
  await tables(scope)
    .insertInto('service_case_evidence')
    .values(
      evidence.map(({ kind, id, note }) => ({
        id: newId(),
        case_id: caseId,
        organization: scope.organization,
        side,
        kind,
        evidence_id: id,
        note: note ?? null,
        added_at: scope.now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['case_id', 'evidence_id']).doNothing())
    .execute();
}

/** Oldest first. */
export async function movesOfCase(scope: Scope, id: RecordId): Promise<CaseMoveRow[]> {
  return tables(scope).selectFrom('service_case_move').selectAll().where('case_id', '=', id).orderBy('moved_at').orderBy('id').execute();
}

export async function evidenceOfCase(scope: Scope, id: RecordId): Promise<CaseEvidenceRow[]> {
  return tables(scope)
    .selectFrom('service_case_evidence')
    .selectAll()
    .where('case_id', '=', id)
    .orderBy('added_at')
    .orderBy('id')
    .execute();
}

export interface CaseFilter {
  readonly side?: CaseSide | undefined;
  readonly state?: CaseState | undefined;
  readonly overdue?: boolean | undefined;
  readonly after: Keyset | null;
  readonly limit: number;
}

/** The limit falls inside the party table, under its btree. */
export async function pageOfCases(scope: Scope, { side, state, overdue, after, limit }: CaseFilter) {
  const db = tables(scope);
  let own = db.selectFrom('service_case_party').selectAll().where('organization', '=', scope.organization);
  if (side) own = own.where('role', '=', side);
  if (state) own = own.where('state', '=', state);
  if (overdue) own = own.where('due_by', '<=', scope.now).where('state', 'in', runningStates);
  if (after) own = own.where(sql<boolean>`(changed_at, case_id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  own = own
    .orderBy('changed_at', 'desc')
    .orderBy('case_id', 'desc')
    .limit(limit + 1);
  return db
    .selectFrom(own.as('own'))
    .innerJoin('service_case', 'service_case.id', 'own.case_id')
    .selectAll('service_case')
    .select('own.changed_at as sort_key')
    .orderBy('own.changed_at', 'desc')
    .orderBy('own.case_id', 'desc')
    .execute();
}
