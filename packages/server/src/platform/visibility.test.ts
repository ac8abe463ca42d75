import { newId } from '@yunfab/core/database';
import {
  createSharedCase,
  createSharedCommerce,
  createSharedDelivery,
  createSharedEngineering,
  createSharedFiles,
  createSharedFloor,
  createSharedLifecycle,
  createSharedRfq,
  createTestDatabase,
  createTestOrganization,
  floorExempt,
  type Probe,
  runVisibilityMatrix,
  type TestDatabase,
  type Viewer,
} from '@yunfab/core/testing';
import { connect as mqttConnect } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { httpCaller } from '../testing/http-caller.js';
import { createTestKey } from '../testing/keys.js';
import { startTestPlatform } from '../testing/platform.js';
import { until } from '../testing/until.js';
import type { Platform } from './platform.js';

let base: TestDatabase;
let platform: Platform;
let keys: Record<Viewer | 'buyer', string>;

beforeAll(async () => {
  base = await createTestDatabase();
  platform = await startTestPlatform(base);
  const keyOf = async (code: string) => createTestKey(base, await createTestOrganization(base, code));
  keys = {
    party: await keyOf('maker'),
    buyer: await keyOf('buyer'),
    granted: await keyOf('granted'),
    unrelated: await keyOf('unrelated'),
    revoked: await keyOf('revoked'),
  };
});
afterAll(async () => {
  await platform?.stop();
  await base?.close();
});

type Reply = Record<string, string> & {
  readonly version: number;
  readonly items: readonly { readonly id: string }[];
  readonly lines: readonly { readonly id: string }[];
};

async function say(who: keyof typeof keys, procedure: string, input: Record<string, unknown>): Promise<Reply> {
  const { status, body } = await httpCaller(platform).trpc({ key: keys[who], procedure, input, idempotencyKey: newId() });
  if (status !== 200) throw new Error(`${procedure}: ${JSON.stringify(body)}`);
  return (body as { result: { data: Reply } }).result.data;
}

const secrets = [
  'PO-SECRET-4711',
  'Secret press',
  'secret-machine',
  'LOT-SECRET',
  'JOB-SECRET',
  'Secret part',
  'secret reason',
  'SECRET-RECIPE',
  'secret key',
  'hidden@maker.example',
  'hush',
];

