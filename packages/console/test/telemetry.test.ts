import { chromiumPath } from '@yunfab/core/testing';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { settled, signIn, violations } from './browser.js';
import { onStage, open, world } from './stage.js';
import { equipmentOf, type MachineClient } from './world.js';

// Without Chromium these are skipped; `npm test` then says why.
describe.skipIf(!chromiumPath())('telemetry in a real browser', { timeout: 180_000 }, () => {
  onStage();
  let press: MachineClient;
  let equipment: string;

  beforeAll(async () => {
    equipment = await equipmentOf(world, 'shanhai', 'press-02');
    press = await world.machine('shanhai', equipment, 'press-02-edge');
  }, 60_000);

  const shoot = async (page: Page, name: string) => {
    const shots = process.env['YUNFAB_SHOTS'];
    if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  };
  const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  it('shows dead letters by reason as they come, and replays and discards them with their outcome', async () => {
    const page = await signIn(await open(), world, 'chen@shanhai.example', '/o/shanhai/dead-letters');
    await page.getByRole('heading', { name: 'No dead letters' }).waitFor();
    const at = Date.now();
    await press.raw(JSON.stringify({ ts: at, seq: 1, values: { mould_temperature: 170, nozzle_pressure: 4.5 } }));
    await press.raw('{"ts":NaN}');
    await press.raw('{"ts":NaN}');
    await press.raw(Buffer.concat([Buffer.from('{"a":"\u202e\u0000'), Buffer.from([0xff, 0xfe])]));
    await press.raw(`{"ts":${at},"values":{"mould_temperature":${' '.repeat(300 * 1024)}1}}`);
    // They come in without anybody asking.
    await page.getByRole('button', { name: 'Not JSON 2' }).waitFor();
    await page.getByRole('button', { name: 'Unknown signal 1' }).waitFor();
    await page.getByRole('row', { name: /Too large .*Cut/ }).waitFor();
    expect(await page.getByRole('row', { name: /Not JSON/ }).allInnerTexts()).toContainEqual(expect.stringMatching(/\t2\t/));
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'letters-en-light');

    // Its cause is mended: the press has that signal now.
    await page.getByRole('button', { name: 'Unknown signal 1' }).click();
    await page.waitForURL(/reason=unknown_signal/);
    await page.getByText('When it has, replay').waitFor();
    await world.sql(
      `insert into telemetry.series (organization, equipment_id, signal, unit, value_kind)
       select organization, id, 'nozzle_pressure', 'bar', 'number' from core.equipment where id = $1`,
      equipment,
    );
    await page
      .getByRole('row', { name: /Unknown signal/ })
      .getByRole('checkbox')
      .check();
    await page.getByRole('button', { name: 'Replay 1' }).click();
    await page.locator('[data-replay=done]').getByText('1 stored.').waitFor();
    await page.getByRole('heading', { name: 'No such dead letters' }).waitFor();
    const { signals } = (await world.play('shanhai', 'equipment.telemetry.latest', { equipment })) as {
      signals: Record<string, { value: unknown }>;
    };
    expect(signals['nozzle_pressure']?.value).toBe(4.5);

    // What is still broken is refused again, and says so.
    await page.getByRole('button', { name: /^All/ }).click();
    await page.getByRole('checkbox', { name: 'Tick all rows shown' }).check();
    await page.getByText('are left out of the replay').waitFor();
    await page.getByRole('button', { name: 'Replay 2' }).click();
    await page.locator('[data-replay=done]').getByText('2 refused again: Not JSON.').waitFor();
    await page.getByRole('checkbox', { name: 'Tick all rows shown' }).check();
    await page.getByRole('button', { name: 'Discard 3' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('heading', { name: 'No dead letters' }).waitFor();
  });

  it.each([
    ['en', 'dark', 1440],
    ['zh', 'light', 390],
  ] as const)('shows what a device sent safely, in %s and %s, %d px wide', async (language, theme, width) => {
    await press.raw(Buffer.concat([Buffer.from(`${language} <img src=x onerror=alert(1)> \u202e`), Buffer.from([0xff, 0x00])]));
    const page = await signIn(await open({ language, theme, width }), world, 'chen@shanhai.example', '/o/shanhai/dead-letters');
    await page.locator('a[data-row]').first().click();
    const payload = page.locator('[data-payload]');
    await payload.waitFor();
    expect(await payload.getAttribute('data-payload')).toBe('hex');
    expect(await payload.innerText()).toMatch(/^00000000 {2}[0-9a-f]{2} .* {2}(en|zh) <img src=x/);
    await page.getByRole('button', { name: language === 'en' ? 'Text' : '文本' }).click();
    await page.locator('[data-payload=text] mark').getByText('U+202E').waitFor();
    expect(await payload.locator('img').count()).toBe(0);
    await settled(page);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await shoot(page, `letter-${language}-${theme}-${width}`);
    await page.locator('[data-move=replay]').click();
    await page.locator('[data-replay=done]').waitFor();
    await page.locator('[data-move=discard]').click();
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await page.waitForURL(/dead-letters$/);
  });

  it('lets a viewer read dead letters and change nothing', async () => {
    await press.raw('broken');
    const page = await signIn(await open(), world, 'wu@shanhai.example', '/o/shanhai/dead-letters');
    await page.locator('a[data-row]').first().waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    await page.locator('a[data-row]').first().click();
    await page.locator('[data-payload]').waitFor();
    expect(await page.locator('[data-move]').count()).toBe(0);
  });

  it('reconciles every message of a gateway for whoever runs the platform, and tells others of their own devices', async () => {
    const samples = Array.from({ length: 5 }, (_, index) => ({
      ts: Date.now() + index,
      seq: 100 + index,
      values: { mould_temperature: 170 },
    }));
    for (const sample of samples) await press.telemetry([sample]);
    await press.telemetry(samples.slice(0, 1));
    const page = await signIn(await open(), world, 'chen@shanhai.example', '/o/shanhai/gateway');
    await page.getByText('1 running').waitFor();
    await page.getByRole('row', { name: /press-02-edge Sending/ }).waitFor();
    expect(await page.locator('[data-gateway]').count()).toBe(0);
    await settled(page);
    expect(await violations(page)).toEqual([]);

    await world.nameOperator('shanhai');
    const killed = `{"received": 1200, "committed": 1100, "duplicate": 60, "deadLettered": 3, "inFlight": 36}`;
    await world.sql(`select telemetry.report_gateway('0190a000-0000-7000-8000-000000000001', 'edge-gateway-2', 7200, '${killed}', false)`);
    await world.sql(`update telemetry.gateway_process set seen_at = seen_at - interval '1 minute' where name = 'edge-gateway-2'`);
    const other = page.locator('[data-gateway=edge-gateway-2]');
    await other.getByText('1 unaccounted for').waitFor();
    expect(await other.getAttribute('data-state')).toBe('gone');
    const own = page.locator('[data-gateway][data-state=running]');
    await own.getByText('adds up').waitFor();
    const figure = async (counter: string) => Number((await own.locator(`[data-counter=${counter}]`).innerText()).replace(/\D/g, ''));
    const before = { received: await figure('received'), committed: await figure('committed') };
    await press.telemetry([{ ts: Date.now(), seq: 200, values: { mould_temperature: 171 } }]);
    await expect.poll(() => figure('received'), { timeout: 30_000 }).toBeGreaterThan(before.received);
    expect(await figure('committed')).toBeGreaterThan(before.committed);
    expect(await figure('duplicate')).toBeGreaterThan(0);
    await settled(page);
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'gateway-en-light');
    const narrow = await signIn(
      await open({ language: 'zh', theme: 'dark', width: 390 }),
      world,
      'chen@shanhai.example',
      '/o/shanhai/gateway',
    );
    await narrow.getByText('账目相符').first().waitFor();
    await settled(narrow);
    expect(await overflow(narrow)).toBe(0);
    expect(await violations(narrow)).toEqual([]);
    await shoot(narrow, 'gateway-zh-dark-390');
    const stranger = await signIn(await open(), world, 'zhao@bluebay.example', '/o/bluebay/gateway');
    await stranger.getByText('1 running').waitFor();
    await settled(stranger);
    expect(await stranger.locator('[data-gateway]').count()).toBe(0);
    expect(await stranger.locator('body').innerText()).not.toContain('press-02-edge');
  });
});
