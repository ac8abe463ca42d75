import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { until } from '../testing/until.js';

const program = fileURLToPath(new URL('../../bin/yunfab.js', import.meta.url));

vi.setConfig({ testTimeout: 240_000 });

let dataDir: string;
let taken: Server;
const port = 20_000 + (process.pid % 10_000) * 2;
const children: ChildProcess[] = [];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'yunfab-demo-'));
  taken = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
});
afterAll(async () => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
  taken?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

function demo(): Running {
  const environment = {
    ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], YUNFAB_DATA_DIR: dataDir },
    ...{ YUNFAB_HTTP_PORT: String(port), YUNFAB_MQTT_PORT: String(port + 1) },
  };
  const child = spawn(process.execPath, [program, 'demo'], { env: environment as NodeJS.ProcessEnv });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  return { child, output: () => text, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

const readyLine = (text: string) => /^yunfab ready (http:\S+) (mqtt:\S+)$/m.exec(text);

async function whenReady(running: Running): Promise<string> {
  await until(() => readyLine(running.output()) ?? running.child.exitCode !== null, 120_000);
  const [, url] = readyLine(running.output()) ?? [];
  if (!url) throw new Error(running.output());
  return url;
}

/** Units made of all orders that the buyer sees, read as its first person would. */
async function produced(url: string, output: string): Promise<number> {
  const [, email, password] = /^(lin@\S+) +(\S+)/m.exec(output) ?? [];
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ');
  const get = async (path: string) => (await fetch(`${url}/api/v1${path}`, { headers: { cookie } })).json();
  const { items } = (await get('/orders')) as { items: { id: string }[] };
  let sum = 0;
  for (const { id } of items)
    for (const line of ((await get(`/orders/${id}`)) as { lines: { progress: { produced: string } }[] }).lines)
      sum += Number(line.progress.produced);
  return sum;
}

it('shows a world in which machines move orders, and keeps it over a restart', async () => {
  const first = demo();
  const url = await whenReady(first);
  expect(url).not.toContain(`:${port}`);
  expect(first.output()).toContain(`port ${port} is taken`);
  expect(first.output().match(/^yunfab ready/gm)).toHaveLength(1);
  const made = await until(() => produced(url, first.output()), 60_000);

  const second = demo();
  expect(await second.ended).toBe(1);
  expect(second.output()).toMatch(new RegExp(`in use by process ${first.child.pid}.*${url}`));

  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
  const again = demo();
  const urlAgain = await whenReady(again);
  expect(again.output()).not.toContain('telling the demo story');
  expect(await produced(urlAgain, again.output())).toBeGreaterThanOrEqual(made);
  again.child.kill('SIGTERM');
  expect(await again.ended).toBe(0);
});
