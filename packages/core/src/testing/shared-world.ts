import { randomUUID } from 'node:crypto';
import { agreementProbes } from './shared-agreement.js';
import { createSharedCase } from './shared-case.js';
import { createSharedCommerce } from './shared-commerce.js';
import { createSharedDelivery } from './shared-delivery.js';
import { createSharedDuties } from './shared-duties.js';
import { createSharedEngineering } from './shared-engineering.js';
import { createSharedFiles } from './shared-files.js';
import { createSharedFloor, floorExempt } from './shared-floor.js';
import { createSharedLifecycle } from './shared-lifecycle.js';
import { createSharedRfq } from './shared-rfq.js';
import { createSharedStatement } from './shared-statements.js';
import { createSharedSubcontract } from './shared-subcontract.js';
import type { VisibilityMatrix } from './visibility-matrix.js';

/** How a world is made, whatever carries the calls; `party` supplies what `buyer` has ordered. */
export interface SharedWorldPorts {
  invoke<Output>(who: 'buyer' | 'party' | 'unrelated', procedure: string, input: object): Promise<Output>;
  /** Brings a content; answers its SHA-256. */
  upload(who: 'party', name: string, content: string): Promise<string>;
  readonly codes: {
    readonly buyer: string;
    readonly party: string;
    readonly unrelated: string;
    readonly granted: string;
    readonly revoked: string;
  };
  /**
   * Lets the device of the equipment report a whole run, two signals that it does not have, and something that is no JSON, and a device
   * that nobody registered knock: what is there to ask for.
   */
  reportRun(equipment: string, device: { readonly username: string; readonly token: string }): Promise<void>;
}

interface Identified {
  readonly id: string;
}

interface Proposed extends Identified {
  readonly lines: readonly Identified[];
}

/** Stands in every name of the world, and so in no answer to a stranger. */
const mark = 'hush';

/**
 * One order under way with its job, lot, machine and run, shared with a granted and no longer with a revoked organization:
 * what the visibility matrix asks every procedure of core about.
 */
