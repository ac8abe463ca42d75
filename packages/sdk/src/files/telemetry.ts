import { clientError } from '../errors.js';
import type { ConnectionOptions } from '../options.js';
import { readPlainReply, requestIdOf } from '../reply.js';
import { ask, type ClientOptions, cookiesOf } from './asking.js';
import { nameOf } from './download.js';

/** Which samples, and as what. */
export interface TelemetryRange {
  readonly equipment: string;
  /** All signals when left out. */
  readonly signals?: readonly string[] | undefined;
  /** Unix ms, inclusive. */
  readonly from: number;
  /** Unix ms, exclusive. */
  readonly to: number;
  readonly format: 'csv' | 'parquet';
}

/** A file of samples on its way; its length is not known before its end. Read it once: as a stream, a blob or bytes. */
export interface TelemetryFile {
  readonly name: string;
  readonly mediaType: string;
  readonly stream: ReadableStream<Uint8Array>;
  blob(): Promise<Blob>;
  bytes(): Promise<Uint8Array>;
}

/** Asks for every sample of a time range; resolves as soon as they begin to come. */
export type TelemetryExport = (range: TelemetryRange, options?: { readonly signal?: AbortSignal | undefined }) => Promise<TelemetryFile>;

const path = 'equipment.telemetry.export';

export function createTelemetryExport(options: ClientOptions): TelemetryExport {
  const fetch = options.fetch ?? globalThis.fetch;

  return async (range, { signal } = {}) => {
    const file = await ask(options, {
      path,
      headers: {},
      signal,
      repeatable: true,
      send: (headers) => fetch(addressOf(options, range), { headers, credentials: cookiesOf(options), ...(signal ? { signal } : {}) }),
      async read(response) {
        if (response.ok && response.body) return { output: telemetryFile(response, response.body) };
        const reply = readPlainReply(path, response, await response.text());
        if ('error' in reply) return reply;
        const details = { path, status: response.status, problem: 'it has no content' };
        return { error: clientError('client.unexpected_reply', details, { status: response.status, requestId: requestIdOf(response) }) };
      },
    });
    return file as TelemetryFile;
  };
}

/** The address with the organization in it: a link sends no header. */
export function telemetryLink(options: ConnectionOptions, range: TelemetryRange): string {
  return addressOf(options, range, options.organization);
}

function addressOf({ url }: ConnectionOptions, { equipment, signals, from, to, format }: TelemetryRange, organization?: string): string {
  const query = new URLSearchParams({
    from: String(from),
    to: String(to),
    ...(signals === undefined ? {} : { signals: signals.join(',') }),
    ...(organization === undefined ? {} : { organization }),
  });
  return `${url.replace(/\/+$/, '')}/api/telemetry/${encodeURIComponent(equipment)}.${format}?${query}`;
}

function telemetryFile(response: Response, stream: ReadableStream<Uint8Array>): TelemetryFile {
  return {
    name: nameOf(response.headers.get('content-disposition') ?? '') ?? 'telemetry',
    mediaType: response.headers.get('content-type') ?? '',
    stream,
    blob: () => response.blob(),
    bytes: async () => new Uint8Array(await response.arrayBuffer()),
  };
}
