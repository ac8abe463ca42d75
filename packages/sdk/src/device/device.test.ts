import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isYunfabError } from '../errors.js';
import { type Device, type DeviceOptions, openDevice } from './device.js';
import { startTinyBroker, type TinyBroker } from './testing/tiny-broker.js';

let folder: string;
let broker: TinyBroker | undefined;
let device: Device | undefined;
const problems: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yunfab-device-'));
});
afterEach(async () => {
  await device?.close();
  broker?.stop();
  device = undefined;
  broker = undefined;
  problems.length = 0;
  rmSync(folder, { recursive: true, force: true });
});

const nowhere = 'mqtt://127.0.0.1:1';

async function opened(url: string, options: Partial<DeviceOptions> = {}): Promise<Device> {
  await device?.close();
  device = await openDevice({
    url,
    username: 'maker/press',
    token: 'yd_token',
    folder,
    onProblem: (problem) => problems.push(isYunfabError(problem) ? problem.code : problem.message),
    ...options,
  });
  return device;
}

/** The temperatures that the broker stored, in the order in which they came. */
const temperatures = () =>
  (broker?.stored ?? []).flatMap(({ payload }) =>
    [JSON.parse(payload) as unknown].flat().map((each) => (each as { values: { temperature: unknown } }).values.temperature),
  );

describe('a message that the broker hangs up on', () => {
  it('is found among others, left out and told; the rest is stored, once and in order, and it comes again at the next opening', async () => {
    const gathering = await opened(nowhere);
    for (let n = 0; n < 30; n += 1) await gathering.publish({ temperature: n === 10 ? 'poison' : n });
    broker = await startTinyBroker(({ payload }) => (String(payload).includes('poison') ? 'hung_up' : 'stored'));
    const sending = await opened(broker.url);
    const flushed = await sending.flush().catch((error: unknown) => error);
    expect(isYunfabError(flushed, 'device.message_refused')).toBe(true);
    const rest = Array.from({ length: 30 }, (_, n) => n).filter((n) => n !== 10);
    expect(temperatures()).toEqual(rest);
    expect(problems).toContain('device.message_refused');
    expect(sending.state()).toMatchObject({ pending: 1, refused: 1 });
    await sending.publish({ temperature: 30 });
    await expect.poll(temperatures).toEqual([...rest, 30]);
    await sending.close();
    broker.stop();
    broker = await startTinyBroker(() => 'stored');
    await (await opened(broker.url)).flush();
    expect(temperatures()).toEqual(['poison']);
  }, 60_000);

  it('is never taken for one while the platform does not store at all, or hangs up on everything', async () => {
    let down = true;
    const offers: number[] = [];
    broker = await startTinyBroker(({ topic }) => {
      if (!down) return 'stored';
      if (topic.endsWith('/status')) return 'silent';
      offers.push(connections());
      return 'hung_up';
    });
    const { connections } = broker;
    const sending = await opened(broker.url);
    await Promise.all([1, 2, 3].map((temperature) => sending.publish({ temperature })));
    await expect.poll(connections, { timeout: 20_000 }).toBe(4);
    await expect.poll(() => sending.state().connected).toBe(true);
    // From then on it gives nothing before the platform has shown that it stores.
    expect([...new Set(offers)]).toEqual([1, 2, 3]);
    down = false;
    broker.hangUp();
    await sending.flush();
    expect(temperatures()).toEqual([1, 2, 3]);
    expect(problems).not.toContain('device.message_refused');
    expect(sending.state()).toMatchObject({ pending: 0, refused: 0 });
  }, 60_000);
});

describe('what the program is told', () => {
  it('names what cannot be a measurement, a time or a message', async () => {
    const own = await opened(nowhere);
    await expect(own.event('count', { good: Number.NaN })).rejects.toMatchObject({ code: 'device.not_a_number' });
    await expect(own.publish({ temperature: 1 }, Number.NaN)).rejects.toMatchObject({ code: 'device.bad_time' });
    await expect(own.event('note', { text: 'x'.repeat(300_000) })).rejects.toMatchObject({
      code: 'device.message_too_large',
      details: { channel: 'event', most: 262_144 },
    });
    await expect(own.reportConfiguration(0, { text: 'x'.repeat(300_000) })).rejects.toMatchObject({ code: 'device.message_too_large' });
    expect(own.state().pending).toBe(0);
  });

  it('closes while it is offline, as often as it is asked, and keeps what it took before', async () => {
    const own = await opened(nowhere);
    const taken = Promise.all([1, 2, 3].map((temperature) => own.publish({ temperature })));
    await taken;
    await Promise.all([own.close(), own.close()]);
    expect((await opened(nowhere)).state().pending).toBe(3);
  });
});
