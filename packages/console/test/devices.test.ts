import { chromiumPath } from '@yunfab/core/testing';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Locator, Page } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { record, settled, signIn, violations } from './browser.js';
import { onStage, open, tell, world } from './stage.js';
import { equipmentOf } from './world.js';

// Without Chromium these are skipped; `npm test` then says why.
describe.skipIf(!chromiumPath())('devices in a real browser', { timeout: 240_000 }, () => {
  onStage();
  let mqttUrl: string;
  const links: MqttClient[] = [];
  afterEach(async () => {
    for (const link of links.splice(0)) await link.endAsync(true);
  });
  beforeAll(async () => {
    const press = await equipmentOf(world, 'shanhai', 'press-02');
    ({ mqttUrl } = await world.machine('shanhai', press, 'press-02-edge'));
  }, 60_000);

  const newOven = async (code: string): Promise<string> =>
    (await tell('shanhai', 'equipment.create', { code, name: `Oven ${code}`, model: 'machine', parent: 'plant-1/hall-2' })).id;
  const newDevice = (equipment: string, device: string) =>
    tell<{ username: string; token: string }>('shanhai', 'equipment.devices.create', { equipment, device });
  const place = (equipment: string) => `/o/shanhai/equipment/${equipment}?view=devices`;

  const connect = async (username: string, password: string): Promise<MqttClient> => {
    const will = { topic: `yf/v1/${username}/status`, payload: Buffer.from('offline'), qos: 1, retain: true } as const;
    const options = { clientId: username, username, password, will, protocolVersion: 4, reconnectPeriod: 0 } as const;
    const link = await connectAsync(mqttUrl, options, false);
    links.push(link);
    return link;
  };
  const refusal = (username: string, password: string) =>
    connect(username, password).then(
      () => 'let in',
      (error: Error) => error.message,
    );
  const say = (link: MqttClient, channel: string, body: object | string) =>
    link.publishAsync(`yf/v1/${link.options.username}/${channel}`, typeof body === 'string' ? body : JSON.stringify(body), {
      qos: 1,
      retain: channel === 'status',
    });
  /** A machine that reads one of its topics, answers what it reads, and then says that it is there. */
  const listen = async (link: MqttClient, channel: string, answerOn: string, answer: (body: Record<string, unknown>) => object | null) => {
    link.on('message', (topic, payload) => {
      if (!topic.endsWith(`/${channel}`)) return;
      const said = answer(JSON.parse(payload.toString()) as Record<string, unknown>);
      if (said) void say(link, answerOn, said);
    });
    await link.subscribeAsync(`yf/v1/${link.options.username}/${channel}`, { qos: 1 });
    await say(link, 'status', 'online');
  };
  const closed = (link: MqttClient) => new Promise<void>((resolve) => link.once('close', () => resolve()));

  const dialog = (page: Page) => page.getByRole('dialog');
  const secrets = async (page: Page) => {
    const lines = dialog(page).locator('.code-line pre');
    await lines.first().waitFor();
    const [username = '', token = ''] = await lines.allInnerTexts();
    return { username, token };
  };
  const keep = (page: Page) => page.getByRole('button', { name: 'I have kept it' }).click();
  const shoot = async (page: Page, name: string) => {
    const shots = process.env['YUNFAB_SHOTS'];
    if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  };
  const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  it('registers a device, shows its token once, and cuts it off by a new token and by revoking', async () => {
    const oven = await newOven('oven-1');
    const context = await open();
    const page = await signIn(context, world, 'chen@shanhai.example', place(oven));
    await page.getByRole('heading', { name: 'No devices yet' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add device' }).click();
    await dialog(page).getByLabel('Device').fill('oven-1-plc');
    await page.keyboard.press('Enter');
    const first = await secrets(page);
    expect(first.username).toBe('shanhai/oven-1-plc');
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'device-token-en-light');
    await keep(page);
    const row = page.getByRole('row', { name: /oven-1-plc/ });
    await row.getByText('Never heard').waitFor();
    const link = await connect(first.username, first.token);
    await say(link, 'status', 'online');
    await say(link, 'telemetry', { ts: Date.now(), seq: 1, values: { temperature: 180 } });
    await row.getByText('Sending').waitFor();
    await row.getByText('shanhai/oven-1-plc').waitFor();

    // By keys alone: the menu, its item, the dialog.
    await page.locator('[data-device-moves=oven-1-plc]').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-move=claim]:focus').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-move=rotate]:focus').waitFor();
    await page.keyboard.press('Enter');
    await dialog(page).getByText('The present token and an open claim code end at once').waitFor();
    const cut = closed(link);
    await dialog(page).getByRole('button', { name: 'New token' }).click();
    const second = await secrets(page);
    await cut;
    await keep(page);
    expect(await refusal(first.username, first.token)).toMatch(/Bad username or password/);
    const again = await connect(second.username, second.token);
    await say(again, 'status', 'online');
    expect(await page.locator('body').innerText()).not.toContain(second.token);

    await page.locator('[data-device-moves=oven-1-plc]').click();
    await page.locator('[data-move=revoke]').click();
    await dialog(page).getByText('A new token lets it in again.').waitFor();
    expect(await violations(page)).toEqual([]);
    const ended = closed(again);
    await dialog(page).getByRole('button', { name: 'Revoke' }).click();
    await ended;
    await row.getByText('Revoked').first().waitFor();
    await page.getByText('The device has no token and cannot connect.').waitFor();
    expect(await page.locator('[data-move=send]').isDisabled()).toBe(true);
    expect(await refusal(second.username, second.token)).toMatch(/Bad username or password/);
    await shoot(page, 'device-revoked-en-light');
  });

  it('makes a claim code that is shown once, as a picture too, says who used it, and withdraws another', async () => {
    const oven = await newOven('oven-2');
    const { username, token } = await newDevice(oven, 'oven-2-plc');
    const held = await connect(username, token);
    await say(held, 'status', 'online');
    const context = await open();
    const page = await signIn(context, world, 'chen@shanhai.example', place(oven));
    const claims = page.getByRole('region', { name: 'Claim codes of oven-2-plc' });
    await claims.getByText('No claim code was made yet.').waitFor();
    await claims.getByRole('button', { name: 'New claim code' }).click();
    await dialog(page).getByLabel('Good for').selectOption('1 hour');
    await dialog(page).getByRole('button', { name: 'New claim code' }).click();
    const code = await page.locator('[data-claim-code]').innerText();
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await scanned(page.getByRole('img', { name: 'QR code of the claim code' }))).toBe(code);
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'claim-en-light');
    await keep(page);
    await claims.getByRole('row', { name: /Open/ }).waitFor();

    const cut = closed(held);
    const redeemed = await redeem(code);
    expect(redeemed).toMatchObject({ status: 200, body: { username, token: expect.stringMatching(/^yd_/) } });
    await cut;
    await claims.getByRole('row', { name: /Used/ }).waitFor();
    await connect(username, String(redeemed.body.token));

    await claims.getByRole('button', { name: 'New claim code' }).click();
    await dialog(page).getByRole('button', { name: 'New claim code' }).click();
    const unused = await page.locator('[data-claim-code]').innerText();
    await keep(page);
    await claims.getByRole('button', { name: 'Withdraw' }).click();
    await dialog(page).getByText('The code opens nothing from now on.').waitFor();
    await dialog(page).getByRole('button', { name: 'Withdraw' }).click();
    await claims.getByRole('row', { name: /^Ended/ }).waitFor();
    expect(await redeem(unused)).toMatchObject({ status: 404, body: { error: { code: 'equipment.claim_unknown' } } });
    expect(await violations(page)).toEqual([]);
    // Whoever comes later finds neither code anywhere.
    const later = await open();
    const heard = record(later);
    await settled(await signIn(later, world, 'chen@shanhai.example', place(oven)));
    expect([heard.holds(code), heard.holds(unused)]).toEqual([[], []]);
  });

  it('sends commands and shows what becomes of each as it happens: done, refused with the reason, canceled, expired', async () => {
    const oven = await newOven('oven-3');
    const { username, token } = await newDevice(oven, 'oven-3-plc');
    const page = await signIn(await open(), world, 'chen@shanhai.example', place(oven));
    const commands = page.getByRole('region', { name: 'Commands to oven-3-plc' });
    await commands.getByText('No command was sent yet.').waitFor();
    const entry = (name: string, state: string) => page.locator(`[data-command=${name}][data-state=${state}]`);
    const write = async (name: string, parameters: string) => {
      await commands.getByRole('button', { name: 'Send command' }).click();
      await dialog(page).getByLabel('Name').fill(name);
      await dialog(page).getByLabel('Parameters (JSON)').fill(parameters);
    };
    const send = () => dialog(page).getByRole('button', { name: 'Send command' }).click();

    const link = await connect(username, token);
    await listen(link, 'command', 'command/ack', ({ id, name }) =>
      name === 'open_door' ? { id, error: 'hot: 180 °C inside' } : { id, ok: true, reached: 180 },
    );
    await write('preheat', '{"to":180');
    await dialog(page).getByText('This is no JSON: line 1').waitFor();
    expect(await dialog(page).getByRole('button', { name: 'Send command' }).isDisabled()).toBe(true);
    await dialog(page).getByLabel('Parameters (JSON)').fill('{"to":180}');
    expect(await violations(page)).toEqual([]);
    await send();
    const done = entry('preheat', 'acknowledged');
    await done.getByText('to: 180').waitFor();
    // The trail of what was just sent stands open.
    for (const step of ['queued', 'sent', 'acknowledged']) await done.locator(`[data-step=${step}]`).waitFor();
    await done.locator('[data-step=queued]').getByText('Chen Wei').waitFor();
    await done.locator('[data-step=acknowledged]').getByText('{"reached":180}', { exact: true }).waitFor();

    await write('open_door', '{}');
    await send();
    await entry('open_door', 'rejected').locator('.what').getByText('“hot: 180 °C inside”').waitFor();

    await link.endAsync(true);
    await page.getByRole('row', { name: /oven-3-plc Offline/ }).waitFor();
    await write('cool_down', '{}');
    await dialog(page).getByText('The device is not connected.').waitFor();
    await dialog(page).getByLabel('Expires after').selectOption('1 hour');
    await shoot(page, 'command-form-en-light');
    await send();
    await entry('cool_down', 'queued').locator('[data-move=cancel]').click();
    await dialog(page).getByText('may still do it').waitFor();
    await dialog(page).getByRole('button', { name: 'Cancel command' }).click();
    await entry('cool_down', 'canceled').waitFor();
    // Sent by a program meanwhile, and nobody was there to take it.
    await tell('shanhai', 'equipment.commands.send', { device: 'oven-3-plc', name: 'purge', expiresInS: 1 });
    const expired = entry('purge', 'expired');
    await expired.getByRole('button', { name: 'Trail' }).click();
    await expired.getByText('Expired without an answer').waitFor();
    await settled(page);
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'commands-en-light');

    const viewer = await signIn(await open(), world, 'wu@shanhai.example', place(oven));
    await viewer.locator('[data-command=purge]').waitFor();
    expect(await viewer.locator('[data-move], [data-device-moves]').count()).toBe(0);
    expect(await viewer.getByRole('button', { name: /Add device|claim code/ }).count()).toBe(0);

    expect(await viewer.getByText(/^Kept since/).count()).toBe(0);
    await world.sql("update telemetry.retention set commands_from = '2025-03-04T04:00:00Z'");
    const narrow = await signIn(await open({ language: 'zh', theme: 'dark', width: 390 }), world, 'chen@shanhai.example', place(oven));
    await narrow.locator('[data-command=open_door]').getByText('已拒绝').waitFor();
    await narrow.getByText('仅保留 2025年3月4日 12:00 以来的内容，更早的已删除。').waitFor();
    await settled(narrow);
    expect(await overflow(narrow)).toBe(0);
    expect(await violations(narrow)).toEqual([]);
    await shoot(narrow, 'devices-zh-dark-390');
  });

  it('makes a form of what the model declares, with units and limits, and says at each field what is wrong', async () => {
    const made = { code: 'press-21', name: 'Press 21', model: 'tire.curing-press', parent: 'plant-1/curing' };
    const { id: press } = await tell('shanhai', 'equipment.create', made);
    const { username, token } = await newDevice(press, 'press-21-plc');
    const link = await connect(username, token);
    await listen(link, 'command', 'command/ack', ({ id, name }) =>
      name === 'load_recipe' ? { id, error: 'no such recipe here' } : { id, ok: true },
    );
    await listen(link, 'config', 'config/reported', (given) => given);
    const page = await signIn(await open(), world, 'chen@shanhai.example', place(press));
    const commands = page.getByRole('region', { name: 'Commands to press-21-plc' });
    const choose = async (name: string) => {
      await commands.getByRole('button', { name: 'Send command' }).click();
      await dialog(page).getByLabel('Command').selectOption(name);
    };
    const send = () => dialog(page).getByRole('button', { name: 'Send command' }).click();

    await choose('Prolong the cure under way');
    await dialog(page).getByText('Refused when no cure is under way').waitFor();
    const longer = dialog(page).getByLabel('For longer by (min)');
    await dialog(page).getByText('0.5 – 10 min').waitFor();
    await longer.fill('12');
    await send();
    await dialog(page).getByText('Outside the limits: 0.5 – 10 min.').waitFor();
    expect(await longer.getAttribute('aria-invalid')).toBe('true');
    expect(await longer.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'declared-form-en-light');
    // As an input method of Chinese writes digits.
    await longer.fill('２．５');
    await page.keyboard.press('Enter');
    await page.locator('[data-command=extend_cure][data-state=acknowledged]').getByText('For longer by: 2.5 min').waitFor();

    await choose('Load a recipe');
    await send();
    await dialog(page).getByText('This is needed.').waitFor();
    await dialog(page).getByLabel('Recipe').fill('pcr-999');
    await send();
    await page.locator('[data-command=load_recipe][data-state=rejected] .what').getByText('“no such recipe here”').waitFor();
    await choose('Hold before the next cure');
    await dialog(page).getByText('This command has no parameters.').waitFor();
    await send();
    await page.locator('[data-command=hold_next_cycle][data-state=acknowledged]').waitFor();

    const panel = page.getByRole('region', { name: 'Configuration of press-21-plc' });
    await panel.getByRole('button', { name: /^Edit/ }).click();
    const interval = dialog(page).getByLabel('A sample every (s)');
    await interval.fill('2.5');
    await dialog(page).getByRole('button', { name: 'Set version 1' }).click();
    await dialog(page).getByText('This must be a whole number.').waitFor();
    await interval.fill('2');
    await dialog(page).getByRole('button', { name: 'Set version 1' }).click();
    await page.locator('[data-configuration=applied]').waitFor();
    await panel.getByRole('row', { name: 'A sample every (s) 2 2' }).waitFor();

    const narrow = await signIn(await open({ language: 'zh', theme: 'dark', width: 390 }), world, 'chen@shanhai.example', place(press));
    await narrow.locator('[data-command=extend_cure]').getByText('延长时间: 2.5 min').waitFor();
    await narrow.locator('[data-move=send]').click();
    await dialog(narrow).getByLabel('指令').selectOption('延长当前硫化');
    await dialog(narrow).getByText('没有正在进行的硫化或已开始排气时会被拒绝。').waitFor();
    expect(await violations(narrow)).toEqual([]);
    await shoot(narrow, 'declared-form-zh-dark-390');
  });

  it('sets a configuration, marks where the device runs another, and keeps what was typed when somebody was faster', async () => {
    const oven = await newOven('oven-4');
    const { username, token } = await newDevice(oven, 'oven-4-plc');
    const page = await signIn(await open(), world, 'chen@shanhai.example', place(oven));
    const panel = page.getByRole('region', { name: 'Configuration of oven-4-plc' });
    await panel.getByText('Nothing is desired yet').waitFor();
    const edit = async (text: string) => {
      await panel.getByRole('button', { name: /^Edit/ }).click();
      await dialog(page).getByLabel('Configuration (JSON)').fill(text);
    };
    await edit('[]');
    await dialog(page).getByText('This must be an object').waitFor();
    await dialog(page).getByLabel('Configuration (JSON)').fill('{"report_s":10,"limits":{"high":200,"low":20}}');
    await dialog(page).getByRole('button', { name: 'Set version 1' }).click();
    await panel.getByText('not given to the device yet').waitFor();
    await page.locator('[data-configuration=waiting]').waitFor();

    // A machine that takes over what it can, and refuses what it must not run.
    const link = await connect(username, token);
    await listen(link, 'config', 'config/reported', (given) => {
      const { version, configuration } = given as { version: number; configuration: { limits?: { high: number } } };
      const { limits } = configuration;
      if (limits && limits.high > 220) return { version, error: 'the chamber stands 220 °C at most' };
      return { version, configuration: { ...configuration, limits: { low: 20, high: 180 } } };
    });
    await page.locator('[data-configuration=differs]').waitFor();
    expect(
      await page.locator('[data-setting][data-differs]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-setting'))),
    ).toEqual(['/limits/high']);
    await page.getByRole('row', { name: /limits \/ high 200 180 differs/ }).waitFor();
    await settled(page);
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'configuration-en-light');

    await edit('{"report_s":5,"limits":{"high":180,"low":20}}');
    await tell('shanhai', 'equipment.configuration.set', { device: 'oven-4-plc', version: 1, configuration: { report_s: 60 } });
    const stale = page.locator('[data-stale="2"]');
    await stale.getByText('What you wrote is kept.').waitFor();
    await stale.getByRole('row', { name: /report_s 60 5/ }).waitFor();
    const typed = dialog(page).getByLabel('Configuration (JSON)');
    expect(await typed.inputValue()).toBe('{"report_s":5,"limits":{"high":180,"low":20}}');
    expect(await dialog(page).locator('button[type=submit]').isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'configuration-stale-en-light');
    await stale.getByRole('button', { name: 'Go on from version 2' }).click();
    await dialog(page).getByRole('button', { name: 'Set version 3' }).click();
    await page.locator('[data-configuration=applied][data-version="3"]').waitFor();

    await edit('{"limits":{"high":300,"low":20}}');
    await dialog(page).getByRole('button', { name: 'Set version 4' }).click();
    await panel.getByText('The device refuses it: “the chamber stands 220 °C at most”').waitFor();
    await panel.getByRole('button', { name: 'Earlier versions' }).click();
    await page.locator('[data-earlier="3"]').getByRole('button', { name: 'Edit from this' }).click();
    expect(JSON.parse(await typed.inputValue())).toEqual({ report_s: 5, limits: { high: 180, low: 20 } });
    await dialog(page).getByRole('button', { name: 'Set version 5' }).click();
    await page.locator('[data-configuration=applied][data-version="5"]').waitFor();

    const narrow = await signIn(await open({ language: 'zh', width: 390 }), world, 'chen@shanhai.example', place(oven));
    await narrow.locator('[data-configuration=applied]').waitFor();
    await settled(narrow);
    expect(await overflow(narrow)).toBe(0);
    expect(await violations(narrow)).toEqual([]);
    await narrow.locator('[data-move=configure]').click();
    await dialog(narrow).getByLabel('配置（JSON）').waitFor();
    expect(await violations(narrow)).toEqual([]);
    await shoot(narrow, 'configuration-zh-light-390');
  });

  it('lets in a device that nobody registered: refused, accepted in the page, connected with the token that was shown', async () => {
    const oven = await newOven('oven-5');
    expect(await refusal('shanhai/oven-5-plc', 'yd_guessed')).toMatch(/Bad username or password/);
    const page = await signIn(await open(), world, 'chen@shanhai.example', '/o/shanhai/dead-letters');
    const unknown = page.getByRole('region', { name: 'Unknown devices and signals' });
    await unknown.getByRole('row', { name: /device oven-5-plc/ }).waitFor();
    await unknown.getByRole('button', { name: 'Accept: oven-5-plc' }).click();
    await dialog(page).getByLabel('Equipment').selectOption({ label: 'Oven oven-5 (oven-5)' });
    await dialog(page).getByRole('button', { name: 'Accept' }).click();
    const { username, token } = await secrets(page);
    expect(username).toBe('shanhai/oven-5-plc');
    expect(await violations(page)).toEqual([]);
    await keep(page);
    await unknown.waitFor({ state: 'detached' });

    const link = await connect(username, token);
    await say(link, 'status', 'online');
    await say(link, 'telemetry', { ts: Date.now(), seq: 1, values: { temperature: 21.5 } });
    await page.goto(`${world.url}/o/shanhai/gateway`);
    await page.getByRole('link', { name: 'oven-5-plc' }).click();
    await page.waitForURL(new RegExp(`equipment/${oven}\\?view=devices&device=oven-5-plc`));
    await page.getByRole('row', { name: /oven-5-plc Sending/ }).waitFor();
    await page.locator('[data-signal=temperature]').getByText('21.5').waitFor();
  });

  it('shows the devices of equipment one by one, and nothing of them to a stranger', async () => {
    const oven = await newOven('oven-6');
    await newDevice(oven, 'oven-6-a');
    await newDevice(oven, 'oven-6-b');
    const page = await signIn(await open(), world, 'chen@shanhai.example', place(oven));
    await page.getByRole('region', { name: 'Commands to oven-6-a' }).waitFor();
    await page.getByRole('link', { name: 'oven-6-b' }).click();
    await page.getByRole('region', { name: 'Configuration of oven-6-b' }).waitFor();
    expect(new URL(page.url()).searchParams.get('device')).toBe('oven-6-b');
    const stranger = await signIn(await open(), world, 'zhao@bluebay.example', `/o/bluebay/equipment/${oven}?view=devices`);
    await stranger.getByRole('heading', { level: 1, name: /nothing here/i }).waitFor();
    expect(await stranger.locator('body').innerText()).not.toContain('oven-6');
  });
});

const redeem = async (code: string) => {
  const reply = await fetch(`${world.url}/api/device-claims/redeem`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
};

/** What a scanner reads in a drawn QR code: its dark modules as pixels, some of them to a module. */
async function scanned(picture: Locator): Promise<string> {
  const scale = 4;
  const { side, path } = await picture.evaluate((svg) => ({
    side: Number(svg.getAttribute('viewBox')?.split(' ')[2]),
    path: svg.querySelector('path')?.getAttribute('d') ?? '',
  }));
  const size = side * scale;
  const data = new Uint8Array(size * size * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++)
      data.fill(0, (row * size + Number(x) * scale) * 4, (row * size + (Number(x) + 1) * scale) * 4);
  }
  for (let alpha = 3; alpha < data.length; alpha += 4) data[alpha] = 255;
  return decodeQR({ width: size, height: size, data });
}
