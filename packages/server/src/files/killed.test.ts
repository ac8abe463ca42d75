import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTestDatabase, createTestOrganization, type TestDatabase } from '@yunfab/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestKey } from '../testing/keys.js';
import { environmentOf } from '../testing/platform.js';
import { until } from '../testing/until.js';

/** A server in a process of its own, which is killed. */

const program = fileURLToPath(new URL('../../bin/yunfab.js', import.meta.url));
const kills = Number(process.env['YUNFAB_TEST_KILLS'] ?? 3);
const readyWithinMs = 60_000;
const mebibyte = 1024 * 1024;

let base: TestDatabase;
let folder: string;
let environment: Record<string, string>;
let child: ChildProcess;
let url: string;
let key: string;

beforeAll(async () => {
  base = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'yunfab-killed-'));
  folder = join(dataDir, 'files');
  environment = { ...environmentOf(base, dataDir), YUNFAB_VERTICALS: 'none', PATH: process.env['PATH'] ?? '' };
  await promisify(execFile)(process.execPath, [program, 'migrate'], { env: environment });
  key = await createTestKey(base, await createTestOrganization(base, 'maker'));
  await start();
}, 120_000);
afterAll(async () => {
  await end('SIGTERM');
  rmSync(join(folder, '..'), { recursive: true, force: true });
  await base?.close();
});

async function start(): Promise<void> {
  child = spawn(process.execPath, [program, 'start'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  url = await new Promise<string>((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`the platform was not ready in time:\n${said}`)), readyWithinMs);
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const [, httpUrl] = /^yunfab ready (\S+)/m.exec(said) ?? [];
      if (!httpUrl) return;
      clearTimeout(timer);
      resolve(httpUrl);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`the platform ended with ${code}:\n${said}`)));
  });
}

async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

const headers = (name: string) => ({ authorization: `Bearer ${key}`, 'x-yunfab-file-name': name });
const filesBelow = (path: string) =>
  existsSync(path) ? readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : [];
const arriving = () => filesBelow(join(folder, 'incoming'));
const contents = () => filesBelow(folder).filter(({ name }) => /^[0-9a-f]{64}$/.test(name));
const rows = async <Row extends object>(text: string) => (await base.owner.pool.query<Row>(text)).rows;
const fileAt = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

describe('a server killed during an upload', () => {
  it('leaves no row, no content and, once started again, nothing on its way', { timeout: 120_000 }, async () => {
    const request = httpRequest(`${url}/api/files`, {
      method: 'POST',
      headers: { ...headers('half.bin'), 'content-length': 50 * mebibyte },
    });
    request.on('error', () => {});
    request.write(randomBytes(20 * mebibyte));
    await until(() => arriving().some(({ parentPath, name }) => statSync(join(parentPath, name)).size > 10 * mebibyte), 20_000);
    await end('SIGKILL');
    expect(arriving()).toHaveLength(1);
    await start();
    expect(arriving()).toEqual([]);
    expect(contents()).toEqual([]);
    expect(await rows('select 1 from core.file_blob union all select 1 from core.file_upload')).toEqual([]);
  });

  it(`${kills} times at any moment, answers for all that it acknowledged and records nothing that is not whole`, {
    timeout: 240_000,
  }, async () => {
    const acknowledged = new Set<string>();
    for (let kill = 0; kill < kills; kill++) {
      let going = true;
      const senders = Array.from({ length: 4 }, async () => {
        while (going) {
          const content = randomBytes(1 + Math.floor(Math.random() * 2 * mebibyte));
          const reply = await fetch(`${url}/api/files`, { method: 'POST', headers: headers('x.bin'), body: content }).catch(() => null);
          if (reply?.status === 200) acknowledged.add(createHash('sha256').update(content).digest('hex'));
          if (!reply) return;
        }
      });
      await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 700));
      await end('SIGKILL');
      going = false;
      await Promise.all(senders);
      await start();
      expect(arriving()).toEqual([]);
      const recorded = await rows<{ sha256: string; size: number }>('select u.sha256, u.size::int from core.file_upload u');
      for (const { sha256, size } of recorded) {
        expect(statSync(fileAt(sha256)).size).toBe(size);
        expect(await hashOfFile(fileAt(sha256))).toBe(sha256);
      }
      const known = new Set(recorded.map(({ sha256 }) => sha256));
      expect([...acknowledged].filter((each) => !known.has(each))).toEqual([]);
      // What was put but not recorded has its reservation, by which the sweep finds it.
      const reserved = new Set((await rows<{ sha256: string }>('select sha256 from core.file_blob')).map(({ sha256 }) => sha256));
      expect(contents().filter(({ name }) => !reserved.has(name))).toEqual([]);
    }
    expect(acknowledged.size).toBeGreaterThan(0);
  });
});

it('takes and gives 300 MB in little memory', { timeout: 300_000 }, async () => {
  const size = 300 * mebibyte;
  const before = await residentBytes();
  let most = before;
  const watch = setInterval(() => void residentBytes().then((now) => (most = Math.max(most, now))), 100);
  try {
    const hash = createHash('sha256');
    const chunk = randomBytes(mebibyte);
    const body = Readable.from(
      (function* () {
        for (let sent = 0; sent < size; sent += chunk.length) {
          chunk.writeUInt32LE(sent / chunk.length);
          hash.update(chunk);
          yield Buffer.from(chunk);
        }
      })(),
    );
    const init = { method: 'POST', headers: headers('large.bin'), body: Readable.toWeb(body), duplex: 'half' };
    const uploaded = await fetch(`${url}/api/files`, init as unknown as RequestInit);
    const sha256 = hash.digest('hex');
    expect(await uploaded.json()).toMatchObject({ sha256, size });
    const downloaded = await fetch(`${url}/api/files/${sha256}`, { headers: headers('') });
    const seen = createHash('sha256');
    for await (const part of downloaded.body ?? []) seen.update(part as Uint8Array);
    expect(seen.digest('hex')).toBe(sha256);
  } finally {
    clearInterval(watch);
  }
  expect((most - before) / mebibyte).toBeLessThan(150);
});

/** Of the server's process. */
async function residentBytes(): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(child.pid)]);
  return Number(stdout.trim()) * 1024;
}

it('is examined by `yunfab doctor`, which names a content that the disk has lost', { timeout: 120_000 }, async () => {
  const doctor = () =>
    promisify(execFile)(process.execPath, [program, 'doctor'], { env: environment }).then(
      ({ stdout }) => stdout,
      (error: { stdout: string }) => error.stdout,
    );
  expect(await doctor()).toMatch(/^ok {4}files: .* contents looked at are whole$/m);
  const stored = await rows<{ sha256: string }>('select sha256 from core.file_blob where stored_at is not null');
  for (const { sha256 } of stored) rmSync(fileAt(sha256));
  const said = await doctor();
  expect(said).toMatch(/^FAIL {2}files: \d+ of \d+ contents looked at are not whole/m);
  expect(stored.some(({ sha256 }) => said.includes(sha256))).toBe(true);
});
