import type { PoolClient } from 'pg';
import type { Connection, OrganizationId } from '../database/index.js';
import type { WorkerLog } from './sequencer.js';

export interface FeedListener {
  stop(): Promise<void>;
}

const reconnectMs = 250;

/**
 * Calls back after each batch of the sequencer, with the organizations whose feed grew, or null when any may have
 * (many at once, or a reconnection that may have missed some). Holds one connection of the pool; reconnects by itself.
 * Resolves once it listens.
 */
export async function listenFeed(
  system: Connection,
  onBatch: (organizations: readonly OrganizationId[] | null) => void,
  log?: WorkerLog,
): Promise<FeedListener> {
  let stopped = false;
  let client: PoolClient | null = null;
  let retry: NodeJS.Timeout | undefined;

  const listen = async () => {
    const opened = await system.pool.connect();
    const lost = (error?: Error) => {
      if (client !== opened) return;
      client = null;
      opened.release(error ?? true);
      if (!stopped) reconnect(error);
    };
    opened.on('notification', ({ payload }) => onBatch(payload ? (payload.split(',') as OrganizationId[]) : null));
    opened.on('error', lost);
    opened.on('end', lost);
    client = opened;
    try {
      await opened.query('listen yunfab_feed');
    } catch (error) {
      client = null;
      opened.release(true);
      throw error;
    }
  };

  const reconnect = (error?: unknown) => {
    log?.warn({ err: error }, 'the feed listener lost its database and tries again');
    retry = setTimeout(() => {
      listen().then(
        () => onBatch(null),
        (failure: unknown) => {
          if (!stopped) reconnect(failure);
        },
      );
    }, reconnectMs);
  };

  await listen();
  return {
    async stop() {
      stopped = true;
      clearTimeout(retry);
      const held = client;
      client = null;
      held?.release(true);
    },
  };
}
