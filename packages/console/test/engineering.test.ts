import { chromiumPath } from '@yunfab/core/testing';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { settled, signIn, violations } from './browser.js';
import { onStage, open, tell, world } from './stage.js';
import { equipmentOf } from './world.js';

// Without Chromium these are skipped; `npm test` then says why.
describe.skipIf(!chromiumPath())('engineering in a real browser', { timeout: 180_000 }, () => {
  onStage();

  /** For eyes: YUNFAB_SHOTS names a directory. */
  const shot = async (page: Page, name: string) => {
    const directory = process.env['YUNFAB_SHOTS'];
    if (directory) await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true });
  };

  interface Revision {
    readonly id: string;
    readonly version: number;
  }

  /** A pump of a housing with four screws and a seal, released as A and drafted as B with more screws, and a change that says so. */
  async function design(prefix: string) {
    const item = (number: string, kind: string, en: string, zh: string, unit = 'H87') =>
      tell('shanhai', 'engineering.items.create', { number: `${prefix}-${number}`, kind, name: { en, zh }, unit });
    const [screw, seal] = [
      await item('S8', 'part', 'Hexagon screw M8 × 40', '六角螺栓 M8 × 40'),
      await item('O2', 'part', 'O-ring 42 × 3', 'O 形圈 42 × 3'),
    ];
    const [housing, pump] = [
      await item('H1', 'assembly', 'Housing, complete', '壳体总成'),
      await item('P1', 'assembly', 'Feed pump', '给料泵'),
    ];
    const pieces = (value: string) => ({ value, unit: 'H87' });
    const inner = await tell<Revision>('shanhai', 'engineering.revisions.create', {
      item: housing.id,
      label: 'A',
      lines: [
        { position: 10, item: screw.id, quantity: pieces('4'), scrapPercent: '2.5' },
        { position: 20, item: seal.id, quantity: pieces('1'), designators: ['D1'] },
      ],
    });
    await tell('shanhai', 'engineering.revisions.release', { revision: inner.id, version: inner.version });
    const a = await tell<Revision>('shanhai', 'engineering.revisions.create', {
      item: pump.id,
      label: 'A',
      note: 'first series',
      lines: [
        { position: 10, item: housing.id, quantity: pieces('2') },
        { position: 20, item: screw.id, quantity: pieces('6') },
      ],
      operations: [
        { position: 10, name: { en: 'Assemble', zh: '装配' }, workCenter: 'bench', setupSeconds: '300', runSeconds: '95.5' },
        { position: 20, name: { en: 'Leak test', zh: '密封试验' }, workCenter: 'test stand', runSeconds: '40' },
      ],
    });
    await tell('shanhai', 'engineering.revisions.release', { revision: a.id, version: a.version });
    const b = await tell<Revision>('shanhai', 'engineering.revisions.create', {
      item: pump.id,
      label: 'B',
      copyOf: a.id,
      lines: [
        { position: 10, item: housing.id, quantity: pieces('2') },
        { position: 20, item: screw.id, quantity: pieces('8') },
        { position: 30, item: seal.id, quantity: pieces('1') },
      ],
    });
    const change = await tell('shanhai', 'engineering.changes.draft', {
      number: `${prefix}-EC1`,
      title: 'Eight screws instead of six',
      reason: 'The cover leaked at 12 bar.',
      affected: [
        { revision: a.id, effect: 'retire' },
        { revision: b.id, effect: 'release' },
      ],
    });
    return { screw: screw.id, pump: pump.id, a, b, change: change.id };
  }

  it('draws structures, totals, comparison and where-used in both languages, wide and narrow, without a violation', async () => {
    const { screw, pump, a, b, change } = await design('V');
    for (const [language, width] of [
      ['en', 1440],
      ['zh', 390],
    ] as const) {
      const context = await open({ language, width });
      const page = await signIn(context, world, 'chen@shanhai.example');
      for (const [name, path] of Object.entries({
        items: '/items',
        item: `/items/${screw}`,
        pump: `/items/${pump}`,
        revision: `/revisions/${a.id}`,
        draft: `/revisions/${b.id}`,
        compare: `/revisions/${a.id}/compare/${b.id}`,
        changes: '/changes',
        change: `/changes/${change}`,
      })) {
        await page.goto(`${world.url}/o/shanhai${path}`);
        await settled(page);
        await shot(page, `${name}-${language}-${width}`);
        expect(await violations(page), `${name} ${language}`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0);
      }
      await page.goto(`${world.url}/o/shanhai/revisions/${a.id}`);
      await settled(page);
      const text = await page.locator('main').innerText();
      // 2 × 4 × 1.025 + 6
      expect(text).toContain('14.2');
    }
  });

  it('lets the owner submit, the partner acknowledge and the owner release a change', async () => {
    const { change, b } = await design('M');
    const [owner, partner] = [
      await signIn(await open(), world, 'chen@shanhai.example'),
      await signIn(await open(), world, 'lin@voyager.example'),
    ];
    const at = async (page: Page, organization: string) => {
      await page.goto(`${world.url}/o/${organization}/changes/${change}`);
      await settled(page);
    };
    const move = async (page: Page, name: string) => {
      await page.locator(`[data-move="${name}"]`).click();
      await page.getByRole('dialog').locator('button[type="submit"]').click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await settled(page);
    };
    await at(owner, 'shanhai');
    await owner.locator('[data-move="submit"]').click();
    await owner.getByRole('dialog').getByRole('textbox').first().fill('voyager');
    await shot(owner, 'submit-dialog');
    await owner.getByRole('dialog').locator('button[type="submit"]').click();
    await owner.getByRole('dialog').waitFor({ state: 'hidden' });
    await move(owner, 'approve');
    expect(await owner.locator('[data-move="release"]').getAttribute('aria-disabled')).toBe('true');

    await at(partner, 'voyager');
    await shot(partner, 'partner-change');
    await move(partner, 'acknowledge');
    await partner.goto(`${world.url}/o/voyager/revisions/${b.id}`);
    await settled(partner);
    expect(await partner.locator('h1').innerText()).toContain('M-P1 / B');

    await owner.locator('[data-move="release"][aria-disabled="false"]').waitFor();
    await move(owner, 'release');
    await owner.locator('[data-state="released"]').first().waitFor();
    await shot(owner, 'change-released');
  });

  it('shows a job order of several operations, starts the next one and issues a material', async () => {
    const press = await equipmentOf(world, 'shanhai', 'press-01');
    const proposed = await tell<{ id: string; version: number; lines: { id: string }[] }>('voyager', 'orders.propose', {
      supplier: 'shanhai',
      ownNumber: 'PO-PUMPS',
      currency: 'CNY',
      dueOn: '2099-12-24',
      lines: [{ description: 'Feed pump', quantity: { value: '4', unit: 'H87' }, unitPrice: '480' }],
    });
    await tell('shanhai', 'orders.accept', { order: proposed.id, version: 1 });
    const { job } = await tell<{ job: string }>('shanhai', 'orders.start', {
      order: proposed.id,
      version: 2,
      line: proposed.lines[0]?.id,
      operations: [{ words: { en: 'Assemble', zh: '装配' } }, { words: { en: 'Leak test', zh: '密封试验' }, workCenter: 'test stand' }],
    });
    expect(press).toBeTruthy();
    await tell('shanhai', 'lifecycle.lots.register', { code: 'SEAL-7', quantity: { value: '100', unit: 'H87' } });
    const page = await signIn(await open(), world, 'chen@shanhai.example');
    await page.goto(`${world.url}/o/shanhai/jobs/${job}`);
    await settled(page);
    await page
      .locator('main')
      .getByRole('button', { name: /Issue material|领料/ })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill('SEAL-7');
    await dialog.getByRole('textbox').nth(1).fill('4');
    await dialog.locator('button[type="submit"]:not([disabled])').click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'SEAL-7' }).waitFor();
    for (const name of ['finish', 'start']) {
      await page.locator(`[data-move="${name}"][aria-disabled="false"]`).first().click();
      await dialog.locator('button[type="submit"]').click();
      await dialog.waitFor({ state: 'hidden' });
      await settled(page);
    }
    await page.locator('tr', { hasText: 'Leak test' }).locator('[data-state="in_progress"]').waitFor();
    await shot(page, 'job');
    expect(await violations(page)).toEqual([]);
  });
});
