import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connect } from '../connection.js';
import { assertUnprivileged } from '../roles.js';
import { type EmbeddedPostgres, provisionEmbedded, startEmbeddedPostgres } from './index.js';
import { processExists } from './lock.js';

let dataDir: string;
const running = new Set<{ stop(): Promise<void> }>();
const children = new Set<ChildProcess>();

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'yunfab-embedded-'));
  chmodSync(dataDir, 0o711);
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const server of running) await server.stop();
  children.clear();
  running.clear();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

it('goes from nothing to a query, and keeps the data when it is started again', async () => {
  const first = await start();
  await query(first.superuserUrl, 'create table kept (n int)');
  await query(first.superuserUrl, 'insert into kept values (42)');
  await first.stop();

  const second = await start();
  expect(await query(second.superuserUrl, 'select n from kept')).toEqual([{ n: 42 }]);
  const [settings] = await query(
    second.superuserUrl,
    `select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale,
            current_setting('server_version_num')::int / 10000 as major, current_setting('fsync') as fsync
     from pg_database where datname = current_database()`,
  );
  expect(settings).toEqual({ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8', major: 18, fsync: 'off' });
});

it('lets nobody in without the password, which only we can read', async () => {
  const server = await start();
  const url = new URL(server.superuserUrl);
  expect(url.hostname).toBe('127.0.0.1');
  url.password = 'guessed';
  await expect(query(url.toString(), 'select 1')).rejects.toThrow(/password authentication failed/);
  expect(statSync(join(server.home, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(statSync(join(server.home, 'cluster')).mode & 0o777).toBe(0o700);
});

it('refuses a second start on the same folder with a sentence that names who holds it', async () => {
  const server = await start();
  server.announce('http://127.0.0.1:4600');
  await expect(start()).rejects.toMatchObject({
    code: 'embedded.in_use',
    message: expect.stringContaining(`is in use by process ${process.pid} (http://127.0.0.1:4600). Stop that one`),
  });
  await server.stop();
  await start();
});

it('lets exactly one of several that start at the same moment have the folder', async () => {
  writeLock({ pid: 2 ** 22 - 1, began: 'before the last boot' });
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, start));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'embedded.in_use' });
});

it('takes over from a process that is gone, also when another process has its pid now', async () => {
  writeLock({ pid: process.ppid, began: 'another time' });
  await start();
});

it('loses nothing that was committed when our process is killed, and PostgreSQL ends by itself', async () => {
  const child = await startInChild();
  await query(child.url, 'create table kept (n int); insert into kept values (7)');
  child.process.kill('SIGKILL');
  await until(() => !existsSync(join(dataDir, 'postgres/cluster/postmaster.pid')));

  const server = await start();
  expect(await query(server.superuserUrl, 'select n from kept')).toEqual([{ n: 7 }]);
});

it('stops the PostgreSQL of a process that was killed together with its guard, and goes on from its data', async () => {
  const child = await startInChild();
  await query(child.url, 'create table kept (n int); insert into kept values (8)');
  const orphan = Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(parentOf(orphan), 'SIGKILL');
  child.process.kill('SIGKILL');
  await until(() => child.process.signalCode !== null);

  const server = await start();
  await until(() => !processExists(orphan));
  expect(await query(server.superuserUrl, 'select n from kept')).toEqual([{ n: 8 }]);
});

it('starts after PostgreSQL itself was killed, with everything it had acknowledged', async () => {
  const child = await startInChild();
  await query(child.url, 'create table kept (n int); insert into kept values (9)');
  const postmaster = Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(postmaster, 'SIGKILL');
  child.process.kill('SIGKILL');
  await until(() => child.process.signalCode !== null);

  const server = await start();
  expect(await query(server.superuserUrl, 'select n from kept')).toEqual([{ n: 9 }]);
});

it('starts PostgreSQL again on its port when that is killed under it, until it is stopped', async () => {
  const server = await startEmbeddedPostgres({ dataDir });
  running.add(server);
  await query(server.superuserUrl, 'create table kept (n int)');
  for (const kill of [1, 2, 3]) {
    await query(server.superuserUrl, `insert into kept values (${kill})`);
    const [killed] = readFileSync(join(server.home, 'cluster/postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(killed), 'SIGKILL');
    await until(() => !processExists(Number(killed)));
    await untilAnswered(server.superuserUrl);
  }
  expect(await query(server.superuserUrl, 'select n from kept order by n')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  await server.stop();
  await expect(query(server.superuserUrl, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
  expect(existsSync(join(server.home, 'cluster/postmaster.pid'))).toBe(false);
});

it.each([60, 200, 400])('starts from scratch when the first start was killed after %i ms of initdb', async (delayMs) => {
  const child = spawnChild();
  await until(
    () =>
      existsSync(join(dataDir, 'postgres')) && readdirSync(join(dataDir, 'postgres')).some((name) => name.startsWith('cluster.building')),
  );
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  child.kill('SIGKILL');
  await until(() => child.signalCode !== null);

  const server = await start();
  expect(await query(server.superuserUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

it('refuses a database of another PostgreSQL version and says what to do', async () => {
  await (await start()).stop();
  writeFileSync(join(dataDir, 'postgres/cluster/PG_VERSION'), '17\n');
  await expect(start()).rejects.toMatchObject({
    code: 'embedded.version_mismatch',
    message: expect.stringContaining('made by PostgreSQL 17'),
  });
});

it('puts the database where the user of PostgreSQL can reach it when the folder lies below a 0700 home', async () => {
  const hidden = join(dataDir, 'home');
  mkdirSync(hidden, { mode: 0o700 });
  const inside = join(hidden, 'project', '.yunfab');
  const first = await start(inside);
  try {
    await query(first.superuserUrl, 'create table kept (n int); insert into kept values (1)');
    await first.stop();
    const second = await start(inside);
    expect(await query(second.superuserUrl, 'select n from kept')).toEqual([{ n: 1 }]);
    expect(second.home).toBe(first.home);
    if (process.getuid?.() === 0)
      expect(JSON.parse(readFileSync(join(inside, 'postgres/location'), 'utf8'))).toMatchObject({ home: second.home });
    else expect(second.home).toBe(join(inside, 'postgres'));
    await second.stop();
  } finally {
    rmSync(first.home, { recursive: true, force: true });
  }
});

it('gives a copy of such a folder a database of its own, and a moved folder the one it had', async () => {
  const hidden = join(dataDir, 'home');
  mkdirSync(hidden, { mode: 0o700 });
  const original = await start(join(hidden, 'original'));
  const homes = new Set([original.home]);
  try {
    await query(original.superuserUrl, 'create table kept (n int)');
    await original.stop();
    cpSync(join(hidden, 'original'), join(hidden, 'copy'), { recursive: true, filter: (path) => !path.endsWith('cluster') });
    const copy = await start(join(hidden, 'copy'));
    homes.add(copy.home);
    await expect(query(copy.superuserUrl, 'select from kept')).rejects.toThrow(/does not exist/);
    await copy.stop();

    renameSync(join(hidden, 'original'), join(hidden, 'moved'));
    const moved = await start(join(hidden, 'moved'));
    homes.add(moved.home);
    expect(await query(moved.superuserUrl, 'select n from kept')).toEqual([]);
    await moved.stop();
  } finally {
    for (const home of homes) rmSync(home, { recursive: true, force: true });
  }
});

it('removes the databases of temporary folders that are gone, and of nothing else', async () => {
  const hidden = join(dataDir, 'home');
  mkdirSync(hidden, { mode: 0o700 });
  const trial = await start(join(hidden, 'trial'));
  const kept = await start(join(hidden, 'kept'));
  await trial.stop();
  await kept.stop();
  rmSync(join(hidden, 'trial'), { recursive: true });
  const next = await start(join(hidden, 'next'));
  expect([trial, kept, next].map(({ home }) => existsSync(home))).toEqual([false, true, true]);
  await next.stop();
  for (const { home } of [kept, next]) rmSync(home, { recursive: true, force: true });
});

it('provisions roles, database and schemas once, none of the roles above row-level security', async () => {
  const first = await provisionEmbedded({ dataDir, durable: false });
  running.add(first);
  await query(first.urls.owner, 'create table core.kept (n int)');
  await first.stop();
  const second = await provisionEmbedded({ dataDir, durable: false });
  running.add(second);
  expect(await query(second.urls.owner, 'select n from core.kept')).toEqual([]);
  for (const role of ['runtime', 'system', 'ingest'] as const) {
    const connection = connect(second.urls[role], { max: 1 });
    await assertUnprivileged(connection.pool);
    await expect(connection.pool.query('create table core.mine (n int)')).rejects.toThrow(/permission denied/);
    await connection.close();
  }
});

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: typeof folder === 'string' ? folder : dataDir, durable: false });
  running.add(server);
  return server;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query(text);
    return rows;
  } finally {
    await client.end();
  }
}

/** A real process of its own that starts the server and can be killed; durable, as in production. */
function spawnChild(): ChildProcess {
  const program = `import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(server.superuserUrl);`;
  const child = spawn(process.execPath, ['--conditions=yunfab-source', '--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  return child;
}

async function startInChild(): Promise<{ process: ChildProcess; url: string }> {
  const child = spawnChild();
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk) => resolve(String(chunk).trim()));
    child.once('exit', (code) => reject(new Error(`the child ended with ${code}`)));
  });
  return { process: child, url };
}

function writeLock(holder: { pid: number; began: string }): void {
  mkdirSync(join(dataDir, 'postgres'), { mode: 0o711 });
  writeFileSync(join(dataDir, 'postgres/lock'), JSON.stringify(holder));
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

async function untilAnswered(url: string, patienceMs = 30_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      await query(url, 'select 1');
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function until(holds: () => boolean, patienceMs = 15_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
