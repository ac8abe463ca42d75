import { roles } from './roles.js';

/** What an organization may do with the rows of a table. Conditions are SQL over the row; `core.organization()` is who asks. */
export interface TenantPolicies {
  /** Which rows are seen (also needed to update or delete one). */
  readonly select: string;
  readonly insert?: string;
  readonly update?: string;
  readonly delete?: string;
  /** Columns runtime may read, when not all: `visible_to` names rivals and is never among them. */
  readonly columns?: readonly string[];
  /** Columns runtime may change, when not all. */
  readonly updatable?: readonly string[];
  /** What the system role (delivery, jobs) may do on every organization's rows; nothing unless said. */
  readonly system?: readonly ('select' | 'insert' | 'update' | 'delete')[];
}

/** The values as SQL writes a list of texts, for `in (…)`; they are names of the code's own, never what somebody typed. */
export const oneOf = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** `core.organization()` as an initplan: evaluated once a statement, not once a row. */
export const currentOrganization = '(select core.organization())';

/**
 * The condition "the row is its own record, or belongs to one, that this organization may see". A scalar subquery and not
 * EXISTS: the planner would turn EXISTS over many rows into a hash of every record there is.
 */
export function sees(recordId: string): string {
  // A bare `id` would mean the record's own inside the subquery, and so be true of every row.
  if (recordId === 'id') throw new TypeError('name the table: `order.id`, not `id`');
  return `(select true from core.record r where r.id = ${recordId})`;
}

/**
 * The condition "the asking organization is a party of the record", in the role that the SQL `role` gives (a column, or a text
 * in its quotes); in any role when that is left out, or null.
 */
export function isParty(recordId: string, role?: string): string {
  return `exists (select 1 from core.party p where p.record_id = ${recordId} and p.organization = ${currentOrganization}${role ? ` and p.role = ${role}` : ''})`;
}

/** SQL that forces row-level security on `table`, writes its policies and grants exactly the matching privileges to `reader`. */
export function tenantTable(table: string, policies: TenantPolicies, reader: string = roles.runtime): string {
  const name = table.replace(/[^a-z_]/g, '_');
  const statements = [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy ${name}_owner on ${table} to ${roles.owner} using (true) with check (true)`,
    `create policy ${name}_select on ${table} for select using (${policies.select})`,
    `grant select${columnList(policies.columns)} on ${table} to ${reader}`,
  ];
  if (policies.insert) {
    statements.push(
      `create policy ${name}_insert on ${table} for insert with check (${policies.insert})`,
      `grant insert on ${table} to ${reader}`,
    );
  }
  if (policies.update) {
    statements.push(
      `create policy ${name}_update on ${table} for update using (${policies.update}) with check (${policies.update})`,
      `grant update${columnList(policies.updatable)} on ${table} to ${reader}`,
    );
  }
  if (policies.delete) {
    statements.push(
      `create policy ${name}_delete on ${table} for delete using (${policies.delete})`,
      `grant delete on ${table} to ${reader}`,
    );
  }
  for (const act of policies.system ?? []) {
    const clause = act === 'insert' ? 'with check (true)' : act === 'update' ? 'using (true) with check (true)' : 'using (true)';
    statements.push(
      `create policy ${name}_system_${act} on ${table} for ${act} to ${roles.system} ${clause}`,
      `grant ${act} on ${table} to ${roles.system}`,
    );
  }
  return `${statements.join(';\n')};\n`;
}

function columnList(columns: readonly string[] | undefined): string {
  return columns ? ` (${columns.join(', ')})` : '';
}
