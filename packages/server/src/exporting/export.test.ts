import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newId } from '@yunfab/core/database';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '@yunfab/core/testing';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.js';
import { createLog } from '../operations/log.js';
import { withOwner } from '../platform/database.js';
import { migrateAll } from '../platform/migrate.js';
import { type Platform, startPlatform } from '../platform/platform.js';
import { createTestKey } from '../testing/keys.js';
import { environmentOf } from '../testing/platform.js';

let base: TestDatabase;
let platform: Platform;
let dataDir: string;
let organizations: Record<'buyer' | 'maker' | 'rival', TestOrganization>;
let keys: Record<'buyer' | 'maker' | 'rival', string>;
type Who = keyof typeof keys;

beforeAll(async () => {
  base = await createTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'yunfab-export-'));
  const config = readConfig({ ...environmentOf(base, dataDir), YUNFAB_VERTICALS: 'none' });
  await withOwner(base.urls.owner, (owner) => migrateAll(owner, []));
  platform = await startPlatform({ config, secret: config.secret ?? '', log: createLog(process.env['YUNFAB_LOG_LEVEL'] ?? 'silent') });
  const made = await Promise.all(
    (['buyer', 'maker', 'rival'] as const).map(async (code) => [code, await createTestOrganization(base, code)] as const),
  );
  organizations = Object.fromEntries(made) as typeof organizations;
  keys = Object.fromEntries(await Promise.all(made.map(async ([code, who]) => [code, await createTestKey(base, who)]))) as typeof keys;
});
afterAll(async () => {
  await platform?.stop();
  rmSync(dataDir, { recursive: true, force: true });
  await base?.close();
});

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

const propose = (who: Who, supplier: string, number: string) =>
  call<{ id: string }>(who, 'orders.propose', {
    supplier,
    ownNumber: number,
    currency: 'CNY',
    dueOn: '2099-12-24',
    lines: [{ description: `Part ${number}`, quantity: { value: '10', unit: 'H87' }, unitPrice: '12.5' }],
  });

const ask = (who: Who) => fetch(`${platform.httpUrl}/api/export`, { headers: { authorization: `Bearer ${keys[who]}` } });

/** Asks on a connection of its own, and breaks it when the first bytes arrive. */
function leaveAfterHeaders(): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { agent: false, headers: { authorization: `Bearer ${keys.maker}` } } as const;
    const request = httpRequest(`${platform.httpUrl}/api/export`, options, (reply) => {
      expect(reply.statusCode).toBe(200);
      reply.once('data', () => {
        reply.destroy();
        resolve();
      });
    });
    request.on('error', reject);
    request.end();
  });
}

