import type { Connection } from '@yunfab/core/database';
import { listenTo } from '../listening.js';
import type { GatewayLog } from '../log.js';
import { parseUsername } from '../topics.js';

export interface InStepOptions {
  readonly system: Connection;
  readonly log: GatewayLog;
  /** For the log: what is brought into step. */
  readonly what: string;
  /** Brings these devices (`{organization}/{device}`) at the broker into step with the database. */
  readonly some: (devices: readonly string[]) => Promise<void>;
  /** The same for all that the broker knows; needed where something may not have been heard. */
  readonly all: () => Promise<void>;
}

/** Keeps a broker in step with what the database says of devices. */
export interface InStep {
  start(): void;
  /** Now, after what is being done; resolves when it is done or has failed, which is tried again by itself. */
  soon(device: string): Promise<void>;
  stop(): Promise<void>;
}

const everyMs = 60_000;
const firstRetryMs = 1_000;
const lastRetryMs = 30_000;

/**
 * Does at once what the database announces, one thing after the other, so that the last word about a device is the last that
 * the broker hears. What fails is made good by comparing everything, 1 s later, then ever more rarely, at least every 30 s;
 * everything is compared at every start of listening and every minute as well.
 */
export function createInStep({ system, log, what, some, all }: InStepOptions): InStep {
  let working: Promise<void> = Promise.resolve();
  let listening: ReturnType<typeof listenTo> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let retry: NodeJS.Timeout | undefined;
  let retryMs = firstRetryMs;
  let stopped = false;

  function then(work: () => Promise<void>): Promise<void> {
    working = working
      .then(() => (stopped ? undefined : work()))
      .catch((error: unknown) => {
        log.warn({ error, againInMs: retryMs }, `${what} could not be brought into step with the database; it is tried again`);
        if (stopped || retry) return;
        retry = setTimeout(() => {
          retry = undefined;
          compare();
        }, retryMs);
        retryMs = Math.min(lastRetryMs, retryMs * 2);
      });
    return working;
  }

  function compare(): void {
    void then(async () => {
      await all();
      retryMs = firstRetryMs;
    });
  }

  async function hear(told: string): Promise<void> {
    if (!told.endsWith('/*')) return parseUsername(told) ? some([told]) : undefined;
    const { rows } = await system.pool.query<{ device: string }>('select device from telemetry.devices_of($1) as device', [
      told.slice(0, -2),
    ]);
    if (rows.length > 0) await some(rows.map(({ device }) => device));
  }

  return {
    start() {
      listening = listenTo({
        listener: system,
        channel: 'yunfab_device',
        log,
        meanwhile: 'a token that ends is refused by the broker once it can listen again',
        onListening: compare,
        onTold: (payload) => payload !== undefined && payload !== '*' && void then(() => hear(payload)),
      });
      timer = setInterval(compare, everyMs);
    },
    soon: (device) => then(() => some([device])),
    async stop() {
      stopped = true;
      clearInterval(timer);
      clearTimeout(retry);
      await listening?.stop();
      await working;
    },
  };
}
