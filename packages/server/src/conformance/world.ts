import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, createOrganization, organizationIdOf, permissionSet } from '@yunfab/core/access';
import { createCallerFactory } from '@yunfab/core/commands';
import { type Connection, inScope, newId, type OrganizationId, type Scope } from '@yunfab/core/database';
import type { Vertical } from '@yunfab/core/verticals';
import { readConfig } from '../config/index.js';
import { startDemo } from '../demo/demo.js';
import { createLog } from '../operations/log.js';
import { withOwner } from '../platform/database.js';
import type { Platform } from '../platform/platform.js';

/** A throwaway platform with nothing but this vertical, in which its story has been told and its machines have run. */
export interface World {
  readonly vertical: Vertical;
  readonly platform: Platform;
  readonly owner: Connection;
  /** An organization that no story knows, with the vertical enabled. */
  readonly stranger: string;
  /** Whether the story came to its end in time. */
  readonly ended: boolean;
  /** Calls a procedure for an organization; `permissions` of the caller are all unless given. */
  call(organization: string, procedure: string, input: object, permissions?: readonly string[]): Promise<unknown>;
  /** As `call`, by other procedures over the same database. */
  callOn(platform: Platform, organization: string, procedure: string, input: object): Promise<unknown>;
  /** One transaction of an organization, as the requests of its people are. */
  within<Result>(organization: OrganizationId, work: (scope: Scope) => Promise<Result>): Promise<Result>;
}

export async function inWorld<Result>(
  source: string,
  { vertical, patienceMs }: { readonly vertical: Vertical /** How long its story may take. */; readonly patienceMs: number },
  work: (world: World) => Promise<Result>,
): Promise<Result> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yunfab-check-'));
  const log = createLog('silent');
  // The system gives the ports: a port that was free when asked may be another check's a moment later.
  const ports = { YUNFAB_HTTP_PORT: '0', YUNFAB_MQTT_PORT: '0' };
  const config = readConfig({ ...ports, YUNFAB_DATA_DIR: dataDir, YUNFAB_VERTICALS: source, YUNFAB_LOG_LEVEL: 'silent' });
  try {
    const demo = await startDemo({ config, log, say: () => {}, seed: 1, devices: null, speed: 1 });
    try {
      demo.goLive();
      const ended = await Promise.race([demo.told.then(() => true), late(patienceMs)]);
      const { platform } = demo;
      const { owner: ownerUrl } = platform.server.urls;
      if (!ownerUrl) throw new Error('the embedded database has an owner');
      return await withOwner(ownerUrl, async (owner) => {
        const call = callerOf(platform, owner);
        await createStranger(owner);
        await call(stranger, 'verticals.enable', { vertical: vertical.id });
        const within: World['within'] = (organization, act) =>
          inScope(
            platform.database.runtime,
            { organization, actor: { kind: 'system', id: 'check', label: 'check' }, now: new Date() },
            act,
          );
        const callOn: World['callOn'] = (other, ...rest) => callerOf(other, owner)(...rest);
        return work({ vertical, platform, owner, stranger, ended, call, callOn, within });
      });
    } finally {
      await demo.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const stranger = 'conformance-stranger';

async function createStranger(owner: Connection): Promise<void> {
  const identifier = { scheme: 'national' as const, country: 'DE', value: 'HRB 000001' };
  await createOrganization(owner, { code: stranger, name: { en: 'A stranger', zh: '无关企业' }, identifier, timeZone: 'UTC' }, new Date());
}

function callerOf({ core, database }: Platform, owner: Connection): World['call'] {
  const createCaller = createCallerFactory(core.router as never);
  return async (code, procedure, input, permissions = ['*']) => {
    const organization = await organizationIdOf(owner, code);
    const actor: Actor = {
      ...{ kind: 'person', id: newId<'person'>(), label: 'conformance', organization, organizationCode: code },
      organizationName: { en: code, zh: code },
      timeZone: 'UTC',
      permissions: permissionSet(permissions),
      credential: { kind: 'session', id: newId() },
    };
    const caller = createCaller({ database, clock: () => new Date(), requestId: newId(), actor, idempotencyKey: newId() });
    const found = procedure.split('.').reduce((at: unknown, part) => (at as Record<string, unknown>)[part], caller);
    return (found as (input: object) => Promise<unknown>)(input);
  };
}

const late = (ms: number) => new Promise<false>((resolve) => setTimeout(resolve, ms, false).unref());
