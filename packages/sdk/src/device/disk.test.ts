import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSpool, type Spool } from './spool.js';

/** What a disk does to a device: full, damaged, cut off. */

let folder: string;
let child: ChildProcess | undefined;
let spool: Spool | undefined;
const losses: number[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yunfab-disk-'));
});
afterEach(async () => {
  await killed();
  await spool?.close();
  spool = undefined;
  losses.length = 0;
  rmSync(folder, { recursive: true, force: true });
});

async function opened(): Promise<Spool> {
  await spool?.close();
  spool = undefined;
  spool = await openSpool({ folder, maxBytes: 100_000_000, whenFull: 'refuse', onLost: (lost) => losses.push(lost) });
  return spool;
}

async function killed(): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** As built; no file of it may grow beyond this many KiB, which is to it as a disk that is full. */
async function started(mostKiB: number): Promise<void> {
  const script = fileURLToPath(new URL('../../dist/device/testing/disk-process.js', import.meta.url));
  child = spawn('bash', ['-c', `ulimit -S -f ${mostKiB}; exec "$0" "$1"`, process.execPath, script], {
    env: { ...process.env, FOLDER: folder },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(child, 'message');
}

async function put(from: number, to: number): Promise<{ kept: number[]; codes: string[] }> {
  const answer = once(child as ChildProcess, 'message');
  child?.send({ from, to });
  const [said] = (await answer) as [{ kept: number[]; codes: string[] }];
  return said;
}

async function standing(): Promise<number[]> {
  const found: number[] = [];
  let seq = 0;
  for (;;) {
    const some = await (spool as Spool).after(seq, 1_000);
    if (some.length === 0) return found;
    for (const { ts } of some) found.push(ts);
    seq = some.at(-1)?.seq ?? seq;
  }
}

describe('a disk that was full', () => {
  it('keeps all that was put before and after, past a kill, and nothing of what was refused', async () => {
    await started(200);
    const before = await put(0, 40);
    expect(before.kept.length).toBeGreaterThan(0);
    expect(before.codes.length).toBeGreaterThan(0);
    expect(new Set(before.codes)).toEqual(new Set(['device.disk_full']));
    execFileSync('prlimit', ['--pid', String(child?.pid), '--fsize=unlimited:']);
    const after = await put(100, 300);
    expect(after.codes).toEqual([]);
    await killed();
    await opened();
    expect(await standing()).toEqual([...before.kept, ...after.kept]);
    expect(losses).toEqual([]);
  });
});

it('a folder is one process’s while it lives', async () => {
  await started(10_000);
  await expect(opened()).rejects.toMatchObject({ code: 'device.folder_unusable', details: { folder } });
  const { kept } = await put(0, 3);
  await killed();
  await opened();
  expect(await standing()).toEqual(kept);
});

const file = (ending: string) => {
  const found = readdirSync(folder).filter((name) => name.endsWith(ending));
  return join(folder, found.at(-1) ?? `no ${ending}`);
};

function damage(path: string, at: (length: number) => number): void {
  const content = readFileSync(path);
  const place = at(content.length);
  content[place] = (content[place] ?? 0) ^ 0x20;
  writeFileSync(path, content);
}

const reading = (ts: number) => ({ channel: 'telemetry' as const, ts, fields: { values: { temperature: ts / 10 } } });

describe('a damaged disk', () => {
  it('is told of: what one byte in the log took with it is counted, and the rest is sent', async () => {
    await opened();
    for (let ts = 1; ts <= 300; ts += 1) await spool?.put(reading(ts));
    await spool?.close();
    damage(file('.log'), (length) => Math.floor(length / 2));
    await opened();
    const rest = await standing();
    expect(rest.length).toBeLessThan(300);
    expect(losses).toEqual([300 - rest.length]);
    expect([spool?.pending, spool?.lost]).toEqual([rest.length, 300 - rest.length]);
    await spool?.put(reading(301));
    expect((await standing()).at(-1)).toBe(301);
    losses.length = 0;
    await opened();
    expect(losses).toEqual([]);
    expect((await standing()).length).toBe(rest.length + 1);
  });

  it('does not keep a device from starting: a broken table is mended, and nothing damaged is sent as a measurement', async () => {
    await opened();
    for (let ts = 1; ts <= 300; ts += 1) await spool?.put(reading(ts));
    // What was in the log stands in a table after an opening.
    await opened();
    await spool?.close();
    for (const share of [0.1, 0.5, 0.9]) damage(file('.ldb'), (length) => Math.floor(length * share));
    await opened();
    const rest = await standing();
    expect(spool?.pending).toBe(rest.length);
    expect(spool?.lost).toBe(300 - rest.length);
    for (const message of await (spool as Spool).after(0, 1_000)) expect(message).toMatchObject(reading(message.ts));
    await spool?.put(reading(301));
    expect((await standing()).at(-1)).toBe(301);
  });

  it('starts although it does not know any more which files are its own', async () => {
    await opened();
    for (let ts = 1; ts <= 20; ts += 1) await spool?.put(reading(ts));
    await spool?.close();
    writeFileSync(join(folder, 'CURRENT'), '');
    await opened();
    expect(await standing()).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });

  it('loses of a log that was torn off only its end', async () => {
    await opened();
    for (let ts = 1; ts <= 20; ts += 1) await spool?.put(reading(ts));
    await spool?.close();
    const log = file('.log');
    truncateSync(log, readFileSync(log).length - 3);
    await opened();
    expect(await standing()).toEqual(Array.from({ length: 19 }, (_, n) => n + 1));
  });
});
