import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.js';
import { embeddedErrors } from './errors.js';
import { spawnGuarded } from './guarded.js';
import type { Location } from './location.js';
import { processExists } from './lock.js';

export const superuserName = 'yunfab_superuser';

/**
 * Makes the cluster if it is not there: built beside its place and renamed when complete, so a start that was cut short
 * leaves nothing that looks like a database. UTF-8, and the built-in C.UTF-8 order: the same on every operating system.
 */
export async function ensureCluster(
  location: Location,
  binaries: Binaries,
  options: { superuserPassword: string; durable: boolean },
): Promise<void> {
  const { home, cluster, account } = location;
  removeUnfinished(home);
  if (existsSync(cluster)) {
    const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
    if (found !== binaries.major) throw embeddedErrors.version_mismatch({ folder: cluster, found, expected: binaries.major });
    return;
  }
  const building = `${cluster}.building.${process.pid}`;
  const passwordFile = `${building}.password`;
  const log = join(home, 'initdb.log');
  mkdirSync(building, { mode: 0o700 });
  writeFileSync(passwordFile, options.superuserPassword, { mode: 0o600 });
  if (account) for (const path of [building, passwordFile]) chownSync(path, account.uid, account.gid);
  const output = openSync(log, 'w', 0o600);
  try {
    const args = ['-D', building, '-U', superuserName, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'];
    args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions', ...(options.durable ? [] : ['--no-sync']));
    const code = await spawnGuarded(binaries.initdb, args, { account, cwd: building, output }).exited;
    if (code !== 0) throw embeddedErrors.failed({ step: 'initdb', reason: lastLine(log) || `exit code ${code}`, log });
  } finally {
    closeSync(output);
    rmSync(passwordFile, { force: true });
  }
  renameSync(building, cluster);
  if (options.durable) syncFolder(dirname(cluster));
}

/** What an interrupted start left; its initdb may still be ending, so a folder that will not go yet goes next time. */
function removeUnfinished(home: string): void {
  for (const name of readdirSync(home)) {
    if (!name.startsWith('cluster.building.')) continue;
    try {
      rmSync(join(home, name), { recursive: true, force: true, maxRetries: 3 });
    } catch {}
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

export function lastLine(log: string): string {
  if (!existsSync(log)) return '';
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  return (lines.findLast((line) => /FATAL|ERROR|error:/.test(line)) ?? lines.at(-1) ?? '').trim();
}

/** What PostgreSQL writes about itself into its folder; `ready` once it takes connections. */
export function readPostmaster(cluster: string): { pid: number; ready: boolean } | undefined {
  const path = join(cluster, 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  const pid = Number(lines[0]);
  return Number.isSafeInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
}

const orphanPatienceMs = 20_000;

/**
 * The PostgreSQL of an earlier process of ours that was killed, guard and all, may still run on the cluster: it is stopped,
 * after which everything it acknowledged is there. A pid file that names some other program is removed.
 */
export async function stopOrphan(cluster: string): Promise<boolean> {
  const orphan = readPostmaster(cluster);
  if (!orphan) return false;
  if (!processExists(orphan.pid) || !runsOn(orphan.pid, cluster)) {
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
    return false;
  }
  process.kill(orphan.pid, 'SIGINT');
  const deadline = Date.now() + orphanPatienceMs;
  while (processExists(orphan.pid) && runsOn(orphan.pid, cluster)) {
    if (Date.now() > deadline) {
      throw embeddedErrors.failed({
        step: 'stop the one before',
        reason: `process ${orphan.pid} does not end`,
        log: join(dirname(cluster), 'postgres.log'),
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

function runsOn(pid: number, cluster: string): boolean {
  const commandLine = `/proc/${pid}/cmdline`;
  // Where there is no /proc, PostgreSQL's own lock (shared memory) is what remains, and it is enough.
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(commandLine, 'utf8').split('\0').includes(cluster);
  } catch {
    return false;
  }
}
