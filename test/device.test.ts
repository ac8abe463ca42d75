import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, isYunfabError, type Yunfab } from '@yunfab/sdk';
import { type Device, openDevice } from '@yunfab/sdk/device';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repository, type ServedPlatform, servePlatform } from './served-platform.js';

/** Machines that publish through `@yunfab/sdk/device`, against the whole platform in another process. */

let platform: ServedPlatform;
let folder: string;
let maker: Yunfab;
const open: Device[] = [];
beforeAll(async () => {
  platform = await servePlatform();
  folder = mkdtempSync(join(tmpdir(), 'yunfab-device-'));
  maker = createClient({ url: platform.httpUrl, apiKey: await platform.company('maker'), maxAttempts: 30 });
});
afterAll(async () => {
  for (const device of open) await device.close();
  await platform?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function newMachine(code: string): Promise<{ equipment: string; username: string; token: string; folder: string }> {
  const { id } = await maker.equipment.create({ code, name: code, model: 'machine' });
  const { username, token } = await maker.equipment.devices.create({ device: code, equipment: id });
  return { equipment: id, username, token: token ?? '', folder: join(folder, code) };
}

async function opened(registered: Awaited<ReturnType<typeof newMachine>>): Promise<Device> {
  const device = await openDevice({ url: platform.mqttUrl, ...registered });
  open.push(device);
  return device;
}

/** What the platform stored of a machine, in the order of time. */
async function stored(equipment: string): Promise<number[]> {
  const found: number[] = [];
  for await (const page of maker.equipment.telemetry.range({ equipment, from: 0, to: Date.now() + 60_000, limit: 10_000 }))
    found.push(...((page.signals['temperature']?.value ?? []) as number[]));
  return found;
}

describe('a machine', () => {
  it('publishes values and events that its owner reads', async () => {
    const registered = await newMachine('press');
    const device = await opened(registered);
    await device.publish({ temperature: 171.5, power: null });
    await device.event('state', { state: 'running' });
    await device.flush();
    expect(device.state()).toMatchObject({ connected: true, pending: 0, bytes: 0, dropped: 0 });
    expect(await stored(registered.equipment)).toEqual([171.5]);
    const { devices } = await maker.equipment.get({ equipment: registered.equipment });
    expect(devices).toMatchObject([{ device: 'press', online: true }]);
    await device.close();
    await expect.poll(async () => (await maker.equipment.get({ equipment: registered.equipment })).devices[0]?.online).toBe(false);
    await expect(device.publish({ temperature: 1 })).rejects.toMatchObject({ code: 'device.closed' });
  });

  it('is told at once of what could not be stored', async () => {
    const device = await opened(await newMachine('oven'));
    const refused = await device.publish({ temperature: Number.NaN }).catch((error: unknown) => error);
    expect(isYunfabError(refused, 'device.not_a_number')).toBe(true);
    await expect(device.publish({})).rejects.toMatchObject({ code: 'device.no_values' });
    expect(device.state().pending).toBe(0);
  });

  it('goes on while nobody lets it in, and says why', async () => {
    const registered = await newMachine('locked');
    const problems: string[] = [];
    const device = await openDevice({
      url: platform.mqttUrl,
      ...registered,
      token: 'yd_wrong',
      onProblem: (problem) => problems.push(problem.message),
    });
    open.push(device);
    await device.publish({ temperature: 1 });
    await expect.poll(() => problems.join()).toMatch(/not authori[sz]ed|bad user ?name/i);
    expect(device.state()).toMatchObject({ connected: false, pending: 1 });
    await expect(device.flush({ signal: AbortSignal.timeout(50) })).rejects.toThrow(/timeout/i);
    const flushing = device.flush();
    await Promise.all([expect(flushing).rejects.toMatchObject({ code: 'device.closed' }), device.close()]);
  });

  it('sends after an outage what it gathered in it, in order', async () => {
    const registered = await newMachine('lathe');
    const device = await opened(registered);
    await device.publish({ temperature: 0 });
    await device.flush();
    const restarted = platform.restart('SIGKILL');
    const now = Date.now();
    await Promise.all(Array.from({ length: 500 }, (_, n) => device.publish({ temperature: n + 1 }, now + n / 1_000)));
    await restarted;
    await device.flush();
    expect(await stored(registered.equipment)).toEqual(Array.from({ length: 501 }, (_, n) => n));
  });
});

const lives = 5;

describe('a machine whose process is killed again and again, and the platform with it', () => {
  it('loses nothing that stood on its disk, and nothing is stored twice', { timeout: 240_000 }, async () => {
    const registered = await newMachine('mill');
    let next = 0;
    for (let life = 0; life < lives; life += 1) {
      const process = startProcess(registered, next);
      await process.says(10);
      const killed = life % 3 === 1 ? platform.restart('SIGKILL') : undefined;
      await process.says(10 + Math.floor(Math.random() * 30));
      next = (await process.kill()) + 1;
      await killed;
    }
    const device = await opened(registered);
    await device.flush();
    const values = await stored(registered.equipment);
    const said = values.filter((value) => value < next);
    expect([...new Set(said)].sort((a, b) => a - b)).toEqual(Array.from({ length: next }, (_, n) => n));
    // Killed between the disk and the line that it prints, a life leaves one number that the next publishes anew.
    expect(values.length - next).toBeLessThanOrEqual(lives);
  });
});

function startProcess({ username, token, folder: own }: Awaited<ReturnType<typeof newMachine>>, from: number) {
  const tsx = createRequire(join(repository, 'examples/plain-device/package.json')).resolve('tsx');
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=yunfab-source', '--import', tsx, join(repository, 'test/device-process.ts')],
    {
      env: { ...process.env, URL: platform.mqttUrl, DEVICE: username, TOKEN: token, FOLDER: own, FROM: String(from) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  child.stdout?.on('data', (chunk) => (said += String(chunk)));
  const lines = () => said.split('\n').length - 1;
  return {
    /** Waits until it has said this many numbers more. */
    async says(more: number): Promise<void> {
      const until = lines() + more;
      await expect.poll(lines, { timeout: 60_000 }).toBeGreaterThanOrEqual(until);
    },
    /** Gives the last number that it said. */
    async kill(): Promise<number> {
      child.kill('SIGKILL');
      await once(child, 'close');
      return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
    },
  };
}
