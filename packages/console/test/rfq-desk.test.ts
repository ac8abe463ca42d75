import { readFileSync } from 'node:fs';
import { chromiumPath } from '@yunfab/core/testing';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { settled, signIn, violations } from './browser.js';
import { onStage, open, tell, world } from './stage.js';

const patience = 240_000;

describe.skipIf(!chromiumPath())('the desk of requests and statements', { timeout: patience }, () => {
  onStage();

  it('takes drawings and contract terms from the buyer’s form to the supplier, behind the confidentiality terms', async () => {
    const text = { en: '1. Quality.', zh: '一、质量。' };
    const title = { en: 'Terms of purchase', zh: '采购条款' };
    const drafted = await tell<{ id: string; revision: number }>('voyager', 'orders.terms.draft', { code: 'purchase', title, text });
    await tell('voyager', 'orders.terms.publish', { terms: drafted.id, revision: drafted.revision });

    const buyer = await signIn(await open(), world, 'lin@voyager.example', '/o/voyager/rfqs/new');
    await buyer.getByLabel('Your RFQ number').fill('RFQ-77');
    await buyer.getByLabel('Subject').fill('Inner tubes');
    await buyer.getByLabel('Respond by').fill('2099-01-31T12:00');
    await buyer.getByLabel('Version of the terms').fill('NDA-1');
    await buyer.getByLabel('Text of the terms').fill('Keep it to yourselves.');
    await buyer.getByRole('checkbox', { name: /Terms of purchase/ }).check();
    await buyer.getByLabel('Description').fill('Inner tube 16');
    await buyer.getByLabel('Quantity', { exact: true }).fill('100');
    await buyer
      .locator('[data-drawings] input[type=file]')
      .setInputFiles([{ name: 'tube.step', mimeType: 'model/step', buffer: Buffer.from('ISO-10303-21; tube') }]);
    await buyer
      .locator('[data-drawing="tube.step"]')
      .getByLabel(/Revision/)
      .fill('B');
    expect(await violations(buyer)).toEqual([]);
    await buyer.getByRole('button', { name: 'Save the draft' }).click();
    await buyer.locator('[data-move=open]').click();
    await buyer.getByRole('dialog').getByLabel('Supplier').fill('shanhai');
    await buyer.locator('[role=dialog] button[type=submit]').click();
    await buyer.locator('.page-head [data-state=open]').waitFor();

    const supplier = await signIn(await open({ language: 'zh', theme: 'dark' }), world, 'chen@shanhai.example', '/o/shanhai/invitations');
    await supplier
      .getByRole('link', { name: /RFQ-77/ })
      .first()
      .click();
    await supplier.locator('[data-gate]').waitFor();
    expect(await supplier.locator('body').innerText()).not.toContain('tube.step');
    await supplier.locator('[data-gate] input[type=checkbox]').check();
    await supplier.locator('[data-move=accept_confidentiality]').click();
    const drawing = supplier.locator('a[download="tube.step"]');
    await drawing.waitFor();
    expect(await supplier.locator('[data-line="1"]').innerText()).toContain('版本 B');
    const [download] = await Promise.all([supplier.waitForEvent('download'), drawing.click()]);
    expect(readFileSync(await download.path(), 'utf8')).toBe('ISO-10303-21; tube');
    await supplier.locator('[data-terms=purchase]').click();
    expect(await supplier.locator('[role=document]').innerText()).toContain('一、质量。');
    expect(await violations(supplier)).toEqual([]);
  });

  it('keeps one or two moves in the head and the rest in a menu that the keyboard reaches, with why one is blocked', async () => {
    const lines = [{ description: 'Rim', quantity: { value: '100', unit: 'H87' } }];
    const content = { title: 'Rims', currency: 'CNY', respondBy: '2099-01-31T12:00:00Z', lines };
    const rfq = await tell<{ id: string; version: number }>('voyager', 'orders.rfq.create', { number: 'RFQ-78', ...content });
    await tell('voyager', 'orders.rfq.open', { rfq: rfq.id, version: rfq.version, suppliers: ['shanhai'] });
    const page = await signIn(await open(), world, 'lin@voyager.example', `/o/voyager/rfqs/${rfq.id}`);
    await settled(page);
    const heads = () =>
      page.locator('.page-head [data-move]').evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).dataset['move']));
    expect(await heads()).toEqual(['award', 'invite']);
    await page.locator('[data-more-moves]').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    expect(await menu(page)).toEqual(['extend', 'close', 'cancel', 'conclude']);
    const blocked = page.getByRole('menuitem', { name: /Conclude/ });
    expect(await blocked.getAttribute('aria-disabled')).toBe('true');
    expect(await blocked.innerText()).toContain('Nothing of this RFQ is awarded');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Extend the response time' }).waitFor();
  });

  it('reckons a deduction from a quantity and a price of a lot', async () => {
    const statement = await billed();
    const page = await signIn(await open(), world, 'lin@voyager.example', `/o/voyager/statements/${statement}`);
    await page.locator('[data-more-moves]').click();
    await page.locator('[data-move=deduct]').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Rests on').selectOption({ index: 1 });
    expect(await dialog.getByLabel('Unit price without tax, CNY').inputValue()).toBe('1.25');
    await dialog.getByLabel('Quantity', { exact: true }).fill('40');
    await dialog.getByLabel('Reason').fill('Scratched');
    expect(await violations(page)).toEqual([]);
    await dialog.locator('button[type=submit]').click();
    await dialog.waitFor({ state: 'detached' });
    // 40 × 1.25 and 13 % of it.
    await page.locator('[data-line="2"]').waitFor();
    expect(await page.getByRole('row').last().innerText()).toContain('56.50');
    expect(await page.locator('[data-line]').count()).toBe(2);
  });
});

