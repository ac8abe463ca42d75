import { readPlainReply } from '../reply.js';
import { ask, type ClientOptions, contentAddress, cookiesOf } from './asking.js';
import { type SendableContent, sendableContent, type UploadContent } from './content.js';

export interface UploadProgress {
  /** Bytes handed to the network so far. */
  readonly sent: number;
  /** Null for a stream, whose length is not known. */
  readonly total: number | null;
}

export interface UploadOptions {
  /** Needed unless the content has one of its own, as a `File` and a path do. */
  readonly name?: string | undefined;
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
  /** Ends the upload; nothing of it is kept unless all of it had arrived. */
  readonly signal?: AbortSignal | undefined;
}

/** A content that the platform keeps for your organization; attach it with `files.attach`. */
export interface UploadedFile {
  /** Of the content, 64 hexadecimal digits: its address. */
  readonly sha256: string;
  readonly name: string;
  readonly size: number;
  /** By what the first bytes are. */
  readonly mediaType: string;
  readonly uploadedBy: string;
  readonly uploadedAt: string;
}

/**
 * Sends a content of any length up to the platform's limit (2 GiB unless its operator set another). Uploading the same again
 * changes nothing, so a broken connection is tried again, unless the content is a stream that can be read only once.
 */
export type Upload = (content: UploadContent, options?: UploadOptions) => Promise<UploadedFile>;

export function createUpload(options: ClientOptions): Upload {
  const Xhr = options.fetch ? undefined : (globalThis as unknown as { readonly XMLHttpRequest?: XhrMaker }).XMLHttpRequest;

  return async (content, { name, onProgress, signal } = {}) => {
    const sendable = await sendableContent(content);
    const named = name ?? sendable.name;
    if (!named) throw new TypeError('say the name of the file: upload(content, { name })');
    const sending = { content: sendable, onProgress, signal };
    const reply = await ask(options, {
      path: 'files.upload',
      headers: { 'content-type': 'application/octet-stream', 'x-yunfab-file-name': encodeURIComponent(named) },
      signal,
      repeatable: sendable.repeatable,
      send: (headers) => (Xhr ? sendByXhr(Xhr, options, headers, sending) : sendByFetch(options, headers, sending)),
      read: async (response) => readPlainReply('files.upload', response, await response.text()),
    });
    return reply as UploadedFile;
  };
}

interface Sending extends Pick<UploadOptions, 'onProgress' | 'signal'> {
  readonly content: SendableContent;
}

/** Where `fetch` takes a stream: Node. */
function sendByFetch(options: ClientOptions, headers: Record<string, string>, { content, onProgress, signal }: Sending): Promise<Response> {
  const fetch = options.fetch ?? globalThis.fetch;
  let sent = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      sent += chunk.length;
      controller.enqueue(chunk);
      onProgress?.({ sent, total: content.size });
    },
  });
  return fetch(contentAddress(options), {
    method: 'POST',
    // Said beforehand, so that what is too large is refused before it is sent.
    headers: content.size === null ? headers : { ...headers, 'content-length': String(content.size) },
    credentials: cookiesOf(options),
    body: content.open().pipeThrough(counted),
    // Node wants to be told that the answer comes after the body; no type knows it yet.
    ...({ duplex: 'half' } as object),
    ...(signal ? { signal } : {}),
  });
}

/** What is used of XMLHttpRequest, so that a program for Node needs no types of pages. */
interface Xhr {
  withCredentials: boolean;
  readonly status: number;
  readonly responseText: string;
  readonly upload: { addEventListener(type: 'progress', told: (event: { readonly loaded: number }) => void): void };
  addEventListener(type: 'load' | 'error' | 'abort' | 'loadend', told: () => void): void;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  getResponseHeader(name: string): string | null;
  send(body: Blob): void;
  abort(): void;
}
type XhrMaker = new () => Xhr;

/** Where only XMLHttpRequest tells how far an upload has come: pages. */
async function sendByXhr(Maker: XhrMaker, options: ClientOptions, headers: Record<string, string>, sending: Sending): Promise<Response> {
  const { content, onProgress, signal } = sending;
  const body = await content.blob();
  signal?.throwIfAborted();
  return new Promise<Response>((resolve, reject) => {
    const request = new Maker();
    request.open('POST', contentAddress(options));
    request.withCredentials = cookiesOf(options) === 'include';
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    const abort = () => request.abort();
    signal?.addEventListener('abort', abort, { once: true });
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', abort));
    request.upload.addEventListener('progress', ({ loaded }) => onProgress?.({ sent: loaded, total: body.size }));
    request.addEventListener('abort', () => reject(signal?.reason));
    request.addEventListener('error', () => reject(new Error('the connection broke')));
    request.addEventListener('load', () => {
      const { status, responseText } = request;
      const told = ['x-request-id', 'retry-after'].map((name) => [name, request.getResponseHeader(name)] as const);
      resolve(new Response(responseText, { status, headers: told.filter((each): each is [string, string] => each[1] !== null) }));
    });
    request.send(body);
  });
}
