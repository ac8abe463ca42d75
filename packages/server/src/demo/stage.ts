import { type Actor, permissionSet } from '@yunfab/core/access';
import { createCallerFactory } from '@yunfab/core/commands';
import { type Connection, newId, type OrganizationId } from '@yunfab/core/database';
import type { Platform } from '../platform/platform.js';

/** Calls a procedure for an organization, as one of its people. `key` makes it happen once however often it is said; `at` is when, the stage's own time when left out. */
export type Play = (organization: string, procedure: string, input: unknown, key?: string, at?: Date) => Promise<unknown>;

/** The demo's people act through the same procedures as everybody; `clock` says when. */
export function createStage({ core, database }: Platform, owner: Connection, clock: () => Date): Play {
  const createCaller = createCallerFactory(core.router as never);
  return async (organization, procedure, input, key = newId(), at) => {
    const actor = await leaderOf(owner, organization);
    const caller = createCaller({ database, clock: at ? () => at : clock, requestId: newId(), actor, idempotencyKey: key });
    const call = procedure.split('.').reduce((at: unknown, part) => (at as Record<string, unknown>)[part], caller);
    return (call as (input: unknown) => Promise<unknown>)(input);
  };
}

interface LeaderRow {
  readonly id: OrganizationId;
  readonly code: string;
  readonly name_en: string;
  readonly name_zh: string;
  readonly time_zone: string;
  readonly person: string;
  readonly label: string;
}

/** The first administrator of an organization. */
async function leaderOf(owner: Connection, code: string): Promise<Actor> {
  const { rows } = await owner.pool.query<LeaderRow>(
    `select o.id, o.code, o.name_en, o.name_zh, o.time_zone, m.person, coalesce(m.name, o.code) as label
     from core.organization_registry o join core.membership m on m.organization = o.id and m.ended_at is null and 'admin' = any (m.roles)
     where o.code = $1 order by m.created_at limit 1`,
    [code],
  );
  const row = rows[0];
  if (!row) throw new Error(`the demo story gives ${code} no administrator`);
  return {
    kind: 'person',
    id: row.person,
    label: row.label,
    organization: row.id,
    organizationCode: row.code,
    organizationName: { en: row.name_en, zh: row.name_zh },
    timeZone: row.time_zone,
    permissions: permissionSet(['*']),
    credential: { kind: 'session', id: row.person },
  };
}
