import { sql } from 'kysely';
import { type Connection, inScope, newId, type OrganizationId } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { permissionSet } from './actor.js';
import { accessErrors } from './errors.js';
import { checkIdentifier, type OrganizationIdentifier } from './identifiers.js';
import type { ActorScope } from './permissions.js';
import type { AccessTables } from './tables.js';

export interface NewOrganization {
  /** `[a-z0-9-]{1,40}`, immutable; stands in MQTT topics and addresses. */
  readonly code: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly identifier: OrganizationIdentifier;
  /** IANA name. */
  readonly timeZone: string;
}

/** Who acts when the platform's operator works through the `yunfab` command, connected as the owner. */
export const platformOperator = { kind: 'system', id: 'operator', label: 'Yunfab', permissions: permissionSet(['*']) } as const;

/**
 * One transaction of the operator on behalf of an organization; `owner` is the owner's connection. The owner sees every
 * row, so only the functions of a feature, which name the organization, belong in it.
 */
export function asOperator<Result>(
  owner: Connection,
  organization: OrganizationId,
  now: Date,
  work: (scope: ActorScope) => Promise<Result>,
): Promise<Result> {
  return inScope(owner, { organization, actor: platformOperator, now }, (scope) => work({ ...scope, actor: platformOperator }));
}

/**
 * Registers an organization under its real name; only the operator can.
 * Throws `access.code_invalid`, `access.identifier_invalid`, `access.organization_exists`.
 */
export async function createOrganization(owner: Connection, input: NewOrganization, now: Date): Promise<OrganizationId> {
  if (!/^[a-z0-9-]{1,40}$/.test(input.code)) throw accessErrors.code_invalid({ code: input.code });
  const checked = checkIdentifier(input.identifier);
  if (!checked.ok)
    throw accessErrors.identifier_invalid({ problem: checked.problem.en, problemZh: checked.problem.zh, field: checked.field });
  const { scheme, country, value } = checked.identifier;
  const id = newId<'organization'>();
  await asOperator(owner, id, now, async (scope) => {
    const made = await scope.tx
      .withTables<AccessTables>()
      .insertInto('organization_registry')
      .values({
        id,
        code: input.code,
        name_en: input.name.en,
        name_zh: input.name.zh,
        country,
        identifier_scheme: scheme,
        identifier: value,
        time_zone: input.timeZone,
        created_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) throw accessErrors.organization_exists({ code: input.code, identifier: value });
    await appendEvent(scope, {
      type: 'access.organization_created',
      record: null,
      body: { code: input.code, country, scheme, identifier: value },
    });
  });
  return id;
}

/** Its people, keys and devices are refused within a second; its records stay. Throws `access.not_found`. */
export const suspendOrganization = (owner: Connection, code: string, now: Date): Promise<void> => setState(owner, code, 'suspended', now);

export const resumeOrganization = (owner: Connection, code: string, now: Date): Promise<void> => setState(owner, code, 'active', now);

/**
 * Says which organization runs the platform: it publishes terms for everyone and decides escalated complaints. There is one
 * at most; naming another takes it from the one before. Throws `access.not_found`.
 */
export async function setOperator(owner: Connection, code: string, now: Date): Promise<void> {
  const id = await organizationIdOf(owner, code);
  await asOperator(owner, id, now, async (scope) => {
    const registry = () => scope.tx.withTables<AccessTables>().updateTable('organization_registry');
    await registry().set({ is_operator: false }).where('is_operator', '=', true).where('id', '<>', id).execute();
    const { numUpdatedRows } = await registry()
      .set({ is_operator: true })
      .where('id', '=', id)
      .where('is_operator', '=', false)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await appendEvent(scope, { type: 'access.operator_named', record: null, body: { code } });
  });
}

async function setState(owner: Connection, code: string, state: 'active' | 'suspended', now: Date): Promise<void> {
  const id = await organizationIdOf(owner, code);
  await asOperator(owner, id, now, async (scope) => {
    const { numUpdatedRows } = await scope.tx
      .withTables<AccessTables>()
      .updateTable('organization_registry')
      .set({ state })
      .where('id', '=', id)
      .where('state', '<>', state)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await appendEvent(scope, {
      type: state === 'active' ? 'access.organization_resumed' : 'access.organization_suspended',
      record: null,
      body: { code },
    });
  });
}

/** The id behind a code, for the operator's commands. Throws `access.not_found`. */
export async function organizationIdOf(connection: Connection, code: string): Promise<OrganizationId> {
  const row = await connection.handle
    .withTables<AccessTables>()
    .selectFrom('organization_registry')
    .select('id')
    .where('code', '=', code)
    .executeTakeFirst();
  if (!row) throw accessErrors.not_found({ kind: 'organization', id: code });
  return row.id;
}

/**
 * Joins a sign-in to the person with this address, made when there is none; call it only once the address is proven, for
 * whoever holds the address holds the memberships. Throws `access.email_taken`.
 */
export async function registerPerson(
  system: Connection,
  { user, email, name, locale }: { readonly user: string; readonly email: string; readonly name: string; readonly locale: 'zh-CN' | 'en' },
): Promise<string> {
  try {
    const { rows } = await sql<{
      id: string;
    }>`select core.register_person(${newId()}, ${user}, ${email}, ${name}, ${locale}) as id`.execute(system.handle);
    return rows[0]?.id ?? '';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505') throw accessErrors.email_taken({ email }, error);
    throw error;
  }
}
