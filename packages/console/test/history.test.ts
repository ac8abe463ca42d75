import { readFileSync } from 'node:fs';
import { chromiumPath } from '@yunfab/core/testing';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { overflow, settled, shoot, signIn, violations } from './browser.js';
import { onStage, open, tell, world } from './stage.js';
import { equipmentOf, type MachineClient } from './world.js';

const minute = 60_000;
const day = 86_400_000;

// Without Chromium these are skipped; `npm test` then says why.
describe.skipIf(!chromiumPath())('the past of a machine in a real browser', { timeout: 180_000 }, () => {
  onStage();
  let oven: string;
  let edge: MachineClient;
  /** The oven was hot for five minutes in every twenty of the last two hours. */
  let began: number;
  const cycle = 20 * minute;
  const cycles = 6;

  beforeAll(async () => {
    oven = (await tell('shanhai', 'equipment.create', { code: 'oven-01', name: 'Oven 1', model: 'machine', parent: 'plant-1/hall-2' })).id;
    await world.sql(
      `insert into telemetry.series (organization, equipment_id, signal, unit, value_kind)
       select organization, e.id, s.signal, '1', s.kind from core.equipment e, (values ('recipe', 'text'), ('door_closed', 'boolean')) s (signal, kind)
       where e.id = $1`,
      oven,
    );
    edge = await world.machine('shanhai', oven, 'oven-01-edge');
    began = Math.floor(Date.now() / minute) * minute - cycles * cycle;
    const samples = Array.from({ length: (cycles * cycle) / 5_000 }, (_, index) => {
      const at = index * 5_000;
      const hot = at % cycle < 5 * minute;
      return {
        ...{ ts: began + at, seq: index },
        values: { temperature: hot ? 180 : 40, recipe: hot ? 'PCR-17' : 'idle', door_closed: hot },
      };
    });
    // The second half of the third cycle is missing.
    const gapped = samples.filter(({ ts }) => ts < began + 2.5 * cycle || ts >= began + 3 * cycle);
    for (let from = 0; from < gapped.length; from += 500) await edge.telemetry(gapped.slice(from, from + 500));
    // A month at a sample a minute, with one that is not like the others.
    const from = Math.floor((Date.now() - 25 * day) / minute) * minute;
    // In the middle of a half day, so that it is neither the first nor the last of one.
    const peak = (Math.floor((Date.now() - 15 * day) / (day / 2)) + 0.5) * (day / 2);
    await world.sql(
      `select telemetry.ensure_day('sample', d::date) from generate_series(now() - interval '27 days', now(), interval '1 day') d`,
    );
    await world.sql(
      `insert into telemetry.sample (series, ts, ordinal, value, quality)
       select s.id, to_timestamp($2::double precision / 1000 + n * 60), 0, case when $2::double precision + n * 60000 = $3 then 950.5 else 20 end,
         case when $2::double precision + n * 60000 = $3 then 64 else 192 end
       from telemetry.series s, generate_series(0, 34559) n where s.equipment_id = $1 and s.signal = 'power'`,
      ...[oven, from, peak],
    );
    await world.sql(
      `insert into telemetry.dirty_minute
       select s.id, to_timestamp($2::double precision / 1000 + n * 60) from telemetry.series s, generate_series(0, 34559) n
       where s.equipment_id = $1 and s.signal = 'power'`,
      ...[oven, from],
    );
  }, 120_000);

  const dirty = () => world.sql(`select 1 from telemetry.dirty_minute where minute < now() - interval '2 minutes' limit 1`);
  const addedUp = () => expect.poll(dirty, { timeout: 90_000 }).toEqual([]);

  it('shows a peak of one sample in a month, and in the table count, extremes, ends and quality', async () => {
    await addedUp();
    const page = await signIn(await open(), world, 'chen@shanhai.example', `/o/shanhai/equipment/${oven}?view=history&last=30d`);
    await page.locator('[data-history=extremes]').getByText('so that no peak is left out').waitFor();
    await expect.poll(() => inked(page), { timeout: 30_000 }).toBe(true);
    await shoot(page, 'history-month-en-light');
    const begun = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV', exact: true }).click();
    const drawn = readFileSync(await (await begun).path(), 'utf8');
    expect(drawn).toMatch(/,950\.5(,|\r?\n|$)/);

    await page.getByRole('button', { name: 'Table' }).click();
    await page.locator('[data-history-table] select').selectOption({ label: 'Electrical power' });
    const peak = page.getByRole('row', { name: /950\.5/ });
    await peak.waitFor();
    const cells = await peak.getByRole('cell').allInnerTexts();
    // From, samples, lowest, average, highest, first, last, worst quality.
    expect(cells.slice(1)).toEqual(['720', '20', expect.stringMatching(/^21\.29/), '950.5', '20', '20', 'doubtful']);
    await page
      .getByRole('row', { name: /\b0\b.*–/ })
      .first()
      .waitFor();
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'history-table-en-light');
  });

  it('shows the sums of minutes from near, as curves and in figures, where samples are no longer kept', async () => {
    await addedUp();
    await world.sql(`update telemetry.retention set samples_from = date_trunc('day', now() - interval '19 days')`);
    await world.sql(`delete from telemetry.sample where ts < (select samples_from from telemetry.retention)`);
    const from = Math.floor((Date.now() - 20 * day) / minute) * minute;
    const between = `from=${new Date(from).toISOString()}&to=${new Date(from + 10 * minute).toISOString()}`;
    const page = await signIn(await open(), world, 'chen@shanhai.example', `/o/shanhai/equipment/${oven}?view=history&${between}`);
    await page.locator('[data-history=averages]').getByText('1 minute').waitFor();
    await expect.poll(() => inked(page), { timeout: 30_000 }).toBe(true);
    await page.getByRole('button', { name: 'Table' }).click();
    await page.locator('[data-history-table] select').selectOption({ label: 'Electrical power' });
    await page.locator('[data-history-table]').getByText('1 minute').waitFor();
    const figures = await page
      .locator('[data-history-table]')
      .getByRole('row', { name: /20 20 20/ })
      .count();
    expect(figures).toBe(10);
    await shoot(page, 'history-sums-en-light');
  });

  it('says that it loads what was asked for, and shows no plot without its curves, on a wide screen', async () => {
    const context = await open({ width: 1920, height: 1080 });
    let release = () => {};
    const hold = () => {
      const held = new Promise<void>((resolve) => (release = resolve));
      return context.route('**/equipment.telemetry.downsample*', (route) => held.then(() => route.continue()), { times: 1 });
    };
    await hold();
    const between = `from=${new Date(began).toISOString()}&to=${new Date(began + cycles * cycle).toISOString()}`;
    const page = await signIn(context, world, 'chen@shanhai.example', `/o/shanhai/equipment/${oven}?view=history&${between}`);
    const room = page.locator('[data-history]');
    await room.getByRole('status', { name: 'Loading' }).waitFor();
    expect(await page.locator('[data-plot]').count()).toBe(0);
    await shoot(page, 'history-loading-en-light-1920');
    const firstFrame = page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          const look = () => {
            if (!document.querySelector('[data-plot]')) return void requestAnimationFrame(look);
            const canvas = document.querySelector<HTMLCanvasElement>('[data-plot] canvas');
            const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
            resolve(pixels?.some((each) => each !== 0) ?? false);
          };
          requestAnimationFrame(look);
        }),
    );
    release();
    expect(await firstFrame).toBe(true);
    await shoot(page, 'history-en-light-1920');

    // What is drawn stays while another time is on its way, and does not pass for it.
    await hold();
    await page.getByRole('button', { name: 'Earlier' }).click();
    await room.getByRole('status').getByText('Loading').waitFor();
    expect(await room.getAttribute('aria-busy')).toBe('true');
    expect(await inked(page)).toBe(true);
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'history-earlier-loading-en-light-1920');
    release();
    await page.locator('[data-history][aria-busy=false]').waitFor();
    expect(await room.getByText('Loading').count()).toBe(0);
  });

  it('shows texts, and yes and no, as bands of states with their gap, and as a table of how long each was held', async () => {
    const between = `from=${new Date(began).toISOString()}&to=${new Date(began + cycles * cycle).toISOString()}`;
    const page = await signIn(await open(), world, 'chen@shanhai.example', `/o/shanhai/equipment/${oven}?view=history&${between}`);
    const recipe = page.locator('[data-states=recipe]');
    await recipe.getByText('PCR-17').first().waitFor();
    await expect.poll(() => inked(page), { timeout: 30_000 }).toBe(true);
    const segments = recipe.locator('[data-state-held]');
    const states = await segments.evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['stateHeld']));
    expect(states).toEqual(Array.from({ length: cycles }, () => ['PCR-17', 'idle']).flat());
    expect(await page.locator('[data-states=door_closed] [data-state-held=true]').count()).toBe(cycles);
    // Where nothing was measured there is nothing: the third idle state ends before the fourth cycle begins.
    const boxes = await segments.evaluateAll((all) =>
      all.map((each) => each.getBoundingClientRect()).map(({ left, right }) => ({ left, right })),
    );
    const [idle, next] = [boxes[5], boxes[6]];
    const whole = (boxes.at(-1)?.right ?? 0) - (boxes[0]?.left ?? 0);
    expect(((next?.left ?? 0) - (idle?.right ?? 0)) / whole).toBeGreaterThan(0.05);
    // An instant is in the same place as in the curves above.
    await expect
      .poll(async () =>
        Math.abs(((await page.locator('.u-over').boundingBox())?.x ?? 0) - ((await recipe.locator('.state-band').boundingBox())?.x ?? 0)),
      )
      .toBeLessThan(3);
    await shoot(page, 'history-states-en-light');

    await page.getByRole('button', { name: 'Table' }).click();
    await page.locator('[data-history-table] select').selectOption({ label: 'recipe' });
    await page
      .getByRole('row', { name: /PCR-17 5:00/ })
      .first()
      .waitFor();
    const file = page.waitForEvent('download');
    await page.locator('[data-export=csv]').click();
    const rows = readFileSync(await (await file).path(), 'utf8').split(/\r?\n/);
    expect(rows.some((row) => row.startsWith('recipe,') && row.includes(',PCR-17,'))).toBe(true);

    const narrow = await signIn(
      await open({ language: 'zh', theme: 'dark', width: 390 }),
      ...([world, 'chen@shanhai.example', `/o/shanhai/equipment/${oven}?view=history&${between}`] as const),
    );
    await narrow.locator('[data-states=recipe]').getByText('PCR-17').first().waitFor();
    await settled(narrow);
    expect(await overflow(narrow)).toBe(0);
    expect(await violations(narrow)).toEqual([]);
    await shoot(narrow, 'history-states-zh-dark-390');
  });

  it('lets a plant say by which signals a run begins and ends, after trying it, and end that again', async () => {
    const page = await signIn(await open(), world, 'chen@shanhai.example', `/o/shanhai/equipment/${oven}`);
    await page.getByRole('link', { name: 'Run rules' }).click();
    await page.getByText('No rule is in force on this machine').waitFor();
    await page.getByRole('button', { name: 'New rule' }).click();
    const form = page.getByRole('dialog', { name: 'New rule' });
    await form.getByRole('button', { name: 'Set in force' }).click();
    // What is missing is said at its field, and nothing is sent.
    await form.getByText('Enter a number.').waitFor();
    expect(await form.getByText('Fill this in.').count()).toBe(3);
    await form.getByLabel('Name in English').fill('Heating');
    await form.getByLabel('Name in Chinese').fill('加热');
    await form.getByLabel('Code').fill('Heating!');
    await form.getByLabel('Signal').selectOption({ label: 'Temperature' });
    await form.getByLabel('Value (°C)').fill('100');
    await form.getByLabel('Hysteresis').fill('20');
    await form.getByLabel('Least length (s)').fill('60');
    await form.getByLabel('Program', { exact: true }).selectOption({ label: 'recipe' });
    await form.getByText('Temperature is above 100 °C (until it is no longer above 80 °C)').waitFor();
    await form.getByRole('button', { name: 'Try it' }).click();
    await form.getByText(`${cycles} runs out of`).waitFor();
    await form.locator('[data-states=preview]').getByText('PCR-17').first().waitFor();
    // The platform refuses the code; what was typed stays.
    await form.getByRole('button', { name: 'Set in force' }).click();
    await form.getByText('use 1 to 40 of a-z 0-9 -').first().waitFor();
    expect(await form.getByLabel('Value (°C)').inputValue()).toBe('100');
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'rule-form-en-light');
    await form.getByLabel('Code').fill('heating');
    await form.getByLabel('Holds from').fill(local(began - 10 * minute));
    await form.getByRole('button', { name: 'Set in force' }).click();
    await form.waitFor({ state: 'detached' });
    const rule = page.locator('[data-rule=heating]');
    await rule.getByText('What lasts less than 1 minute is no run.').waitFor();

    // What is stored makes its runs.
    const made = () =>
      tell<{ items: { id: string; program: string | null; endedAt: string | null }[] }>('shanhai', 'production.runs.list', {
        equipment: oven,
      });
    await expect.poll(async () => (await made()).items.filter(({ endedAt }) => endedAt !== null).length, { timeout: 60_000 }).toBe(cycles);
    await rule.getByRole('link', { name: 'Its runs' }).click();
    await page.getByText('Runs of one rule.').waitFor();
    await expect.poll(() => page.locator('a[data-row]').count()).toBe(cycles);
    await page.getByRole('link', { name: 'Heating · Oven 1' }).click();

    await page.getByRole('button', { name: 'Change' }).click();
    const changing = page.getByRole('dialog', { name: 'Change' });
    expect(await changing.getByLabel('Hysteresis').inputValue()).toBe('20');
    await changing.getByLabel('Silence ends it after (s)').fill('120');
    await changing.getByRole('button', { name: 'Set in force' }).click();
    await rule.getByText('After 2 minutes without a sample').waitFor();
    await page.getByRole('button', { name: 'Ended too' }).click();
    await page.locator('[data-rule-state=ended]').getByText('After 10 minutes without a sample').waitFor();
    await shoot(page, 'rules-en-light');
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('dialog').getByText('late samples of its time are still looked at').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
    await expect.poll(() => page.locator('[data-rule-state=ended]').count()).toBe(2);

    const narrow = await signIn(
      await open({ language: 'zh', theme: 'dark', width: 390 }),
      ...([world, 'chen@shanhai.example', `/o/shanhai/equipment/${oven}/run-rules?show=all`] as const),
    );
    await narrow.locator('[data-rule=heating]').first().waitFor();
    await narrow.getByRole('button', { name: '新建规则' }).click();
    await narrow.getByRole('dialog').getByRole('button', { name: '添加条件' }).first().click();
    await settled(narrow);
    expect(await overflow(narrow)).toBe(0);
    expect(await violations(narrow)).toEqual([]);
    await shoot(narrow, 'rule-form-zh-dark-390');
    await narrow.getByRole('button', { name: '取消' }).click();
    await shoot(narrow, 'rules-zh-dark-390');
  });

  it('proposes the rules that the model declares, and shows a viewer all without moves', async () => {
    const press = await equipmentOf(world, 'shanhai', 'press-02');
    const page = await signIn(await open(), world, 'wu@shanhai.example', `/o/shanhai/equipment/${press}/run-rules`);
    await page.getByRole('heading', { name: 'Proposed by the model: Cure by internal pressure' }).waitFor();
    await page.getByText('A run begins when Internal pressure is above 2').waitFor();
    expect(await page.getByRole('button', { name: /New rule|Look at it|Change|End$/ }).count()).toBe(0);
  });

  it('lists golden runs with whose choice they are and why, and replaces and withdraws them', async () => {
    const { items } = await tell<{ items: { id: string; endedAt: string | null }[] }>('shanhai', 'production.runs.list', {
      equipment: oven,
    });
    const [newest, second] = items.filter(({ endedAt }) => endedAt !== null);
    await tell('shanhai', 'production.goldenRuns.declare', { run: newest?.id ?? '', bands: { temperature: 5 }, note: 'Evenest heat' });
    const page = await signIn(await open(), world, 'chen@shanhai.example', `/o/shanhai/equipment/${oven}`);
    await page.getByRole('link', { name: 'Golden runs' }).click();
    const row = page.getByRole('row', { name: /PCR-17.*Evenest heat/ });
    await row.getByText('Temperature ±5').waitFor();
    await row.getByRole('button', { name: 'Replace' }).click();
    const form = page.getByRole('dialog', { name: 'Another golden run of program PCR-17' });
    await form.getByLabel('The run that takes its place').selectOption(second?.id ?? '');
    expect(await form.getByLabel('Band of Temperature, ± °C').inputValue()).toBe('5');
    await form.getByLabel('Why it is the best').fill('Fastest heat');
    expect(await violations(page)).toEqual([]);
    await form.getByRole('button', { name: 'Declare' }).click();
    await page.getByRole('row', { name: /PCR-17.*Fastest heat/ }).waitFor();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Retired too' }).click();
    await row.getByText('retired').waitFor();
    await shoot(page, 'golden-en-light');
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
    await expect.poll(() => page.getByText('in force', { exact: true }).count()).toBe(0);

    const narrow = await signIn(
      await open({ language: 'zh', width: 390 }),
      world,
      'chen@shanhai.example',
      '/o/shanhai/golden-runs?show=all',
    );
    await narrow.locator('a[data-row]').first().waitFor();
    expect(await overflow(narrow)).toBe(0);
    expect(await violations(narrow)).toEqual([]);
    await shoot(narrow, 'golden-zh-light-390');
  });
});

/** As a field for date and time takes it, in the zone of the organization. */
const local = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);

/** Whether anything is drawn on the canvas of the curves. */
const inked = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-plot] canvas');
    const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    return pixels?.some((each) => each !== 0) ?? false;
  });
