import type { Order, Yunfab } from '@yunfab/sdk';

/** A device that has just been registered; whatever runs on the machine connects with this. */
export interface MachineLogin {
  /** `organization/device`, the MQTT user name. */
  readonly username: string;
  /** Shown once. */
  readonly token: string;
  readonly pieces: number;
}

export interface Cast {
  readonly buyer: Yunfab;
  readonly supplier: Yunfab;
  /** Code of the supplier's organization. */
  readonly supplierCode: string;
  /** Switches the machine on. */
  readonly startMachine: (login: MachineLogin) => void;
  readonly say: (sentence: string) => void;
}

const pieces = 5;

/** One order from proposal to its end, both sides through the SDK; a machine of the supplier makes the pieces. */
export async function firstOrder({ buyer, supplier, supplierCode, startMachine, say }: Cast): Promise<Order> {
  const name = `EX-${Date.now().toString(36)}`;

  // #region propose
  const proposed = await buyer.orders.propose({
    supplier: supplierCode,
    ownNumber: name,
    currency: 'CNY',
    dueOn: inDays(30),
    lines: [{ description: 'Sample plate', quantity: { value: String(pieces), unit: 'H87' }, unitPrice: '12.50' }],
  });
  say(`The buyer proposes order ${proposed.number}: ${pieces} pieces for ${proposed.total.amount} ${proposed.total.currency}.`);

  const accepted = await supplier.orders.accept({ order: proposed.id, version: proposed.version });
  // #endregion
  say(`The supplier accepts. The order is ${accepted.state}.`);

  const machine = await supplier.equipment.create({ code: name.toLowerCase(), name: 'Example machine', model: 'machine' });
  const device = await supplier.equipment.devices.create({ device: name.toLowerCase(), equipment: machine.id });
  const [line] = accepted.lines;
  if (!line) throw new Error('the order has no line');
  const { job, lot } = await supplier.orders.start({ order: accepted.id, version: accepted.version, line: line.id, equipment: machine.id });
  say('The supplier starts production on its machine, which counts into one lot.');

  const { cursor } = await buyer.events.head();
  startMachine({ username: `${supplierCode}/${device.device}`, token: device.token ?? '', pieces });
  await watchProgress(buyer, accepted.id, cursor, say);

  const made = await supplier.production.jobs.get({ job });
  await supplier.production.lots.close({ job, version: made.version, lot });
  const closed = await supplier.lifecycle.lots.get({ lot });
  const { findings } = await supplier.lifecycle.lots.release({ lot, version: closed.version });
  say(`Lot ${closed.code} is released: ${findings.map(({ words }) => words.en).join(' ')}`);

  const before = await supplier.orders.get({ order: accepted.id });
  const shipped = await supplier.orders.ship({
    order: before.id,
    version: before.version,
    lines: [{ line: line.id, lot, quantity: String(pieces) }],
  });
  const shipment = shipped.shipments[0];
  const shipmentLine = shipment?.lines[0];
  if (!shipment || !shipmentLine) throw new Error('the shipment is not there');
  say(`Shipment ${shipment.number} leaves the supplier.`);

  const received = await buyer.orders.receive({ order: shipped.id, version: shipped.version, shipment: shipment.id });
  say('The buyer confirms its arrival.');
  const inspected = await buyer.orders.inspect({
    order: received.id,
    version: received.version,
    lines: [{ shipmentLine: shipmentLine.id, accepted: String(pieces) }],
  });
  say(`The buyer accepts all ${pieces} pieces.`);
  const ended = await buyer.orders.close({ order: inspected.id, version: inspected.version });
  say(`Order ${ended.number} is ${ended.state}.`);
  return ended;
}

/** What the buyer sees of the supplier's machine: the order's own progress, nothing more. */
async function watchProgress(buyer: Yunfab, order: string, after: number, say: (sentence: string) => void): Promise<void> {
  // #region follow
  for await (const event of buyer.events.follow({ after, types: ['orders.progressed'] })) {
    if (event.record !== order) continue;
    const { lines } = await buyer.orders.get({ order });
    const { produced, ordered } = lines[0]?.progress ?? { produced: '0', ordered: '0' };
    say(`The buyer sees ${produced} of ${ordered} made.`);
    if (Number(produced) >= Number(ordered)) return;
  }
  // #endregion
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
