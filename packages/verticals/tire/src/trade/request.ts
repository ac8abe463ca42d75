import type { DemoCall } from '@yunfab/core/verticals';
import { buyer, maker, on, rival, silent } from './companies.js';

const summer = {
  schema: 'tire/passenger@1',
  value: { size: '205/55R16', load_index: 91, speed_symbol: 'V' },
};
const winter = {
  schema: 'tire/passenger@1',
  value: { size: '215/60R16', load_index: 99, speed_symbol: 'H', extra_load: true },
};

const offer = (
  invitation: string,
  version: string,
  number: string,
  prices: readonly [string, string],
  leadDays: readonly [number, number],
) => ({
  ...{ invitation, version, number, currency: 'CNY', delivery: { rule: 'FCA', place: 'Qingdao' }, paymentDays: 45, taxRate: '13' },
  validUntil: '$instant.+40',
  lines: prices.map((price, index) => ({
    line: `$tradeRfq.lines.${index}.id`,
    prices: [
      { from: '200', unitPrice: price },
      { from: '1000', unitPrice: (Number(price) * 0.96).toFixed(2) },
    ],
    ...(index === 1 ? { tooling: number.startsWith('SH') ? '86000' : '74000' } : {}),
    minimumLot: '200',
    leadDays: leadDays[index],
  })),
});

/** Two factories answered and can be compared, the third has not; a question was answered to all. */
export const request: readonly DemoCall[] = [
  on(4)(
    buyer,
    'orders.rfq.create',
    {
      ...{ number: 'VT-RFQ-2611', title: '2027 春季轿车胎 / Passenger tires, spring 2027', currency: 'CNY', respondBy: '$instant.+6' },
      ...{ wantedOn: '$day.+75', delivery: { rule: 'FCA', place: 'Qingdao' }, paymentDays: 45 },
      confidentiality: {
        version: '2026-01',
        text: '图纸、花纹与数量仅用于本次报价，不得转给第三方。Drawings, tread patterns and quantities serve this quote only and go to no third party.',
      },
      lines: [
        {
          description: 'Voyager Touring 205/55R16 91V',
          specification: summer,
          quantity: { value: '800', unit: 'H87' },
          breaks: ['1000', '2000'],
        },
        { description: 'Voyager Winter 215/60R16 99H XL', specification: winter, quantity: { value: '600', unit: 'H87' } },
      ],
    },
    'tradeDraft',
  ),
  on(4)(
    buyer,
    'orders.rfq.open',
    { rfq: '$tradeDraft.id', version: '$tradeDraft.version', suppliers: [maker, rival, silent] },
    'tradeOpened',
  ),
  on(4)(buyer, 'orders.rfq.get', { rfq: '$tradeDraft.id' }, 'tradeRfq'),
  ...[maker, rival].flatMap((supplier, index) => [
    on(3)(
      supplier,
      'orders.rfq.invitations.acceptConfidentiality',
      { invitation: `$tradeOpened.invitations.${index}`, version: 1, terms: '2026-01' },
      `tradeRead${index}`,
    ),
  ]),
  on(3)(
    rival,
    'orders.rfq.invitations.ask',
    {
      invitation: '$tradeOpened.invitations.1',
      version: '$tradeRead1.version',
      text: '冬季胎是否需要镶钉？Shall the winter tire be studded?',
    },
    'tradeAsked',
  ),
  on(2)(buyer, 'orders.rfq.answer', {
    question: '$tradeAsked.questions.0.id',
    answer: '不需要。No studs; snowflake marking is needed (3PMSF).',
    to: 'all',
  }),
  on(2)(maker, 'orders.rfq.invitations.get', { invitation: '$tradeOpened.invitations.0' }, 'tradeMaker'),
  on(2)(rival, 'orders.rfq.invitations.get', { invitation: '$tradeOpened.invitations.1' }, 'tradeRival'),
  on(2)(maker, 'orders.rfq.quotes.submit', offer('$tradeMaker.id', '$tradeMaker.version', 'SH-Q-3301', ['266.00', '348.00'], [35, 60])),
  on(1)(rival, 'orders.rfq.quotes.submit', offer('$tradeRival.id', '$tradeRival.version', 'BB-Q-0917', ['259.50', '355.00'], [45, 55])),
];