const menu = (page: Page) => page.getByRole('menuitem').evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset['move']));

interface OrderReply {
  readonly id: string;
  readonly version: number;
  readonly lines: readonly { readonly id: string }[];
  readonly shipments: readonly { readonly id: string; readonly lines: readonly { readonly id: string }[] }[];
}

/** A statement that the supplier sent for a thousand accepted caps at 1.25 CNY and 13 %. */
async function billed(): Promise<string> {
  const proposed = await tell<OrderReply>('voyager', 'orders.propose', {
    ...{ supplier: 'shanhai', ownNumber: 'PO-CAPS', currency: 'CNY', dueOn: '2099-01-10' },
    lines: [{ description: 'Valve cap', quantity: { value: '1000', unit: 'H87' }, unitPrice: '1.25', taxRate: '13' }],
  });
  const { id: order } = proposed;
  const line = proposed.lines[0]?.id;
  const version = async () => (await tell<OrderReply>('voyager', 'orders.get', { order })).version;
  await tell('shanhai', 'orders.accept', { order, version: 1 });
  const { job, lot } = await tell<{ job: string; lot: string }>('shanhai', 'orders.start', { order, version: 2, line });
  await tell('shanhai', 'production.countByHand', { job, version: 1, good: '1000', reason: 'no device' });
  await tell('shanhai', 'production.lots.close', { job, version: 2, lot });
  const { version: lotVersion } = await tell<{ version: number }>('shanhai', 'lifecycle.lots.get', { lot });
  await tell('shanhai', 'lifecycle.lots.release', { lot, version: lotVersion });
  const goods = { order, version: await version(), lines: [{ line, lot, quantity: '1000' }] };
  const [shipment] = (await tell<OrderReply>('shanhai', 'orders.ship', goods)).shipments;
  await tell('voyager', 'orders.receive', { order, version: await version(), shipment: shipment?.id });
  const inspected = [{ shipmentLine: shipment?.lines[0]?.id, accepted: '1000' }];
  await tell('voyager', 'orders.inspect', { order, version: await version(), lines: inspected });
  const today = new Date();
  const day = (shift: number) => new Date(today.getTime() + shift * 86_400_000).toISOString().slice(0, 10);
  const period = { buyer: 'voyager', from: day(-30), to: day(2), currency: 'CNY' };
  const drafted = await tell<{ id: string; version: number }>('shanhai', 'orders.statements.draft', period);
  await tell('shanhai', 'orders.statements.send', { statement: drafted.id, version: drafted.version });
  return drafted.id;
}
