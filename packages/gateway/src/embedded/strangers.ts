import type { Connection } from '@yunfab/core/database';
import type { GatewayLog } from '../log.js';
import { type UnknownName, writeUnknown } from '../pipeline/unknown.js';
import { parseUsername } from '../topics.js';

/** Who was refused at the door. */
export interface Strangers {
  note(username: string): void;
  start(): void;
  stop(): Promise<void>;
}

const everyMs = 1_000;
/** Anybody can make names up: what does not fit until the next writing is not noted. */
const mostNames = 1_000;

/** Notes the names of devices that nobody registered, now and then; one that exists and came with a wrong token is none of them. */
export function createStrangers({ ingest, log, now }: { ingest: Connection; log: GatewayLog; now: () => number }): Strangers {
  let names = new Map<string, UnknownName>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function write(): void {
    if (names.size === 0) return;
    const noted = [...names.values()];
    names = new Map();
    writing = writing
      .then(() => writeUnknown(ingest.pool, noted))
      .catch((error: unknown) => log.warn({ error }, 'unknown devices that knocked could not be noted'));
  }

  return {
    note(username) {
      const name = parseUsername(username);
      if (!name) return;
      const known = names.get(username);
      if (known) {
        known.count += 1;
        known.lastAt = now();
      } else if (names.size < mostNames) {
        names.set(username, { ...name, signal: '', count: 1, firstAt: now(), lastAt: now(), value: null, sample: null });
      }
    },
    start() {
      timer = setInterval(write, everyMs);
    },
    async stop() {
      clearInterval(timer);
      write();
      await writing;
    },
  };
}