interface Manifest {
  readonly organization: { readonly code: string };
  readonly files: readonly {
    readonly name: string;
    readonly table: string;
    readonly rows: number;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  readonly withheld: readonly { readonly table: string; readonly reason: string }[];
}

function opened(archive: Uint8Array) {
  const files = unzipSync(archive);
  const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  const rows = (table: string): Record<string, unknown>[] =>
    text(`data/${table}.ndjson`)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { files, rows, manifest: JSON.parse(text('manifest.json')) as Manifest };
}

describe('an export', () => {
  it('holds all that the organization may see, counted and hashed, and nothing of anyone else', async () => {
    const { id: order } = await propose('buyer', 'maker', 'PO-1');
    await call('maker', 'orders.accept', { order, version: 1, ownNumber: 'SO-private', privateNote: 'margin is thin' });
    await propose('rival', 'maker', 'PO-rival-secret');
    await call('rival', 'commerce.campaigns.open', { code: 'hush-fair', name: 'Hush', startsOn: '2026-01-01', endsOn: '2026-01-02' });
    await base.database.system.pool.query('select core.sequence_events(1000)');

    const reply = await ask('buyer');
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect(reply.headers.get('content-disposition')).toMatch(/^attachment; filename="yunfab-buyer-\d{4}-\d\d-\d\d\.zip"$/);
    const { files, rows, manifest } = opened(new Uint8Array(await reply.arrayBuffer()));

    expect(manifest.organization.code).toBe('buyer');
    for (const { name, rows: count, bytes, sha256, table } of manifest.files) {
      const content = files[name] ?? new Uint8Array();
      expect([name, content.length, createHash('sha256').update(content).digest('hex')]).toEqual([name, bytes, sha256]);
      expect([name, rows(table).length]).toEqual([name, count]);
    }
    expect(Object.keys(files).toSorted()).toEqual([...manifest.files.map(({ name }) => name), 'manifest.json'].toSorted());

    expect(rows('core.shared_order').map(({ id, number }) => [id, number])).toEqual([[order, 'PO-1']]);
    expect(rows('core.order_entry').map(({ kind }) => kind)).toEqual(expect.arrayContaining(['ordered', 'allocated']));
    expect(rows('core.order_line')).toMatchObject([{ description: 'Part PO-1', order_id: order }]);
    // The feed with its chain: entries in order, and the blocks over them.
    const { rows: heads } = await base.owner.pool.query('select seq from core.feed_head where organization = $1', [organizations.buyer.id]);
    expect(rows('core.feed').map(({ seq }) => seq)).toEqual(Array.from({ length: heads[0].seq }, (_, n) => n + 1));
    expect(rows('core.feed_block').length).toBeGreaterThan(0);
    expect(rows('core.event').map(({ type }) => type)).toEqual(expect.arrayContaining(['orders.proposed', 'orders.accepted']));

    // Of the other side's own, and of strangers, not a word in any file.
    const everything = Object.values(files)
      .map((content) => strFromU8(content))
      .join('\n');
    for (const secret of ['SO-private', 'margin is thin', 'PO-rival-secret', 'hush-fair', organizations.rival.id, 'visible_to', 'audience'])
      expect([secret, everything.includes(secret)]).toEqual([secret, false]);
  });

  it('has as many rows of each table as its organization reads through row-level security', async () => {
    const { manifest } = opened(new Uint8Array(await (await ask('maker')).arrayBuffer()));
    const client = await platform.database.runtime.pool.connect();
    try {
      await client.query(`begin read only; select core.enter('${organizations.maker.id}')`);
      for (const { table, rows } of manifest.files) {
        // The event of the export itself came after none and before the other.
        if (['core.event', 'core.feed', 'core.feed_block', 'core.feed_head'].includes(table)) continue;
        const { rows: counted } = await client.query(`select count(*)::integer as rows from ${table}`);
        expect([table, counted[0].rows]).toEqual([table, rows]);
      }
    } finally {
      await client.query('rollback');
      client.release();
    }
    expect(manifest.withheld.every(({ reason }) => reason.length > 10)).toBe(true);
  });

  it('is an event of the organization, and is only for those who may', async () => {
    await (await ask('buyer')).arrayBuffer();
    const { rows } = await base.owner.pool.query(
      `select body, audience from core.event where type = 'access.data_exported' and organization = $1`,
      [organizations.buyer.id],
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows[0]).toEqual({ body: { organization: 'buyer' }, audience: [organizations.buyer.id] });

    const limited = await createTestKey(base, await createTestOrganization(base, 'limited'), ['orders.view']);
    const refused = await fetch(`${platform.httpUrl}/api/export`, { headers: { authorization: `Bearer ${limited}` } });
    expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([403, 'access.forbidden']);
    expect((await fetch(`${platform.httpUrl}/api/export`)).status).toBe(401);
  });

  it('gives its connection back when the reader goes away, and can be asked for again', async () => {
    for (let n = 0; n < 20; n++) await propose('maker', 'rival', `PO-many-${n}`);
    await leaveAfterHeaders();
    const again = async () => {
      const next = await ask('maker');
      await next.arrayBuffer();
      return next.status;
    };
    await expect.poll(again, { timeout: 10_000 }).toBe(200);
    const idle = await base.owner.pool.query(
      `select count(*)::integer as open from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
    );
    expect(idle.rows[0].open).toBe(0);
  });

  it('is written by the operator’s command too', async () => {
    const file = join(dataDir, 'buyer.zip');
    const cli = join(import.meta.dirname, '../cli/main.ts');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=yunfab-source', '--import', 'tsx', cli, 'org', 'export', 'buyer', '--out', file, '--json'],
      { env: { ...process.env, ...environmentOf(base, dataDir), YUNFAB_VERTICALS: 'none' } },
    );
    expect(JSON.parse(stdout)).toMatchObject({ code: 'buyer', file });
    const { manifest, rows } = opened(new Uint8Array(readFileSync(file)));
    expect(manifest.organization.code).toBe('buyer');
    expect(rows('core.shared_order')).toHaveLength(1);
  }, 60_000);
});