export async function createSharedWorld({
  invoke,
  upload,
  codes,
  reportRun,
}: SharedWorldPorts): Promise<Pick<VisibilityMatrix, 'probes' | 'exempt' | 'secrets'>> {
  const own = <Output>(procedure: string, input: object) => invoke<Output>('party', procedure, input);
  const device = `press-${mark}`;
  const { id: equipment } = await own<Identified>('equipment.create', { code: device, name: `Press ${mark}`, model: 'machine' });
  const login = await own<{ username: string; token: string }>('equipment.devices.create', { equipment, device });
  const proposal = (supplier: string, number: string) => ({
    supplier,
    ownNumber: number,
    currency: 'CNY',
    dueOn: '2099-12-24',
    lines: [{ description: `Tire ${number}`, quantity: { value: '10', unit: 'H87' }, unitPrice: '12.5' }],
  });
  const { id: order, lines } = await invoke<Proposed>('buyer', 'orders.propose', proposal(codes.party, `PO-${mark}`));
  const orderLine = lines[0]?.id ?? '';
  await own('orders.accept', { order, version: 1, ownNumber: `SO-${mark}`, privateNote: `a note ${mark}` });
  const start = { order, version: 2, line: orderLine, equipment, jobCode: `JOB-${mark}`, lotCode: `LOT-${mark}` };
  const { job, lot } = await own<{ job: string; lot: string }>('orders.start', start);
  // The unrelated organization has an order of its own, and so a place from which to name what is hidden.
  const theirs = await invoke<Proposed>('buyer', 'orders.propose', proposal(codes.unrelated, 'PO-other'));
  const theirLine = theirs.lines[0]?.id ?? '';
  await invoke('unrelated', 'orders.accept', { order: theirs.id, version: 1 });
  const theirJob = await invoke<{ job: string }>('unrelated', 'orders.start', {
    order: theirs.id,
    version: 2,
    line: theirLine,
    quantity: '1',
  });
  const counted = await invoke<{ version: number }>('unrelated', 'production.countByHand', {
    job: theirJob.job,
    version: 1,
    good: '1',
    reason: 'x',
  });
  const onTheirs = { order: theirs.id, version: 3 };
  await reportRun(equipment, login);
  const run = (await own<{ items: Identified[] }>('production.runs.list', { equipment })).items[0]?.id ?? '';
  const { id: claim } = await own<Identified>('equipment.claims.create', { device });
  const { id: command } = await own<Identified>('equipment.commands.send', { device, name: `preheat_${mark}`, expiresInS: 86_400 });
  const knocked = (await own<{ items: (Identified & { signal: string | null })[] }>('equipment.quarantine.list', {})).items;
  const [unknownSignal = '', anotherSignal = ''] = knocked.filter(({ signal }) => signal !== null).map(({ id }) => id);
  const unknownDevice = knocked.find(({ signal }) => signal === null)?.id ?? '';
  const letter = (await own<{ items: Identified[] }>('equipment.deadLetters.list', {})).items[0]?.id ?? '';
  const { id: key } = await own<Identified>('access.keys.create', { name: `key ${mark}`, scopes: ['orders.view'] });
  const { id: member } = await own<Identified>('access.members.add', { email: `${mark}@party.example`, name: mark, roles: ['viewer'] });

  const { quotation, consumerOrder, lead, token, probes: commerceProbes } = await createSharedCommerce({ invoke, codes, mark });

  const floor = await createSharedFloor({ invoke, job, orderLine, equipment, run, mark });
  const lifecycle = await createSharedLifecycle({ invoke, lot, mark });
  const engineering = await createSharedEngineering({ invoke, codes, mark });
  const service = await createSharedCase({ invoke, codes, mark });
  const files = await createSharedFiles({ invoke, upload, order, theirs: theirs.id, mark });
  const rfq = await createSharedRfq({ invoke, codes, mark });

  const delivery = await createSharedDelivery({ invoke, codes, mark });
  const duties = await createSharedDuties({ invoke, codes, mark, order });
  const statement = await createSharedStatement({ invoke, codes, mark });
  const subcontract = await createSharedSubcontract({ invoke, codes, mark });

  const grants: string[] = [];
  for (const record of [
    order,
    equipment,
    lot,
    job,
    quotation,
    consumerOrder,
    ...engineering.records,
    ...lifecycle.records,
    ...rfq.records,
    service.record,
    statement.record,
  ]) {
    const grant = { record, reason: `audit ${mark}`, expiresAt: '2099-01-01T00:00:00Z' };
    await own('access.grants.give', { ...grant, organization: codes.granted });
    const { id } = await own<Identified>('access.grants.give', { ...grant, organization: codes.revoked });
    await own('access.grants.revoke', { grant: id });
    grants.push(id);
  }
  const grant = grants[0] ?? '';

  const onOrder = { order, version: 1 };
  const onJob = { job, version: 99 };
  const aboutOrder = { ids: [order] };
  const read = { granted: true };
  // As long as the device's own, or the answer's length would tell them apart.
  const absentDevice = () => randomUUID().replaceAll('-', '').slice(0, device.length);
  return {
    secrets: [
      mark,
      order,
      equipment,
      lot,
      job,
      run,
      orderLine,
      key,
      member,
      quotation,
      consumerOrder,
      lead,
      token,
      ...engineering.records,
      ...lifecycle.records,
      ...engineering.secrets,
      ...floor.secrets,
      ...files.secrets,
      ...rfq.secrets,
      service.record,
      ...delivery.secrets,
      ...duties.secrets,
      ...statement.secrets,
      ...subcontract.secrets,
    ].filter((id) => id !== ''),
    probes: {
      'access.keys.list': { input: {} },
      'access.keys.revoke': { input: { key }, ids: [key] },
      'access.members.list': { input: {} },
      'access.members.setRoles': { input: { member, roles: ['viewer'] }, ids: [member] },
      'access.members.remove': { input: { member }, ids: [member] },
      'access.grants.give': {
        input: { record: order, organization: codes.party, reason: 'x', expiresAt: '2099-01-01T00:00:00Z' },
        ...aboutOrder,
      },
      'access.grants.revoke': { input: { grant }, ids: [grant] },
      'access.grants.list': { input: { record: order }, ...aboutOrder, ...read },
      'events.list': { input: {} },
      'events.head': { input: {} },
      'equipment.get': { input: { equipment }, ids: [equipment], ...read },
      'equipment.list': { input: {} },
      'equipment.telemetry.latest': { input: { equipment }, ids: [equipment], ...read },
      'equipment.telemetry.aggregate': {
        input: { equipment, from: 0, to: 60_000, bucketMs: 1_000 },
        ids: [equipment],
        ...read,
      },
      'equipment.telemetry.downsample': {
        input: { equipment, from: 0, to: 1, points: 4 },
        ids: [equipment],
        ...read,
      },
      'equipment.telemetry.range': {
        input: { equipment, from: 0, to: 1 },
        ids: [equipment],
        ...read,
      },
      'equipment.overview': { input: {} },
      'equipment.gateways.status': { input: {} },
      'equipment.gateways.list': { input: {} },
      'equipment.gateways.devices': { input: {} },
      'equipment.gateways.devices (of equipment)': { input: { equipment }, ids: [equipment], ...read },
      'equipment.deadLetters.list': { input: {} },
      'equipment.deadLetters.counts': { input: {} },
      'equipment.deadLetters.standing': { input: { letters: [letter] }, ids: [letter] },
      'equipment.deadLetters.get': { input: { letter }, ids: [letter] },
      'equipment.deadLetters.replay': { input: { letters: [letter] }, ids: [letter] },
      'equipment.deadLetters.discard': { input: { letters: [letter] }, ids: [letter] },
      'equipment.commands.send': { input: { device, name: 'preheat' }, ids: [device], absent: absentDevice },
      'equipment.commands.list': { input: {} },
      'equipment.commands.list (of a device)': { input: { device }, ids: [device], absent: absentDevice },
      'equipment.commands.get': { input: { command }, ids: [command] },
      'equipment.commands.cancel': { input: { command }, ids: [command] },
      'equipment.quarantine.list': { input: {} },
      'equipment.quarantine.acceptSignal': { input: { entry: unknownSignal, unit: '1', kind: 'number' }, ids: [unknownSignal] },
      'equipment.quarantine.acceptDevice': { input: { entry: unknownDevice, equipment }, ids: [unknownDevice, equipment] },
      'equipment.quarantine.dismiss': { input: { entry: anotherSignal }, ids: [anotherSignal] },
      'equipment.claims.create': { input: { device }, ids: [device], absent: absentDevice },
      'equipment.claims.list': { input: {} },
      'equipment.claims.list (of a device)': { input: { device }, ids: [device], absent: absentDevice },
      'equipment.claims.cancel': { input: { claim }, ids: [claim] },
      'equipment.configuration.set': {
        input: { device, version: 0, configuration: { mode: mark } },
        ids: [device],
        absent: absentDevice,
      },
      'equipment.configuration.get': { input: { device }, ids: [device], absent: absentDevice },
      'equipment.configuration.versions': { input: { device }, ids: [device], absent: absentDevice },
      'equipment.devices.create': { input: { equipment, device: 'second' }, ids: [equipment] },
      'equipment.devices.list': { input: { equipment }, ids: [equipment] },
      'equipment.devices.rotate': { input: { device }, ids: [device], absent: absentDevice },
      'equipment.devices.revoke': { input: { device }, ids: [device], absent: absentDevice },
      'lifecycle.lots.get': { input: { lot }, ids: [lot], ...read },
      'lifecycle.lots.list': { input: {} },
      'lifecycle.lots.checkRelease': { input: { lot }, ids: [lot] },
      'lifecycle.lots.release': { input: { lot, version: 99 }, ids: [lot] },
      'lifecycle.lots.block': { input: { lot, version: 99, reason: 'x' }, ids: [lot] },
      'lifecycle.lots.unblock': { input: { lot, version: 99, reason: 'x' }, ids: [lot] },
      'production.jobs.get': { input: { job }, ids: [job] },
      'production.jobs.list': { input: { order }, ...aboutOrder },
      'production.jobs.complete': { input: onJob, ids: [job] },
      'production.lots.open': { input: onJob, ids: [job] },
      'production.lots.close': { input: { ...onJob, lot }, ids: [job, lot] },
      'production.operations.start': { input: { ...onJob, operation: randomUUID() }, ids: [job] },
      'production.operations.finish': { input: { ...onJob, operation: randomUUID() }, ids: [job] },
      'production.operations.pause': { input: { ...onJob, operation: randomUUID(), reason: 'break' }, ids: [job] },
      'production.operations.resume': { input: { ...onJob, operation: randomUUID() }, ids: [job] },
      'production.operations.cancel': { input: { ...onJob, operation: randomUUID() }, ids: [job] },
      'production.materials.issue': { input: { ...onJob, thing: lot, quantity: '1' }, ids: [job, lot] },
      'production.materials.issue (into a job of one’s own)': {
        input: { job: theirJob.job, version: counted.version, thing: lot, quantity: '1' },
        ids: [lot],
        strangersOnly: true,
      },
      'production.materials.reverse': { input: { ...onJob, issue: randomUUID(), reason: 'x' }, ids: [job] },
      'production.units.make': { input: { job, lot, serials: ['S-1'] }, ids: [job, lot] },
      'production.units.make (in a job of one’s own)': {
        input: { job: theirJob.job, lot, serials: ['S-1'] },
        ids: [lot],
        strangersOnly: true,
      },
      'production.countByHand': { input: { ...onJob, good: '1', reason: 'x' }, ids: [job] },
      'production.runs.get': { input: { run }, ids: [run] },
      'production.runs.list': { input: { equipment }, ids: [equipment] },
      'production.runs.reevaluate': { input: { run }, ids: [run] },
      'orders.accept': { input: onOrder, ...aboutOrder },
      'orders.decline': { input: { ...onOrder, reason: 'x' }, ...aboutOrder },
      'orders.withdraw': { input: onOrder, ...aboutOrder },
      'orders.start': { input: { ...onOrder, line: orderLine, equipment }, ids: [order, orderLine, equipment] },
      'orders.start (in an order of one’s own)': {
        input: { ...onTheirs, line: theirLine, equipment },
        ids: [equipment],
        strangersOnly: true,
      },
      'orders.start (of a revision of another)': {
        input: { ...onTheirs, line: theirLine, routing: { revision: engineering.records[1] ?? '' } },
        ids: [engineering.records[1] ?? ''],
        strangersOnly: true,
      },
      'orders.start (with the line of another)': { input: { ...onTheirs, line: orderLine }, ids: [orderLine], strangersOnly: true },
      'orders.ship (in an order of one’s own)': {
        input: { ...onTheirs, lines: [{ line: theirLine, lot, quantity: '1' }] },
        ids: [lot],
        strangersOnly: true,
      },
      'production.lots.close (in a job of one’s own)': {
        input: { job: theirJob.job, version: counted.version, lot },
        ids: [lot],
        strangersOnly: true,
      },
      'orders.ship': { input: { ...onOrder, lines: [{ line: orderLine, lot, quantity: '1' }] }, ids: [order, orderLine, lot] },
      'orders.receive': { input: { ...onOrder, shipment: randomUUID() }, ...aboutOrder },
      'orders.inspect': { input: { ...onOrder, lines: [{ shipmentLine: randomUUID(), accepted: '1' }] }, ...aboutOrder },
      'orders.reverse': { input: { ...onOrder, entry: randomUUID(), quantity: '1', reason: 'x' }, ...aboutOrder },
      'orders.close': { input: onOrder, ...aboutOrder },
      'orders.annotate': { input: { order, privateNote: 'mine' }, ...aboutOrder },
      'orders.get': { input: { order }, ...aboutOrder, ...read },
      'orders.list': { input: {} },
      'orders.list (what a text finds)': { input: { text: mark } },
      'orders.list (what begins so)': { input: { ownNumberPrefix: 'PO-' } },
      'orders.list (with the party, by due date)': { input: { counterparty: codes.party, sort: 'due' } },
      'orders.counts': { input: {} },
      'orders.counts (with the party)': { input: { counterparty: codes.party } },
      'orders.timeline': { input: { order }, ...aboutOrder, ...read },
      'orders.ledger': { input: { order }, ...aboutOrder, ...read },
      ...agreementProbes(onOrder, aboutOrder),
      ...commerceProbes,
      ...service.probes,
      ...files.probes,
      ...engineering.probes,
      ...lifecycle.probes,
      ...delivery.probes,
      ...floor.probes,
      ...duties.probes,
      ...subcontract.probes,
      ...rfq.probes,
      ...statement.probes,
    },
    exempt: {
      ...floorExempt,
      'access.me': 'tells of the caller only',
      'orders.transitions': 'the same for everybody',
      'production.operations.transitions': 'the same for everybody',
      'access.organizations.get': 'the register of organizations is public to those who have signed in',
      'access.organizations.search': 'the register of organizations is public to those who have signed in',
      'access.keys.create': 'makes something of the caller’s own',
      'access.members.add': 'makes something of the caller’s own; members.test.ts: a known address is answered like an unknown one',
      'lifecycle.lots.register': 'makes something of the caller’s own',
      'engineering.items.create': 'makes something of the caller’s own',
      'equipment.create': 'makes something of the caller’s own',
      'equipment.quarantine.registration': 'tells of the caller only',
      'equipment.quarantine.switchRegistration': 'changes the caller only',
      'orders.put': 'makes or changes the caller’s own; imports.test.ts: the numbers of others are free',
      'orders.imports.preview': 'judges what the caller sends; imports.test.ts: a hidden number is answered like an absent one',
      'orders.imports.commit': 'writes what the caller sends; imports.test.ts: a hidden number is answered like an absent one',
      'orders.propose': 'makes a new order; its supplier stands in the public register',
      'commerce.campaigns.open': 'makes something of the caller’s own',
      'commerce.consumerOrders.place': 'makes something of the caller’s own',
      'orders.packaging.get': 'tells of the caller only',
      'orders.packaging.registerPrefix': 'makes something of the caller’s own',
      ...duties.exempt,
      ...rfq.exempt,
      'verticals.list': 'tells of the caller only',
      'verticals.pages': 'tells of the caller only',
      'verticals.enable': 'changes the caller only',
      'verticals.disable': 'changes the caller only',
    },
  };
}
