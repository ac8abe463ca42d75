import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallerFactory, router } from '../../commands/index.js';
import { newId, type RecordId } from '../../database/index.js';
import { readFeed } from '../../events/index.js';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
  testContext,
} from '../../testing/index.js';
import {
  createEquipmentRouter,
  createEquipmentService,
  type DeviceEvent,
  type EquipmentModels,
  expireCommands,
  settleAnswer,
} from '../index.js';

const words = { en: 'Test', zh: '测试' };
const models: EquipmentModels = new Map([
  ['test.oven', { words, signals: [] }],
  [
    'test.press',
    {
      words,
      signals: [],
      commands: [
        {
          name: 'set_temperature',
          words,
          parameters: [
            { name: 'target', words, kind: 'number', unit: 'Cel', range: { low: 20, high: 220 } },
            { name: 'mode', words, kind: 'text', choices: { ramp: words, hold: words }, optional: true },
          ],
        },
      ],
      configuration: [{ name: 'report_interval', words, kind: 'number', unit: 's', range: { low: 1, high: 60 }, optional: true }],
    },
  ],
]);
const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models }))));

let db: TestDatabase;
let maker: TestOrganization;
let rival: TestOrganization;
beforeAll(async () => {
  db = await createTestDatabase();
  maker = await createTestOrganization(db, 'maker');
  rival = await createTestOrganization(db, 'rival');
});
afterAll(() => db.close());

const as = (who: TestOrganization, clock?: () => Date) => createCaller(testContext(db, who, clock ? { clock } : {}));
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing failed',
    (error: { cause?: { code?: string; message?: string }; code?: string }) => error.cause ?? error,
  );

let made = 0;
async function newDevice(model = 'test.oven'): Promise<{ device: string; id: string; equipment: string }> {
  const device = `machine-${++made}`;
  const { id: equipment } = await as(maker).create({ code: device, name: device, model });
  await as(maker).devices.create({ equipment, device });
  const { rows } = await db.owner.pool.query<{ id: string }>('select id from core.device where code = $1', [device]);
  return { device, equipment, id: rows[0]?.id ?? '' };
}

function answer(
  by: { device: string; id: string; equipment: string },
  body: Record<string, unknown>,
  receivedAt = new Date(),
): Promise<string | null> {
  const event: DeviceEvent = {
    ...{ id: newId(), deviceId: by.id, device: by.device, equipment: by.equipment as RecordId, ts: receivedAt, seq: null },
    ...{ type: 'command_ack', body, quality: 192, receivedAt },
  };
  return asOrganization(db, maker, (scope) => settleAnswer(scope, event));
}
const trailOf = async (command: string) => (await as(maker).commands.get({ command })).trail.map(({ what }) => what);

