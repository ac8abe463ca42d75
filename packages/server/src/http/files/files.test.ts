import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@yunfab/core/database';
import { sweepFiles } from '@yunfab/core/files';
import { createTestDatabase, createTestOrganization, type TestDatabase } from '@yunfab/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../config/index.js';
import { fileStoreOf } from '../../files/index.js';
import { createLog } from '../../operations/log.js';
import { withOwner } from '../../platform/database.js';
import { migrateAll } from '../../platform/migrate.js';
import { type Platform, startPlatform } from '../../platform/platform.js';
import { createTestKey } from '../../testing/keys.js';
import { environmentOf } from '../../testing/platform.js';
import { until } from '../../testing/until.js';

const mostBytes = 4 * 1024 * 1024;
const dayMs = 86_400_000;
let base: TestDatabase;
let platform: Platform;
let folder: string;
let store: ReturnType<typeof fileStoreOf>;
let keys: Record<'buyer' | 'maker' | 'auditor' | 'rival', string>;
let order: string;

beforeAll(async () => {
  base = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'yunfab-files-'));
  folder = join(dataDir, 'files');
  const config = readConfig({ ...environmentOf(base, dataDir), YUNFAB_VERTICALS: 'none', YUNFAB_FILES_MAX_BYTES: String(mostBytes) });
  store = fileStoreOf(config);
  await withOwner(base.urls.owner, (owner) => migrateAll(owner, []));
  platform = await startPlatform({ config, secret: config.secret ?? '', log: createLog(process.env['YUNFAB_LOG_LEVEL'] ?? 'silent') });
  const keyOf = async (code: string) => createTestKey(base, await createTestOrganization(base, code));
  keys = { buyer: await keyOf('buyer'), maker: await keyOf('maker'), auditor: await keyOf('auditor'), rival: await keyOf('rival') };
  order = await newOrder('maker');
});
afterAll(async () => {
  await platform?.stop();
  rmSync(join(folder, '..'), { recursive: true, force: true });
  await base?.close();
});

type Who = keyof typeof keys;

async function call<Output>(who: Who, procedure: string, input: object): Promise<Output> {
  const reply = await fetch(`${platform.httpUrl}/api/trpc/${procedure}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys[who]}`, 'content-type': 'application/json', 'idempotency-key': newId() },
    body: JSON.stringify(input),
  });
  const body = (await reply.json()) as { result: { data: Output }; error?: { data: { yunfab: { code: string } } } };
  if (body.error) throw new Error(body.error.data.yunfab.code);
  return body.result.data;
}

let numbers = 0;
async function newOrder(supplier: string): Promise<string> {
  const lines = [{ description: 'Part', quantity: { value: '10', unit: 'H87' }, unitPrice: '12.5' }];
  const proposal = { supplier, ownNumber: `PO-${++numbers}`, currency: 'CNY', dueOn: '2099-12-24', lines };
  return (await call<{ id: string }>('buyer', 'orders.propose', proposal)).id;
}

const hashOf = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');
const auth = (who: Who) => ({ authorization: `Bearer ${keys[who]}` });

interface Sent {
  readonly status: number;
  readonly body: Record<string, never> & { readonly sha256: string; readonly error?: { readonly code: string } };
}

async function upload(who: Who, content: Buffer | string, name = 'file.bin', address = '/api/files', method = 'POST'): Promise<Sent> {
  const headers = { ...auth(who), 'x-yunfab-file-name': encodeURIComponent(name) };
  const reply = await fetch(platform.httpUrl + address, { method, headers, body: content });
  return { status: reply.status, body: (await reply.json()) as Sent['body'] };
}

const get = (who: Who, sha256: string, record?: string, headers: Record<string, string> = {}) =>
  fetch(`${platform.httpUrl}/api/files/${sha256}${record ? `?record=${record}` : ''}`, { headers: { ...auth(who), ...headers } });

