import type { Connection } from '@yunfab/core/database';
import { listenTo } from '../listening.js';
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
  /** Microseconds since 1970: what is from before is no longer kept, so none is taken. */
  readonly keptFrom: { readonly samples: number; readonly events: number };
}

export interface Registry {
  /** What is known and fresh; undefined means: ask {@link Registry.resolve}. */
  peek(key: string): KnownDevice | 'unknown' | undefined;
  /** Has the database asked the next time, for something has been read that what is known may be older than. */
  forget(key: string): void;
  /** Asks the database; rejects when it cannot be asked. */
  resolve(key: string, organization: string, device: string): Promise<KnownDevice | 'unknown'>;
  start(): void;
  stop(): Promise<void>;
}

const knownForMs = 15_000;
const unknownForMs = 1_000;
const mostEntries = 50_000;

interface Entry {
  readonly found: KnownDevice | 'unknown';
  readonly until: number;
}

interface Asked {
  readonly key: string;
  readonly organization: string;
  readonly device: string;
}

interface Asking {
  readonly keys: Asked[];
  readonly answer: Promise<Map<string, KnownDevice>>;
}

interface Row {
  readonly key: string;
  readonly organization: string;
  readonly device: string;
  readonly equipment: string;
  readonly live: boolean;
  readonly series: Series[];
  readonly samples_from: number | null;
  readonly events_from: number | null;
}

function knownDevice({ organization, device, equipment, live, series, samples_from, events_from }: Row): KnownDevice {
  return {
    organization,
    device,
    equipment,
    live,
    deviceBytes: Buffer.from(device.replaceAll('-', ''), 'hex'),
    signals: new Map(series.map((each) => [each.signal, each])),
    keptFrom: { samples: microsOf(samples_from), events: microsOf(events_from) },
  };
}

const microsOf = (unixMs: number | null): number => (unixMs === null ? Number.NEGATIVE_INFINITY : unixMs * 1000);

/** Caches who is who; the database announces changes on `yunfab_device`, and entries age out in case one was missed. */
export function createRegistry({ ingest, listener, log }: { ingest: Connection; listener: Connection; log: GatewayLog }): Registry {
  const entries = new Map<string, Entry>();
  let gathering: Asking | undefined;
  let announcements = 0;
  let listening: ReturnType<typeof listenTo> | undefined;

  function forget(payload: string | undefined): void {
    announcements += 1;
    if (payload === undefined || payload === '*') entries.clear();
    else if (payload.endsWith('/*')) forgetOrganization(payload.slice(0, -1));
    else entries.delete(payload);
  }

  function forgetOrganization(prefix: string): void {
    for (const key of entries.keys()) if (key.startsWith(prefix)) entries.delete(key);
  }

  /** Those who ask in the same turn ask together: a thousand devices that come back at once are one query. */
  function askSoon(): Asking {
    const keys: Asked[] = [];
    const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      gathering = undefined;
      return ask(keys);
    });
    gathering = { keys, answer };
    return gathering;
  }

  async function ask(keys: readonly Asked[]): Promise<Map<string, KnownDevice>> {
    const asked = Date.now();
    const announcedBefore = announcements;
    const { rows } = await ingest.pool.query<Row>({
      name: 'resolve_devices',
      text: `select d.key, d.organization, d.device, d.equipment, d.live, d.series, k.samples as samples_from, k.events as events_from
        from telemetry.resolve_devices($1, $2) d cross join telemetry.kept_from() k`,
      values: [keys.map(({ organization }) => organization), keys.map(({ device }) => device)],
    });
    const found = new Map(rows.map((row) => [row.key, knownDevice(row)]));
    // What was announced meanwhile may be newer than this answer: use it once, do not keep it.
    if (announcements !== announcedBefore) return found;
    if (entries.size + keys.length > mostEntries) entries.clear();
    for (const { key } of keys) {
      const known = found.get(key) ?? 'unknown';
      entries.set(key, { found: known, until: asked + (known === 'unknown' || !known.live ? unknownForMs : knownForMs) });
    }
    return found;
  }

  return {
    peek(key) {
      const entry = entries.get(key);
      return entry !== undefined && entry.until > Date.now() ? entry.found : undefined;
    },
    forget(key) {
      announcements += 1;
      entries.delete(key);
    },
    resolve(key, organization, device) {
      const asking = gathering ?? askSoon();
      asking.keys.push({ key, organization, device });
      return asking.answer.then((found) => found.get(key) ?? 'unknown');
    },
    start() {
      listening = listenTo({
        ...{ listener, channel: 'yunfab_device', log, meanwhile: 'it asks again about devices as its cache ages' },
        onListening: () => entries.clear(),
        onTold: forget,
      });
    },
    async stop() {
      await listening?.stop();
    },
  };
}
