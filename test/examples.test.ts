import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@yunfab/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repository, type ServedPlatform, servePlatform } from './served-platform.js';

/** The examples as a stranger runs them: `npm start` in their folder, against a platform that runs elsewhere. */

let platform: ServedPlatform;
let buyerKey: string;
let supplierKey: string;
beforeAll(async () => {
  platform = await servePlatform();
  buyerKey = await platform.company('voyager');
  supplierKey = await platform.company('shanhai');
});
afterAll(() => platform?.close());

function run(example: string, env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const folder = join(repository, 'examples', example);
  const child = spawn('npm', ['start', '--silent'], { cwd: folder, env: { ...process.env, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

describe('examples/first-order', () => {
  it('tells one order from proposal to its end, moved by the machine', async () => {
    const { httpUrl, mqttUrl } = platform;
    const { code, said } = await run('first-order', {
      YUNFAB_URL: httpUrl,
      MQTT_URL: mqttUrl,
      BUYER_KEY: buyerKey,
      SUPPLIER_KEY: supplierKey,
    });
    expect(said).toMatch(/The buyer proposes order EX-\S+: 5 pieces for 62\.50? CNY\./);
    expect(said).toMatch(/The buyer sees 5 of 5 made\./);
    expect(said).toMatch(/Lot \S+ is released/);
    expect(said).toMatch(/Order EX-\S+ is closed\.\s*$/);
    expect(code).toBe(0);
    expect(await platform.yunfab('doctor', '--ledger')).not.toMatch(/violat/i);
  }, 90_000);

  it('says what is missing', async () => {
    const { code, said } = await run('first-order', { BUYER_KEY: '', SUPPLIER_KEY: '' });
    expect(code).toBe(1);
    expect(said).toContain('Set BUYER_KEY and SUPPLIER_KEY');
  });

  it('tells the refusal of a wrong key by its code', async () => {
    const { code, said } = await run('first-order', { YUNFAB_URL: platform.httpUrl, BUYER_KEY: 'yf_wrong', SUPPLIER_KEY: 'yf_wrong' });
    expect(code).toBe(1);
    expect(said).toContain('access.unauthenticated');
  });
});

describe('examples/split-order', () => {
  it('tells a request over three factories until every statement is settled at what the ledger gives', async () => {
    const factories = await Promise.all(
      ['factory-a', 'factory-b', 'factory-c'].map(async (code) => `${code}=${await platform.company(code)}`),
    );
    const { code, said } = await run('split-order', {
      YUNFAB_URL: platform.httpUrl,
      BUYER_KEY: buyerKey,
      FACTORIES: factories.join(','),
    });
    // 600 of 12.50, then 650; 20 of them at 10 % less: (630 × 12.50 + 20 × 12.50 × 0.9) × 1.13.
    expect(said).toContain('Change order: quantity 600 → 650.');
    expect(said).toContain('factory-a: statement settled at 9153 CNY; the ledger alone gives 9153 CNY.');
    expect(said).toContain('factory-b: statement settled at 1333.4 CNY; the ledger alone gives 1333.4 CNY.');
    expect(said).toContain('factory-c: statement settled at 4407 CNY; the ledger alone gives 4407 CNY.');
    expect(said).toMatch(/and 300 are free to be awarded again/);
    expect(said).toMatch(/Order SO-\S+-1 is settled\.\s*$/);
    expect(code).toBe(0);
    expect(await platform.yunfab('doctor', '--ledger')).not.toMatch(/violat/i);
  }, 120_000);

  it('says what is missing', async () => {
    const { code, said } = await run('split-order', { BUYER_KEY: '', FACTORIES: '' });
    expect(code).toBe(1);
    expect(said).toContain('Set BUYER_KEY');
  });
});

describe('examples/plain-device', () => {
  it('publishes what its owner then reads', async () => {
    const supplier = createClient({ url: platform.httpUrl, apiKey: supplierKey });
    const { id } = await supplier.equipment.create({ code: 'lone', name: 'Lone machine', model: 'machine' });
    const { token } = await supplier.equipment.devices.create({ device: 'lone', equipment: id });
    const { code, said } = await run('plain-device', {
      MQTT_URL: platform.mqttUrl,
      DEVICE: 'shanhai/lone',
      TOKEN: token ?? '',
      PIECES: '2',
      CYCLE_MS: '100',
    });
    expect(said).toContain('shanhai/lone made piece 2 of 2');
    expect(code).toBe(0);
    const { signals } = await supplier.equipment.telemetry.latest({ equipment: id });
    const { temperature } = signals;
    expect(temperature).toMatchObject({ unit: 'Cel', kind: 'number' });
    expect(Math.floor(Number(temperature?.value))).toBe(71);
    expect((await supplier.production.runs.list({ equipment: id })).items).toHaveLength(2);
  }, 60_000);

  it('is refused with another token', async () => {
    const { code, said } = await run('plain-device', { MQTT_URL: platform.mqttUrl, DEVICE: 'shanhai/lone', TOKEN: 'yd_wrong' });
    expect(code).not.toBe(0);
    expect(said).toMatch(/not authori[sz]ed|bad user ?name/i);
  }, 60_000);
});

describe('examples/stored-device', () => {
  it('ends when everything it measured is stored', async () => {
    const supplier = createClient({ url: platform.httpUrl, apiKey: supplierKey });
    const { id } = await supplier.equipment.create({ code: 'stored', name: 'Stored machine', model: 'machine' });
    const { token } = await supplier.equipment.devices.create({ device: 'stored', equipment: id });
    const folder = mkdtempSync(join(tmpdir(), 'yunfab-stored-'));
    const given = { MQTT_URL: platform.mqttUrl, DEVICE: 'shanhai/stored', TOKEN: token ?? '', FOLDER: folder };
    const { code, said } = await run('stored-device', { ...given, READINGS: '20', EVERY_MS: '5' });
    rmSync(folder, { recursive: true, force: true });
    expect(said).toContain('shanhai/stored: 20 readings are stored');
    expect(code).toBe(0);
    const { signals } = await supplier.equipment.telemetry.range({ equipment: id, from: 0, to: Date.now() + 60_000 });
    expect(signals['temperature']?.value).toHaveLength(20);
  }, 60_000);

  it('does what examples/device-command sends, and reports what is set on it', async () => {
    const supplier = createClient({ url: platform.httpUrl, apiKey: supplierKey });
    const { id } = await supplier.equipment.create({ code: 'told', name: 'Told machine', model: 'machine' });
    const { token } = await supplier.equipment.devices.create({ device: 'told', equipment: id });
    await supplier.equipment.configuration.set({ device: 'told', version: 0, configuration: { every_ms: 25 } });
    const folder = mkdtempSync(join(tmpdir(), 'yunfab-told-'));
    const given = { MQTT_URL: platform.mqttUrl, DEVICE: 'shanhai/told', TOKEN: token ?? '', FOLDER: folder };
    const child = spawn('npm', ['start', '--silent'], {
      cwd: join(repository, 'examples/stored-device'),
      env: { ...process.env, ...given, READINGS: '1000000', EVERY_MS: '20' },
      detached: true,
    });
    try {
      const send = (COMMAND: string, more: Record<string, string> = {}) =>
        run('device-command', { YUNFAB_URL: platform.httpUrl, API_KEY: supplierKey, DEVICE: 'told', COMMAND, ...more });
      expect(await send('set_target', { PARAMETERS: '{"temperature":80}' })).toEqual({
        code: 0,
        said: 'set_target is acknowledged: {"target":80}\n',
      });
      expect(await send('explode')).toEqual({
        code: 2,
        said: 'explode is rejected: this machine knows set_target { temperature }, not explode\n',
      });
      const state = async () => (await supplier.equipment.configuration.get({ device: 'told' })).state;
      await expect.poll(state, { timeout: 30_000 }).toBe('applied');
      const newest = async () => Number((await supplier.equipment.telemetry.latest({ equipment: id })).signals['temperature']?.value);
      await expect.poll(newest, { timeout: 30_000 }).toBeGreaterThanOrEqual(80);
    } finally {
      const ended = new Promise((resolve) => child.once('close', resolve));
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    }
    const nobody = { YUNFAB_URL: platform.httpUrl, API_KEY: supplierKey, DEVICE: 'told', COMMAND: 'set_target', EXPIRES_IN_S: '1' };
    expect(await run('device-command', nobody)).toEqual({ code: 2, said: 'set_target is expired: {}\n' });
    expect(await run('device-command', { ...nobody, DEVICE: 'nobody' })).toMatchObject({
      code: 1,
      said: expect.stringContaining('equipment.device_not_found'),
    });
  }, 120_000);
});
