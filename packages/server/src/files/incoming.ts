import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { filesErrors, type ReceivedContent } from '@yunfab/core/files';

/** Where uploads lie while they arrive: one folder for each process, so that what a killed one left is known as such. */
export interface Incoming {
  /** Reads a body to its end into a file, hashing it on the way; leaves nothing when it breaks off. Throws `files.too_large`. */
  receive(body: Readable, mostBytes: number): Promise<Received>;
  /** Removes this process's folder. */
  close(): void;
}

export interface Received extends ReceivedContent {
  /** Removes the file unless a store has taken it. */
  discard(): Promise<void>;
}

/** A folder of another machine that shares this one is given up after so long without a change. */
const foreignMs = 86_400_000;

export function openIncoming(folder: string): Incoming {
  mkdirSync(folder, { recursive: true });
  removeLeftovers(folder);
  const own = join(folder, `${hostname()}_${process.pid}_${randomUUID()}`);
  mkdirSync(own);

  return {
    async receive(body, mostBytes) {
      const path = join(own, randomUUID());
      const handle = await open(path, 'wx');
      const hash = createHash('sha256');
      let size = 0;
      try {
        // The request outlives a refusal: somebody has to be told.
        for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
          size += chunk.length;
          if (size > mostBytes) throw filesErrors.too_large({ mostBytes });
          hash.update(chunk);
          await handle.write(chunk);
        }
        await handle.sync();
      } catch (error) {
        await handle.close();
        await rm(path, { force: true });
        throw error;
      }
      await handle.close();
      return { sha256: hash.digest('hex'), size, path, discard: () => rm(path, { force: true }) };
    },

    close: () => rmSync(own, { recursive: true, force: true }),
  };
}

function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, host, pid] = /^(.*)_(\d+)_[0-9a-f-]+$/.exec(name) ?? [];
    // A process before this one may have had its number, as the first in a container does.
    const left = host === hostname() ? Number(pid) === process.pid || !isAlive(Number(pid)) : isStale(join(folder, name));
    if (left) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const isStale = (path: string) => Date.now() - statSync(path).mtimeMs > foreignMs;
