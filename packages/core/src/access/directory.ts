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

function toRef(row: {
  id: OrganizationId;
  code: string;
  name_en: string;
  name_zh: string;
  state: 'active' | 'suspended';
}): OrganizationRef {
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

/** The organization that runs the platform; null while none is named. */
export async function operatorOrganization(scope: Scope): Promise<OrganizationRef | null> {
  const row = await scope.tx
    .withTables<AccessTables>()
    .selectFrom('organization_registry')
    .select(columns)
    .where('is_operator', '=', true)
    .executeTakeFirst();
  return row ? toRef(row) : null;
}

/** What the real-name register says of an organization. */
export interface OrganizationProfile extends OrganizationRef {
  readonly country: string;
  readonly identifierScheme: 'uscc' | 'lei' | 'national';
  readonly identifier: string;
  readonly timeZone: string;
}

const profileColumns = [...columns, 'country', 'identifier_scheme', 'identifier', 'time_zone'] as const;

export async function organizationProfile(scope: Scope, code: string): Promise<OrganizationProfile | null> {
  const row = await scope.tx
    .withTables<AccessTables>()
    .selectFrom('organization_registry')
    .select(profileColumns)
    .where('code', '=', code)
    .executeTakeFirst();
  return row
    ? { ...toRef(row), country: row.country, identifierScheme: row.identifier_scheme, identifier: row.identifier, timeZone: row.time_zone }
    : null;
}

/** Active organizations whose code, name or exact identifier match, by code; at most `limit`. */
export async function searchOrganizations(scope: Scope, text: string, limit: number): Promise<OrganizationRef[]> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await scope.tx
    .withTables<AccessTables>()
    .selectFrom('organization_registry')
    .select(columns)
    .where('state', '=', 'active')
    .where((is) =>
      is.or([
        is('code', 'like', pattern),
        is('name_en', 'ilike', pattern),
        is('name_zh', 'ilike', pattern),
        is('identifier', '=', text.toUpperCase()),
      ]),
    )
    .orderBy('code')
    .limit(limit)
    .execute();
  return rows.map(toRef);
}
