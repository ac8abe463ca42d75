import type { TestOrganization } from '../../testing/index.js';
import type { Floor } from '../floor.fixture.js';
import type { OrderView } from '../order/schema.js';

export interface NewDelivery {
  readonly number: string;
  readonly quantity?: string;
  readonly unitPrice?: string;
  readonly taxRate?: string;
  readonly currency?: 'CNY' | 'USD' | 'JPY';
  readonly paymentDays?: number;
}

/** Orders between one buyer and one supplier, as far as goods wait to be received; made by ordinary commands. */
export function createTrade(floor: Floor, { buyer, supplier }: { buyer: TestOrganization; supplier: TestOrganization }) {
  const { as } = floor;
  const version = async (order: string) => (await as(buyer).orders.get({ order })).version;

  return {
    /** An order with so many good units in one released lot. */
    async made({ number, quantity = '10', unitPrice = '12.5', taxRate = '13', currency = 'CNY', paymentDays }: NewDelivery) {
      const { id: order, lines } = await as(buyer).orders.propose({
        supplier: supplier.code,
        ownNumber: number,
        currency,
        dueOn: '2026-12-24',
        ...(paymentDays === undefined ? {} : { paymentDays }),
        lines: [{ description: `Part of ${number}`, quantity: { value: quantity, unit: 'H87' }, unitPrice, taxRate }],
      });
      const line = lines[0]?.id as string;
      await as(supplier).orders.accept({ order, version: 1 });
      const { job, lot } = await as(supplier).orders.start({ order, version: 2, line });
      // More than ordered: what is rejected is owed again.
      await as(supplier).production.countByHand({ job, version: 1, good: String(Number(quantity) * 2), reason: 'no device' });
      await as(supplier).production.lots.close({ job, version: 2, lot });
      await as(supplier).lifecycle.lots.release({ lot, version: (await as(supplier).lifecycle.lots.get({ lot })).version });
      return { order, line, lot };
    },

    /** Ships and receives; gives the shipment line. */
    async delivered({ order, line, lot }: { order: string; line: string; lot: string }, quantity: string): Promise<string> {
      const before = new Set((await as(buyer).orders.get({ order })).shipments.map(({ id }) => id));
      const shipped = await as(supplier).orders.ship({ order, version: await version(order), lines: [{ line, lot, quantity }] });
      const shipment = shipped.shipments.find(({ id }) => !before.has(id)) as OrderView['shipments'][number];
      await as(buyer).orders.receive({ order, version: await version(order), shipment: shipment.id });
      return shipment.lines[0]?.id as string;
    },

    async inspected(
      order: string,
      shipmentLine: string,
      {
        accepted = '0',
        conceded = '0',
        rejected = '0',
        reduction = '0',
      }: Partial<Record<'accepted' | 'conceded' | 'rejected' | 'reduction', string>>,
    ) {
      const concession = conceded === '0' ? {} : { conceded, concession: { reason: 'a shade too dark', priceReduction: reduction } };
      const rejection = rejected === '0' ? {} : { rejected, reason: 'scratched' };
      return as(buyer).orders.inspect({
        order,
        version: await version(order),
        lines: [{ shipmentLine, accepted, ...concession, ...rejection }],
      });
    },

    async returned(order: string, shipmentLine: string, quantity: string) {
      return as(buyer).orders.return({
        order,
        version: await version(order),
        reason: 'cracked in use',
        lines: [{ shipmentLine, quantity }],
      });
    },

    async closed(order: string) {
      return as(buyer).orders.close({ order, version: await version(order) });
    },

    version,
  };
}
export type Trade = ReturnType<typeof createTrade>;