/** One order of the maker with everything that hangs on it, granted to one stranger and granted and revoked for another. */
async function setTheStage() {
  for (const who of Object.keys(keys)) await say(who as Viewer, 'verticals.enable', { vertical: 'tire' });
  const equipment = await say('party', 'equipment.create', { code: 'secret-machine', name: 'Secret press', model: 'tire.curing-press' });
  const device = await say('party', 'equipment.devices.create', { device: 'secret-machine', equipment: equipment['id'] });
  const proposed = await say('buyer', 'orders.propose', {
    ...{ supplier: 'maker', ownNumber: 'PO-SECRET-4711', currency: 'CNY', dueOn: '2027-01-01' },
    lines: [{ description: 'Secret part', quantity: { value: '10', unit: 'H87' }, unitPrice: '1' }],
  });
  const order = proposed['id'] ?? '';
  const accepted = await say('party', 'orders.accept', { order, version: proposed.version });
  const line = accepted.lines[0]?.id ?? '';
  const { job = '', lot = '' } = await say('party', 'orders.start', {
    order,
    version: accepted.version,
    line,
    equipment: equipment['id'],
    jobCode: 'JOB-SECRET',
    lotCode: 'LOT-SECRET',
  });
  await makeOne(device['username'] ?? '', device['token'] ?? '');
  const run = await until(async () => (await say('party', 'production.runs.list', { equipment: equipment['id'] })).items[0]?.id);
  await until(async () => (await say('party', 'orders.ledger', { order })).items.length >= 3);
  const { quotation, consumerOrder, lead, token, probes } = await createSharedCommerce({
    invoke: async (who, procedure, input) => (await say(who, procedure, { ...input })) as never,
    codes: { buyer: 'buyer' },
    mark: 'hush',
  });
  const engineering = await createSharedEngineering({
    invoke: async (who, procedure, input) => (await say(who, procedure, { ...input })) as never,
    codes: { buyer: 'buyer' },
    mark: 'hush',
  });
  const service = await createSharedCase({
    invoke: async (who, procedure, input) => (await say(who, procedure, { ...input })) as never,
    codes: { party: 'maker' },
    mark: 'hush',
  });
  const files = await createSharedFiles({
    invoke: async (who, procedure, input) => (await say(who, procedure, { ...input })) as never,
    upload: uploadOverHttp,
    order,
    theirs: null,
    mark: 'hush',
  });
  const floor = await createSharedFloor({
    invoke: async (who, procedure, input) => (await say(who, procedure, { ...input })) as never,
    job,
    orderLine: line,
    equipment: equipment['id'] ?? '',
    mark: 'hush',
  });
  const delivery = await createSharedDelivery({
    invoke: async (who, procedure, input) => (await say(who, procedure, { ...input })) as never,
    codes: { buyer: 'buyer', party: 'maker', unrelated: 'unrelated', granted: 'granted', revoked: 'revoked' },
    mark: 'hush',
  });
  const lifecycle = await createSharedLifecycle({
    invoke: async (who, procedure, input) => (await say(who, procedure, { ...input })) as never,
    lot,
    mark: 'hush',
  });
  const rfq = await createSharedRfq({
    invoke: async (who, procedure, input) => (await say(who, procedure, { ...input })) as never,
    codes: { buyer: 'buyer', party: 'maker', unrelated: 'unrelated', granted: 'granted', revoked: 'revoked' },
    mark: 'hush',
  });
  const records = { order, equipment: equipment['id'] ?? '', lot, job, quotation, consumerOrder };
  const expiresAt = '2100-01-01T00:00:00Z';
  let grant = '';
  for (const record of [...Object.values(records), ...engineering.records, ...lifecycle.records, ...rfq.records, service.record]) {
    await say('party', 'access.grants.give', { record, organization: 'granted', reason: 'secret reason', expiresAt });
    ({ id: grant = '' } = await say('party', 'access.grants.give', {
      record,
      organization: 'revoked',
      reason: 'secret reason',
      expiresAt,
    }));
    await say('party', 'access.grants.revoke', { grant });
  }
  const { id: key = '' } = await say('party', 'access.keys.create', { name: 'secret key', scopes: ['orders.view'] });
  const { id: member = '' } = await say('party', 'access.members.add', {
    email: 'hidden@maker.example',
    name: 'Hidden',
    roles: ['viewer'],
  });
  return {
    ...records,
    line,
    run,
    grant,
    key,
    member,
    lead,
    token,
    commerce: probes,
    engineering,
    lifecycle,
    floor,
    service,
    files,
    rfq,
    delivery,
  };
}

async function uploadOverHttp(who: keyof typeof keys, name: string, content: string): Promise<string> {
  const headers = { authorization: `Bearer ${keys[who]}`, 'x-yunfab-file-name': encodeURIComponent(name) };
  const reply = await fetch(`${platform.httpUrl}/api/files`, { method: 'POST', headers, body: content });
  return ((await reply.json()) as { sha256: string }).sha256;
}

async function makeOne(username: string, password: string): Promise<void> {
  const machine = mqttConnect(platform.mqttUrl, { clientId: username, username, password });
  const publish = (kind: string, message: object) =>
    machine.publishAsync(`yf/v1/${username}/${kind}`, JSON.stringify({ ts: Date.now(), ...message }), { qos: 1 });
  await publish('event', { type: 'run_started', run: 'R-1', program: 'SECRET-RECIPE' });
  await publish('telemetry', { values: { mould_temperature: 171 } });
  await publish('event', { type: 'run_ended', run: 'R-1' });
  await publish('event', { type: 'count', good: 1, scrap: 0 });
  await machine.endAsync();
}

