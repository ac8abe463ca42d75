import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { type Connection, newId } from '@yunfab/core/database';

/** Who holds a name on a broker; `holder` is null once it was left in order. */
export interface Lease {
  readonly name: string;
  readonly holder: string | null;
  readonly host: string;
  readonly pid: number;
  readonly space: string;
  readonly startedAt: number;
  /** Raised by its holder again and again; one that stands still has lost its holder. */
  readonly beat: number;
}

/** Another living gateway holds the name. */
export class NameInUse extends Error {
  constructor({ name, host, pid }: Pick<Lease, 'name' | 'host' | 'pid'>) {
    super(`the gateway id ${name} is in use by process ${pid} on ${host}; stop that one, or give this one another YUNFAB_MQTT_CLIENT_ID`);
  }
}

export interface Leases {
  /** All leases on this broker; whether one is silent is known from repeated reading. */
  read(): Promise<readonly Lease[]>;
  /** Whether nobody has answered for it during the patience, also not whoever left it in order. */
  isSilent(lease: Lease): boolean;
  /** Whether its own gateway may come back under it at once: it was left, is silent, or its process on this machine is gone. */
  isFree(lease: Lease): boolean;
  /** Takes a name that is free, or exactly as it was read; false when somebody else was faster. */
  take(name: string, as?: Lease): Promise<boolean>;
  /** Says that this process lives; returns the names that have been taken from it. */
  beat(): Promise<readonly string[]>;
  /** Leaves a name for whoever comes; the broker's session stays behind it. When it rejects, the name becomes free by silence. */
  leave(name: string): Promise<void>;
  /** Strikes a name out: nothing stands behind it any more. */
  end(name: string): Promise<void>;
}

interface Watched {
  readonly mark: string;
  readonly since: number;
}

/**
 * Names of gateways on one broker, kept in the database that they share. No clock of another machine is believed: a lease
 * is silent when this process has read the same beat for `patienceMs`, without a failed reading in between.
 */
export function createLeases({
  ingest,
  broker,
  patienceMs,
}: {
  readonly ingest: Connection;
  readonly broker: string;
  readonly patienceMs: number;
}): Leases {
  const me = newId();
  const mine = new Set<string>();
  const here = { host: hostname(), pid: process.pid, space: processSpace(), startedAt: Math.round(performance.timeOrigin) };
  let watched = new Map<string, Watched>();

  /** One that could not be left while the database was away has this holder and nobody behind it. */
  const isMine = (lease: Lease) => lease.holder === me && mine.has(lease.name);

  function isSilent(lease: Lease): boolean {
    const since = watched.get(lease.name)?.since ?? performance.now();
    return !isMine(lease) && performance.now() - since >= patienceMs;
  }

  function hasDied({ host, pid, space, startedAt }: Lease): boolean {
    if (host !== here.host || space !== here.space) return false;
    if (pid === here.pid) return startedAt !== here.startedAt;
    try {
      process.kill(pid, 0);
      return false;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ESRCH';
    }
  }

  return {
    async read() {
      try {
        const { rows } = await ingest.pool.query<Lease>(
          `select name, holder, host, pid, space, started_ms::float8 as "startedAt", beat::float8 as beat
           from telemetry.gateway_lease where broker = $1 order by name`,
          [broker],
        );
        const now = performance.now();
        watched = new Map(
          rows.map(({ name, holder, beat }) => {
            const mark = `${holder} ${beat}`;
            const before = watched.get(name);
            return [name, before?.mark === mark ? before : { mark, since: now }];
          }),
        );
        return rows;
      } catch (error) {
        watched = new Map();
        throw error;
      }
    },
    isSilent,
    isFree: (lease) => lease.holder === null || hasDied(lease) || isSilent(lease),
    async take(name, as) {
      const { rowCount } = await ingest.pool.query(
        `insert into telemetry.gateway_lease as l (broker, name, holder, host, pid, space, started_ms, beat)
         values ($1, $2, $3, $4, $5, $6, $7, 1)
         on conflict (broker, name) do update
           set holder = excluded.holder, host = excluded.host, pid = excluded.pid, space = excluded.space,
             started_ms = excluded.started_ms, beat = l.beat + 1
           where l.holder is null or (l.holder = $8 and l.beat = $9)`,
        [broker, name, me, here.host, here.pid, here.space, here.startedAt, as?.holder ?? null, as?.beat ?? null],
      );
      if (rowCount === 1) mine.add(name);
      return rowCount === 1;
    },
    async beat() {
      const names = [...mine];
      const { rows } = await ingest.pool.query<{ name: string }>(
        'update telemetry.gateway_lease set beat = beat + 1 where broker = $1 and name = any ($2) and holder = $3 returning name',
        [broker, names, me],
      );
      const kept = new Set(rows.map(({ name }) => name));
      const lost = names.filter((name) => !kept.has(name));
      for (const name of lost) mine.delete(name);
      return lost;
    },
    async leave(name) {
      mine.delete(name);
      await ingest.pool.query(
        'update telemetry.gateway_lease set holder = null, beat = beat + 1 where broker = $1 and name = $2 and holder = $3',
        [broker, name, me],
      );
    },
    async end(name) {
      mine.delete(name);
      await ingest.pool.query('delete from telemetry.gateway_lease where broker = $1 and name = $2 and holder = $3', [broker, name, me]);
    },
  };
}

/** Process ids mean something only within one; two containers may share a host name and not this. */
function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
