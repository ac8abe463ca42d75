import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { FileStore } from '@yunfab/core/files';
import { createTestDatabase, createTestOrganization, type TestDatabase } from '@yunfab/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.js';
import { createLog } from '../operations/log.js';
import { withOwner } from '../platform/database.js';
import { migrateAll } from '../platform/migrate.js';
import { startPlatform } from '../platform/platform.js';
import { createTestKey } from '../testing/keys.js';
import { environmentOf } from '../testing/platform.js';
import { createDiskStore } from './disk-store.js';
import { type S3Server, startS3Server } from './s3-server.fixture.js';
import { createS3Store } from './s3-store.js';

let folder: string;
let s3: S3Server;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yunfab-stores-'));
  s3 = await startS3Server();
});
afterAll(async () => {
  await s3?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');

let received = 0;
function receivedContent(content: Buffer) {
  const path = join(folder, `received-${++received}`);
  writeFileSync(path, content);
  return { sha256: hashOf(content), size: content.length, path };
}

/** SHA-256 of what is read. */
async function read(store: FileStore, sha256: string, range?: { start: number; end: number }): Promise<string | null> {
  const stream = await store.open(sha256, range);
  if (!stream) return null;
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

describe.each([
  ['the local disk', () => createDiskStore(join(folder, 'disk'))],
  ['an S3-compatible store', () => createS3Store(s3.options)],
])('contents in %s', (_name, create) => {
  it('are whole, in part, absent and removed', async () => {
    const store = create();
    await store.check();
    const content = randomBytes(3_000_000);
    const { sha256 } = receivedContent(content);
    expect([await store.sizeOf(sha256), await store.open(sha256)]).toEqual([null, null]);
    await store.put(receivedContent(content));
    await store.put(receivedContent(content));
    expect(await store.sizeOf(sha256)).toBe(content.length);
    expect(await read(store, sha256)).toBe(sha256);
    expect(await read(store, sha256, { start: 1_000, end: 1_009 })).toBe(hashOf(content.subarray(1_000, 1_010)));
    expect(await read(store, sha256, { start: 2_999_999, end: 2_999_999 })).toBe(hashOf(content.subarray(-1)));
    await store.remove(sha256);
    await store.remove(sha256);
    expect([await store.sizeOf(sha256), await store.open(sha256, { start: 0, end: 1 })]).toEqual([null, null]);
  });
});

it('lie on the disk two folders deep', async () => {
  const content = receivedContent(Buffer.from('fan out'));
  await createDiskStore(join(folder, 'deep')).put(content);
  const found = readdirSync(join(folder, 'deep'), { recursive: true });
  const [first, second] = [content.sha256.slice(0, 2), content.sha256.slice(2, 4)];
  expect(found.sort()).toEqual([first, join(first, second), join(first, second, content.sha256)]);
});

describe('an S3 store that is not as configured', () => {
  it.each([
    ['an unknown key', () => ({ accessKeyId: 'UNKNOWN' }), /403 InvalidAccessKeyId/],
    ['no such bucket', () => ({ bucket: 'another-bucket' }), /404 NoSuchBucket/],
    ['nobody at its address', () => ({ endpoint: 'http://127.0.0.1:1' }), /ECONNREFUSED/],
  ])('says so: %s', async (_what, change, said) => {
    const store = createS3Store({ ...s3.options, ...change() });
    await expect(store.check()).rejects.toThrow(said);
    await expect(store.put(receivedContent(Buffer.from('x')))).rejects.toThrow(said);
  });

  it('signs as AWS does (Signature Version 4), which s3rver does not check', async () => {
    const seen: { method: string; path: string; headers: IncomingHttpHeaders }[] = [];
    const listener = createServer((request, reply) => {
      seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers });
      request.resume().on('end', () => reply.writeHead(request.method === 'GET' ? 206 : 200).end());
    }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    const store = createS3Store({ ...s3.options, endpoint: `http://127.0.0.1:${port}`, region: 'cn-north-1' });
    const content = receivedContent(Buffer.from('signed'));
    await store.put(content);
    (await store.open(content.sha256, { start: 1, end: 2 }))?.resume();
    await store.remove(content.sha256);
    listener.close();
    const credentials = { accessKeyId: s3.options.accessKeyId, secretAccessKey: s3.options.secretAccessKey };
    const aws = new SignatureV4({ service: 's3', region: 'cn-north-1', credentials, sha256: Sha256, uriEscapePath: false });
    for (const { method, path, headers } of seen) {
      const [, signed = ''] = /SignedHeaders=([^,]*),/.exec(headers.authorization ?? '') ?? [];
      const given = Object.fromEntries(signed.split(';').map((name) => [name, String(headers[name])]));
      const [, at = ''] = /^(.*)$/.exec(String(headers['x-amz-date'])) ?? [];
      const signingDate = new Date(at.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
      const request = { method, path, headers: given, protocol: 'http:', hostname: '127.0.0.1', query: {} };
      const again = await aws.sign(request, { signingDate, unsignableHeaders: new Set() });
      expect(headers.authorization?.replaceAll(' ', '')).toBe(again.headers['authorization']?.replaceAll(' ', ''));
    }
    expect(seen.map(({ method, headers }) => [method, headers['x-amz-content-sha256']])).toEqual([
      ['PUT', content.sha256],
      ['GET', 'UNSIGNED-PAYLOAD'],
      ['DELETE', 'UNSIGNED-PAYLOAD'],
    ]);
  });

  it('is addressed by host where the endpoint says so', () => {
    const endpoint = 'https://{bucket}.oss-cn-hangzhou.aliyuncs.com/';
    expect(createS3Store({ ...s3.options, endpoint }).place).toBe('https://yunfab-test.oss-cn-hangzhou.aliyuncs.com/sha256');
  });
});

describe('the platform on an S3 store', () => {
  let base: TestDatabase;
  beforeAll(async () => {
    base = await createTestDatabase();
    await withOwner(base.urls.owner, (owner) => migrateAll(owner, []));
  });
  afterAll(() => base.close());

  const configure = (accessKeyId: string) =>
    readConfig({
      ...environmentOf(base, mkdtempSync(join(folder, 'data-'))),
      YUNFAB_VERTICALS: 'none',
      YUNFAB_FILES_S3_ENDPOINT: s3.options.endpoint,
      YUNFAB_FILES_S3_BUCKET: s3.options.bucket,
      YUNFAB_FILES_S3_ACCESS_KEY_ID: accessKeyId,
      YUNFAB_FILES_S3_SECRET_ACCESS_KEY: s3.options.secretAccessKey,
    });
  const start = (accessKeyId = s3.options.accessKeyId) => {
    const config = configure(accessKeyId);
    return startPlatform({ config, secret: config.secret ?? '', log: createLog('silent') });
  };

  it('takes uploads and gives downloads and parts of them', async () => {
    const platform = await start();
    try {
      const authorization = `Bearer ${await createTestKey(base, await createTestOrganization(base, 'maker'))}`;
      const content = randomBytes(2_000_000);
      const uploaded = await fetch(`${platform.httpUrl}/api/files`, {
        method: 'POST',
        headers: { authorization, 'x-yunfab-file-name': 'scan.bin' },
        body: content,
      });
      expect(uploaded.status).toBe(200);
      const address = `${platform.httpUrl}/api/files/${hashOf(content)}`;
      const whole = await fetch(address, { headers: { authorization } });
      expect(hashOf(Buffer.from(await whole.arrayBuffer()))).toBe(hashOf(content));
      const part = await fetch(address, { headers: { authorization, range: 'bytes=5-14' } });
      expect(part.status).toBe(206);
      expect(Buffer.from(await part.arrayBuffer())).toEqual(content.subarray(5, 15));
      expect(await createS3Store(s3.options).sizeOf(hashOf(content))).toBe(content.length);
    } finally {
      await platform.stop();
    }
  });

  it('does not start when the store does not let it in', async () => {
    await expect(start('UNKNOWN')).rejects.toMatchObject({ code: 'config.file_store_unusable' });
  });
});
