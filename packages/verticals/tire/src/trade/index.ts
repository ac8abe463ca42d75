import type { DemoCall } from '@yunfab/core/verticals';
import { changed } from './changed-order.js';
import { buyer, maker } from './companies.js';
import { delivered } from './delivered-order.js';
import { request } from './request.js';

/** What buyers and factories agree besides machines: a request with quotes, a change order, deliveries and statements. */
export const tradeCalls: readonly DemoCall[] = [...request, ...changed, ...delivered];

/** The lot that was accepted is stated for the buyer to confirm, and the order is rated. */
export const statedLot = (order: string): readonly DemoCall[] => [
  {
    organization: maker,
    procedure: 'orders.statements.draft',
    input: { buyer, from: '$day.-30', to: '$day.+0', currency: 'CNY', number: 'SH-ST-2611' },
    as: 'tireStated',
  },
  {
    organization: maker,
    procedure: 'orders.statements.send',
    input: { statement: '$tireStated.id', version: '$tireStated.version' },
  },
  {
    organization: buyer,
    procedure: 'orders.ratings.rate',
    input: {
      order: `$${order}.id`,
      delivery: 5,
      quality: 5,
      communication: 4,
      text: '首批按期，质量良好。First delivery on time and good.',
    },
  },
];
