import { chromiumPath } from '@yunfab/core/testing';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { settled, signIn, violations } from './browser.js';
import { onStage, open, tell, world } from './stage.js';
import { equipmentOf } from './world.js';

// Without Chromium these are skipped; `npm test` then says why.
describe.skipIf(!chromiumPath())('the floor in a real browser', { timeout: 180_000 }, () => {
  onStage();

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

  async function eventually<Found>(what: string, probe: () => Promise<Found | null>): Promise<Found> {
    for (const until = Date.now() + 60_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 100))) {
      const found = await probe();
      if (found !== null) return found;
    }
    throw new Error(`did not happen: ${what}`);
  }

  const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  it.each([390, 1024])('is worked on with a scanner and a PIN, %d px wide', async (width) => {
    const { job, jobCode, badge } = await work(`FLOOR-${width}`);
    const context = await open({ width });
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

  it.each([
    ['en', 'light'],
    ['zh', 'dark'],
  ] as const)('takes an operation from start to done on a tablet, in %s and %s', async (language, theme) => {
    const { job, jobCode, badge } = await work(`TABLET-${language}`);
    const reason = `FLASH-${language.toUpperCase()}`;
    await tell('shanhai', 'production.floor.reasons.add', { code: reason, words: { en: 'Flash', zh: '飞边' } });
    const context = await open({ language, theme, width: 1024, height: 768, touch: true });
    const page = await signIn(context, world, 'chen@shanhai.example', '/floor');
    await settled(page);
    const scan = async (code: string) => {
      await page.keyboard.type(code);
      await page.keyboard.press('Enter');
    };
    const scanned = page.locator('.floor-scanned');
    const submit = () => page.locator('.dialog button[type=submit]').click();
    const state = (name: string) => scanned.locator(`.floor-card[data-state=${name}]`).waitFor();
    const move = async (name: string) => {
      await scanned.locator(`[data-move=${name}]`).click();
      await page.locator('.dialog').waitFor();
    };
    const small = () =>
      page
        .locator('button:visible, select:visible, .rail-link:visible, input:visible:not([type=radio], [type=checkbox])')
        .evaluateAll((found) => found.flatMap((each) => (each.getBoundingClientRect().height < 44 ? [each.outerHTML.slice(0, 120)] : [])));

    expect(await page.evaluate(() => document.activeElement?.matches('.floor-scan [data-scan]'))).toBe(true);
    await scan(`${jobCode}/10`);
    await state('in_progress');
    // The badge brings the PIN dialog, and the PIN goes where it belongs.
    await scan(badge);
    await page.locator('.floor-pad').waitFor();
    expect(await small()).toEqual([]);
    await scan('2580');
    await page.locator('.dialog').waitFor({ state: 'detached' });
    await move('pause');
    await submit();
    await state('paused');
    await move('resume');
    await submit();
    await state('in_progress');
    await move('count');
    await page.locator('input[name=good]').fill('17');
    await page.locator('input[name=scrap]').fill('2');
    await page.locator('input[name=rework]').fill('1');
    await page.locator('select[name=reasonCode]').selectOption(reason);
    expect(await small()).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await submit();
    await scanned.getByText('17 / 20').waitFor();
    // Nothing finishes while a unit is in rework: it comes out of it as good.
    expect(await scanned.locator('[data-move=finish]').count()).toBe(0);
    await move('count');
    await page.locator('.dialog .floor-check input').check();
    await page.locator('input[name=good]').fill('1');
    await submit();
    await scanned.getByText('18 / 20').waitFor();
    await move('finish');
    await submit();
    await state('done');
    await scan(`${jobCode}/20`);
    await state('ready');
    await move('start');
    await submit();
    await state('in_progress');
    expect(await small()).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    const detail = await tell<{ operations: { state: string; good: string; scrap: string; rework: { total: string } }[] }>(
      'shanhai',
      'production.jobs.get',
      { job },
    );
    expect(detail.operations).toMatchObject([
      { state: 'done', good: '18', scrap: '2', rework: { total: '1', open: '0' } },
      { state: 'in_progress', good: '0' },
    ]);
    const shots = process.env['YUNFAB_SHOTS'];
    if (shots) await page.screenshot({ path: `${shots}/tablet-${language}.png` });
  });

  it('says on the tablet that it is not connected, and what is shown is from when', async () => {
    const { jobCode } = await work('TABLET-OFFLINE');
    const context = await open({ width: 1024, height: 768, touch: true });
    const page = await signIn(context, world, 'chen@shanhai.example', '/floor');
    await settled(page);
    await context.setOffline(true);
    await page.keyboard.type(`${jobCode}/10`);
    await page.keyboard.press('Enter');
    await page.locator('.floor-scan .notice').waitFor();
    await page.getByText('What is shown is from').waitFor({ timeout: 60_000 });
    await context.setOffline(false);
    await page.keyboard.type(`${jobCode}/10`);
    await page.keyboard.press('Enter');
    await page.locator('.floor-scanned').waitFor();
    await page.getByText('What is shown is from').waitFor({ state: 'detached', timeout: 60_000 });
  });

  it('keeps reasons, draws losses by reason, and takes a priority', async () => {
    const { jobCode, job, badge } = await work('PARETO');
    const context = await open();
    const page = await signIn(context, world, 'chen@shanhai.example', '/losses');
    await settled(page);
    await page.getByRole('button', { name: 'Add reason' }).click();
    await page.locator('input[name=code]').fill('burr');
    await page.locator('input[name=en]').fill('Burr');
    await page.locator('input[name=zh]').fill('毛刺');
    await page.locator('.dialog button[type=submit]').click();
    await page.locator('.dialog').waitFor({ state: 'detached' });
    const { operations } = await tell<{ operations: { id: string }[] }>('shanhai', 'production.jobs.get', { job });
    const operation = operations[0]?.id;
    await tell('shanhai', 'production.floor.count', { operation, badge, pin: '2580', good: '5', scrap: '3', reasonCode: 'BURR' });
    await page.reload();
    await settled(page);
    await page.getByLabel('Work center').selectOption('PARETO');
    await page.getByRole('row', { name: /BURR Burr 3 pcs 0 pcs 100\s?% 100\s?%/ }).waitFor();
    await page.locator('[data-drawn]').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goto(`${world.url}/o/shanhai/floor`);
    await settled(page);
    const card = page.locator(`[data-operation="${jobCode}/10"]`);
    await card.locator('[data-move=prioritise]').click();
    await page.locator('input[name=priority]').fill('7');
    await page.getByLabel('for every open operation of its job order').check();
    await page.locator('.dialog button[type=submit]').click();
    await card.getByText('7', { exact: true }).waitFor();
    const after = await tell<{ operations: { priority: number }[] }>('shanhai', 'production.jobs.get', { job });
    expect(after.operations.map(({ priority }) => priority)).toEqual([7, 7]);
  });

  it('lays a run that a rule made on the golden one, once it is declared', async () => {
    const equipment = await equipmentOf(world, 'shanhai', 'press-02');
    const machine = await world.machine('shanhai', equipment, 'press-02-edge');
    const start = Math.floor(Date.now() / 1_000) * 1_000 - 1_800_000;
    const proposed = await tell<{ items: { inForce: string | null }[] }>('shanhai', 'production.runRules.proposed', { equipment });
    const [{ inForce, ...cureByPressure } = { inForce: '' }] = proposed.items;
    expect(inForce).toBeNull();
    await tell('shanhai', 'production.runRules.set', { equipment, ...cureByPressure, since: new Date(start).toISOString() });
    let seq = 0;
    const cure = (from: number, seconds: number, dip: number) =>
      Array.from({ length: seconds + 30 }, (_, n) => ({
        ts: from + n * 1_000,
        seq: ++seq,
        values: {
          internal_pressure: n < seconds ? 20 : 0.2,
          mould_temperature: 170 + Math.sin(n / 20) - (n > 200 && n < 260 ? dip : 0),
        },
      }));
    await machine.telemetry(cure(start, 480, 0));
    await machine.telemetry(cure(start + 600_000, 500, 6));
    await machine.close();
    const runs = await eventually('both runs have ended', async () => {
      const { items } = await tell<{ items: { id: string; rule: object | null; endedAt: string | null }[] }>(
        'shanhai',
        'production.runs.list',
        { equipment },
      );
      const ended = items.filter(({ rule, endedAt }) => rule && endedAt);
      return ended.length === 2 ? ended.map(({ id }) => id) : null;
    });
    const [second, first] = runs;
    const page = await signIn(await open(), world, 'chen@shanhai.example', `/o/shanhai/runs/${first}`);
    await settled(page);
    await page.getByText('Cure by internal pressure', { exact: true }).waitFor();
    await page.getByText('No golden run is declared').waitFor();
    await page.getByRole('button', { name: 'Make it the golden run' }).click();
    const shots = process.env['YUNFAB_SHOTS'];
    await page.getByRole('dialog').getByLabel('Band of Mould, ± °C').fill('3');
    if (shots) await page.screenshot({ path: `${shots}/golden-declare.png` });
    expect(await violations(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Declare' }).click();
    await page.getByText('This is the golden run of program').waitFor();

    await page.goto(`${world.url}/o/shanhai/runs/${second}`);
    await settled(page);
    await page
      .getByRole('row', { name: /^Mould / })
      .getByText('±3')
      .waitFor();
    await page.getByText('0:20 longer').waitFor();
    await page.locator('[data-golden-signal=mould_temperature]').click();
    await page.locator('[data-plot][data-drawn]').nth(1).waitFor();
    expect(await page.getByRole('row', { name: /^Mould / }).innerText()).toMatch(/-6 °C/);
    expect(await violations(page)).toEqual([]);
    if (shots) await page.screenshot({ path: `${shots}/golden-en.png`, fullPage: true });
    const narrow = await signIn(
      await open({ language: 'zh', width: 390, theme: 'dark' }),
      world,
      'chen@shanhai.example',
      `/o/shanhai/runs/${second}`,
    );
    await settled(narrow);
    await narrow.getByText('与标杆过程对比').first().waitFor();
    await narrow.locator('[data-golden-signal=mould_temperature]').click();
    expect(await overflow(narrow)).toBe(0);
    if (shots) await narrow.screenshot({ path: `${shots}/golden-zh-390.png`, fullPage: true });
  });
});
