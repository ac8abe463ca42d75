import { askWithin, type Connection } from '@yunfab/core/database';
import type { GatewayLog } from '../log.js';

/**
 * Who is online at a front. Devices say so themselves, and their words go the way of all messages; this keeps the database
 * true when they cannot say it any more: their token is dead, the platform was away, the word is lost.
 */
export interface Presence {
  /** `{organization}/{device}` has come or is gone. */
  note(device: string, online: boolean): void;
  isOnline(device: string): boolean;
  /** Says once that whoever has not been named is not online here. */
  nobodyElse(): void;
  /** Nothing is known any more. */
  forget(): void;
  /** Resolves after the first attempt to write. */
  start(): Promise<void>;
  /** Writes once more; whoever is online here then is gone when `everybodyGoes`. */
  stop(everybodyGoes: boolean): Promise<void>;
}

const everyMs = 500;
const askMs = 5_000;
/** Everything is said again so often, for whatever another process may have written meanwhile. */
const againMs = 5_000;
/** A departure too, for a word from before it may still wait for its commit. */
const departureMs = 30_000;

export function createPresence({
  ingest,
  front,
  log,
  now,
}: {
  readonly ingest: Connection;
  /** What it is called in the database: `embedded`, or the host of a broker. */
  readonly front: string;
  readonly log: GatewayLog;
  readonly now: () => number;
}): Presence {
  const present = new Set<string>();
  const absent = new Map<string, { readonly at: Date; readonly until: number }>();
  let whole = false;
  let changed = false;
  let saidAt = Number.NEGATIVE_INFINITY;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const again = performance.now() - saidAt >= againMs && present.size + absent.size > 0;
    if (!changed && !again) return;
    const began = performance.now();
    const saysAll = whole;
    changed = whole = false;
    try {
      await askWithin(ingest, askMs, {
        name: 'assert_presence',
        text: 'select telemetry.assert_presence($1, $2, $3, $4, $5, $6)',
        values: [front, new Date(now()), [...present], [...absent.keys()], [...absent.values()].map(({ at }) => at), saysAll],
      });
      saidAt = performance.now();
      for (const [device, { until }] of absent) if (until <= began) absent.delete(device);
    } catch (error) {
      changed = true;
      whole ||= saysAll;
      log.warn({ error }, 'who is online cannot be written; it is tried again');
    }
  }

  function writeInTurn(): Promise<void> {
    writing = writing.then(write);
    return writing;
  }

  function writeSoon(): void {
    timer = setTimeout(() => void writeInTurn().then(() => !stopped && writeSoon()), everyMs);
  }

  function note(device: string, online: boolean): void {
    if (online) {
      absent.delete(device);
      present.add(device);
    } else {
      present.delete(device);
      absent.set(device, { at: new Date(now()), until: performance.now() + departureMs });
    }
    changed = true;
  }

  return {
    note,
    isOnline: (device) => present.has(device),
    nobodyElse() {
      whole = changed = true;
    },
    forget() {
      present.clear();
      absent.clear();
      whole = changed = false;
    },
    async start() {
      await writeInTurn();
      writeSoon();
    },
    async stop(everybodyGoes) {
      stopped = true;
      clearTimeout(timer);
      if (everybodyGoes) {
        for (const device of [...present]) note(device, false);
      }
      await writeInTurn();
    },
  };
}
