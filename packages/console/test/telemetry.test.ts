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
});
