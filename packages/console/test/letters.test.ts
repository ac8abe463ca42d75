import { chromiumPath } from '@yunfab/core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { overflow, settled, shoot, signIn, violations } from './browser.js';
import { onStage, open, tell, world } from './stage.js';
import { equipmentOf, type MachineClient } from './world.js';

// Without Chromium these are skipped; `npm test` then says why.
describe.skipIf(!chromiumPath())('dead letters in a real browser', { timeout: 180_000 }, () => {
  onStage();
  let press: MachineClient;
  let equipment: string;

  beforeAll(async () => {
    equipment = await equipmentOf(world, 'shanhai', 'press-02');
    press = await world.machine('shanhai', equipment, 'press-02-edge');
  }, 60_000);

  const giveSignal = (name: string) =>
    world.sql(
      `insert into telemetry.series (organization, equipment_id, signal, unit, value_kind)
       select organization, id, $2, 'l/min', 'number' from core.equipment where id = $1`,
      equipment,
      name,
    );

  it('shows dead letters by reason as they come, and replays and discards them with their outcome', async () => {
    const page = await signIn(await open(), world, 'chen@shanhai.example', '/o/shanhai/dead-letters');
    await page.getByRole('heading', { name: 'No dead letters' }).waitFor();
    const at = Date.now();
    await press.raw(JSON.stringify({ ts: at, seq: 1, values: { mould_temperature: 170, nozzle_pressure: 4.5 } }));
    await press.raw(JSON.stringify({ ts: at, seq: 2, values: { coolant_flow: 12 } }));
    await press.raw('{"ts":NaN}');
    await press.raw('{"ts":NaN}');
    await press.raw(Buffer.concat([Buffer.from('{"a":"\u202e\u0000'), Buffer.from([0xff, 0xfe])]));
    await press.raw(`{"ts":${at},"values":{"mould_temperature":${' '.repeat(300 * 1024)}1}}`);
    // They come in without anybody asking.
    await page.getByRole('button', { name: 'Not JSON 2' }).waitFor();
    await page.getByRole('button', { name: 'Unknown signal 2' }).waitFor();
    // A list that was asked in the middle of them stays where it is and says that there are more.
    const more = page.locator('.new-bar');
    const tooLarge = page.getByRole('row', { name: /Too large .*Cut/ });
    await tooLarge.or(more).first().waitFor();
    if (await more.isVisible()) await more.click();
    await tooLarge.waitFor();
    expect(await page.getByRole('row', { name: /Not JSON/ }).allInnerTexts()).toContainEqual(expect.stringMatching(/\t2\t/));
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'letters-en-light');

    await page.getByRole('button', { name: 'Unknown signal 2' }).click();
    await page.waitForURL(/reason=unknown_signal/);
    await page.getByText('When it has, replay').waitFor();
    // A cause that was mended elsewhere: the press has this signal now.
    await giveSignal('coolant_flow');
    await page
      .getByRole('row', { name: /^Tick: .*coolant_flow/ })
      .getByRole('checkbox')
      .check();
    await page.getByRole('button', { name: 'Replay 1' }).click();
    await page.locator('[data-replay=done]').getByText('1 stored.').waitFor();
    await page.getByRole('button', { name: 'Dismiss: coolant_flow' }).click();
    // The other is let in here, and what lacked it is replayed by itself.
    await page.getByRole('button', { name: 'Accept: nozzle_pressure' }).click();
    await page.getByRole('dialog').getByLabel('Unit').fill('bar');
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'quarantine-en-light');
    await page.getByRole('dialog').getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('region', { name: 'Unknown devices and signals' }).waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'No such dead letters' }).waitFor();
    const { signals } = (await world.play('shanhai', 'equipment.telemetry.latest', { equipment })) as {
      signals: Record<string, { value: unknown }>;
    };
    expect([signals['nozzle_pressure']?.value, signals['coolant_flow']?.value]).toEqual([4.5, 12]);

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

  it('shows what a device sent safely, on a phone in Chinese', async () => {
    await press.raw(Buffer.concat([Buffer.from('zh <img src=x onerror=alert(1)> \u202e'), Buffer.from([0xff, 0x00])]));
    const page = await signIn(await open({ language: 'zh', width: 390 }), world, 'chen@shanhai.example', '/o/shanhai/dead-letters');
    await page.locator('a[data-row]').first().click();
    const payload = page.locator('[data-payload]');
    await payload.waitFor();
    expect(await payload.getAttribute('data-payload')).toBe('hex');
    expect(await payload.innerText()).toMatch(/^00000000 {2}[0-9a-f]{2} .* {2}zh <img src=x/);
    await page.getByRole('button', { name: '文本' }).click();
    await page.locator('[data-payload=text] mark').getByText('U+202E').waitFor();
    expect(await payload.locator('img').count()).toBe(0);
    await settled(page);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'letter-zh-light-390');
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
    // Of what is no longer kept, the list says so as soon as there is such a thing.
    expect(await page.getByText(/^Kept since/).count()).toBe(0);
    await world.sql("update telemetry.retention set letters_from = '2025-03-04T04:00:00Z'");
    await page.getByText('Kept since 4 Mar 2025, 12:00. What is older was dropped.').waitFor();
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'letters-kept-from-en-light');
    await page.locator('a[data-row]').first().click();
    await page.locator('[data-payload]').waitFor();
    expect(await page.locator('[data-move]').count()).toBe(0);
  });

  it('replays all of a filter, saying how many before and what was refused again and why', async () => {
    const { items: left } = await tell<{ items: { id: string }[] }>('shanhai', 'equipment.deadLetters.list', {});
    if (left.length > 0) await tell('shanhai', 'equipment.deadLetters.discard', { letters: left.map(({ id }) => id) });
    const at = Date.now() - 600_000;
    const many = 120;
    await Promise.all(
      Array.from({ length: many }, (_, index) =>
        press.raw(JSON.stringify({ ts: at + index, seq: 1_000 + index, values: { air_flow: index } })),
      ),
    );
    for (const broken of ['{', '[', 'x']) await press.raw(broken);
    await press.raw(`{"ts":${at},"values":{"air_flow":${' '.repeat(300 * 1024)}1}}`);
    await giveSignal('air_flow');
    const page = await signIn(await open(), world, 'chen@shanhai.example', '/o/shanhai/dead-letters');
    await page.getByRole('button', { name: `Unknown signal ${many}` }).waitFor();
    const all = page.locator('[data-replay-all]');
    await expect.poll(() => all.innerText()).toBe(`Replay all ${many + 4}…`);
    await all.click();
    const asking = page.getByRole('dialog', { name: `Replay ${many + 4} messages` });
    await asking.getByText('What is refused again stays').waitFor();
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'letters-replay-all-en-light');
    await asking.getByRole('button', { name: 'Replay all' }).click();
    const done = page.locator('[data-replay-all-state=done]');
    await done.waitFor({ timeout: 90_000 });
    await done.getByText(`${many} stored.`).waitFor();
    await done.getByText('1 cut, left out.').waitFor();
    await done.getByText('3 refused again:').waitFor();
    await done.getByRole('listitem').getByText('Not JSON 3').waitFor();
    await shoot(page, 'letters-replayed-all-en-light');
    await page.getByRole('button', { name: 'Not JSON 3' }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^Unknown signal/ }).count()).toBe(0);
    const { signals } = await tell<{ signals: Record<string, { count: number[] }> }>('shanhai', 'equipment.telemetry.aggregate', {
      ...{ equipment, signals: ['air_flow'], bucketMs: 60_000 },
      ...{ from: Math.floor(at / 60_000) * 60_000, to: Math.floor(at / 60_000) * 60_000 + 300_000 },
    });
    expect(signals['air_flow']?.count.reduce((total, count) => total + count, 0)).toBe(many);

    // Of a reason alone, nothing else is asked for.
    await page.getByRole('button', { name: 'Not JSON 3' }).click();
    await expect.poll(() => all.innerText()).toBe('Replay all 3…');
  });
});
