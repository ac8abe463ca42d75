import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A second `npm start` on data that the first one left: seconds from the command to `yunfab ready`, and the memory of
 * the process that serves HTTP a minute later, with the demo's machines publishing.
 */

const settledMs = Number(process.env['BENCH_SETTLED_MS'] ?? 60_000);
const repository = fileURLToPath(new URL('..', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'yunfab-bench-startup-'));

const first = await start();
await stop(first.child);
const second = await start();
await new Promise((resolve) => setTimeout(resolve, settledMs));
const metrics = await readMetrics(second.httpUrl);
await stop(second.child);
rmSync(dataDir, { recursive: true, force: true });

const rss_mb = Math.round((metrics['process_resident_memory_bytes'] ?? Number.NaN) / 1_000_000);
const messages = metrics['yunfab_gateway_committed_total'] ?? Number.NaN;
console.table([
  { start: 'first', ready_s: first.readyS },
  { start: 'second', ready_s: second.readyS, rss_mb, messages },
]);
console.log(JSON.stringify({ bench: 'startup', ready_s: second.readyS, rss_mb, first_ready_s: first.readyS }));

async function start(): Promise<{ child: ChildProcess; httpUrl: string; readyS: number }> {
  const began = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: repository,
    env: { ...process.env, YUNFAB_DATABASE_URL: '', YUNFAB_DATA_DIR: dataDir, YUNFAB_HTTP_PORT: '4700', YUNFAB_MQTT_PORT: '18830' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let said = '';
  const httpUrl = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}\n${said}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [, url] = /^yunfab ready (\S+)/m.exec(said) ?? [];
      if (url) resolve(url);
    });
  });
  return { child, httpUrl, readyS: Number(((performance.now() - began) / 1000).toFixed(2)) };
}

/** As Ctrl-C in a terminal: the whole group is told, and npm waits for the platform. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGINT');
  await ended;
}

async function readMetrics(httpUrl: string): Promise<Record<string, number>> {
  const text = await (await fetch(`${httpUrl}/metrics`)).text();
  const lines = text.split('\n').filter((line) => /^\w+ /.test(line));
  return Object.fromEntries(lines.map((line) => line.split(' ') as [string, string]).map(([name, value]) => [name, Number(value)]));
}
