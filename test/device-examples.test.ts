import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClient } from '@yunfab/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repository, type ServedPlatform, servePlatform } from './served-platform.js';

/** The devices in other languages, as they stand in `examples`, while the platform is killed under them. */

const works = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
// Debian's package is for the system's Python, which need not be the first on the path.
const python = ['python3', '/usr/bin/python3'].find((each) => works(each, '-c', 'import paho.mqtt.client'));
const withoutPaho = python ? null : 'no paho-mqtt for Python; install python3-paho-mqtt';
const withoutCompiler = works('g++', '--version') ? null : 'no C++ compiler; install g++';

const within = { timeout: 30_000, interval: 200 };
let platform: ServedPlatform;
let key: string;
let folder: string;
beforeAll(async () => {
  if (withoutPaho && withoutCompiler) return;
  folder = mkdtempSync(join(tmpdir(), 'yunfab-devices-'));
  platform = await servePlatform();
  key = await platform.company('shanhai');
}, 120_000);
afterAll(async () => {
  await platform?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function register(device: string) {
  const owner = createClient({ url: platform.httpUrl, apiKey: key });
  const { id } = await owner.equipment.create({ code: device, name: device, model: 'machine' });
  const { token } = await owner.equipment.devices.create({ device, equipment: id });
  const stored = async () => {
    const { signals } = await createClient({ url: platform.httpUrl, apiKey: key }).equipment.telemetry.range({
      equipment: id,
      signals: ['temperature'],
      from: Date.now() - 3_600_000,
      to: Date.now() + 3_600_000,
    });
    return signals['temperature']?.value ?? [];
  };
  /** Sent before the device has ever been there: it waits. */
  const tell = (name: string, parameters: Record<string, unknown> = {}) =>
    owner.equipment.commands.send({ device, name, parameters, expiresInS: 600 });
  const desire = (configuration: Record<string, unknown>) => owner.equipment.configuration.set({ device, version: 0, configuration });
  const outcome = async (...commands: readonly { readonly id: string }[]) => {
    const yunfab = createClient({ url: platform.httpUrl, apiKey: key });
    const ended = await Promise.all(commands.map(({ id }) => yunfab.equipment.commands.get({ command: id })));
    const { state, reported } = await yunfab.equipment.configuration.get({ device });
    return {
      commands: ended.map((each) => [each.state, each.answer?.error ?? each.answer?.more]),
      configuration: [state, reported?.configuration],
    };
  };
  return { token: token ?? '', stored, tell, desire, outcome };
}

/** Runs it to its end; the platform is killed and started again as soon as something of it is stored. */
async function throughAKill(program: string, args: readonly string[], env: Record<string, string>, stored: () => Promise<unknown[]>) {
  const child = spawn(program, args, { env: { ...process.env, MQTT_PORT: new URL(platform.mqttUrl).port, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'close');
  try {
    for (let tries = 0; (await stored()).length < 5; tries++) {
      if (child.exitCode !== null || tries > 600) throw new Error(`nothing of it was stored: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(child.exitCode).toBeNull();
    await platform.restart('SIGKILL');
    await ended;
  } finally {
    child.kill('SIGKILL');
  }
  return { code: child.exitCode, said };
}

describe.skipIf(withoutPaho)(withoutPaho ?? 'examples/python-device', () => {
  it('stores every reading once, although the platform is killed', { timeout: 180_000 }, async () => {
    const { token, stored } = await register('snake');
    const { code, said } = await throughAKill(
      python ?? '',
      [join(repository, 'examples/python-device/device.py')],
      { DEVICE: 'shanhai/snake', TOKEN: token, SPOOL: join(folder, 'spool.db'), READINGS: '120', EVERY_S: '0.02' },
      stored,
    );
    expect({ code, said }).toEqual({ code: 0, said: '' });
    expect(await stored()).toHaveLength(120);
  });

  it('does what it is told as well, once, although the platform is killed', { timeout: 180_000 }, async () => {
    const { token, stored, tell, desire, outcome } = await register('python');
    const told = [await tell('set_target', { temperature: 80 }), await tell('explode')];
    await desire({ every_s: 0.021 });
    const { code, said } = await throughAKill(
      python ?? '',
      [join(repository, 'examples/python-device/commanded_device.py')],
      { DEVICE: 'shanhai/python', TOKEN: token, SPOOL: join(folder, 'commanded.db'), READINGS: '120', EVERY_S: '0.02' },
      stored,
    );
    expect({ code, said }).toEqual({ code: 0, said: '' });
    expect(await stored()).toHaveLength(120);
    expect(Math.floor(Number((await stored()).at(-1)))).toBe(80);
    await expect
      .poll(() => outcome(...told), within)
      .toEqual({
        commands: [
          ['acknowledged', { target: 80 }],
          ['rejected', 'no command explode; there is set_target'],
        ],
        configuration: ['applied', { every_s: 0.021 }],
      });
  });
});

describe.skipIf(withoutCompiler)(withoutCompiler ?? 'examples/arduino-device', () => {
  it('stores every reading once, although the platform is killed', { timeout: 180_000 }, async () => {
    const { token, stored, tell, desire, outcome } = await register('board');
    const told = [await tell('identify'), await tell('explode')];
    // Seldom enough that its ring outlives a slow start of the platform.
    await desire({ every_ms: 3000 });
    const sketch = readFileSync(join(repository, 'examples/arduino-device/arduino-device.ino'), 'utf8');
    const set = (text: string, name: string, value: string) => text.replace(new RegExp(`(#define ${name}) ".*?"`), `$1 "${value}"`);
    const own = set(set(set(sketch, 'SERVER', '127.0.0.1'), 'DEVICE', 'shanhai/board'), 'TOKEN', token);
    const source = join(folder, 'sketch.cpp');
    const program = join(folder, 'sketch');
    writeFileSync(source, `#include "Arduino.h"\n${own}\n#include "host.h"\n`);
    await promisify(execFile)('g++', ['-std=c++17', '-Wall', '-I', join(repository, 'test/arduino'), source, '-o', program, '-pthread']);
    const { code, said } = await throughAKill(program, [], { READINGS: '120', SPEED: '20' }, stored);
    const made = Number(/^made (\d+)$/m.exec(said)?.[1]);
    expect(code).toBe(0);
    expect(made).toBeGreaterThanOrEqual(120);
    expect(await stored()).toHaveLength(made);
    expect(said).toContain('pin 2 is 1');
    await expect
      .poll(() => outcome(...told), within)
      .toEqual({
        commands: [
          ['acknowledged', {}],
          ['rejected', 'it knows identify only'],
        ],
        configuration: ['applied', { every_ms: 3000 }],
      });
  });
});
