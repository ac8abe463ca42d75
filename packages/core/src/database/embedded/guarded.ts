import { type ChildProcess, spawn } from 'node:child_process';
import type { Account } from './account.js';

/**
 * A PostgreSQL program that does not outlive us. A small shell stands between: when its pipe from us closes, because we
 * closed it or were killed, it sends SIGINT (PostgreSQL's fast shutdown) and waits for the end.
 * It has its own session, so Ctrl-C in a terminal reaches us alone and we stop things in order.
 */
export interface Guarded {
  /** Resolves with the exit code, null when killed. */
  readonly exited: Promise<number | null>;
  hasExited(): boolean;
  stop(): Promise<void>;
}

const guard = `
"$@" </dev/null 3<&- &
program=$!
( read -r _ <&3; kill -INT "$program" ) 2>/dev/null &
watcher=$!
exec 3<&-
wait "$program"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"`;

export interface GuardedOptions {
  readonly account: Account | undefined;
  readonly cwd: string;
  /** File descriptor that takes what the program prints. */
  readonly output: number;
}

export function spawnGuarded(program: string, args: readonly string[], { account, cwd, output }: GuardedOptions): Guarded {
  const child: ChildProcess = spawn('/bin/sh', ['-c', guard, 'sh', program, ...args], {
    cwd,
    detached: true,
    stdio: ['ignore', output, output, 'pipe'],
    // Nothing of ours: PGDATA, PGPORT or a locale of the user's would lead PostgreSQL elsewhere.
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  });
  let ended = false;
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  }).finally(() => {
    ended = true;
  });
  exited.catch(() => {});
  const pipe = child.stdio[3];
  pipe?.on('error', () => {});
  return {
    exited,
    hasExited: () => ended,
    async stop() {
      pipe?.destroy();
      await exited;
    },
  };
}