const sql = async <Row extends object>(text: string, ...values: unknown[]) => (await base.owner.pool.query<Row>(text, values)).rows;
const blobPath = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
/** Files that are on their way in. */
const arriving = () => readdirSync(join(folder, 'incoming'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

describe('an upload', () => {
  it('is kept under its hash, by what its bytes are and not by what was said', async () => {
    const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(50_000)]);
    const { status, body } = await upload('buyer', pdf, '法兰盘 图纸 Ø40.pdf');
    expect(status).toBe(200);
    expect(body).toMatchObject({ sha256: hashOf(pdf), name: '法兰盘 图纸 Ø40.pdf', size: pdf.length, mediaType: 'application/pdf' });
    expect(existsSync(blobPath(hashOf(pdf)))).toBe(true);
    expect(arriving()).toEqual([]);
    const script = await upload('buyer', '<script>alert(1)</script>', 'harmless.png');
    expect(script.body).toMatchObject({ mediaType: 'application/octet-stream' });
  });

  it('of the same content by two organizations at once is one content, and each has its own', async () => {
    const content = randomBytes(300_000);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => upload(n % 2 ? 'buyer' : 'maker', content, `${n}.bin`)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(await sql('select organization from core.file_upload where sha256 = $1', hashOf(content))).toHaveLength(2);
    expect(await sql('select 1 from core.file_blob where sha256 = $1 and stored_at is not null', hashOf(content))).toHaveLength(1);
    expect(hashOf(Buffer.from(await (await get('buyer', hashOf(content))).arrayBuffer()))).toBe(hashOf(content));
  });

  it('that is not what was announced is refused and leaves nothing', async () => {
    const content = randomBytes(1_000);
    const refused = await upload('buyer', content, 'x', `/api/files/${hashOf('another')}`, 'PUT');
    expect([refused.status, refused.body.error?.code]).toEqual([422, 'files.hash_mismatch']);
    expect(await sql('select 1 from core.file_blob where sha256 in ($1, $2)', hashOf(content), hashOf('another'))).toEqual([]);
    expect(existsSync(blobPath(hashOf(content)))).toBe(false);
    expect(arriving()).toEqual([]);
    expect((await upload('buyer', content, 'x', `/api/files/${hashOf(content)}`, 'PUT')).status).toBe(200);
  });

  it('is refused when too large, announced or not', async () => {
    const announced = await upload('buyer', Buffer.alloc(mostBytes + 1), 'x');
    expect([announced.status, announced.body.error?.code]).toEqual([413, 'files.too_large']);
    const chunked = await streamed('buyer', mostBytes + 1);
    expect([chunked.status, chunked.body.error?.code]).toEqual([413, 'files.too_large']);
    expect(arriving()).toEqual([]);
    expect((await upload('buyer', Buffer.alloc(mostBytes, 7), 'x')).status).toBe(200);
  });

  it.each([
    ['files.empty', { 'x-yunfab-file-name': 'x' }, ''],
    ['request.invalid', {}, 'content'],
    ['request.invalid', { 'x-yunfab-file-name': '%E6%B' }, 'content'],
    ['request.invalid', { 'x-yunfab-file-name': 'a%0Ab' }, 'content'],
  ])('is refused with %s when its headers are %j', async (code, headers, body) => {
    const reply = await fetch(`${platform.httpUrl}/api/files`, { method: 'POST', headers: { ...auth('buyer'), ...headers }, body });
    expect(((await reply.json()) as Sent['body']).error?.code).toBe(code);
  });

  it('keeps only the last part of a name that is a path', async () => {
    expect((await upload('buyer', 'path', '../../etc/passwd')).body).toMatchObject({ name: 'passwd' });
    expect((await upload('buyer', 'path', 'C:\\drawings\\a.dwg')).body).toMatchObject({ name: 'a.dwg' });
  });

  it('needs a credential that may', async () => {
    const headers = { 'x-yunfab-file-name': 'x' };
    const nobody = await fetch(`${platform.httpUrl}/api/files`, { method: 'POST', headers, body: 'x' });
    expect(nobody.status).toBe(401);
    const viewer = await createTestKey(base, await createTestOrganization(base, 'viewer'), ['files.view']);
    const authorization = `Bearer ${viewer}`;
    const reply = await fetch(`${platform.httpUrl}/api/files`, { method: 'POST', headers: { ...headers, authorization }, body: 'x' });
    expect(((await reply.json()) as Sent['body']).error?.code).toBe('access.forbidden');
  });

  it('that its sender breaks off leaves nothing', async () => {
    const before = await sql('select sha256 from core.file_blob order by sha256');
    const request = httpRequest(`${platform.httpUrl}/api/files`, {
      method: 'POST',
      headers: { ...auth('buyer'), 'x-yunfab-file-name': 'broken.bin', 'content-length': 1_000_000 },
    });
    request.on('error', () => {});
    request.write(randomBytes(200_000));
    await until(async () => arriving().length === 1);
    request.destroy();
    await until(async () => arriving().length === 0);
    expect(await sql('select sha256 from core.file_blob order by sha256')).toEqual(before);
  });
});

