import type { Connection } from '@yunfab/core/database';
import type { GatewayLog } from '../log.js';
import { type UnknownName, writeUnknown } from '../pipeline/unknown.js';
import { parseUsername } from '../topics.js';
import { networkOf } from './network.js';

/** Who was refused at the door. */
export interface Strangers {
  /** `address`: of its connection. */
  note(username: string, address: string): void;
  start(): void;
  stop(): Promise<void>;
}

const everyMs = 1_000;
/** Anybody can make names up: until the next writing one network is believed this many, */
const mostOfOne = 20;
/** and all together this many; then the network that holds most gives one up. */
const mostNames = 1_000;

/** Notes the names of devices that nobody registered, now and then; one that exists and came with a wrong token is none of them. */
export function createStrangers({ ingest, log, now }: { ingest: Connection; log: GatewayLog; now: () => number }): Strangers {
  let networks = new Map<string, Map<string, UnknownName>>();
  let count = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function write(): void {
    if (count === 0) return;
    const noted = [...networks.values()].flatMap((names) => [...names.values()]);
    networks = new Map();
    count = 0;
    writing = writing
      .then(() => writeUnknown(ingest.pool, merged(noted)))
      .catch((error: unknown) => log.warn({ error }, 'unknown devices that knocked could not be noted'));
  }

  /** Whether there is a place for one more of a network that holds `own`. */
  function makeRoom(own: number): boolean {
    if (own >= mostOfOne) return false;
    if (count < mostNames) return true;
    const [first, ...others] = networks.values();
    const largest = others.reduce((most, names) => (names.size > (most?.size ?? 0) ? names : most), first);
    const [oldest] = largest?.keys() ?? [];
    if (!largest || oldest === undefined || largest.size <= own) return false;
    largest.delete(oldest);
    count -= 1;
    return true;
  }

  return {
    note(username, address) {
      const name = parseUsername(username);
      if (!name) return;
      const origin = networkOf(address);
      const names = networks.get(origin) ?? new Map<string, UnknownName>();
      const known = names.get(username);
      if (known) {
        known.count += 1;
        known.lastAt = now();
      } else if (makeRoom(names.size)) {
        networks.set(origin, names.set(username, { ...name, origin, signal: '', count: 1, firstAt: now(), lastAt: now(), ...nothingSaid }));
        count += 1;
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

const nothingSaid = { value: null, sample: null };

/** A name that came from several networks is written once, as that of the first. */
function merged(noted: readonly UnknownName[]): UnknownName[] {
  const names = new Map<string, UnknownName>();
  for (const each of noted) {
    const key = `${each.organization}/${each.device}`;
    const known = names.get(key);
    if (!known) names.set(key, each);
    else {
      known.count += each.count;
      known.lastAt = Math.max(known.lastAt, each.lastAt);
    }
  }
  return [...names.values()];
}
