import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, isYunfabError, type UploadProgress, type Yunfab } from '@yunfab/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedPlatform, servePlatform } from './served-platform.js';

/** Files through the SDK against the whole platform in another process. */

let platform: ServedPlatform;
let folder: string;
let buyer: Yunfab;
let supplier: Yunfab;
let rival: Yunfab;
let order: string;
beforeAll(async () => {
  platform = await servePlatform();
  folder = mkdtempSync(join(tmpdir(), 'yunfab-sdk-files-'));
  const clientOf = async (code: string) => createClient({ url: platform.httpUrl, apiKey: await platform.company(code), maxAttempts: 30 });
  buyer = await clientOf('buyer');
  supplier = await clientOf('supplier');
  rival = await clientOf('rival');
  const lines = [{ description: 'Plate', quantity: { value: '3', unit: 'H87' as const }, unitPrice: '2' }];
  order = (await buyer.orders.propose({ supplier: 'supplier', ownNumber: 'PO-1', currency: 'CNY', dueOn: '2030-01-31', lines })).id;
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await platform?.close();
});

const hashOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

async function* parts(content: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

describe('a file', () => {
  it('goes from a path of one company to the bytes of the other, under its name', async () => {
    const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(700_000)]);
    const path = join(folder, '法兰 图纸-B.pdf');
    writeFileSync(path, content);
    const told: UploadProgress[] = [];
    const drawing = await buyer.files.upload(path, { onProgress: (progress) => told.push(progress) });
    expect(drawing).toMatchObject({ sha256: hashOf(content), name: '法兰 图纸-B.pdf', size: content.length, mediaType: 'application/pdf' });
    expect(told.length).toBeGreaterThan(1);
    expect(told.at(-1)).toEqual({ sent: content.length, total: content.length });
    await buyer.files.attach({ record: order, sha256: drawing.sha256, role: 'drawing', revision: 'B' });
    const names: string[] = [];
    for await (const { name, sha256 } of supplier.files.list({ record: order })) {
      names.push(name);
      const downloaded = await supplier.files.download({ sha256, record: order });
      expect(downloaded).toMatchObject({ name: '法兰 图纸-B.pdf', size: content.length, mediaType: 'application/pdf' });
      expect(hashOf(await downloaded.bytes())).toBe(drawing.sha256);
      const rest = await supplier.files.download({ sha256, record: order }, { from: 700_000 });
      expect(rest.size).toBe(content.length);
      expect(hashOf(await rest.bytes())).toBe(hashOf(content.subarray(700_000)));
    }
    expect(names).toEqual(['法兰 图纸-B.pdf']);
  });

  it.each([
    ['a Blob', (content: Buffer) => new Blob([new Uint8Array(content)])],
    ['bytes', (content: Buffer) => new Uint8Array(content)],
    ['a stream', (content: Buffer) => new Blob([new Uint8Array(content)]).stream()],
    ['parts as they are made', (content: Buffer) => parts(content, 1_000)],
  ])('may be %s', async (_what, make) => {
    const content = randomBytes(50_000);
    const { sha256 } = await buyer.files.upload(make(content), { name: 'x.bin' });
    expect(sha256).toBe(hashOf(content));
  });

  it('without a name, or where no path can be read, is refused before anything is sent', async () => {
    await expect(buyer.files.upload(new Uint8Array([1]))).rejects.toThrow('say the name');
    await expect(buyer.files.upload(join(folder, 'absent.pdf'))).rejects.toThrow('ENOENT');
  });

  it('larger than the platform takes is refused before it is sent', async () => {
    const path = join(folder, 'huge.bin');
    writeFileSync(path, '');
    truncateSync(path, 2 * 1024 ** 3 + 1);
    let sent = 0;
    const onProgress = (progress: UploadProgress) => (sent = progress.sent);
    const refused = await buyer.files.upload(path, { onProgress }).catch((error: unknown) => error);
    expect(isYunfabError(refused, 'files.too_large')).toBe(true);
    expect(sent).toBeLessThan(1024 ** 3);
  });

  it('is not there for others, and a link to it needs their sign-in', async () => {
    const { sha256 } = await buyer.files.upload(new Uint8Array([1, 2, 3]), { name: 'secret' });
    const refused = await rival.files.download({ sha256, record: order }).catch((error: unknown) => error);
    expect(isYunfabError(refused, 'request.not_found')).toBe(true);
    const browser = createClient({ url: platform.httpUrl, session: 'browser', organization: 'buyer' });
    const link = browser.files.link({ sha256, record: order });
    expect(link).toBe(`${platform.httpUrl}/api/files/${sha256}?record=${order}&organization=buyer`);
    expect((await fetch(link)).status).toBe(401);
  });

  it('whose upload is canceled is not kept', async () => {
    const before = await buyer.files.usage();
    const stop = new AbortController();
    const endless = (async function* () {
      for (;;) {
        yield randomBytes(100_000);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const onProgress = ({ sent }: UploadProgress) => (sent > 1_000_000 ? stop.abort(new Error('enough')) : undefined);
    await expect(buyer.files.upload(endless, { name: 'endless', signal: stop.signal, onProgress })).rejects.toThrow('enough');
    expect(await buyer.files.usage()).toEqual(before);
  });

  it('arrives although the server is killed on its way', { timeout: 120_000 }, async () => {
    const content = randomBytes(8_000_000);
    let killed: Promise<void> | undefined;
    const sent: number[] = [];
    const slowly = new Blob([new Uint8Array(content)]);
    const uploading = buyer.files.upload(slowly, {
      name: 'large.bin',
      onProgress(progress) {
        sent.push(progress.sent);
        killed ??= platform.restart('SIGKILL');
      },
    });
    const { sha256 } = await uploading;
    await killed;
    expect(sha256).toBe(hashOf(content));
    // It began more than once.
    expect(sent.filter((bytes) => bytes === sent[0]).length).toBeGreaterThan(1);
  });
});

const partBytes = 65_536;

/** What the client uses of XMLHttpRequest (https://xhr.spec.whatwg.org), over a real connection: Node has none. */
class NodeXhr {
  withCredentials = false;
  status = 0;
  responseText = '';
  readonly #events = new EventTarget();
  readonly #headers: Record<string, string> = {};
  readonly #stop = new AbortController();
  #url = '';
  #method = '';
  #answered: Record<string, string | string[] | undefined> = {};
  readonly upload = {
    addEventListener: (_type: 'progress', told: (event: { loaded: number }) => void) =>
      this.#events.addEventListener('progress', (event) => told({ loaded: (event as CustomEvent<number>).detail })),
  };
  addEventListener(type: string, told: () => void): void {
    this.#events.addEventListener(type, told);
  }
  open(method: string, url: string): void {
    [this.#method, this.#url] = [method, url];
  }
  setRequestHeader(name: string, value: string): void {
    this.#headers[name] = value;
  }
  getResponseHeader(name: string): string | null {
    return String(this.#answered[name] ?? '') || null;
  }
  abort(): void {
    this.#stop.abort();
  }
  send(body: Blob): void {
    const end = (type: string) => {
      this.#events.dispatchEvent(new Event(type));
      this.#events.dispatchEvent(new Event('loadend'));
    };
    const headers = { ...this.#headers, 'content-length': body.size };
    const request = httpRequest(this.#url, { method: this.#method, headers, signal: this.#stop.signal }, async (reply) => {
      for await (const chunk of reply) this.responseText += String(chunk);
      this.status = reply.statusCode ?? 0;
      this.#answered = reply.headers;
      end('load');
    });
    request.on('error', () => end(this.#stop.signal.aborted ? 'abort' : 'error'));
    void (async () => {
      // A Blob's own stream gives all of it as one part: then the progress by which a test cancels comes when everything has arrived.
      for (let at = 0; at < body.size && !request.destroyed; at += partBytes) {
        const part = new Uint8Array(await body.slice(at, at + partBytes).arrayBuffer());
        await new Promise((resolve) => request.write(part, resolve));
        this.#events.dispatchEvent(new CustomEvent('progress', { detail: at + part.length }));
      }
      request.end();
    })();
  }
}

describe('where there is XMLHttpRequest, as in pages', () => {
  beforeAll(() => void Object.assign(globalThis, { XMLHttpRequest: NodeXhr }));
  afterAll(() => void delete (globalThis as { XMLHttpRequest?: unknown }).XMLHttpRequest);

  const client = async () =>
    createClient({ url: platform.httpUrl, apiKey: await platform.company(`page-${Math.random().toString(36).slice(2, 8)}`) });

  it('a File is uploaded by it, under its name and with progress', async () => {
    const page = await client();
    const content = randomBytes(500_000);
    const told: UploadProgress[] = [];
    const file = new File([new Uint8Array(content)], '照片 1.bin');
    expect(await page.files.upload(file, { onProgress: (progress) => told.push(progress) })).toMatchObject({
      sha256: hashOf(content),
      name: '照片 1.bin',
    });
    expect(told.length).toBeGreaterThan(0);
    expect(told.at(-1)).toEqual({ sent: 500_000, total: 500_000 });
  });

  it('a refusal has its code and a cancel its own reason', async () => {
    const page = await client();
    const refused = await page.files.upload(new File([], 'empty.bin')).catch((error: unknown) => error);
    expect(isYunfabError(refused, 'files.empty')).toBe(true);
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error('enough'));
    const content = new Uint8Array(randomBytes(5_000_000));
    await expect(page.files.upload(content, { name: 'x', signal: stop.signal, onProgress })).rejects.toThrow('enough');
    await expect(page.files.upload(content, { name: 'x', signal: stop.signal })).rejects.toThrow('enough');
    expect(await page.files.usage()).toEqual({ files: 0, bytes: 0 });
  });
});
