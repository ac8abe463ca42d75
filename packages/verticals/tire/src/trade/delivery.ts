import type { DemoCall } from '@yunfab/core/verticals';
import { maker, mixer, on } from './companies.js';

export interface Delivered {
  readonly name: string;
  /** How many deliveries of the order went before. */
  readonly before: number;
  readonly made: string;
  readonly daysAgo: number;
  readonly lot: string;
  readonly number: string;
  readonly inspected: Readonly<Record<string, unknown>>;
}

/** Counted by hand, released, shipped on pallets, received and inspected. */
export function delivery({ name, before, made, daysAgo, lot, number, inspected }: Delivered): DemoCall[] {
  const job = { job: '$mixedStarted.job' };
  const order = { order: '$mixed.id' };
  return [
    on(daysAgo)(mixer, 'production.jobs.get', job, `${name}Job`),
    on(daysAgo)(
      mixer,
      'production.countByHand',
      { ...job, version: `$${name}Job.version`, good: made, reason: '密炼车间手工报工 / Reported by the mixing shop' },
      `${name}Counted`,
    ),
    on(daysAgo)(mixer, 'production.lots.close', { ...job, version: `$${name}Counted.version`, lot, openNext: true }, `${name}Closed`),
    on(daysAgo)(mixer, 'lifecycle.lots.release', { lot, version: `$${name}Closed.lot.version` }),
    on(daysAgo)(mixer, 'orders.get', order, `${name}Order`),
    on(daysAgo)(
      mixer,
      'orders.ship',
      {
        ...{ ...order, version: `$${name}Order.version`, number },
        lines: [{ line: '$mixed.lines.0.id', lot, quantity: made }],
        packages: [
          {
            type: 'PX',
            grossKg: String(Number(made) / 2 + 28),
            netKg: String(Number(made) / 2),
            contents: [{ line: 0, quantity: String(Number(made) / 2) }],
          },
          {
            type: 'PX',
            grossKg: String(Number(made) / 2 + 28),
            netKg: String(Number(made) / 2),
            contents: [{ line: 0, quantity: String(Number(made) / 2) }],
          },
        ],
      },
      `${name}Shipped`,
    ),
    on(daysAgo - 1)(
      maker,
      'orders.receive',
      { ...order, version: `$${name}Shipped.version`, shipment: `$${name}Shipped.shipments.${before}.id` },
      `${name}Received`,
    ),
    on(daysAgo - 1)(
      maker,
      'orders.inspect',
      {
        ...order,
        version: `$${name}Received.version`,
        lines: [{ shipmentLine: `$${name}Received.shipments.${before}.lines.0.id`, ...inspected }],
      },
      `${name}Inspected`,
    ),
  ];
}

/** A statement of a period, drafted and sent by the supplier. */
export const stated = (name: string, number: string, daysAgo: number, from: string, to: string): DemoCall[] => [
  on(daysAgo)(mixer, 'orders.statements.draft', { buyer: maker, from, to, currency: 'CNY', number }, `${name}Draft`),
  on(daysAgo)(mixer, 'orders.statements.send', { statement: `$${name}Draft.id`, version: `$${name}Draft.version` }, `${name}Sent`),
];
