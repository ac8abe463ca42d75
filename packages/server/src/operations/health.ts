import { assertMigrated, type Connection, type Database, type Migrations } from '@yunfab/core/database';
import { readFeedLag } from '@yunfab/core/events';
import type { FastifyInstance } from 'fastify';

/** Longer than this behind, the events that people wait for are not coming: traffic should go elsewhere. */
const mostLagMs = 10_000;

export interface Check {
  readonly ok: boolean;
  readonly detail?: string;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<'database' | 'migrations' | 'events' | 'process', Check>>;
}

export interface HealthOptions {
  readonly database: Database;
  /** By schema. */
  readonly migrations: Readonly<Record<string, Migrations>>;
  /** False while starting and as soon as stopping begins. */
  readonly isServing: () => boolean;
}

/** `/livez`: the process answers. `/readyz`: it can do its work; 503 with the reason otherwise. */
export function healthRoutes(options: HealthOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/livez', async () => ({ live: true }));
    app.get('/readyz', async (_request, reply) => {
      const readiness = await readReadiness(options);
      return reply.code(readiness.ready ? 200 : 503).send(readiness);
    });
  };
}

export async function readReadiness({ database, migrations, isServing }: HealthOptions): Promise<Readiness> {
  const [connected, migrated, events] = await Promise.all([
    check(async () => void (await database.runtime.pool.query('select 1'))),
    check(async () => {
      for (const [schema, expected] of Object.entries(migrations)) await assertMigrated(database.runtime.handle, schema, expected);
    }),
    check(() => assertNoLag(database.system)),
  ]);
  const checks = {
    database: connected,
    migrations: migrated,
    events,
    process: isServing() ? { ok: true } : { ok: false, detail: 'stopping' },
  };
  return { ready: Object.values(checks).every(({ ok }) => ok), checks };
}

async function check(attempt: () => Promise<void>): Promise<Check> {
  try {
    await attempt();
    return { ok: true };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

async function assertNoLag(system: Connection): Promise<void> {
  const { pending, oldestMs } = await readFeedLag(system);
  if (oldestMs > mostLagMs)
    throw new Error(`${pending} events wait, the oldest for ${Math.round(oldestMs / 1000)} s: is a sequencer running?`);
}
