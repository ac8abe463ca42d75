import { sql } from 'kysely';
import type { Connection } from '../database/index.js';
import type { WorkerLog } from '../events/index.js';
import type { Actor } from './actor.js';
import type { MemberActor } from './authenticator.js';

export interface CredentialWatch {
  /** Calls `onDead` once when the actor's credential no longer opens the door; the answer stops watching it. */
  add(actor: Actor | MemberActor, onDead: () => void): () => void;
  /** Asks now instead of at the next turn. */
  check(): Promise<void>;
  stop(): Promise<void>;
}

export interface CredentialWatchOptions {
  readonly system: Connection;
  readonly everyMs?: number;
  readonly log?: WorkerLog;
  /** Sessions that the sign-in has ended among these ids; asked beside the membership. */
  readonly endedSessions?: (ids: readonly string[]) => Promise<readonly string[]>;
}

interface Watched {
  readonly actor: Actor | MemberActor;
  readonly onDead: () => void;
}

/**
 * Asks every 400 ms, in one statement for each kind, whether the credentials behind open connections still live: keys and
 * devices revoked or expired, organizations suspended, memberships ended or with other roles.
 */
export function watchCredentials({ system, everyMs = 400, log, endedSessions }: CredentialWatchOptions): CredentialWatch {
  const watched = new Set<Watched>();
  let running: Promise<void> | null = null;

  const check = (): Promise<void> => {
    running ??= findDead([...watched])
      .then((dead) => {
        for (const each of dead) if (watched.delete(each)) each.onDead();
      })
      .catch((error: unknown) => log?.warn({ err: error }, 'open connections could not be re-authorised and are tried again'))
      .finally(() => {
        running = null;
      });
    return running;
  };

  const findDead = async (all: readonly Watched[]): Promise<Watched[]> => {
    const [keys, devices, members] = await Promise.all([
      deadCredentials(system, 'key', all),
      deadCredentials(system, 'device', all),
      deadMembers(system, all, endedSessions),
    ]);
    return [...keys, ...devices, ...members];
  };

  const timer = setInterval(check, everyMs);
  return {
    add(actor, onDead) {
      const each = { actor, onDead };
      watched.add(each);
      return () => {
        watched.delete(each);
      };
    },
    check,
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

async function deadCredentials(system: Connection, kind: 'key' | 'device', all: readonly Watched[]): Promise<Watched[]> {
  const asked = all.filter((each) => each.actor.credential.kind === kind);
  if (asked.length === 0) return [];
  const ids = [...new Set(asked.map((each) => each.actor.credential.id))];
  const { rows } = await sql<{ id: string }>`select core.dead_credentials(${kind}, ${ids}::uuid[]) as id`.execute(system.handle);
  const dead = new Set(rows.map((row) => row.id));
  return asked.filter((each) => dead.has(each.actor.credential.id));
}

async function deadMembers(
  system: Connection,
  all: readonly Watched[],
  endedSessions: CredentialWatchOptions['endedSessions'],
): Promise<Watched[]> {
  const asked = all.filter((each) => each.actor.credential.kind === 'session');
  if (asked.length === 0) return [];
  const people = asked.map((each) => each.actor.id);
  const organizations = asked.map((each) => each.actor.organization);
  const roles = asked.map((each) => ('roles' in each.actor ? each.actor.roles.join(',') : null));
  const [{ rows }, ended] = await Promise.all([
    sql<{ position: number }>`
      select core.dead_memberships(${people}::uuid[], ${organizations}::uuid[], ${roles}::text[]) as position`.execute(system.handle),
    endedSessions?.([...new Set(asked.map((each) => each.actor.credential.id))]) ?? [],
  ]);
  const dead = new Set(rows.map((row) => row.position - 1));
  const endedIds = new Set(ended);
  return asked.filter((each, index) => dead.has(index) || endedIds.has(each.actor.credential.id));
}
