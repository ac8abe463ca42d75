import { clientError } from '../errors.js';
import type { ConnectionOptions } from '../options.js';
import { readPlainReply, requestIdOf } from '../reply.js';
import { ask, type ClientOptions, contentAddress, cookiesOf } from './asking.js';

export interface FileAddress {
  readonly sha256: string;
  /** The record that names the file; without it only your own uploads are given. */
  readonly record?: string | undefined;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Go on after so many bytes that are here already. */
  readonly from?: number | undefined;
}

/** A content on its way. Read it once: as a stream, a blob or bytes. */
export interface DownloadedFile {
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
  /** Of the whole content, in bytes. */
  readonly size: number;
  readonly stream: ReadableStream<Uint8Array>;
  blob(): Promise<Blob>;
  bytes(): Promise<Uint8Array>;
}

/** Asks for a content; resolves as soon as it begins to come. Throws `request.not_found` for what you may not see. */
export type Download = (file: FileAddress, options?: DownloadOptions) => Promise<DownloadedFile>;

const path = 'files.download';

export function createDownload(options: ClientOptions): Download {
  const fetch = options.fetch ?? globalThis.fetch;

  return async (file, { signal, from = 0 } = {}) => {
    const content = await ask(options, {
      path,
      headers: from > 0 ? { range: `bytes=${from}-` } : {},
      signal,
      repeatable: true,
      send: (headers) => fetch(addressOf(options, file), { headers, credentials: cookiesOf(options), ...(signal ? { signal } : {}) }),
      async read(response) {
        if (response.ok && response.body) return { output: downloaded(file.sha256, response, response.body) };
        const reply = readPlainReply(path, response, await response.text());
        return 'error' in reply ? reply : { error: unexpected(response) };
      },
    });
    return content as DownloadedFile;
  };
}

/** The address with the organization in it: a link sends no header. */
export function fileLink(options: ConnectionOptions, file: FileAddress): string {
  return addressOf(options, file, options.organization);
}

function addressOf(options: ConnectionOptions, { sha256, record }: FileAddress, organization?: string): string {
  const query = new URLSearchParams({
    ...(record === undefined ? {} : { record }),
    ...(organization === undefined ? {} : { organization }),
  });
  return `${contentAddress(options)}/${encodeURIComponent(sha256)}${query.size > 0 ? `?${query}` : ''}`;
}

function downloaded(sha256: string, response: Response, stream: ReadableStream<Uint8Array>): DownloadedFile {
  const header = (name: string) => response.headers.get(name) ?? '';
  return {
    sha256,
    name: nameOf(header('content-disposition')) ?? sha256,
    mediaType: header('content-type'),
    size: Number(/\/(\d+)$/.exec(header('content-range'))?.[1] ?? header('content-length')),
    stream,
    blob: () => response.blob(),
    bytes: async () => new Uint8Array(await response.arrayBuffer()),
  };
}

/** RFC 6266: the extended name (RFC 8187) counts before the plain one. */
export function nameOf(disposition: string): string | null {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (extended) return decodeURIComponent(extended);
  const plain = /filename=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition);
  return plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2] ?? null;
}

const unexpected = (response: Response) =>
  clientError(
    'client.unexpected_reply',
    { path, status: response.status, problem: 'it has no content' },
    { status: response.status, requestId: requestIdOf(response) },
  );
