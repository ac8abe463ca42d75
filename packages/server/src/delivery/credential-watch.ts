import type { Actor } from '@yunfab/core/access';
import type { Connection } from '@yunfab/core/database';
import type { Logger } from '../operations/log.js';

/** Asks about the credentials of all open connections, twice a second, whether they still hold. */
export interface CredentialWatch {
  /** `ended` is called once when the credential is revoked, expired, suspended or changed its roles; returns the way out. */
  watch(actor: Actor, ended: () => void): () => void;
  stop(): void;
}

export interface CredentialWatchOptions {
  readonly system: Connection;
  readonly log: Logger;
}

const everyMs = 400;
/** Unable to ask for so long, a connection is closed: better gone than open to someone who was sent away. */
const doubtMs = 5_000;

interface Watched {
  readonly actor: Actor;
  readonly ended: () => void;
  /** Roles at first sight; any later change ends the connection, which comes back with the new ones. */
  roles: string | null;
}

export function createCredentialWatch({ system, log }: CredentialWatchOptions): CredentialWatch {
  const watched = new Set<Watched>();
  let answeredAt = performance.now();
  let asking = false;
  const timer = setInterval(() => void round(), everyMs);
  timer.unref();

  async function round(): Promise<void> {
    if (asking) return;
    if (watched.size === 0) {
      answeredAt = performance.now();
      return;
    }
    asking = true;
    try {
      for (const dead of await findDead(system, [...watched])) end(dead);
      answeredAt = performance.now();
    } catch (error) {
      log.warn({ err: error }, 'credentials of open connections could not be checked');
      if (performance.now() - answeredAt > doubtMs) for (const each of [...watched]) end(each);
    } finally {
      asking = false;
    }
  }

  function end(one: Watched): void {
    if (watched.delete(one)) one.ended();
  }

  return {
    watch(actor, ended) {
      const one: Watched = { actor, ended, roles: null };
      watched.add(one);
      return () => void watched.delete(one);
    },
    stop: () => clearInterval(timer),
  };
}

async function findDead(system: Connection, all: readonly Watched[]): Promise<Watched[]> {
  const keys = all.filter(({ actor }) => actor.credential.kind === 'key');
  const sessions = all.filter(({ actor }) => actor.credential.kind === 'session');
  return [...(await deadKeys(system, keys)), ...(await deadSessions(system, sessions))];
}

async function deadKeys(system: Connection, keys: readonly Watched[]): Promise<Watched[]> {
  if (keys.length === 0) return [];
  const ids = [...new Set(keys.map(({ actor }) => actor.credential.id))];
  const { rows } = await system.pool.query<{ id: string }>("select core.dead_credentials('key', $1) as id", [ids]);
  const dead = new Set(rows.map(({ id }) => id));
  return keys.filter(({ actor }) => dead.has(actor.credential.id));
}

async function deadSessions(system: Connection, sessions: readonly Watched[]): Promise<Watched[]> {
  if (sessions.length === 0) return [];
  const { rows } = await system.pool.query<{ session_id: string; organization: string; roles: string[] }>(
    'select session_id, organization, roles from signin.live_sessions($1, $2)',
    [sessions.map(({ actor }) => actor.credential.id), sessions.map(({ actor }) => actor.organization)],
  );
  const live = new Map(rows.map((row) => [`${row.session_id} ${row.organization}`, [...row.roles].sort().join(' ')]));
  return sessions.filter((one) => {
    const roles = live.get(`${one.actor.credential.id} ${one.actor.organization}`);
    if (roles === undefined) return true;
    one.roles ??= roles;
    return one.roles !== roles;
  });
}