it('answers hidden and absent alike over REST and tRPC, for every procedure', { timeout: 400_000 }, async () => {
  const {
    order,
    equipment,
    lot,
    job,
    line,
    run,
    grant,
    key,
    member,
    quotation,
    consumerOrder,
    lead,
    token,
    commerce,
    engineering,
    lifecycle,
    floor,
    service,
    files,
    rfq,
    delivery,
  } = await setTheStage();
  const onOrder = { order, version: 99 };
  const about = (input: Probe['input'], ...ids: string[]): Probe => ({ input, ids });
  const readable = (input: Probe['input'], ...ids: string[]): Probe => ({ input, ids, granted: true });
  const otherDevice = { absent: () => 'absent-machine' };
  const probes: Record<string, Probe> = {
    'access.keys.list': { input: {} },
    'access.keys.revoke': about({ key }, key),
    'access.members.list': { input: {} },
    'access.members.setRoles': about({ member, roles: ['trade'] }, member),
    'access.members.remove': about({ member }, member),
    'access.grants.give': about({ record: order, organization: 'buyer', reason: 'x', expiresAt: '2100-01-01T00:00:00Z' }, order),
    'access.grants.list': about({ record: order }, order),
    'access.grants.revoke': about({ grant }, grant),
    'events.list': { input: {} },
    'events.head': { input: {} },
    'equipment.get': readable({ equipment }, equipment),
    'equipment.list': { input: {} },
    'equipment.telemetry.latest': readable({ equipment }, equipment),
    'equipment.telemetry.range': readable({ equipment, from: 0, to: 4_000_000_000_000 }, equipment),
    'equipment.devices.create': about({ equipment, device: 'another-device' }, equipment),
    'equipment.devices.list': about({ equipment }, equipment),
    'equipment.devices.rotate': { ...about({ device: 'secret-machine' }, 'secret-machine'), ...otherDevice },
    'equipment.devices.revoke': { ...about({ device: 'secret-machine' }, 'secret-machine'), ...otherDevice },
    'lifecycle.lots.get': readable({ lot }, lot),
    'lifecycle.lots.list': { input: {} },
    'lifecycle.lots.checkRelease': about({ lot }, lot),
    'lifecycle.lots.release': about({ lot, version: 99 }, lot),
    'lifecycle.lots.block': about({ lot, version: 99, reason: 'x' }, lot),
    'lifecycle.lots.unblock': about({ lot, version: 99, reason: 'x' }, lot),
    'production.jobs.get': about({ job }, job),
    'production.jobs.list': about({ order }, order),
    'production.jobs.complete': about({ job, version: 99 }, job),
    'production.lots.open': about({ job, version: 99 }, job),
    'production.lots.close': about({ job, version: 99, lot }, job, lot),
    'production.operations.start': about({ job, version: 99, operation: newId() }, job),
    'production.operations.finish': about({ job, version: 99, operation: newId() }, job),
    'production.operations.pause': about({ job, version: 99, operation: newId(), reason: 'break' }, job),
    'production.operations.resume': about({ job, version: 99, operation: newId() }, job),
    'production.operations.cancel': about({ job, version: 99, operation: newId() }, job),
    'production.materials.issue': about({ job, version: 99, thing: lot, quantity: '1' }, job, lot),
    'production.materials.reverse': about({ job, version: 99, issue: newId(), reason: 'x' }, job),
    'production.units.make': about({ job, lot, serials: ['S-1'] }, job, lot),
    'production.countByHand': about({ job, version: 99, good: '1', reason: 'x' }, job),
    'production.runs.get': about({ run }, run),
    'production.runs.list': about({ equipment }, equipment),
    'production.runs.reevaluate': about({ run }, run),
    'orders.accept': about(onOrder, order),
    'orders.decline': about({ ...onOrder, reason: 'x' }, order),
    'orders.withdraw': about(onOrder, order),
    'orders.start': about({ ...onOrder, line, equipment }, order, line, equipment),
    'orders.ship': about({ ...onOrder, lines: [{ line, lot, quantity: '1' }] }, order, line, lot),
    'orders.receive': about({ ...onOrder, shipment: newId() }, order),
    'orders.inspect': about({ ...onOrder, lines: [{ shipmentLine: newId(), accepted: '1' }] }, order),
    'orders.reverse': about({ ...onOrder, entry: newId(), quantity: '1', reason: 'x' }, order),
    'orders.close': about(onOrder, order),
    'orders.annotate': about({ order, privateNote: 'x' }, order),
    'orders.get': readable({ order }, order),
    'orders.list': { input: {} },
    'orders.timeline': readable({ order }, order),
    'orders.ledger': readable({ order }, order),
    ...commerce,
    ...service.probes,
    ...files.probes,
    ...rfq.probes,
    ...delivery.probes,
    ...engineering.probes,
    ...lifecycle.probes,
    ...floor.probes,
    'tire.recipes.list': { input: {} },
    'tire.runs.cure': about({ run }, run),
  };
  const callers = httpCaller(platform);
  const ids = platform.verticals.map(({ vertical }) => `${vertical.id}.`);
  const ofVerticals = Object.fromEntries(
    Object.keys(platform.core.router._def.procedures)
      .filter((name) => ids.some((id) => name.startsWith(id)) && !(name in probes))
      .map((name) => [name, 'the check of every vertical asks it (`yunfab vertical check`)']),
  );
  const report = await runVisibilityMatrix({
    router: platform.core.router,
    probes,
    exempt: {
      ...floorExempt,
      'orders.packaging.get': 'tells of the caller only',
      'orders.packaging.registerPrefix': 'makes something of the caller’s own',
      'access.me': 'tells of the caller only',
      'access.organizations.get': 'the register is public to those who have signed in',
      'access.organizations.search': 'the register is public to those who have signed in',
      'access.keys.create': 'makes something of the caller’s own',
      'access.members.add': 'makes something of the caller’s own',
      'lifecycle.lots.register': 'makes something of the caller’s own',
      'engineering.items.create': 'makes something of the caller’s own',
      'equipment.create': 'makes something of the caller’s own',
      'orders.propose': 'makes a new order; the supplier stands in the public register',
      'commerce.campaigns.open': 'makes something of the caller’s own',
      'commerce.consumerOrders.place': 'makes something of the caller’s own',
      'verticals.list': 'the same for everybody but for what the caller has enabled',
      'verticals.pages': 'the same for everybody who enabled the vertical',
      'verticals.enable': 'changes the caller’s own choice',
      'verticals.disable': 'changes the caller’s own choice',
      ...rfq.exempt,
      ...ofVerticals,
    },
    secrets: [
      ...secrets,
      order,
      equipment,
      lot,
      job,
      run,
      quotation,
      consumerOrder,
      lead,
      token,
      ...engineering.records,
      ...lifecycle.records,
      ...engineering.secrets,
      ...files.secrets,
      ...rfq.secrets,
      service.record,
    ],
    async call(viewer, { procedure, input, idempotencyKey }) {
      const call = { key: keys[viewer], procedure, input, idempotencyKey };
      const [rest, trpc] = [await callers.rest(call), await callers.trpc(call)];
      const named = (prefix: string, headers: Readonly<Record<string, string>>) =>
        Object.entries(headers)
          .filter(([name]) => name !== 'date' && name !== 'x-request-id')
          .map(([name, value]) => [`${prefix} ${name}`, value]);
      return {
        status: rest.status * 1000 + trpc.status,
        headers: Object.fromEntries([...named('rest', rest.headers), ...named('trpc', trpc.headers)]),
        body: { rest: rest.body, trpc: trpc.body },
      };
    },
  });
  expect(report.violations).toEqual([]);
  expect(report.answers).toBeGreaterThan(200);
});
