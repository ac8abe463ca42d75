import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { type Account, databaseAccount, reachable } from './account.js';
import { isHeld } from './lock.js';

/** Where one embedded database lives: `home` is ours (lock, secrets, log), `cluster` is PostgreSQL's own folder inside it. */
export interface Location {
  readonly home: string;
  readonly cluster: string;
  readonly account: Account | undefined;
}

/** Passwords made once and kept beside the database, readable by us alone. */
export interface Secrets {
  readonly superuser: string;
  readonly owner: string;
  readonly runtime: string;
  readonly system: string;
  readonly ingest: string;
}

/**
 * `<dataDir>/postgres`. Where root's PostgreSQL user cannot get to it (a folder below a 0700 home), the database lies in
 * /var/lib/yunfab instead and `<dataDir>/postgres/location` says where; that file is followed from then on.
 */
export function locate(dataDir: string): Location {
  mkdirSync(dataDir, { recursive: true });
  const near = join(realpathSync(dataDir), 'postgres');
  mkdirSync(near, { recursive: true, mode: 0o711 });
  const home = farHome(near) ?? near;
  const cluster = join(home, 'cluster');
  return { home, cluster, account: databaseAccount(cluster) };
}

function farHome(near: string): string | undefined {
  const pointer = join(near, 'location');
  const known = readPointer(pointer);
  // A copied project is another one: it must not open the original's database. A moved one takes it along.
  const copied = known && known.of !== near && existsSync(join(known.of, 'location'));
  if (!known && reachable(near, databaseAccount(join(near, 'cluster')))) return undefined;
  if (!known) removeAbandoned(systemFolder());
  const home = known && !copied ? known.home : join(systemFolder(), createHash('sha256').update(near).digest('hex').slice(0, 16));
  mkdirSync(home, { recursive: true, mode: 0o711 });
  writeFileSync(join(home, 'of'), near);
  writeFileSync(pointer, `${JSON.stringify({ home, of: near })}\n`);
  return home;
}

/**
 * The databases of temporary folders that are gone (tests, trials). Nothing else is ever removed here: a folder that was not
 * temporary may lie on a disk that is only not mounted just now.
 */
function removeAbandoned(shelf: string): void {
  for (const name of readdirSync(shelf)) {
    const mark = join(shelf, name, 'of');
    const of = existsSync(mark) ? readFileSync(mark, 'utf8') : undefined;
    if (of?.startsWith(join(realpathSync(tmpdir()), sep)) && !existsSync(of) && !isHeld(join(shelf, name))) {
      rmSync(join(shelf, name), { recursive: true, force: true });
    }
  }
}

function readPointer(path: string): { home: string; of: string } | undefined {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** A folder of root's that every user can pass through, for what must be reached by another user than ours. */
export function systemFolder(): string {
  for (const folder of ['/var/lib/yunfab', '/var/tmp/yunfab']) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      if (statSync(folder).uid === process.getuid?.()) return folder;
    } catch {
      // A read-only system folder: the next one.
    }
  }
  throw new Error(
    'neither /var/lib/yunfab nor /var/tmp/yunfab can be made; set YUNFAB_DATA_DIR to a folder that the user postgres can reach',
  );
}

export function secretsOf(home: string): Secrets {
  const path = join(home, 'secrets.json');
  if (!existsSync(path)) {
    const make = () => randomBytes(24).toString('base64url');
    const secrets: Secrets = { superuser: make(), owner: make(), runtime: make(), system: make(), ingest: make() };
    writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  }
  return JSON.parse(readFileSync(path, 'utf8'));
}
