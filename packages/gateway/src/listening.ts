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
  let stopped = false;
  let hangUp = () => {};

  async function listen(): Promise<void> {
    while (!stopped) {
      try {
        const client = await listener.pool.connect();
        const ended = new Promise<void>((resolve) => {
          client.once('error', () => resolve());
          client.once('end', () => resolve());
          hangUp = resolve;
        });
        client.on('notification', ({ payload }) => onTold(payload));
        await client.query(`listen ${channel}`);
        onListening();
        const asking = setInterval(() => {
          within(askMs, client.query('select')).catch(() => hangUp());
        }, askMs);
        if (!stopped) await ended;
        clearInterval(asking);
        client.release(true);
      } catch (error) {
        log.warn({ error, channel }, `the gateway cannot listen for changes; ${meanwhile}`);
      }
      if (!stopped) await new Promise((resolve) => setTimeout(resolve, relistenMs));
    }
  }

  const listening = listen();
  return {
    async stop() {
      stopped = true;
      hangUp();
      await listening;
    },
  };
}
