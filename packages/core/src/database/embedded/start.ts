import { closeSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Binaries, findBinaries } from './binaries.js';
import { ensureCluster, lastLine, readPostmaster, stopOrphan, superuserName } from './cluster.js';
import { embeddedErrors } from './errors.js';
import { type Guarded, spawnGuarded } from './guarded.js';
import { type Location, locate, type Secrets, secretsOf, systemFolder } from './location.js';
import { type FolderLock, lockFolder } from './lock.js';

export interface EmbeddedOptions {
  /** The platform's data folder (`.yunfab`); the database lies in `postgres` below it. */
  readonly dataDir: string;
  /** Told what is being done, one short sentence at a time. */
  readonly log?: (message: string) => void;
  /** False for tests: a crash of PostgreSQL may lose the last moments, one of the operating system everything. */
  readonly durable?: boolean;
}

/** A running PostgreSQL of our own on a free port of 127.0.0.1. */
export interface EmbeddedPostgres {
  readonly superuserUrl: string;
  readonly port: number;
  readonly secrets: Secrets;
  /** Where the database really lies; remove it together with the data folder. */
  readonly home: string;
  /** Tells whoever tries to start on the same folder where this one serves. */
  announce(url: string): void;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL 18 on `dataDir`, making the database when there is none (0.7 s). Until `stop` it is started again on
 * the same port whenever it ends by itself or is killed; what it had acknowledged is there again.
 * Throws `embedded.in_use` when another process has the folder, and the other `embedded.*` errors when it cannot start.
 */
export async function startEmbeddedPostgres({ dataDir, log = () => {}, durable = true }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const location = locate(dataDir);
  const lock = await lockFolder(location.home);
  try {
    const secrets = secretsOf(location.home);
    const binaries = findBinaries(location.account, () => shelfOf(location));
    if (location.account) log(`PostgreSQL runs as user ${location.account.name}`);
    if (await stopOrphan(location.cluster)) log('stopped the PostgreSQL of an earlier process that was killed');
    await ensureCluster(location, binaries, { superuserPassword: secrets.superuser, durable });
    const { server, port } = await launch(location, binaries, durable);
    lock.announce(`PostgreSQL on 127.0.0.1:${port}`);
    log(`PostgreSQL ${binaries.major} on 127.0.0.1:${port}`);
    return running({ location, lock, secrets, server, port, again: () => startServer(location, binaries, { port, durable }), log });
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Running {
  readonly location: Location;
  readonly lock: FolderLock;
  readonly secrets: Secrets;
  readonly server: Guarded;
  readonly port: number;
  readonly again: () => Guarded;
  readonly log: (message: string) => void;
}

function running({ location, lock, secrets, server, port, again, log }: Running): EmbeddedPostgres {
  const kept = keepAlive(location, server, again, log);
  return {
    superuserUrl: `postgres://${superuserName}:${secrets.superuser}@127.0.0.1:${port}/postgres`,
    port,
    secrets,
    home: location.home,
    announce: lock.announce,
    async stop() {
      await kept.stop();
      lock.release();
    },
  };
}

const restartMs = { first: 100, most: 5_000 };

/** What of the one before still runs holds its memory and delays the next; so the start is tried until it succeeds. */
function keepAlive(location: Location, first: Guarded, again: () => Guarded, log: (message: string) => void): { stop(): Promise<void> } {
  let server = first;
  const stopping = new AbortController();

  async function watch(): Promise<void> {
    for (let pauseMs = restartMs.first; ; pauseMs = Math.min(restartMs.most, pauseMs * 2)) {
      await server.exited;
      if (stopping.signal.aborted) return;
      log('PostgreSQL ended by itself; it is started again');
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      await stopOrphan(location.cluster).catch((error: unknown) => log(String(error)));
      server = again();
      const ready = await untilReady(location, server).then(
        () => true,
        () => server.stop().then(() => false),
      );
      if (ready) {
        pauseMs = restartMs.first / 2;
        log('PostgreSQL serves again');
      }
    }
  }

  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await server.stop();
      await watching;
    },
  };
}

/** Where a copy of the programs may lie: root's is shared by its projects, anybody else's stays in the data folder. */
function shelfOf({ account, home }: Location): string {
  const shelf = account ? join(systemFolder(), 'programs') : join(home, 'programs');
  mkdirSync(shelf, { recursive: true, mode: 0o755 });
  return shelf;
}

const portAttempts = 5;

async function launch(location: Location, binaries: Binaries, durable: boolean): Promise<{ server: Guarded; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const server = startServer(location, binaries, { port, durable });
    try {
      await untilReady(location, server);
      return { server, port };
    } catch (error) {
      await server.stop();
      // Somebody took the port between our look and PostgreSQL's.
      if (attempt === portAttempts || !/Address already in use|could not create any TCP/.test(lastLine(logOf(location)))) throw error;
    }
  }
}

const logOf = ({ home }: Location): string => join(home, 'postgres.log');

function startServer(location: Location, binaries: Binaries, { port, durable }: { port: number; durable: boolean }): Guarded {
  const log = logOf(location);
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    max_connections: durable ? 120 : 400,
    password_encryption: 'scram-sha-256',
    // What a query did wrong is told to whoever sent it; the log is for what the server itself has to say.
    log_min_messages: 'log',
    log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  keepPrevious(log);
  const output = openSync(log, 'w', 0o600);
  try {
    const args = ['-D', location.cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    return spawnGuarded(binaries.postgres, args, { account: location.account, cwd: location.cluster, output });
  } finally {
    closeSync(output);
  }
}

function keepPrevious(log: string): void {
  try {
    renameSync(log, `${log}.previous`);
  } catch {
    // The first start has none.
  }
}

const readyPatienceMs = 60_000;

async function untilReady(location: Location, server: Guarded): Promise<void> {
  const { cluster } = location;
  const log = logOf(location);
  const deadline = Date.now() + readyPatienceMs;
  while (!readPostmaster(cluster)?.ready) {
    if (server.hasExited()) throw embeddedErrors.failed({ step: 'start', reason: lastLine(log) || 'it ended at once', log });
    if (Date.now() > deadline) throw embeddedErrors.failed({ step: 'start', reason: `not ready after ${readyPatienceMs / 1000} s`, log });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}
