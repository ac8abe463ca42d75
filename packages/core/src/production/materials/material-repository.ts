import type { Selectable } from 'kysely';
import type { RecordId, Scope } from '../../database/index.js';
import type { ProductionTables } from '../tables.js';

export type IssueRow = Selectable<ProductionTables['material_issue']>;

const tables = (scope: Scope) => scope.tx.withTables<ProductionTables>();

export async function insertIssue(scope: Scope, issue: Omit<IssueRow, 'organization' | 'issued_by' | 'issued_at'>): Promise<void> {
  await tables(scope)
    .insertInto('material_issue')
    .values({ ...issue, organization: scope.organization, issued_by: scope.actor.label, issued_at: scope.now })
    .execute();
}

export async function issuesOf(scope: Scope, job: RecordId): Promise<IssueRow[]> {
  return tables(scope)
    .selectFrom('material_issue')
    .selectAll()
    .where('job_order_id', '=', job)
    .orderBy('issued_at')
    .orderBy('id')
    .execute();
}

/** An issue of the job order that nothing has taken back. */
export async function findIssue(scope: Scope, job: RecordId, id: string): Promise<IssueRow | undefined> {
  const issues = await issuesOf(scope, job);
  if (issues.some((row) => row.reverses === id)) return undefined;
  return issues.find((row) => row.id === id && row.reverses === null);
}
