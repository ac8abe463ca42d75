import type { OrganizationId, Scope } from '../database/index.js';
import type { Words } from './actor.js';
import type { AccessTables } from './tables.js';

/** What everyone who has signed in may know of an organization. */
export interface OrganizationRef {
  readonly id: OrganizationId;
  readonly code: string;
  readonly name: Words;
  /** A suspended one keeps its records but can do nothing. */
  readonly state: 'active' | 'suspended';
}

const columns = ['id', 'code', 'name_en', 'name_zh', 'state'] as const;

function toRef(row: { id: OrganizationId; code: string; name_en: string; name_zh: string; state: 'active' | 'suspended' }): OrganizationRef {
  return { id: row.id, code: row.code, name: { en: row.name_en, zh: row.name_zh }, state: row.state };
}

/** The organization of the public register with this code, or null. */
export async function organizationByCode(scope: Scope, code: string): Promise<OrganizationRef | null> {
  const row = await scope.tx
    .withTables<AccessTables>()
    .selectFrom('organization_registry')
    .select(columns)
    .where('code', '=', code)
    .executeTakeFirst();
  return row ? toRef(row) : null;
}

/** The organizations with these ids, by id; an unknown id is simply not there. */
export async function organizationNames(
  scope: Scope,
  ids: readonly OrganizationId[],
): Promise<ReadonlyMap<OrganizationId, OrganizationRef>> {
  if (ids.length === 0) return new Map();
  const rows = await scope.tx
    .withTables<AccessTables>()
    .selectFrom('organization_registry')
    .select(columns)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, toRef(row)]));
}
