import { chromiumPath } from '@yunfab/core/testing';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Looks, settled, signIn, violations } from './browser.js';
import { onStage, open, tell, world } from './stage.js';

interface Order {
  readonly id: string;
  readonly version: number;
  readonly lines: readonly { readonly id: string }[];
}

// Without Chromium these are skipped; `npm test` then says why.
describe.skipIf(!chromiumPath())('the dock in a real browser', { timeout: 180_000 }, () => {
  onStage();

  const look = (page: Page, name: string) => {
    const shots = process.env['YUNFAB_SHOTS'];
    return shots ? page.screenshot({ path: `${shots}/dock-${name}.png` }) : undefined;
  };
  const enter = async (email: string, organization: string, path: string, looks: Looks = {}) => {
    const page = await signIn(await open(looks), world, email);
    await page.goto(`${world.url}/o/${organization}${path}`);
    await settled(page);
    return page;
  };
  const asSupplier = (path: string, looks?: Looks) => enter('chen@shanhai.example', 'shanhai', path, looks);
  const asBuyer = (path: string, looks?: Looks) => enter('lin@voyager.example', 'voyager', path, looks);
  const dialogGone = (page: Page) => page.locator('.dialog').waitFor({ state: 'detached' });
  const send = (page: Page) => page.locator('.dialog button[type=submit]').click();

  /** An order of 240 whose lot is made and released. */
  async function stocked(ownNumber: string) {
    const {
      id: order,
      version,
      lines,
    } = await tell<Order>('voyager', 'orders.propose', {
      ...{ supplier: 'shanhai', ownNumber, currency: 'CNY', dueOn: '2099-06-01' },
      lines: [{ description: 'Valve TR414', quantity: { value: '240', unit: 'H87' }, unitPrice: '3.2' }],
    });
    const accepted = await tell<Order>('shanhai', 'orders.accept', { order, version });
    const line = lines[0]?.id ?? '';
    const { lot, job } = await tell<{ lot: string; job: string }>('shanhai', 'orders.start', { order, version: accepted.version, line });
    await tell('shanhai', 'production.countByHand', { job, version: 1, good: '240', reason: 'by eye' });
    const counted = await tell<{ version: number }>('shanhai', 'production.jobs.get', { job });
    await tell('shanhai', 'production.lots.close', { job, version: counted.version, lot });
    const closed = await tell<{ version: number }>('shanhai', 'lifecycle.lots.get', { lot });
    await tell('shanhai', 'lifecycle.lots.release', { lot, version: closed.version });
    return { order, line, lot };
  }

  it('numbers packages under the registered prefix and ships dozens of pieces', async () => {
    const { order } = await stocked('DOCK-1');
    const admin = await asSupplier('/admin/packaging', { language: 'zh', theme: 'dark', width: 390 });
    await admin.getByRole('button', { name: '登记 GS1 厂商识别代码' }).click();
    await admin.getByLabel('GS1 厂商识别代码', { exact: true }).fill('69x');
    await send(admin);
    await admin.locator('.dialog .field .problem').getByText('4 至 12 位数字').waitFor();
    await admin.getByLabel('GS1 厂商识别代码', { exact: true }).fill('6901234');
    expect(await violations(admin)).toEqual([]);
    await send(admin);
    await admin.getByText('069012340000000009').waitFor();
    await look(admin, 'prefix');

    const page = await asSupplier(`/orders/${order}`);
    await page.locator('[data-move=ship]').first().click();
    await page.getByLabel('Unit of: From lot').selectOption('DZN');
    await page.getByText('That is 240 pcs.').waitFor();
    await page.getByLabel('In one carton').fill('10');
    await page.getByRole('button', { name: 'Pack into cartons' }).click();
    await page.locator('[data-package="1"] .number').last().fill('9');
    await send(page);
    await page.locator('.dialog .field-problem').getByText('Pack exactly what is shipped').waitFor();
    await look(page, 'ship');
    await page.locator('[data-package="1"] .number').last().fill('10');
    expect(await violations(page)).toEqual([]);
    await send(page);
    await dialogGone(page);
    // Without waiting for the feed.
    await page.getByText('Packages (2)').waitFor({ timeout: 10_000 });
    await look(page, 'shipped');
  });

  it.each([390, 1440])('finds what a scanner reads and receives what is ticked off, %d px wide', async (width) => {
    const { order, line, lot } = await stocked(`DOCK-SCAN-${width}`);
    const { version } = await tell<Order>('shanhai', 'orders.get', { order });
    const contents = [{ line: 0, quantity: '80' }];
    const shipped = await tell<{ shipments: { id: string }[] }>('shanhai', 'orders.ship', {
      ...{ order, version, lines: [{ line, lot, quantity: '240' }] },
      packages: [
        { type: 'PX', contents },
        { type: 'CT', inside: 0, contents },
        { type: 'CT', contents },
      ],
    });
    const { packages } = await tell<{ packages: { number: string }[] }>('shanhai', 'orders.shipments.get', {
      order,
      shipment: shipped.shipments[0]?.id,
    });
    const page = await asBuyer('/packages', { width });
    await page.locator('[data-scan]').waitFor();
    await page.keyboard.type('7777777');
    await page.keyboard.press('Enter');
    await page.getByText('No package “7777777” is known here.').waitFor();
    await page.keyboard.type(packages[0]?.number ?? '');
    await page.keyboard.press('Enter');
    await page.locator('[data-move=receive]').click();
    // The pallet with its carton is ticked already; the loose carton is scanned in the dialog, and no form is sent by Enter.
    await page.locator('[data-ticks="2"]').waitFor();
    await page.keyboard.type('not of this delivery');
    await page.keyboard.press('Enter');
    await page.getByText('is no package of this delivery').waitFor();
    expect(await page.getByLabel(/^Arrived of lot/).inputValue()).toBe('160');
    await page.keyboard.type(packages[2]?.number ?? '');
    await page.keyboard.press('Enter');
    await page.locator('[data-ticks="3"]').waitFor();
    expect(await page.getByLabel(/^Arrived of lot/).inputValue()).toBe('240');
    await page.locator('.ticks input').nth(1).click();
    expect(await page.getByLabel(/^Arrived of lot/).inputValue()).toBe('80');
    await look(page, `receive-${width}`);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    await send(page);
    await dialogGone(page);
    await page.getByText('80 / 240 pcs').waitFor();
    await look(page, `received-${width}`);
  });

  it('takes a sampling plan, and says at its field what is wrong with it', async () => {
    const { order, line, lot } = await stocked('DOCK-PLAN');
    const { version } = await tell<Order>('shanhai', 'orders.get', { order });
    const shipped = await tell<Order & { shipments: { id: string }[] }>('shanhai', 'orders.ship', {
      ...{ order, version, lines: [{ line, lot, quantity: '240' }] },
    });
    const shipment = shipped.shipments[0]?.id;
    await tell('voyager', 'orders.receive', { order, version: shipped.version, shipment });
    const page = await asBuyer(`/orders/${order}`, { language: 'zh', theme: 'dark' });
    await page.locator('[data-move=inspect]').first().click();
    await page.getByLabel('按抽样方案检验').check();
    expect(await page.getByLabel('样本量字码').inputValue()).toBe('G');
    expect(await page.getByLabel('样本量 n').inputValue()).toBe('32');
    await page.getByLabel('接收数 Ac').fill('1');
    await send(page);
    await page.getByText('须为不超过样本量的整数。').waitFor();
    await page.getByLabel('样本量字码').selectOption('H');
    await page.getByLabel('不合格品数 d').fill('2');
    await send(page);
    await page.locator('.field .problem').getByText('字码为 G').waitFor();
    await page.getByLabel('样本量字码').selectOption('G');
    await page.locator('[data-verdict=fails]').waitFor();
    await send(page);
    await page.locator('.field .problem').getByText('样本中有 2 件不合格').waitFor();
    await look(page, 'plan');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('textbox', { name: '验收合格' }).fill('');
    await page.getByLabel('拒收', { exact: true }).fill('240');
    await page.getByLabel('原因', { exact: true }).fill('气门嘴漏气');
    await send(page);
    await dialogGone(page);
    await page.locator('[data-event="orders.inspected"]').getByText('240 件').waitFor();
    const { inspections } = await tell<{ inspections: { sampling: object }[] }>('shanhai', 'orders.shipments.get', { order, shipment });
    expect(inspections[0]?.sampling).toMatchObject({ codeLetter: 'G', sampleSize: 32, acceptAt: 1, rejectAt: 2, nonconforming: 2 });
  });

  it('keeps a photo at a complaint for the other side to read', async () => {
    const { order } = await stocked('DOCK-COMPLAINT');
    const complaint = await tell<{ id: string }>('voyager', 'orders.complaints.file', { order, category: 'quality', text: 'Leaks.' });
    const page = await asBuyer(`/complaints/${complaint.id}`);
    await page.locator('input[type=file]').setInputFiles({ name: 'leak.png', mimeType: 'image/png', buffer: Buffer.from('a photo') });
    await send(page);
    await dialogGone(page);
    await page.getByRole('link', { name: 'Download: leak.png' }).waitFor();
    const other = await asSupplier(`/complaints/${complaint.id}`);
    const [download] = await Promise.all([other.waitForEvent('download'), other.getByRole('link', { name: 'Download: leak.png' }).click()]);
    expect(download.suggestedFilename()).toBe('leak.png');
  });
});
