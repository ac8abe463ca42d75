import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect } from '@yunfab/core/database';
import { createTestDatabase, type TestDatabase } from '@yunfab/core/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { environmentOf } from '../testing/platform.js';

const program = fileURLToPath(new URL('../../bin/yunfab.js', import.meta.url));
// Each command is a process of its own, which takes a while on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

let base: TestDatabase;
let dataDir: string;
let environment: Record<string, string>;

beforeAll(async () => {
  base = await createTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'yunfab-cli-'));
  environment = environmentOf(base, dataDir);
  const { status, error } = await yunfab(['migrate']);
  if (status !== 0) throw new Error(error);
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  await base?.close();
});

interface Ran {
  readonly status: number | null;
  readonly output: string;
  readonly error: string;
}

function yunfab(args: readonly string[], env: Record<string, string | undefined> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { PATH: process.env['PATH'], ...environment, ...env } as NodeJS.ProcessEnv,
    });
    let [output, error] = ['', ''];
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (error += chunk));
    child.on('close', (status) => resolve({ status, output: output.trim(), error: error.trim() }));
  });
}

/** No server runs here that would. */
const drain = () => base.database.system.pool.query('select core.sequence_events(1000)');

const json = async (...args: string[]) => JSON.parse((await yunfab([...args, '--json'])).output);

describe('every command', () => {
  it('explains itself', async () => {
    const atOnce = 4;
    const all = [
      'start',
      'demo',
      'gateway',
      'migrate',
      'doctor',
      'db init',
      'org create',
      'org list',
      'org suspend',
      'org resume',
      'org operator',
      'org export',
      'org add-person',
      'key create',
      'key list',
      'key revoke',
      'device create',
      'device list',
      'device revoke',
      'vertical list',
      'vertical enable',
      'vertical disable',
      'vertical check',
      'vertical new',
      'metering count',
      'metering show',
      'metering correct',
      'audit verify',
      'audit checkpoint',
    ];
    for (let i = 0; i < all.length; i += atOnce) {
      await Promise.all(
        all.slice(i, i + atOnce).map(async (name) => {
          const { status, output } = await yunfab([...name.split(' '), '--help']);
          expect(status, name).toBe(0);
          expect(output, name).toContain(`Usage: yunfab ${name}`);
          expect(output, name).toContain('--json');
        }),
      );
    }
  });

  it('fails on what it does not know', async () => {
    expect((await yunfab(['nonsense'])).status).not.toBe(0);
    expect((await yunfab(['org', 'create'])).status).not.toBe(0);
  });
});

describe('errors', () => {
  it('are one sentence on stderr that says what to do', async () => {
    const { status, output, error } = await yunfab([
      'org',
      'create',
      'X Y',
      '--name-zh',
      '甲',
      '--scheme',
      'national',
      '--country',
      'DE',
      '--identifier',
      '1',
    ]);
    expect([status, output]).toEqual([1, '']);
    expect(error).toMatch(/^yunfab: .*X Y.*\.$/);
    expect(error).not.toContain('\n');
  });

  it('have a code with --json', async () => {
    const { error } = await yunfab(['key', 'list', 'nobody', '--json']);
    expect(JSON.parse(error)).toMatchObject({ error: { code: 'access.not_found', details: { id: 'nobody' } } });
  });

  it.each([
    ['a wrong variable', { YUNFAB_HTTP_PORT: 'http' }, /YUNFAB_HTTP_PORT is "http"/],
    ['an unknown package', { YUNFAB_VERTICALS: '@yunfab/vertical-unicorn' }, /YUNFAB_VERTICALS.*vertical-unicorn/],
    [
      'a server that is away',
      {
        YUNFAB_DATABASE_URL: 'postgres://yunfab_runtime@127.0.0.1:1/x',
        YUNFAB_DATABASE_OWNER_URL: 'postgres://yunfab_owner@127.0.0.1:1/x',
      },
      /127\.0\.0\.1:1/,
    ],
  ])('name %s', async (_name, env, sentence) => {
    const { status, error } = await yunfab(['org', 'list'], env);
    expect(status).toBe(1);
    expect(error).toMatch(sentence);
  });
});

