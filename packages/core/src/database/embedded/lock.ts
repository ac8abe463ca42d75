import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedErrors } from './errors.js';

/** Who holds a data folder: a process, told from a later one with the same pid by when it began, and where it serves. */
interface Holder {
  readonly pid: number;
  readonly began: string;
  readonly url?: string;
}

/** A data folder held by this process until `release`, or until the process is gone. */
export interface FolderLock {
  /** Tells the next one who tries where the holder serves. */
  announce(url: string): void;
  release(): void;
}

const attempts = 100;
const pauseMs = 50;
const breakingAbandonedMs = 5_000;

/** Takes the folder, or throws `embedded.in_use` naming the process that has it. A lock whose process is gone is taken over. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'lock');
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  const ours: Holder = { pid: process.pid, began: beganAt(process.pid) ?? '' };
  writeFileSync(draft, JSON.stringify(ours), { mode: 0o644 });
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (tryLink(draft, path)) return held(path, ours);
      const holder = readHolder(path);
      if (holder && isAlive(holder)) {
        throw embeddedErrors.in_use({ folder, pid: holder.pid, where: holder.url ? ` (${holder.url})` : '' });
      }
      breakStale(path);
      await new Promise((resolve) => setTimeout(resolve, attempt === 0 ? 0 : pauseMs));
    }
    throw embeddedErrors.in_use({ folder, pid: readHolder(path)?.pid ?? '?', where: '' });
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Whether a living process has the folder. */
export function isHeld(folder: string): boolean {
  const holder = readHolder(join(folder, 'lock'));
  return holder !== undefined && isAlive(holder);
}

function held(path: string, ours: Holder): FolderLock {
  return {
    announce(url) {
      const next = `${path}.${ours.pid}.next`;
      writeFileSync(next, JSON.stringify({ ...ours, url }), { mode: 0o644 });
      renameSync(next, path);
    },
    release() {
      const holder = readHolder(path);
      if (holder?.pid === ours.pid && holder.began === ours.began) rmSync(path, { force: true });
    },
  };
}

/** Linking a finished file is atomic: nobody ever reads a lock half written. */
function tryLink(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Only the one that creates `breaking` may remove a stale lock, and looks again first: two must not remove one after the other. */
function breakStale(path: string): void {
  const breaking = `${path}.breaking`;
  try {
    writeFileSync(breaking, '', { flag: 'wx' });
  } catch {
    const age = Date.now() - (statSync(breaking, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > breakingAbandonedMs) rmSync(breaking, { force: true });
    return;
  }
  try {
    const holder = readHolder(path);
    if (!holder || !isAlive(holder)) rmSync(path, { force: true });
  } finally {
    rmSync(breaking, { force: true });
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function isAlive({ pid, began }: Holder): boolean {
  return processExists(pid) && (beganAt(pid) ?? began) === began;
}

export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process began, in the system's own words; pids are reused, this is not. */
function beganAt(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): fields after the parenthesised name start at 3; starttime is field 22. The boot tells one uptime from the next.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`;
  } catch {
    return undefined;
  }
}
