import { currentOrganization, sees, tenantTable } from '../database/index.js';
import { roleOf, schemaOf } from './names.js';

export interface VerticalTableOptions {
  /**
   * Columns that reference `core.record`. A foreign key is checked past row-level security, so it alone would accept, and
   * thereby betray, a record that the organization may not see; the policies written here check that too.
   */
  readonly references?: readonly string[];
  /** One of `references`: everyone who may see that record may read the row. Otherwise only its own organization does. */
  readonly sharedBy?: string;
}

/**
 * SQL that makes an own table of a vertical safe: row-level security forced, policies, privileges of the vertical's role.
 * The table has a column `organization uuid not null` and was created as `vertical_<id>.<table>`.
 */
export function verticalTable(vertical: string, table: string, { references = [], sharedBy }: VerticalTableOptions = {}): string {
  const own = `organization = ${currentOrganization}`;
  const writable = [own, ...references.map((column) => `(${column} is null or ${sees(column)})`)].join(' and ');
  const select = sharedBy ? `${own} or ${sees(sharedBy)}` : own;
  return tenantTable(`${schemaOf(vertical)}.${table}`, { select, insert: writable, update: writable, delete: own }, roleOf(vertical));
}
