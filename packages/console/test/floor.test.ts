import { chromiumPath } from '@yunfab/core/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch, openContext, settled, signIn, violations } from './browser.js';
import { startWorld, type World } from './world.js';

// Without Chromium these are skipped; `npm test` then says why.
describe.skipIf(!chromiumPath())('the floor in a real browser', { timeout: 180_000 }, () => {
  let world: World;
  let browser: Browser;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), launch()]);
  }, 180_000);
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const tell = async <Answer = { id: string }>(who: string, procedure: string, input: object) =>
    (await world.play(who, procedure, { ...input })) as Answer;

  /** A job order of two operations at a bench of its own, and a person with a badge. */
  async function work(ownNumber: string) {
    const proposed = await tell<{ id: string; version: number; lines: { id: string }[] }>('voyager', 'orders.propose', {
      supplier: 'shanhai',
      ownNumber,
      currency: 'CNY',
      dueOn: '2099-06-01',
      lines: [{ description: 'Bracket', quantity: { value: '20', unit: 'H87' }, unitPrice: '3' }],
    });
    const accepted = await tell<{ version: number }>('shanhai', 'orders.accept', { order: proposed.id, version: proposed.version });
    const { job, jobCode } = await tell<{ job: string; jobCode: string }>('shanhai', 'orders.start', {
      order: proposed.id,
      version: accepted.version,
      line: proposed.lines[0]?.id,
      operations: [
        { words: { en: 'Bend', zh: '折弯' }, workCenter: ownNumber, runSeconds: '30' },
        { words: { en: 'Pack', zh: '包装' }, workCenter: ownNumber },
      ],
    });
    const badge = await tell<{ code: string }>('shanhai', 'production.floor.badges.create', { name: 'Wang Wei', pin: '2580' });
    return { job, jobCode, badge: badge.code };
  }

  const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  it.each([390, 1024])('is worked on with a scanner and a PIN, %d px wide', async (width) => {
    const { job, jobCode, badge } = await work(`FLOOR-${width}`);
    const context = await openContext(browser, { width });
    contexts.push(context);
    const page = await signIn(context, world, 'chen@shanhai.example', '/floor');
    await settled(page);
    // A scanner types wherever nothing else has the focus, and presses Enter.
    await page.keyboard.type(`${jobCode}/10`);
    await page.keyboard.press('Enter');
    const scanned = page.locator('.floor-scanned');
    await scanned.waitFor();
    await scanned.locator('[data-move=pause]').click();
    await page.getByLabel('Badge code').fill(badge);
    for (const digit of '2580') await page.locator('.floor-pad').getByRole('button', { name: digit, exact: true }).click();
    await page.getByRole('button', { name: 'Enter', exact: true }).click();
    await page.locator('.dialog').getByText('Waits for material').click();
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.locator('.dialog').getByRole('button', { name: 'Pause' }).click();
    await scanned.locator('[data-state=paused]').first().waitFor();
    await scanned.locator('[data-move=count]').click();
    await page.locator('input[name=good]').fill('12');
    await page.locator('.dialog').getByRole('button', { name: 'More: Scrap' }).click();
    await page.locator('.dialog').getByRole('button', { name: 'Report' }).click();
    await scanned.getByText('12 / 20').waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    const heights = await page
      .locator('.floor .button')
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(48);
    const detail = await tell<{ operations: { state: string; good: string; scrap: string; pause: { by: string } | null }[] }>(
      'shanhai',
      'production.jobs.get',
      { job },
    );
    expect(detail.operations[0]).toMatchObject({ state: 'paused', good: '12', scrap: '1', pause: { by: 'Wang Wei', reason: 'material' } });
    const shots = process.env['YUNFAB_SHOTS'];
    if (shots) await page.screenshot({ path: `${shots}/floor-${width}.png`, fullPage: true });
  });
});