describe('a command', () => {
  it('waits for its device, and its trail says who sent it and what came of it', async () => {
    const oven = await newDevice();
    const sent = await as(maker).commands.send({ device: oven.device, name: 'preheat', parameters: { to: 180 } });
    expect(sent).toMatchObject({
      state: 'queued',
      deliveries: 0,
      sentAt: null,
      answer: null,
      createdBy: 'Tester of maker',
      equipment: oven.equipment,
    });
    expect(await answer(oven, { id: sent.id, ok: true, reached: 180 })).toBeNull();
    const { trail, ...now } = await as(maker).commands.get({ command: sent.id });
    expect(now).toMatchObject({ state: 'acknowledged', answer: { ok: true, error: null, more: { reached: 180 }, late: false } });
    expect(trail).toMatchObject([
      { what: 'queued', by: 'Tester of maker' },
      { what: 'acknowledged', by: null, answer: { reached: 180 } },
    ]);
  });

  it('that the device rejects keeps its reason; the first answer stands and a contrary one is kept beside it', async () => {
    const oven = await newDevice();
    const { id } = await as(maker).commands.send({ device: oven.device, name: 'preheat' });
    await answer(oven, { id, error: 'door open' });
    await answer(oven, { id, error: 'door open' });
    await answer(oven, { id, ok: true });
    expect(await as(maker).commands.get({ command: id })).toMatchObject({ state: 'rejected', answer: { ok: false, error: 'door open' } });
    expect(await trailOf(id)).toEqual(['queued', 'rejected', 'answered_otherwise']);
  });

  it('expires by the platform’s clock; an answer from before counts even when it is read after, a later one is late', async () => {
    const oven = await newDevice();
    const [inTime, late] = [
      await as(maker).commands.send({ device: oven.device, name: 'preheat', expiresInS: 1 }),
      await as(maker).commands.send({ device: oven.device, name: 'preheat', expiresInS: 1 }),
    ];
    const after = new Date(Date.parse(late.expiresAt) + 1);
    expect(await expireCommands({ database: db.database, clock: () => new Date(Date.parse(inTime.createdAt)) })).toBe(0);
    expect(await expireCommands({ database: db.database, clock: () => after })).toBe(2);
    await answer(oven, { id: inTime.id, ok: true }, new Date(inTime.expiresAt));
    await answer(oven, { id: late.id, ok: true }, after);
    expect(await as(maker).commands.get({ command: inTime.id })).toMatchObject({ state: 'acknowledged', answer: { late: false } });
    expect(await as(maker).commands.get({ command: late.id })).toMatchObject({ state: 'expired', answer: { ok: true, late: true } });
    expect(await trailOf(late.id)).toEqual(['queued', 'expired', 'answered_late']);
  });

  it('can be canceled until it ended; a device that did it all the same says so late', async () => {
    const oven = await newDevice();
    const { id } = await as(maker).commands.send({ device: oven.device, name: 'preheat' });
    expect(await as(maker).commands.cancel({ command: id })).toMatchObject({ state: 'canceled' });
    expect(await failure(as(maker).commands.cancel({ command: id }))).toMatchObject({ code: 'equipment.command_ended' });
    await answer(oven, { id, ok: true });
    expect(await as(maker).commands.get({ command: id })).toMatchObject({ state: 'canceled', answer: { late: true } });
  });

  it('is answered by its own device only; an answer to none cannot be used', async () => {
    const [oven, other] = [await newDevice(), await newDevice()];
    const { id } = await as(maker).commands.send({ device: oven.device, name: 'preheat' });
    expect(await answer(other, { id, ok: true })).toContain(other.device);
    expect(await answer(oven, { id: newId(), ok: true })).toContain('no command');
    expect(await as(maker).commands.get({ command: id })).toMatchObject({ state: 'queued', answer: null });
  });

  it('must be one that the model declares, where it declares any', async () => {
    const { device } = await newDevice('test.press');
    const send = (name: string, parameters: Record<string, unknown>) => failure(as(maker).commands.send({ device, name, parameters }));
    expect(await send('explode', {})).toMatchObject({ code: 'equipment.command_unknown', details: { known: 'set_temperature' } });
    expect(await send('set_temperature', {})).toMatchObject({ code: 'equipment.parameter_invalid', details: { parameter: 'target' } });
    expect(await send('set_temperature', { target: 250 })).toMatchObject({ details: { expected: 'number ≥ 20 ≤ 220 Cel', value: '250' } });
    expect(await send('set_temperature', { target: 100, mode: 'fast' })).toMatchObject({ details: { expected: 'ramp | hold' } });
    expect(await send('set_temperature', { target: 100, spin: 1 })).toMatchObject({ details: { parameter: 'spin' } });
    expect(await send('set_temperature', { target: 100, mode: 'hold' })).toBe('nothing failed');
  });

  it('is shown with the equipment, as a form and as JSON Schema; where nothing is declared, anything may be sent', async () => {
    const press = await newDevice('test.press');
    const { commands, configuration } = await as(maker).get({ equipment: press.equipment });
    expect(commands).toMatchObject([
      {
        name: 'set_temperature',
        words,
        description: null,
        parameters: [
          { name: 'target', unit: 'Cel', range: { low: 20, high: 220 }, optional: false },
          { name: 'mode', kind: 'text', choices: { ramp: words, hold: words }, optional: true },
        ],
        jsonSchema: { type: 'object', required: ['target'], properties: { target: { maximum: 220, unit: 'Cel' } } },
      },
    ]);
    expect(configuration).toMatchObject({
      parameters: [{ name: 'report_interval', unit: 's' }],
      jsonSchema: { additionalProperties: false },
    });
    const oven = await newDevice();
    expect(await as(maker).get({ equipment: oven.equipment })).toMatchObject({ commands: null, configuration: null });
  });

  it('is held to its model; so is what is set on a device', async () => {
    const { device } = await newDevice('test.press');
    const set = (configuration: Record<string, unknown>) => as(maker).configuration.set({ device, version: 0, configuration });
    expect(await failure(set({ report_interval: 61 }))).toMatchObject({
      code: 'equipment.setting_invalid',
      details: { device, setting: 'report_interval', value: '61', expected: 'number ≥ 1 ≤ 60 s' },
    });
    expect(await failure(set({ colour: 'red' }))).toMatchObject({ details: { setting: 'colour', expected: 'report_interval' } });
    expect(await set({ report_interval: 5 })).toMatchObject({ state: 'waiting', desired: { version: 1 } });
  });

  it('carries any text that can be stored, and names the field of one that cannot', async () => {
    const { device } = await newDevice();
    const send = (parameters: Record<string, unknown>) => as(maker).commands.send({ device, name: 'preheat', parameters });
    const plain = { text: String.raw`C:\u0000 \ud800`, 温度: '🛞' };
    expect((await send(plain)).parameters).toEqual(plain);
    for (const [parameters, field] of [
      [{ text: '\ud800' }, 'parameters.text'],
      [{ steps: [{}, { text: 'a\0b' }] }, 'parameters.steps.1.text'],
      [{ '\udc00': 1 }, 'parameters.\ufffd'],
    ] as const)
      expect(await failure(send(parameters))).toMatchObject({ code: 'request.invalid', details: { field } });
    const set = as(maker).configuration.set({ device, version: 0, configuration: { text: '\ud800' } });
    expect(await failure(set)).toMatchObject({ code: 'request.invalid', details: { field: 'configuration.text' } });
  });

  it('carries no more than a device can be expected to read, and no more than 100 wait for one', async () => {
    const { device } = await newDevice();
    const send = (parameters: Record<string, unknown>) => failure(as(maker).commands.send({ device, name: 'preheat', parameters }));
    for (const parameters of [{ text: 'x'.repeat(17_000) }, JSON.parse(`${'{"a":'.repeat(12)}1${'}'.repeat(12)}`)])
      expect(await send(parameters)).toMatchObject({ code: 'equipment.parameters_unusable' });
    await db.owner.pool.query(
      `insert into core.device_command (id, organization, device, device_id, equipment_id, name, parameters, state, created_at, created_by, expires_at)
       select gen_random_uuid(), organization, code, id, equipment_id, 'preheat', '{}', 'queued', now(), 'x', now() + interval '1 hour'
       from core.device, generate_series(1, 100) where code = $1`,
      [device],
    );
    expect(await send({})).toMatchObject({ code: 'equipment.commands_waiting' });
  });

  it('is its organization’s alone, for those who may, and stands in its feed', async () => {
    const { device } = await newDevice();
    const { id } = await as(maker).commands.send({ device, name: 'preheat' });
    expect(await failure(as(rival).commands.send({ device, name: 'preheat' }))).toMatchObject({ code: 'equipment.device_not_found' });
    expect(await failure(as(rival).commands.get({ command: id }))).toMatchObject({ code: 'request.not_found' });
    expect(await failure(as(rival).commands.cancel({ command: id }))).toMatchObject({ code: 'request.not_found' });
    expect((await as(rival).commands.list({})).items).toEqual([]);
    const viewer = await createTestOrganization(db, 'viewer', ['equipment.read']);
    expect(await failure(as(viewer).commands.send({ device, name: 'preheat' }))).toMatchObject({ code: 'access.forbidden' });
    const { items } = await as(maker).commands.list({ device, limit: 1 });
    expect(items.map((each) => each.id)).toEqual([id]);
    await db.database.system.pool.query('select core.sequence_events(1000)');
    const { events } = await asOrganization(db, maker, (scope) => readFeed(scope, { after: 0, limit: 500 }));
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'equipment.command_queued', body: { command: id, device, name: 'preheat' } }),
    );
  });
});
