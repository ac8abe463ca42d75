import { chromiumPath } from '@yunfab/core/testing';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { record, settled, signIn, violations } from './browser.js';
import { onStage, open, tell, world } from './stage.js';
import { canaries } from './story.js';
import { equipmentOf, type MachineClient, orderOf, type World } from './world.js';

/** For tests that visit every screen; a busy machine takes its time over each. */
const patience = 420_000;

// Without Chromium these are skipped; `npm test` then says why.
describe.skipIf(!chromiumPath())('the console in a real browser', { timeout: 120_000 }, () => {
  onStage();
  let press: MachineClient;
  let rivalPress: MachineClient;

  beforeAll(async () => {
    press = await world.machine('shanhai', await equipmentOf(world, 'shanhai', 'press-01'), 'press-01-plc');
    rivalPress = await world.machine('bluebay', await equipmentOf(world, 'bluebay', 'press-09'), 'press-09-plc');
    await tellCure(press, 'shanhai-run-1', 14);
    await tellCure(rivalPress, 'bluebay-run-1', 14);
    await giveSerial('shanhai');
    await giveSerial('bluebay');
    await press.event({ ts: Date.now(), type: 'run_started', run: 'shanhai-run-2', program: 'pcr-205-55-r16' });
  }, 180_000);

  /** A unit in the company's lot, with a word in its number that must stay within the company. */
  async function giveSerial(who: keyof typeof canaries): Promise<void> {
    const { items } = await tell<{ items: { id: string }[] }>(who, 'lifecycle.lots.list', {});
    await tell(who, 'lifecycle.units.make', { lot: items.at(-1)?.id, serials: [`SN-${canaries[who]}`] });
  }

  it('shows rivals nothing of each other, in pages, replies and frames', async () => {
    const [mine, theirs] = [await open(), await open()];
    const [heardByMine, heardByTheirs] = [record(mine), record(theirs)];
    const [shanhai, bluebay] = await Promise.all([
      signIn(mine, world, 'chen@shanhai.example'),
      signIn(theirs, world, 'zhao@bluebay.example'),
    ]);
    const walk = async (page: Page, organization: string, equipment: string, search: string) => {
      let text = '';
      for (const path of await screensOf(world, organization, equipment)) {
        await page.goto(world.url + path);
        await settled(page);
        text += await page.locator('body').innerText();
      }
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill(search);
      await page.waitForTimeout(500);
      return text + (await page.locator('body').innerText());
    };
    const [mineText, theirText] = await Promise.all([
      walk(shanhai, 'shanhai', 'press-01', 'CANARY'),
      walk(bluebay, 'bluebay', 'press-09', 'CANARY'),
    ]);
    await Promise.all([
      press.event({ ts: Date.now(), type: 'count', good: 1, scrap: 0 }),
      rivalPress.event({ ts: Date.now(), type: 'count', good: 1, scrap: 0 }),
    ]);
    await shanhai.waitForTimeout(2_000);
    expect(mineText).toContain(canaries.shanhai);
    expect(theirText).toContain(canaries.bluebay);
    expect(mineText).not.toContain(canaries.bluebay);
    expect(theirText).not.toContain(canaries.shanhai);
    expect(heardByMine.holds(canaries.shanhai).length).toBeGreaterThan(0);
    expect(heardByTheirs.holds(canaries.bluebay).length).toBeGreaterThan(0);
    expect(heardByMine.holds(canaries.bluebay)).toEqual([]);
    expect(heardByTheirs.holds(canaries.shanhai)).toEqual([]);
    // An address of the rival's record tells nothing, not even that it is there.
    await bluebay.goto(`${world.url}/o/bluebay/equipment/${await equipmentOf(world, 'shanhai', 'press-01')}`);
    await bluebay.getByText('There is nothing here').waitFor();
  });

  it('moves one order on both companies’ screens because a machine counts', async () => {
    const order = await orderOf(world, 'voyager', 'PO-2026-0041');
    const [buyer, supplier] = await Promise.all([
      signIn(await open(), world, 'lin@voyager.example', `/o/voyager/orders/${order}`),
      signIn(await open({ language: 'zh' }), world, 'chen@shanhai.example', `/o/shanhai/orders/${order}`),
    ]);
    const produced = (page: Page) => page.locator('[data-figure=produced]').innerText();
    await Promise.all([buyer.locator('[data-figure=produced]').waitFor(), supplier.locator('[data-figure=produced]').waitFor()]);
    const before = Number.parseInt(await produced(buyer), 10);
    for (let index = 0; index < 3; index++) await press.event({ ts: Date.now() + index, type: 'count', good: 1, scrap: 0 });
    for (const page of [buyer, supplier])
      await expect.poll(async () => Number.parseInt(await produced(page), 10), { timeout: 20_000 }).toBe(before + 3);
    await buyer.locator('[data-event="orders.progressed"]').first().waitFor();
    // The number opens the entries that it is the sum of.
    await buyer.locator('[data-figure=produced] button').click();
    await buyer.getByRole('dialog').getByText('Counted by a device').first().waitFor();
    // The buyer sees neither the machine nor the job order.
    expect(await buyer.locator('body').innerText()).not.toContain('Press 1');
    await supplier.getByRole('heading', { name: '我方生产' }).waitFor();
  });

  it('goes from sign-in to a move with the keyboard alone', async () => {
    const page = await (await open()).newPage();
    await page.goto(world.url);
    await page.waitForSelector('input[name=email]');
    await page.keyboard.type('chen@shanhai.example');
    await page.keyboard.press('Tab');
    await page.keyboard.type(world.passwordOf('chen@shanhai.example'));
    await page.keyboard.press('Enter');
    await page.locator('a[data-row]', { hasText: 'PO-2026-0043' }).waitFor();
    for (let step = 0; step < 10 && (await focusText(page)) !== 'PO-2026-0043'; step++) await page.keyboard.press('j');
    expect(await focusText(page)).toBe('PO-2026-0043');
    await page.keyboard.press('k');
    await page.keyboard.press('j');
    expect(await outlineOfFocus(page)).not.toBe('none');
    await page.keyboard.press('Enter');
    await page.locator('[data-move=accept]').waitFor();
    for (let step = 0; step < 40 && (await focusedMove(page)) !== 'accept'; step++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('SO-77');
    await page.keyboard.press('Enter');
    await page.locator('.page-head [data-state=confirmed]').waitFor();
    expect(await page.locator('h1').innerText()).toContain('SO-77');
    expect(await page.locator('.page-head').innerText()).toContain('Start production');
  });

  it('draws the live curves of a machine with the evaluation of the run under way', async () => {
    const equipment = await equipmentOf(world, 'shanhai', 'press-01');
    const page = await signIn(await open(), world, 'chen@shanhai.example', `/o/shanhai/equipment/${equipment}`);
    const latest = page.locator('[data-line-key=mould_temperature] [data-latest]');
    await latest.waitFor();
    await page.locator('[data-plot][data-drawn] canvas').waitFor();
    for (const value of [168.3, 171.9]) {
      await press.telemetry([
        { ts: Date.now(), seq: Math.round(value), values: { mould_temperature: value, internal_temperature: 190, internal_pressure: 20 } },
      ]);
      await expect.poll(() => latest.innerText(), { timeout: 15_000 }).toBe(String(value));
    }
    expect(await drawnPixels(page)).toBeGreaterThan(500);
    await page.locator('[data-run]:not([data-run=""])').waitFor();
    await page.locator('[data-line-key="curve:cure_equivalent"]').waitFor();
    // The same figures as a table, for those who do not see the drawing.
    await page.getByRole('button', { name: 'Table' }).click();
    await page.getByRole('columnheader', { name: /Mould/ }).waitFor();
  });

  it('says what the gate of a lot rests on, and releases it', async () => {
    const order = await orderOf(world, 'voyager', 'PO-2026-0041');
    const page = await signIn(await open(), world, 'chen@shanhai.example', `/o/shanhai/orders/${order}`);
    await page.getByRole('link', { name: /^J\d/ }).first().click();
    await page.getByRole('button', { name: 'Close lot' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close lot' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Lots' }).getByRole('link').first().click();
    const cured = page.locator('[data-predicate="tire.cure"]');
    await cured.waitFor();
    await page.locator('[data-predicate]').first().getByText(/./).first().waitFor();
    // One run of it has not ended, so the gate does not hold and the move says why.
    expect(await page.locator('[data-holds=false]').count()).toBeGreaterThan(0);
    expect(await page.locator('[data-move=release]').getAttribute('aria-disabled')).toBe('true');
    await cured.getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: /Run shanhai-run/ }).waitFor();
    await page.getByRole('heading', { name: 'Findings' }).waitFor();
  });

  it('finds a unit by the buyer’s own number and traces it as far as others have shared', async () => {
    const quantity = { value: '3', unit: 'H87' };
    const { id: rubber } = await tell('shanhai', 'lifecycle.lots.register', { code: 'RUBBER-77', quantity });
    const { id: lot } = await tell('shanhai', 'lifecycle.lots.register', { code: 'T-77', quantity });
    const making = { kind: 'made', inputs: [{ thing: rubber, quantity: '3', position: 'tread' }], outputs: [{ thing: lot }] };
    const { id: made } = await tell('shanhai', 'lifecycle.activities.record', making);
    const serials = ['T-77-1', 'T-77-2', 'T-77-3'];
    const { units } = await tell<{ units: { id: string }[] }>('shanhai', 'lifecycle.units.make', { lot, serials });
    const { version } = await tell<{ version: number }>('shanhai', 'lifecycle.lots.get', { lot });
    await tell('shanhai', 'lifecycle.lots.release', { lot, version });
    await tell('shanhai', 'lifecycle.activities.record', { kind: 'shipped', inputs: [{ thing: units[1]?.id }], receiver: 'voyager' });
    await tell('shanhai', 'access.grants.give', { record: made, organization: 'voyager', reason: 'x', expiresAt: '2100-01-01T00:00:00Z' });
    await tell('voyager', 'lifecycle.identifiers.assign', { thing: units[1]?.id, scheme: 'own', value: 'VOY-77001' });
    const page = await signIn(await open(), world, 'lin@voyager.example', '/o/voyager/orders');
    await settled(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('VOY-77001');
    await page.getByRole('option', { name: /T-77-2/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Unit T-77-2' }).waitFor();
    await page.getByRole('cell', { name: 'VOY-77001' }).waitFor();
    await page.getByRole('link', { name: 'Trace' }).click();
    await page.locator('[data-trace] [data-node="T-77-2"]').waitFor();
    const steps = await page
      .locator('[data-trace] [data-node]')
      .evaluateAll((nodes) => nodes.map((node) => ({ ...(node as SVGElement).dataset })));
    expect(steps.map(({ node, step }) => `${node} ${step}`).sort()).toEqual(['T-77 -1', 'T-77-2 0', 'hidden -2']);
    await page.getByRole('button', { name: 'Table' }).click();
    await page.getByRole('cell', { name: 'Not shared with you' }).first().waitFor();
    expect(await page.locator('body').innerText()).not.toContain('RUBBER-77');
  });

  it('shows an API key once and revokes it', async () => {
    const page = await signIn(await open(), world, 'chen@shanhai.example', '/o/shanhai/admin/keys');
    await page.getByRole('button', { name: 'Create key' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('erp');
    await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
    const token = await page.locator('.dialog pre').innerText();
    expect(token).toMatch(/^yf_/);
    const me = () => fetch(`${world.url}/api/v1/access/me`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status);
    expect(await me()).toBe(200);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    expect(await page.locator('body').innerText()).not.toContain(token);
    await page.getByRole('button', { name: 'Revoke erp' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Revoked').first().waitFor();
    await expect.poll(me, { timeout: 3_000 }).toBe(401);
  });

  it('keeps what was typed when the platform refuses, and says it at the field', async () => {
    const page = await signIn(await open(), world, 'lin@voyager.example', '/o/voyager/orders/new');
    await page.getByLabel('Supplier').fill('shanhai');
    await page.getByLabel('Your order number').fill('PO-2026-0099');
    await page.getByLabel('Description').fill('Tires');
    await page.getByLabel('Quantity').fill('1.5');
    await page.getByLabel('Unit price').fill('300');
    await page.getByLabel('Due').fill('2027-01-31');
    await page.getByRole('button', { name: 'Propose order' }).click();
    await page.locator('.problem').first().waitFor();
    expect(await page.getByLabel('Quantity').inputValue()).toBe('1.5');
    expect(await page.getByLabel('Quantity').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Quantity').fill('2');
    await page.getByRole('button', { name: 'Propose order' }).click();
    await page.locator('.page-head [data-state=proposed]').waitFor();
    expect(await page.locator('h1').innerText()).toContain('PO-2026-0099');
  });

  it('speaks both languages and changes organization', async () => {
    const page = await signIn(await open(), world, 'lin@voyager.example');
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    await page.getByRole('button', { name: /Language/ }).click();
    await page.getByRole('menuitemradio', { name: '简体中文' }).click();
    await page.getByRole('heading', { level: 1, name: '订单' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.getByRole('button', { name: /企业/ }).click();
    await page.getByRole('menuitemradio', { name: /山海轮胎/ }).click();
    await page.waitForURL(/\/o\/shanhai\/orders/);
    await page.locator('a[data-row]').first().waitFor();
    expect(await page.locator('.top-bar').innerText()).toContain('山海轮胎制造有限公司');
  });

  for (const theme of ['light', 'dark'] as const) {
    it(
      `has no WCAG 2.2 AA violation on any screen, ${theme}`,
      async () => {
        const language = theme === 'light' ? 'en' : 'zh';
        const page = await signIn(await open({ theme, language }), world, 'chen@shanhai.example');
        const found: string[] = [];
        for (const path of await screensOf(world, 'shanhai', 'press-01')) {
          await page.goto(world.url + path);
          await settled(page);
          found.push(...(await violations(page)).map((each) => `${path} ${each}`));
        }
        await page.goto(`${world.url}/o/shanhai/orders/${await orderOf(world, 'voyager', 'PO-2026-0044')}`);
        await page.locator('[data-move=start]').click();
        await page.getByRole('dialog').waitFor();
        found.push(...(await violations(page)).map((each) => `start dialog ${each}`));
        await page.goto(`${world.url}/o/shanhai/orders`);
        await settled(page);
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox').waitFor();
        found.push(...(await violations(page)).map((each) => `search ${each}`));
        const signedOut = await (await open({ theme, language })).newPage();
        await signedOut.goto(`${world.url}/sign-in`);
        await settled(signedOut);
        found.push(...(await violations(signedOut)).map((each) => `sign-in ${each}`));
        expect(found).toEqual([]);
      },
      patience,
    );
  }

  for (const language of ['en', 'zh'] as const) {
    it(`needs no sideways scrolling at 390 px, ${language}`, async () => {
      const page = await signIn(await open({ language, width: 390 }), world, 'chen@shanhai.example');
      const wide: string[] = [];
      for (const path of await screensOf(world, 'shanhai', 'press-01')) {
        await page.goto(world.url + path);
        await settled(page);
        const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (excess > 0) wide.push(`${path} by ${excess} px`);
      }
      expect(wide).toEqual([]);
    });
  }

  it('takes a service case from its report to its end on the screens of both sides', async () => {
    const { id: lot, version } = await tell<{ id: string; version: number }>('bluebay', 'lifecycle.lots.register', {
      code: 'CASE-LOT',
      quantity: { value: '4', unit: 'H87' },
    });
    await tell('bluebay', 'lifecycle.lots.release', { lot, version });
    await tell('bluebay', 'lifecycle.activities.record', { kind: 'shipped', inputs: [{ thing: lot, quantity: '4' }], receiver: 'voyager' });
    const report = { thing: lot, kind: 'failure', symptom: 'It wears on one side.', evidence: [{ kind: 'lot', id: lot }] };
    const { id, number } = await tell<{ id: string; number: string }>('voyager', 'service.cases.open', report);

    const maker = await signIn(await open({ language: 'zh' }), world, 'zhao@bluebay.example', `/o/bluebay/cases/${id}`);
    await maker.click('[data-move=accept]');
    await maker.fill('textarea[name=owner]', '吴倩');
    await maker.locator('[role=dialog] button[type=submit]').click();
    await maker.locator('[data-history=accept]').waitFor();
    await maker.click('[data-move=resolve]');
    await maker.fill('textarea[name=cause]', 'Camber');
    await maker.fill('textarea[name=resolution]', 'Replaced');
    await maker.locator('[role=dialog] button[type=submit]').click();
    await maker.locator('[data-history=resolve]').waitFor();
    await settled(maker);
    expect(await violations(maker)).toEqual([]);

    const reporter = await signIn(await open(), world, 'lin@voyager.example', '/o/voyager/cases');
    await reporter.getByRole('link', { name: number }).first().click();
    await reporter.locator('[data-evidence=lot]').waitFor();
    await reporter.click('[data-move=close]');
    await reporter.locator('[role=dialog] button[type=submit]').click();
    await reporter.locator('[data-history=close]').waitFor();
    expect(await reporter.locator('[data-move]').count()).toBe(0);
    expect(await violations(reporter)).toEqual([]);
  });

  it('says that the platform is gone, and keeps what it showed', async () => {
    const page = await signIn(await open(), world, 'chen@shanhai.example');
    await page.locator('.live-dot.connected').waitFor();
    await world.close();
    await page.locator('.live-dot.offline').waitFor({ timeout: 20_000 });
    expect(await page.locator('a[data-row]').count()).toBeGreaterThan(0);
  });
});

/** Every screen that an organization has, with records of its own. */
async function screensOf(world: World, organization: string, equipmentCode: string): Promise<string[]> {
  const first = async (procedure: string) =>
    ((await world.play(organization, procedure, { limit: 100 })) as { items: { id: string }[] }).items.at(-1)?.id;
  const equipment = await equipmentOf(world, organization, equipmentCode);
  const paths = [
    'orders',
    `orders/${await first('orders.list')}`,
    'orders/new',
    'items',
    'changes',
    'equipment',
    `equipment/${equipment}`,
    'gateway',
    'dead-letters',
    'floor',
    'jobs',
    `jobs/${await first('production.jobs.list')}`,
    'runs',
    `runs/${await first('production.runs.list')}`,
    'lots',
    `lots/${await first('lifecycle.lots.list')}`,
    'units',
    `units/${await first('lifecycle.units.list')}`,
    `trace/${await first('lifecycle.units.list')}`,
    'v/tire/presses',
    'v/tire/recipes',
    'v/tire/identify',
    'admin/keys',
    'admin/members',
    'admin/devices',
    'admin/badges',
    'admin/grants',
    'admin/industries',
    'orders/00000000-0000-4000-8000-000000000000',
  ];
  return paths.map((path) => `/o/${organization}/${path}`);
}

/** A cure of some minutes that ended just now, told after the fact, with one good tire. */
async function tellCure(machine: MachineClient, run: string, minutes: number): Promise<void> {
  const ended = Date.now() - 60_000;
  const began = ended - minutes * 60_000;
  await machine.event({ ts: began, type: 'run_started', run, program: 'pcr-205-55-r16' });
  const samples = Array.from({ length: minutes * 12 }, (_, index) => ({
    ts: began + index * 5_000,
    seq: index + 1,
    values: {
      mould_temperature: 169 + Math.sin(index / 9),
      internal_temperature: 186 - index / 20,
      internal_pressure: 20.5 + Math.sin(index / 5) / 5,
      press_state: 'nitrogen',
    },
  }));
  await machine.telemetry(samples);
  await machine.event({ ts: ended, type: 'run_ended', run });
  await machine.event({ ts: ended + 1, type: 'count', good: 1, scrap: 0 });
}

const focusText = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.innerText ?? '');
const focusedMove = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['move'] ?? '');
const outlineOfFocus = (page: Page) => page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);

/** How many pixels of the chart are not of its ground. */
function drawnPixels(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-plot] canvas');
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    let drawn = 0;
    for (let index = 3; index < data.length; index += 4) if ((data[index] ?? 0) > 40) drawn++;
    return drawn;
  });
}
