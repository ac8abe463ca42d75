import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, within } from '@yunfab/core/database';
import type { GatewayLog } from './log.js';

export interface ListenOptions {
  readonly listener: Connection;
  readonly channel: string;
  readonly log: GatewayLog;
  /** For the log: what happens while nothing can be heard. */
  readonly meanwhile: string;
  /** Also after a reconnection that may have missed something. */
  readonly onListening: () => void;
  readonly onTold: (payload: string | undefined) => void;
}

const relistenMs = 1_000;
/** A server that is gone without a word tells nothing any more, so it is asked. */
const askMs = 5_000;

/** Hears what the database announces on a channel until it is stopped; holds one connection, and connects again by itself. */
export function listenTo({ listener, channel, log, meanwhile, onListening, onTold }: ListenOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let hangUp = () => {};

  async function listen(): Promise<void> {
    while (!stopping.signal.aborted) {
      await hear().catch((error: unknown) => log.warn({ error, channel }, `the gateway cannot listen for changes; ${meanwhile}`));
      await sleep(relistenMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  /** Until the connection is lost, or it is stopped, which waits for no answer of the database. */
  async function hear(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      hangUp = resolve;
    });
    const connecting = listener.pool.connect();
    const client = await Promise.race([connecting, ended]);
    if (!client) {
      connecting.then((late) => late.release()).catch(() => {});
      return;
    }
    let asking: NodeJS.Timeout | undefined;
    try {
      client.on('notification', ({ payload }) => onTold(payload));
      await Promise.race([within(askMs, client.query(`listen ${channel}`)), ended]);
      if (stopping.signal.aborted) return;
      client.once('error', hangUp);
      client.once('end', hangUp);
      onListening();
      asking = setInterval(() => {
        within(askMs, client.query('select')).catch(hangUp);
      }, askMs);
      await ended;
    } finally {
      clearInterval(asking);
      client.release(true);
    }
  }

  const listening = listen();
  return {
    async stop() {
      stopping.abort();
      hangUp();
      await listening;
    },
  };
}