describe('the operator', () => {
  it('registers companies and people, gives and takes keys', async () => {
    for (const code of ['voyager', 'shanhai'])
      await json(
        'org',
        'create',
        code,
        '--name-zh',
        '远航',
        '--name-en',
        code,
        '--scheme',
        'national',
        '--country',
        'DE',
        '--identifier',
        `HRB-${code}`,
      );
    expect((await json('org', 'list')).map((each: { code: string }) => each.code)).toEqual(['shanhai', 'voyager']);
    const made = await json('key', 'create', 'voyager', '--name', 'erp', '--scopes', 'orders.view,events.read');
    expect(made.token).toMatch(/^yf_/);
    expect(JSON.stringify(await json('key', 'list', 'voyager'))).not.toContain(made.token);
    await json('key', 'revoke', 'voyager', made.id);
    expect((await json('key', 'list', 'voyager'))[0].revokedAt).not.toBeNull();
    expect(await json('org', 'add-person', 'voyager', 'lin@voyager.example', '--roles', 'admin')).toMatchObject({
      organization: 'voyager',
      password: expect.any(String),
    });
    expect(await json('org', 'suspend', 'voyager')).toEqual({ code: 'voyager', state: 'suspended' });
    expect(await json('org', 'resume', 'voyager')).toEqual({ code: 'voyager', state: 'active' });
  });

  it('enables a vertical and prints tables that line up', async () => {
    await json('vertical', 'enable', 'shanhai', 'tire');
    expect((await json('vertical', 'list', 'shanhai'))[0]).toMatchObject({ id: 'tire', enabledAt: expect.any(String) });
    const { output } = await yunfab(['vertical', 'list', 'shanhai']);
    expect(output.split('\n')).toHaveLength(6);
  });

  it('finds everything well, and says what is not', async () => {
    await drain();
    const findings = await json('doctor', '--ledger');
    expect(findings.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([]);
    expect(findings.length).toBeGreaterThan(10);
    await json('org', 'suspend', 'voyager');
    await base.owner.pool.query("update core.event_pending set appended_at = now() - interval '1 hour'");
    const [{ child }] = (
      await base.owner.pool.query("select child from telemetry.partitions() where parent = 'sample' order by begins offset 1")
    ).rows;
    await base.owner.pool.query(`drop table telemetry.${child}`);
    const { status, output } = await yunfab(['doctor']);
    await drain();
    expect(status).toBe(1);
    expect(output).toMatch(/FAIL {2}telemetry: the partition of \S+ is missing; .*"yunfab migrate" makes it/);
    expect(output).toMatch(/FAIL {2}events: .* is a server running\?/);
  });

  it('verifies the chains against a checkpoint and names the entry that was cut off', async () => {
    await drain();
    const file = join(dataDir, 'checkpoint.json');
    writeFileSync(file, (await yunfab(['audit', 'checkpoint'])).output);
    expect((await json('audit', 'verify', '--checkpoint', file)).bad).toEqual([]);
    const { rows } = await base.owner.pool.query("select id from core.organization_registry where code = 'shanhai'");
    for (const table of ['feed', 'feed_block', 'feed_head'])
      await base.owner.pool.query(`delete from core.${table} where organization = $1`, [rows[0].id]);
    const { status, output } = await yunfab(['audit', 'verify', '--checkpoint', file]);
    expect(status).toBe(1);
    expect(output).toMatch(/shanhai +1 +.*cut off/);
    expect(readFileSync(join(dataDir, 'audit-key.pem'), 'utf8')).toContain('PRIVATE KEY');
  });

  it('makes roles, database and schema on an empty server', async () => {
    const superuserUrl = process.env['YUNFAB_TEST_SUPERUSER_URL'] ?? '';
    const name = `yunfab_cli_${process.pid}`;
    const urlOf = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).toString();
    const env = {
      YUNFAB_DATABASE_URL: urlOf(base.urls.runtime),
      YUNFAB_DATABASE_OWNER_URL: urlOf(base.urls.owner),
      YUNFAB_DATABASE_SYSTEM_URL: undefined,
      YUNFAB_DATABASE_INGEST_URL: undefined,
    };
    try {
      expect((await yunfab(['db', 'init', '--superuser-url', superuserUrl], env)).error).toBe('');
      expect((await yunfab(['db', 'init', '--superuser-url', superuserUrl], env)).status).toBe(0);
      expect((await yunfab(['org', 'list'], env)).status).toBe(1);
      expect((await yunfab(['migrate'], env)).output).toContain('core: 0001-database');
      expect((await yunfab(['migrate'], env)).output).toContain('nothing to do');
      expect((await yunfab(['org', 'list', '--json'], env)).output).toBe('[]');
    } finally {
      const superuser = connect(superuserUrl, { max: 1 });
      await superuser.pool.query(`drop database if exists ${name} with (force)`);
      await superuser.close();
    }
  });
});

describe('start', () => {
  const occupied = async (use: (port: number) => Promise<void>) => {
    const other: Server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    await use((other.address() as AddressInfo).port).finally(() => other.close());
  };

  it.each(['YUNFAB_HTTP_PORT', 'YUNFAB_MQTT_PORT'])('fails when the port of %s is taken, and says which', async (name) => {
    await occupied(async (port) => {
      const { status, error } = await yunfab(['start'], { [name]: String(port) });
      expect(status).toBe(1);
      expect(error).toContain(`Port ${port} (${name})`);
    });
  });

  it.each([
    ['no secret', undefined, /YUNFAB_SECRET is not set/],
    ['a default secret', 'change-me-change-me-change-me-change-me', /too easy to guess/],
  ])('refuses %s', async (_name, secret, sentence) => {
    const { status, error } = await yunfab(['start'], { YUNFAB_SECRET: secret });
    expect(status).toBe(1);
    expect(error).toMatch(sentence);
  });

  it('refuses a schema that is behind', async () => {
    const empty = await createTestDatabase();
    const { status, error } = await yunfab(['start'], environmentOf(empty, dataDir));
    await empty.close();
    expect(status).toBe(1);
    expect(error).toMatch(/yunfab migrate/);
  });

  it('prints exactly one line when it serves, and leaves cleanly when asked', async () => {
    const child = spawn(process.execPath, [program, 'start'], { env: { PATH: process.env['PATH'], ...environment } as NodeJS.ProcessEnv });
    let output = '';
    await new Promise<void>((resolve) => child.stdout.on('data', (chunk) => (output += chunk) && output.includes('\n') && resolve()));
    const [, url = ''] = /^yunfab ready (http:\S+) mqtt:\S+\n$/.exec(output) ?? [];
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