/** Sends so many bytes without saying how many. */
function streamed(who: Who, bytes: number): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${platform.httpUrl}/api/files`,
      { method: 'POST', headers: { ...auth(who), 'x-yunfab-file-name': 'x', 'transfer-encoding': 'chunked' } },
      async (reply) => {
        let text = '';
        for await (const chunk of reply) text += String(chunk);
        resolve({ status: reply.statusCode ?? 0, body: JSON.parse(text) as Sent['body'] });
      },
    );
    request.on('error', reject);
    for (let left = bytes; left > 0; left -= 65_536) request.write(Buffer.alloc(Math.min(left, 65_536)));
    request.end();
  });
}

describe('a download', () => {
  const content = Buffer.from('0123456789'.repeat(100));
  const name = '检验报告 (终版).txt';
  let sha256: string;
  beforeAll(async () => {
    ({ sha256 } = (await upload('buyer', content, name)).body);
    await call('buyer', 'files.attach', { record: order, sha256, role: 'report' });
  });

  it('is an attachment under its Chinese name, with nothing that a browser would run', async () => {
    const reply = await get('maker', sha256, order);
    expect(reply.status).toBe(200);
    expect(Buffer.from(await reply.arrayBuffer())).toEqual(content);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': '1000',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox') as string,
      'cache-control': 'private, no-cache',
      etag: `"${sha256}"`,
      'accept-ranges': 'bytes',
    });
    const disposition = reply.headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="[ -~]+"; filename\*=UTF-8''/);
    expect(decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(disposition)?.[1] ?? '')).toBe(name);
  });

  it('gives a part, the rest after a break, and nothing of what is known', async () => {
    const part = await get('maker', sha256, order, { range: 'bytes=10-14' });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '01234', 'bytes 10-14/1000']);
    const rest = await get('maker', sha256, order, { range: 'bytes=995-' });
    expect([rest.status, await rest.text(), rest.headers.get('content-length')]).toEqual([206, '56789', '5']);
    const tail = await get('maker', sha256, order, { range: 'bytes=-3', 'if-range': `"${sha256}"` });
    expect([tail.status, await tail.text()]).toEqual([206, '789']);
    const changed = await get('maker', sha256, order, { range: 'bytes=0-1', 'if-range': '"other"' });
    expect([changed.status, (await changed.text()).length]).toEqual([200, 1000]);
    const several = await get('maker', sha256, order, { range: 'bytes=0-1,5-6' });
    expect(several.status).toBe(200);
    const outside = await get('maker', sha256, order, { range: 'bytes=2000-' });
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
    const known = await get('maker', sha256, order, { 'if-none-match': `"${sha256}"` });
    expect([known.status, await known.text()]).toEqual([304, '']);
    const head = await fetch(`${platform.httpUrl}/api/files/${sha256}?record=${order}`, { method: 'HEAD', headers: auth('maker') });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '1000', '']);
  });

  it('is for those who see the record that names it, for as long as they do', async () => {
    const expiresAt = '2099-01-01T00:00:00Z';
    const grant = await call<{ id: string }>('buyer', 'access.grants.give', {
      ...{ record: order, organization: 'auditor', reason: 'audit', expiresAt },
    });
    expect((await get('auditor', sha256, order)).status).toBe(200);
    expect((await get('auditor', sha256)).status).toBe(404);
    await call('buyer', 'access.grants.revoke', { grant: grant.id });
    expect((await get('auditor', sha256, order)).status).toBe(404);
    expect((await get('auditor', sha256, order, { 'if-none-match': `"${sha256}"` })).status).toBe(404);
  });

  it('answers a guessed hash like one that nobody has', async () => {
    const seen = (reply: Response, body: string, headers: IncomingHttpHeaders = {}) => ({
      status: reply.status,
      headers: { ...Object.fromEntries([...reply.headers].filter(([each]) => each !== 'date' && each !== 'x-request-id')), ...headers },
      body: body.replace(/"requestId":"[^"]*"/, ''),
    });
    const theirs = await newOrder('rival');
    for (const record of [undefined, order, theirs, newId()]) {
      for (const headers of [{}, { range: 'bytes=0-1' }, { range: 'bytes=99999-' }, { 'if-none-match': `"${sha256}"` }]) {
        const hidden = await get('rival', sha256, record, headers as Record<string, string>);
        const absent = await get('rival', hashOf(`absent ${sha256}`), record, headers as Record<string, string>);
        const told = seen(hidden, await hidden.text());
        expect(told).toEqual(seen(absent, await absent.text()));
        expect(told.status).toBe(404);
      }
    }
    expect((await get('rival', 'f00')).status).toBe(400);
  });

  it('by a link names the organization in its address', async () => {
    const address = `${platform.httpUrl}/api/files/${sha256}?record=${order}&organization=maker`;
    expect((await fetch(address, { headers: auth('maker') })).status).toBe(200);
    expect((await fetch(address)).status).toBe(401);
  });

  it('of a content that the disk has lost says so, and an upload brings it back', async () => {
    const lost = (await upload('buyer', 'soon lost', 'lost.txt')).body.sha256;
    rmSync(blobPath(lost));
    const reply = await get('buyer', lost);
    expect([reply.status, ((await reply.json()) as Sent['body']).error?.code]).toEqual([503, 'files.content_missing']);
    await upload('buyer', 'soon lost', 'lost.txt');
    expect(await (await get('buyer', lost)).text()).toBe('soon lost');
  });
});

it('stands in OpenAPI beside the procedures, whose paths it shares', async () => {
  const document = (await (await fetch(`${platform.httpUrl}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const ids = (path: string) => Object.entries(document.paths[path] ?? {}).map(([method, { operationId }]) => `${method} ${operationId}`);
  expect(ids('/files').sort()).toEqual(['get files-list', 'post files-upload']);
  expect(ids('/files/{sha256}').sort()).toEqual(['get files-download', 'put files-put']);
});

