import { type Actor, permissionSet } from '../access/index.js';
import type { RequestContext } from '../commands/index.js';
import { inScope, newId, type OrganizationId, type Scope } from '../database/index.js';
import type { TestDatabase } from './test-database.js';

/** An organization of a test and someone in it who may do whatever `scopes` say. */
export interface TestOrganization {
  readonly id: OrganizationId;
  readonly code: string;
  readonly actor: Actor;
}

/** Registers an organization with a made-up national number; its actor holds every permission unless `scopes` say less. */
export async function createTestOrganization(
  { owner }: Pick<TestDatabase, 'owner'>,
  code: string,
  scopes: readonly string[] = ['*'],
): Promise<TestOrganization> {
  const id = newId<'organization'>();
  await owner.pool.query(
    `insert into core.organization_registry (id, code, name_en, name_zh, country, identifier_scheme, identifier, time_zone)
     values ($1, $2, $3, $4, 'DE', 'national', $5, 'Asia/Shanghai')`,
    [id, code, `${code} Ltd`, `${code} 有限公司`, `TEST-${code}`],
  );
  return { id, code, actor: testActor(id, code, scopes) };
}

export function testActor(organization: OrganizationId, code: string, scopes: readonly string[] = ['*']): Actor {
  const id = newId<'person'>();
  return {
    kind: 'person',
    id,
    label: `Tester of ${code}`,
    organization,
    organizationCode: code,
    organizationName: { en: `${code} Ltd`, zh: `${code} 有限公司` },
    timeZone: 'Asia/Shanghai',
    permissions: permissionSet(scopes),
    credential: { kind: 'session', id },
  };
}

/** One transaction of a test organization. */
export function asOrganization<Result>(
  { database }: Pick<TestDatabase, 'database'>,
  { id, actor }: TestOrganization,
  work: (scope: Scope) => Promise<Result>,
  now: Date = new Date(),
): Promise<Result> {
  return inScope(database.runtime, { organization: id, actor, now }, work);
}

/** The same by the system role, which no request has. */
export function asServerFor<Result>(
  { database }: Pick<TestDatabase, 'database'>,
  { id, actor }: TestOrganization,
  work: (scope: Scope) => Promise<Result>,
): Promise<Result> {
  return inScope(database.system, { organization: id, actor, now: new Date() }, work);
}

/** What a procedure receives when a test calls it; every call has its own idempotency key unless it names one. */
export function testContext(
  { database }: Pick<TestDatabase, 'database'>,
  { actor }: { readonly actor: Actor | null },
  { idempotencyKey = newId(), clock = () => new Date() }: Partial<Pick<RequestContext, 'idempotencyKey' | 'clock'>> = {},
): RequestContext {
  return { database, clock, requestId: newId(), actor, idempotencyKey };
}
