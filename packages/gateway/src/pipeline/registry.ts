import type { Connection } from '@yunfab/core/database';
import type { GatewayLog } from '../log.js';

/** Where a signal's values go and what they may be. */
export interface Series {
  readonly id: number;
  readonly signal: string;
  readonly kind: 'number' | 'text' | 'boolean';
  readonly low: number | null;
  readonly high: number | null;
}

/** A device as the database knows it. */
export interface KnownDevice {
  readonly organization: string;
  readonly device: string;
  readonly deviceBytes: Buffer;
  readonly equipment: string;
  /** Whether it holds a credential that has not been revoked. */
  readonly live: boolean;
  readonly signals: ReadonlyMap<string, Series>;
}

export interface Registry {
  /** What is known and fresh; undefined means: ask {@link Registry.resolve}. */
  peek(key: string): KnownDevice | 'unknown' | undefined;
  /** Asks the database; rejects when it cannot be asked. */
  resolve(key: string, organization: string, device: string): Promise<KnownDevice | 'unknown'>;
  start(): void;
  stop(): Promise<void>;
}

const knownForMs = 15_000;
const unknownForMs = 1_000;
const mostEntries = 50_000;
const relistenMs = 1_000;

interface Entry {
  readonly found: KnownDevice | 'unknown';
  readonly until: number;
}

/** Caches who is who; the database announces changes on `yunfab_device`, and entries age out in case one was missed. */
export function createRegistry({ ingest, listener, log }: { ingest: Connection; listener: Connection; log: GatewayLog }): Registry {
  const entries = new Map<string, Entry>();
  let stopped = false;
  let hangUp = () => {};
  let listening: Promise<void> = Promise.resolve();

  async function listen(): Promise<void> {
    while (!stopped) {
      try {
        const client = await listener.pool.connect();
        const ended = new Promise<void>((resolve) => {
          client.once('error', () => resolve());
          client.once('end', () => resolve());
          hangUp = resolve;
        });
        client.on('notification', ({ payload }) => (payload === undefined || payload === '*' ? entries.clear() : entries.delete(payload)));
        await client.query('listen yunfab_device');
        entries.clear();
        if (!stopped) await ended;
        client.release(true);
      } catch (error) {
        log.warn({ error }, 'the gateway cannot listen for device changes; it asks again as its cache ages');
      }
      if (!stopped) await new Promise((resolve) => setTimeout(resolve, relistenMs));
    }
  }

  return {
    peek(key) {
      const entry = entries.get(key);
      return entry !== undefined && entry.until > Date.now() ? entry.found : undefined;
    },
    async resolve(key, organization, device) {
      const asked = Date.now();
      const { rows } = await ingest.pool.query<{
        organization: string;
        device: string;
        equipment: string;
        live: boolean;
        series: Series[];
      }>({
        name: 'resolve_device',
        text: 'select organization, device, equipment, live, series from telemetry.resolve_device($1, $2)',
        values: [organization, device],
      });
      const row = rows[0];
      const found = row
        ? {
            ...row,
            deviceBytes: Buffer.from(row.device.replaceAll('-', ''), 'hex'),
            signals: new Map(row.series.map((series) => [series.signal, series])),
          }
        : ('unknown' as const);
      if (entries.size >= mostEntries) entries.clear();
      entries.set(key, { found, until: asked + (found === 'unknown' || !found.live ? unknownForMs : knownForMs) });
      return found;
    },
    start() {
      listening = listen();
    },
    async stop() {
      stopped = true;
      hangUp();
      await listening;
    },
  };
}