describe('the sweep', () => {
  const sweep = (days: number) => sweepFiles({ system: base.database.system, store, clock: () => new Date(Date.now() + days * dayMs) });

  it('removes what nobody attached for seven days, and never what a record names', async () => {
    const attached = (await upload('buyer', 'kept by a record')).body.sha256;
    const { id } = await call<{ id: string }>('buyer', 'files.attach', { record: order, sha256: attached, role: 'photo' });
    const withdrawn = (await upload('buyer', 'kept by the history')).body.sha256;
    const gone = await call<{ id: string }>('buyer', 'files.attach', { record: order, sha256: withdrawn, role: 'photo' });
    await call('buyer', 'files.detach', { attachment: gone.id });
    const orphan = (await upload('maker', 'never attached')).body.sha256;
    await sweep(6.9);
    expect(existsSync(blobPath(orphan))).toBe(true);
    const { contents } = await sweep(7.1);
    expect(contents).toBeGreaterThan(0);
    expect(existsSync(blobPath(orphan))).toBe(false);
    expect((await get('maker', orphan)).status).toBe(404);
    for (const kept of [attached, withdrawn]) expect((await get('maker', kept, order)).status).toBe(200);
    expect(id).not.toBe('');
    // Whoever brings it again has it again.
    await upload('maker', 'never attached');
    expect(await (await get('maker', orphan)).text()).toBe('never attached');
  });

  it('tells an organization nothing of others that attached the same content', async () => {
    const { sha256 } = (await upload('buyer', 'common to both')).body;
    await call('buyer', 'files.attach', { record: await newOrder('rival'), sha256, role: 'photo' });
    await upload('maker', 'common to both');
    await sweep(8);
    expect((await get('maker', sha256)).status).toBe(404);
    expect(existsSync(blobPath(sha256))).toBe(true);
  });

  it('and an attach at the same time never leave a record without its file', async () => {
    for (let round = 0; round < 15; round++) {
      const { sha256 } = (await upload('buyer', `raced ${round}`)).body;
      const [attached, , , again] = await Promise.allSettled([
        call('buyer', 'files.attach', { record: order, sha256, role: 'photo' }),
        sweep(8),
        sweep(8),
        upload('maker', `raced ${round}`),
      ]);
      if (attached.status === 'fulfilled') expect(await (await get('maker', sha256, order)).text()).toBe(`raced ${round}`);
      else expect(String(attached.reason)).toContain('request.not_found');
      const stored = await sql('select 1 from core.file_blob where sha256 = $1 and stored_at is not null', sha256);
      if (stored.length === 1) expect(existsSync(blobPath(sha256))).toBe(true);
      // To this sweep the other upload's reservation is eight days old: it may be given up under it, and then it is refused.
      else if (again.status === 'fulfilled' && again.value.status < 300) expect(existsSync(blobPath(sha256))).toBe(false);
    }
  });

  it('finds a reservation whose upload never came to an end', async () => {
    const sha256 = hashOf('reserved, then killed');
    await sql('select core.reserve_blob($1, 10, $2, now())', sha256, 'text/plain');
    await store.put({ sha256, size: 10, path: await temporary('reserved, then killed') });
    await sweep(0.9);
    expect(existsSync(blobPath(sha256))).toBe(true);
    await sweep(1.1);
    expect(existsSync(blobPath(sha256))).toBe(false);
    expect(await sql('select 1 from core.file_blob where sha256 = $1', sha256)).toEqual([]);
  });
});

async function temporary(content: string): Promise<string> {
  const { writeFile } = await import('node:fs/promises');
  const path = join(folder, 'incoming', newId());
  await writeFile(path, content);
  return path;
}
