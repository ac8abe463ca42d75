import type { Order, Yunfab } from '@yunfab/sdk';
import { type Factory, found } from './cast.js';

/** A factory makes so many pieces of the only line, has the lot released, and ships it; people count here, and it is marked. */
export async function makeAndShip({ yunfab }: Factory, order: string, quantity: string): Promise<Order> {
  const before = await yunfab.orders.get({ order });
  const line = found(before.lines[0], 'the line').id;
  const { job, lot } = await yunfab.orders.start({ order, version: before.version, line, quantity });
  const { version } = await yunfab.production.jobs.get({ job });
  const counted = await yunfab.production.countByHand({ job, version, good: quantity, reason: 'no counter on this bench' });
  const ended = await yunfab.production.lots.close({ job, version: counted.version, lot });
  await yunfab.lifecycle.lots.release({ lot, version: ended.lot.version });
  const ready = await yunfab.orders.get({ order });
  return yunfab.orders.ship({ order, version: ready.version, lines: [{ line, lot, quantity }] });
}

export interface Verdict {
  readonly accepted?: string;
  readonly conceded?: string;
  readonly rejected?: string;
}

/** The buyer receives the newest shipment and says what it takes of it. */
export async function receive(buyer: Yunfab, order: string, { accepted = '0', conceded = '0', rejected = '0' }: Verdict): Promise<Order> {
  const before = await buyer.orders.get({ order });
  const shipment = found(before.shipments.at(-1), 'the shipment');
  const received = await buyer.orders.receive({ order, version: before.version, shipment: shipment.id });
  // #region inspect
  return buyer.orders.inspect({
    order,
    version: received.version,
    lines: [
      {
        shipmentLine: found(shipment.lines[0], 'the line of the shipment').id,
        accepted,
        conceded,
        rejected,
        ...(conceded === '0' ? {} : { concession: { reason: 'scratches, usable', priceReduction: '10' } }),
        ...(rejected === '0' ? {} : { reason: 'weld seam open' }),
      },
    ],
  });
  // #endregion
}
