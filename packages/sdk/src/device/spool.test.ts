import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isYunfabError } from '../errors.js';
import { messagesOf } from './messages.js';
import { openSpool, type Spool, type SpoolOptions } from './spool.js';

let folder: string;
let spool: Spool;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yunfab-spool-'));
  spool = await open();
});
afterEach(async () => {
  await spool.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (options: Partial<SpoolOptions> = {}) => openSpool({ folder, maxBytes: 1_000_000, whenFull: 'refuse', ...options });
const reading = (ts: number) => ({ channel: 'telemetry' as const, ts, fields: { values: { temperature: ts / 10 } } });

async function again(options: Partial<SpoolOptions> = {}): Promise<Spool> {
  await spool.close();
  spool = await open(options);
  return spool;
}

describe('what waits on disk', () => {
  it('comes back after a restart, in order, and is counted on', async () => {
    await Promise.all([1, 2, 3].map((ts) => spool.put(reading(ts))));
    const { bytes } = spool;
    await again();
    expect([spool.pending, spool.bytes]).toEqual([3, bytes]);
    await spool.put(reading(4));
    const waiting = await spool.after(0, 10);
    expect(waiting.map(({ seq, ts }) => [seq, ts])).toEqual([1, 2, 3, 4].map((n) => [n, n]));
    expect((await spool.after(2, 1)).map(({ seq }) => seq)).toEqual([3]);
  });

  it('never gives a number twice, although everything was removed', async () => {
    await spool.put(reading(1));
    await spool.remove(await spool.after(0, 10));
    expect([spool.pending, spool.bytes]).toEqual([0, 0]);
    await again();
    await spool.put(reading(2));
    expect((await spool.after(0, 10)).map(({ seq }) => seq)).toEqual([2]);
  });

  it('is refused when it does not fit, and what waits stays', async () => {
    await again({ maxBytes: 200 });
    await spool.put(reading(1));
    await spool.put(reading(2));
    const refused = await spool.put(reading(3)).catch((error: unknown) => error);
    expect(isYunfabError(refused, 'device.spool_full')).toBe(true);
    expect(spool.pending).toBe(2);
    await spool.remove(await spool.after(0, 1));
    await spool.put(reading(3));
    expect((await spool.after(0, 10)).map(({ ts }) => ts)).toEqual([2, 3]);
  });

  it('is never more than the platform takes', async () => {
    const event = (length: number) => ({ channel: 'event' as const, ts: 1, fields: { type: 'note', text: 'x'.repeat(length) } });
    const refused = await spool.put(event(256 * 1024)).catch((error: unknown) => error);
    expect(isYunfabError(refused, 'device.message_too_large')).toBe(true);
    expect(refused).toMatchObject({ details: { channel: 'event', most: 262_144 } });
    await spool.put(event(250_000));
    for (const { payload } of messagesOf(await spool.after(0, 10))) expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(256 * 1024);
  });

  it('is read a piece at a time, however large its messages are', async () => {
    await again({ maxBytes: 10_000_000 });
    const large = { channel: 'event' as const, ts: 1, fields: { type: 'note', text: 'x'.repeat(200_000) } };
    for (let n = 0; n < 8; n += 1) await spool.put(large);
    expect(await spool.after(0, 500)).toHaveLength(5);
    expect(await spool.after(5, 500)).toHaveLength(3);
  });

  it('makes room by its oldest when told so, and an acknowledgement of what was dropped changes nothing', async () => {
    await again({ maxBytes: 200, whenFull: 'drop_oldest' });
    await spool.put(reading(1));
    const underway = await spool.after(0, 10);
    for (const ts of [2, 3, 4, 5]) await spool.put(reading(ts));
    expect((await spool.after(0, 10)).map(({ ts }) => ts)).toEqual([4, 5]);
    expect([spool.pending, spool.dropped]).toEqual([2, 3]);
    await spool.remove(underway);
    expect(spool.pending).toBe(2);
    await spool.remove(await spool.after(0, 10));
    expect([spool.pending, spool.bytes]).toEqual([0, 0]);
  });

  it('gives way to newer also where it answers a command, which is told and remembered', async () => {
    const told: number[] = [];
    await again({ maxBytes: 200, whenFull: 'drop_oldest', onAnswersDropped: (answers) => told.push(answers) });
    const answer = { channel: 'command/ack' as const, ts: 1, fields: { id: 'c-1', ok: true } };
    await spool.put(answer, { id: 'c-1', value: 'done' });
    for (const ts of [2, 3]) await spool.put(reading(ts));
    expect([(await spool.after(0, 10)).map(({ ts }) => ts), told]).toEqual([[2, 3], [1]]);
    expect(await spool.recall('c-1')).toBe('done');
    await spool.put(reading(4));
    expect([spool.dropped, told]).toEqual([2, [1]]);
  });

  it('is one process’s: another is told whose folder it is not', async () => {
    const refused = await open().catch((error: unknown) => error);
    expect(isYunfabError(refused, 'device.folder_unusable')).toBe(true);
    expect(String(refused)).toContain(folder);
  });
});

describe('messages', () => {
  it('have the time and the number of the device, whatever their body calls so', async () => {
    await spool.put({ channel: 'event', ts: 5, fields: { type: 'count', good: 1, seq: 99, ts: 98 } });
    const [message] = [...messagesOf(await spool.after(0, 1))];
    expect(JSON.parse(message?.payload ?? '')).toEqual({ type: 'count', good: 1, ts: 5, seq: 1 });
  });

  it('join the readings of a backlog, and keep events by themselves and in their place', async () => {
    for (let ts = 1; ts <= 450; ts += 1) await spool.put(reading(ts));
    await spool.put({ channel: 'event', ts: 451, fields: { good: 1, type: 'count' } });
    await spool.put(reading(452));
    const messages = [...messagesOf(await spool.after(0, 1_000))];
    expect(messages.map(({ channel, of }) => [channel, of.length])).toEqual([
      ['telemetry', 200],
      ['telemetry', 200],
      ['telemetry', 50],
      ['event', 1],
      ['telemetry', 1],
    ]);
    expect(JSON.parse(messages[3]?.payload ?? '')).toEqual({ ts: 451, seq: 451, type: 'count', good: 1 });
    expect(JSON.parse(messages[4]?.payload ?? '')).toEqual({ ts: 452, seq: 452, values: { temperature: 45.2 } });
  });

  it('stay below what the platform takes', async () => {
    const values = Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`signal_${n}`, n]));
    for (let ts = 1; ts <= 4; ts += 1) await spool.put({ channel: 'telemetry', ts, fields: { values } });
    for (const { payload } of messagesOf(await spool.after(0, 10))) expect(Buffer.byteLength(payload)).toBeLessThan(256 * 1024);
  });
});
