import { readFileSync } from 'node:fs';
import { chromiumPath } from '@yunfab/core/testing';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { overflow, settled, shoot, signIn, violations } from './browser.js';
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
    expect(await violations(stranger)).toEqual([]);
    await shoot(stranger, 'gateway-other-en-light');
  });

  describe('with ten signals', () => {
    const names = ['temperature', 'power', ...Array.from({ length: 8 }, (_, index) => `probe_${index}`)];
    const valuesAt = (at: number) =>
      Object.fromEntries(names.map((name, index) => [name, 20 + index * 10 + Math.sin(at / 60_000 + index)]));
    let lathe: string;
    let edge: MachineClient;
    let began: number;

    beforeAll(async () => {
      const made = { code: 'lathe-01', name: 'Lathe 1', model: 'machine', parent: 'plant-1/hall-2' };
      lathe = ((await world.play('shanhai', 'equipment.create', made)) as { id: string }).id;
      await world.sql(
        `insert into telemetry.series (organization, equipment_id, signal, unit, value_kind)
         select organization, id, 'probe_' || n, 'Cel', 'number' from core.equipment, generate_series(0, 7) n where id = $1`,
        lathe,
      );
      edge = await world.machine('shanhai', lathe, 'lathe-01-edge');
      // An hour at a sample a second; and two hours earlier another at every five seconds, without its middle.
      began = Date.now() - 3_600_000;
      const all = Array.from({ length: 3_600 }, (_, index) => ({
        ts: began + index * 1_000,
        seq: index,
        values: valuesAt(began + index * 1_000),
      }));
      const earlier = Array.from({ length: 720 }, (_, index) => ({
        ts: began - 7_200_000 + index * 5_000,
        seq: index,
        values: valuesAt(index * 5_000),
      }));
      const broken = earlier.filter((_, index) => index < 240 || index >= 480);
      for (let from = 0; from < all.length; from += 600) await edge.telemetry(all.slice(from, from + 600));
      await edge.telemetry(broken);
      // They come late, so the gateway calls their clock doubtful: as a machine that was in time, but for two of its instants.
      await world.sql(
        `update telemetry.sample set quality = 192 where series in (select id from telemetry.series where equipment_id = $1)
         and ts not in (to_timestamp($2::double precision / 1000), to_timestamp($3::double precision / 1000))`,
        lathe,
        began + 3_000_000,
        began + 3_200_000,
      );
    }, 60_000);

    it('moves ten curves of 3,600 samples and says how long its frames are', async () => {
      const page = await signIn(await open(), world, 'chen@shanhai.example', `/o/shanhai/equipment/${lathe}`);
      await page.getByRole('button', { name: '60 min' }).click();
      await page.locator('[data-plot][data-drawn] canvas').waitFor();
      while ((await page.locator('[data-line-key][aria-pressed=false]').count()) > 0)
        await page.locator('[data-line-key][aria-pressed=false]').first().click();
      let sending = true;
      const sent = (async () => {
        for (let seq = 10_000; sending; seq++) {
          // The acknowledgement paces it.
          await edge.telemetry([{ ts: Date.now(), seq, values: valuesAt(Date.now()) }]);
          await page.evaluate(() => new Promise(requestAnimationFrame));
        }
      })();
      const frames = await framesOf(page, 2_000);
      sending = false;
      await sent;
      process.stdout.write(`ten curves of 3,600 samples, moving: frames ${JSON.stringify(frames)}\n`);
      expect(frames.frames).toBeGreaterThan(0);
      await shoot(page, 'live-en-light');

      // Paused, the curves stand and the values beside go on.
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByText('The curves stand still').waitFor();
      const key = page.locator('[data-line-key=power] [data-latest]');
      const stood = await key.innerText();
      await edge.telemetry([{ ts: Date.now(), seq: 20_000, values: { power: 77.25 } }]);
      await page.locator('[data-signal=power]').getByText('77.25').waitFor();
      expect(await key.innerText()).toBe(stood);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Go on' }).click();
      await expect.poll(() => key.innerText(), { timeout: 15_000 }).toBe('77.25');
    });

    it('stands in a tree of places that is walked with keys, each place as the worst of what is in it', async () => {
      const page = await signIn(await open(), world, 'chen@shanhai.example', '/o/shanhai/equipment');
      const row = (key: string) => page.locator(`[data-key="${key}"]`);
      await page.locator(`[data-key="${lathe}"][data-standing=sending]`).waitFor();
      await row('/plant-1/hall-2').getByText('1 sending').waitFor();
      await row('/plant-1/curing').getByText('never heard').waitFor();
      await world.sql(
        `insert into telemetry.device_status (device_id, online, changed_at) select id, false, now() from core.device where equipment_id = $1`,
        lathe,
      );
      await row('/plant-1/hall-2').getByText('1 offline').waitFor();
      expect(await row('/').getAttribute('data-standing')).toBe('offline');
      expect(await violations(page)).toEqual([]);
      await shoot(page, 'tree-en-light');

      const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['key'] ?? '');
      await row('/').focus();
      for (const key of ['ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
      expect(await focused()).toBe('/plant-1/curing');
      const seen = await page.getByRole('treeitem').count();
      await page.keyboard.press('ArrowLeft');
      await expect.poll(() => page.getByRole('treeitem').count()).toBeLessThan(seen);
      expect(await row('/plant-1/curing').getAttribute('aria-expanded')).toBe('false');
      await page.keyboard.press('ArrowLeft');
      expect(await focused()).toBe('/plant-1');
      await page.keyboard.press('End');
      expect(await focused()).toBe(lathe);
      await page.getByRole('searchbox').fill('press-02');
      await expect.poll(() => page.getByRole('treeitem').count()).toBe(4);
      await page.getByRole('searchbox').fill('lathe');
      await row(lathe).waitFor();
      await row(lathe).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: /Lathe 1/ }).waitFor();

      const narrow = await signIn(
        await open({ language: 'zh', theme: 'dark', width: 390 }),
        world,
        'chen@shanhai.example',
        '/o/shanhai/equipment',
      );
      await narrow.getByRole('treeitem').first().waitFor();
      expect(await overflow(narrow)).toBe(0);
      expect(await violations(narrow)).toEqual([]);
      await shoot(narrow, 'tree-zh-dark-390');
    });

    it('shows any time that was stored: bands with their gaps, nearer every sample, in an address to send', async () => {
      const page = await signIn(await open(), world, 'chen@shanhai.example', `/o/shanhai/equipment/${lathe}?view=history&last=6h`);
      await page.locator('[data-plot][data-drawn] canvas').waitFor();
      await page.locator('[data-history=extremes]').getByText('so that no peak is left out').waitFor();
      await shoot(page, 'history-en-light');
      // The gap is a gap: as a table no bucket stands in it.
      const gapBegins = began - 7_200_000 + 1_200_000;
      const between = (from: number, to: number) =>
        `/o/shanhai/equipment/${lathe}?view=history&from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
      await page.goto(world.url + between(gapBegins + 60_000, gapBegins + 1_000_000));
      await page.getByText('Nothing was stored in this time').waitFor();
      await page.getByRole('button', { name: 'Zoom out' }).click();
      await page.locator('[data-history=samples]').getByText('Every sample').waitFor();
      expect(new URL(page.url()).searchParams.get('from')).toBe(new Date(gapBegins + 60_000 - 470_000).toISOString());
      await page.goBack();
      await page.getByText('Nothing was stored in this time').waitFor();

      // Dragging looks nearer, going back undoes it.
      await page.goto(world.url + between(began, began + 3_600_000));
      await page.locator('[data-history=extremes]').waitFor();
      await page.locator('[data-plot][data-drawn] canvas').waitFor();
      const over = page.locator('.u-over');
      const box = await over.boundingBox();
      if (!box) throw new Error('no plot');
      await page.mouse.move(box.x + box.width * 0.8, box.y + 40);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.95, box.y + 60, { steps: 4 });
      await page.mouse.up();
      await page.locator('[data-history=samples]').waitFor();
      await page.locator('[data-doubtful]').waitFor();
      const from = Date.parse(new URL(page.url()).searchParams.get('from') ?? '');
      expect(Math.abs(from - (began + 3_600_000 * 0.8))).toBeLessThan(30_000);
      const begun = page.waitForEvent('download');
      await page.locator('[data-export=csv]').click();
      const file = readFileSync(await (await begun).path(), 'utf8');
      const rows = file.trim().split(/\r?\n/).length - 1;
      // Of the four signals that are drawn.
      expect(rows).toBeGreaterThan(4 * 400);
      expect(rows).toBeLessThan(4 * 700);
      await settled(page);
      expect(await violations(page)).toEqual([]);
      await shoot(page, 'history-samples-en-light');
      await page.goBack();
      await page.locator('[data-history=extremes]').waitFor();
      await page.getByRole('button', { name: 'Reset' }).click();
      await page.getByRole('button', { name: '24 h', pressed: true }).waitFor();

      const narrow = await signIn(
        await open({ language: 'zh', theme: 'dark', width: 390 }),
        world,
        'chen@shanhai.example',
        `/o/shanhai/equipment/${lathe}?view=history&last=6h`,
      );
      await narrow.locator('[data-plot][data-drawn] canvas').waitFor();
      await settled(narrow);
      expect(await overflow(narrow)).toBe(0);
      expect(await violations(narrow)).toEqual([]);
      await shoot(narrow, 'history-zh-dark-390');
    });
  });
});

/** How far the frames of a page are apart while it works, in ms, and the tasks that held it for longer than 50 ms. */
function framesOf(page: Page, forMs: number) {
  return page.evaluate(
    (duration) =>
      new Promise<{ frames: number; p50: number; p95: number; longest: number; longTasks: number }>((resolve) => {
        const gaps: number[] = [];
        let longTasks = 0;
        const watch = new PerformanceObserver((list) => (longTasks += list.getEntries().length));
        watch.observe({ entryTypes: ['longtask'] });
        const start = performance.now();
        let last = start;
        const step = (now: number) => {
          gaps.push(now - last);
          last = now;
          if (now - start < duration) return void requestAnimationFrame(step);
          watch.disconnect();
          gaps.sort((a, b) => a - b);
          const at = (share: number) => Math.round((gaps[Math.floor((gaps.length - 1) * share)] ?? 0) * 10) / 10;
          resolve({ frames: gaps.length, p50: at(0.5), p95: at(0.95), longest: at(1), longTasks });
        };
        requestAnimationFrame(step);
      }),
    forMs,
  );
}
