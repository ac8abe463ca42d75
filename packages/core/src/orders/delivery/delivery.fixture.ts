import { type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { type Floor, proposal } from '../floor.fixture.js';
import { findLedgerViolations } from '../ledger/invariants.js';
import type { OrderView } from '../order/schema.js';

export interface Agreed {
  readonly quantity: string;
  readonly unit?: 'H87' | 'KGM';
  readonly overTolerance?: string;
  readonly underTolerance?: string;
  /** What is made and released; the ordered quantity when left out. */
  readonly made?: string;
  readonly serials?: readonly string[];
}

export interface Stocked {
  readonly order: string;
  readonly line: string;
  readonly lot: string;
}

/** Both sides of one order and its goods, and the ledger looked through after each step. */
export function createDelivery(
  db: TestDatabase,
  floor: Floor,
  { buyer, supplier }: { buyer: TestOrganization; supplier: TestOrganization },
) {
  let orders = 0;
  const check = async <Result>(step: Promise<Result>): Promise<Result> => {
    const result = await step;
    const violations = await findLedgerViolations(db.owner);
    if (violations.length > 0) throw new Error(`the ledger is broken: ${JSON.stringify(violations)}`);
    return result;
  };
  const seen = async (order: string) => ({ order, version: (await floor.as(buyer).orders.get({ order })).version });

  const self = {
    check,
    seen,

    /** An accepted order of one line with a released lot of it. */
    async stocked({ quantity, unit = 'H87', overTolerance, underTolerance, made = quantity, serials }: Agreed): Promise<Stocked> {
      const proposed = proposal(supplier.code, `PO-${++orders}`, quantity);
      const [line] = proposed.lines;
      const lines = [
        { ...line, description: 'Part', unitPrice: '12.5', quantity: { value: quantity, unit }, overTolerance, underTolerance },
      ];
      const { id: order, lines: agreed } = await floor.as(buyer).orders.propose({ ...proposed, lines });
      await floor.as(supplier).orders.accept({ order, version: 1 });
      const lot = await self.make({ order, line: agreed[0]?.id ?? '', quantity, made, ...(serials ? { serials } : {}) });
      return { order, line: agreed[0]?.id ?? '', lot };
    },

    /** Another job order of the line with its lot, released. */
    async make({
      order,
      line,
      quantity,
      made = quantity,
      serials,
    }: {
      order: string;
      line: string;
      quantity: string;
      made?: string;
      serials?: readonly string[];
    }) {
      const { lot, job } = await floor.as(supplier).orders.start({ ...(await seen(order)), line, quantity });
      await floor.as(supplier).production.countByHand({ job, version: 1, good: made, reason: 'by eye' });
      if (serials) await floor.as(supplier).lifecycle.units.make({ lot, serials: [...serials] });
      const { version } = await floor.as(supplier).production.jobs.get({ job });
      await floor.as(supplier).production.lots.close({ job, version, lot });
      const closed = await floor.as(supplier).lifecycle.lots.get({ lot });
      await floor.as(supplier).lifecycle.lots.release({ lot, version: closed.version });
      return lot;
    },

    async ship(
      { order, line, lot }: Stocked,
      quantity: string,
      more: { unit?: 'DZN' | 'TNE' | 'KGM' | 'GRM' | 'PR'; units?: string[] } = {},
      also: object = {},
    ) {
      const lines = [{ line, lot, quantity, ...more }];
      return check(floor.as(supplier).orders.ship({ ...(await seen(order)), lines, ...also }));
    },

    /** Ships, and gives the shipment with its one line. */
    async shipped(stocked: Stocked, quantity: string, more: { units?: string[] } = {}, also: object = {}) {
      const order = await self.ship(stocked, quantity, more, also);
      const shipment = order.shipments.at(-1);
      return { shipment: shipment?.id ?? '', shipmentLine: shipment?.lines[0]?.id ?? '' };
    },

    async receive({ order }: Pick<Stocked, 'order'>, shipment: string, lines?: readonly object[]) {
      return check(floor.as(buyer).orders.receive({ ...(await seen(order)), shipment, ...(lines ? { lines: lines as never } : {}) }));
    },

    async inspect({ order }: Pick<Stocked, 'order'>, line: object) {
      return check(floor.as(buyer).orders.inspect({ ...(await seen(order)), lines: [line as never] }));
    },
  };
  return self;
}
export type Delivery = ReturnType<typeof createDelivery>;

export const progressOf = (order: OrderView) => {
  const { produced, shipped, received, accepted, conceded, rejected, returned } = order.lines[0]?.progress ?? ({} as never);
  return { produced, shipped, received, accepted, conceded, rejected, returned };
};
