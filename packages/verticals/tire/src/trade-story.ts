import type { DemoCall } from '@yunfab/core/verticals';

const buyer = 'voyager';
const maker = 'shanhai';
const rival = 'bluebay';
const silent = 'chenxi';
const mixer = 'goldgum';

type Input = DemoCall['input'];
const on =
  (daysAgo: number) =>
  (organization: string, procedure: string, input: Input, as?: string): DemoCall => ({
    ...{ organization, procedure, input, daysAgo },
    ...(as ? { as } : {}),
  });

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
const request: readonly DemoCall[] = [
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

/** Under the buyer's terms, in production over several operations, one of them outside; a change order waits for the factory. */
const changed: readonly DemoCall[] = [
  on(12)(
    buyer,
    'orders.terms.draft',
    {
      code: 'VT-PURCHASE',
      title: { en: 'Purchase terms for tires', zh: '轮胎采购条款' },
      text: {
        en: '1. Goods are inspected within 10 working days of receipt.\n2. What deviates is taken under concession only in writing.\n3. Statements are confirmed by the 5th of each month; payment is due 45 days later.',
        zh: '1. 买方自收货起 10 个工作日内完成检验。\n2. 不合格品须经书面让步方可接收。\n3. 每月 5 日前确认对账单，付款期限为确认后 45 天。',
      },
    },
    'tradeTermsDraft',
  ),
  on(12)(buyer, 'orders.terms.publish', { terms: '$tradeTermsDraft.id', revision: '$tradeTermsDraft.revision' }, 'tradeTerms'),
  on(10)(
    buyer,
    'orders.propose',
    {
      ...{ supplier: maker, ownNumber: 'VT-2026-0987', currency: 'CNY', dueOn: '$day.+25', terms: ['$tradeTerms.id'] },
      ...{ incoterms: { rule: 'FCA', place: 'Qingdao' }, paymentDays: 45 },
      milestones: [
        { name: '侧板刻字确认 / Sidewall lettering approved', dueOn: '$day.+2' },
        { name: '首件确认 / First article approved', dueOn: '$day.+8' },
      ],
      lines: [
        {
          ...{ description: 'Voyager Touring 195/60R15 88H', quantity: { value: '300', unit: 'H87' }, unitPrice: '238.00' },
          ...{ taxRate: '13', overTolerance: '2', underTolerance: '2' },
          specification: { schema: 'tire/passenger@1', value: { size: '195/60R15', load_index: 88, speed_symbol: 'H' } },
          schedule: [
            { dueOn: '$day.+15', quantity: '100' },
            { dueOn: '$day.+25', quantity: '200' },
          ],
        },
      ],
    },
    'tradeOrder',
  ),
  on(9)(maker, 'orders.terms.ofOrder', { order: '$tradeOrder.id' }, 'tradeOffered'),
  on(9)(
    maker,
    'orders.terms.accept',
    {
      ...{ order: '$tradeOrder.id', version: '$tradeOffered.version' },
      ...{ attachment: '$tradeOffered.items.0.attachment', sha256: '$tradeOffered.items.0.terms.sha256' },
    },
    'tradeAgreed',
  ),
  on(9)(maker, 'orders.accept', { order: '$tradeOrder.id', version: '$tradeAgreed.version', ownNumber: 'SH-SO-5120' }, 'tradeAccepted'),
  on(8)(maker, 'production.floor.reasons.add', { code: 'SPLICE', words: { en: 'Open splice', zh: '接头开裂' } }),
  on(3)(
    maker,
    'orders.start',
    {
      ...{ order: '$tradeOrder.id', version: '$tradeAccepted.version', line: '$tradeOrder.lines.0.id', jobCode: 'SH-J-5120' },
      operations: [
        { words: { en: 'Build green tires', zh: '成型' }, workCenter: '成型 / Building', setupSeconds: '1800', runSeconds: '110' },
        { words: { en: 'Cure', zh: '硫化' }, workCenter: '硫化 / Curing', setupSeconds: '2400', runSeconds: '780' },
        {
          ...{ words: { en: 'Letter the sidewall by laser', zh: '侧壁激光刻字' }, outside: true, supplier: '威海激光 / Weihai Laser' },
          ...{ workCenter: '外协 / Outside', runSeconds: '40' },
        },
        { words: { en: 'Final inspection', zh: '终检' }, workCenter: '终检 / Final inspection', runSeconds: '30' },
      ],
    },
    'tradeStarted',
  ),
  on(2)(maker, 'production.jobs.get', { job: '$tradeStarted.job' }, 'tradeJob'),
  on(1)(maker, 'production.countByHand', {
    ...{ job: '$tradeStarted.job', version: '$tradeJob.version', operation: '$tradeJob.operations.0.id' },
    ...{ good: '118', scrap: '3', reasonCode: 'SPLICE', reason: '成型机未联网 / The drum is not connected' },
  }),
  on(1)(maker, 'orders.get', { order: '$tradeOrder.id' }, 'tradeUnderWay'),
  on(1)(
    maker,
    'orders.reachMilestone',
    { order: '$tradeOrder.id', version: '$tradeUnderWay.version', milestone: '$tradeOrder.milestones.0.id' },
    'tradeReached',
  ),
  on(0)(buyer, 'orders.changes.propose', {
    ...{ order: '$tradeOrder.id', version: '$tradeReached.version', reason: '经销商追加订货 / A dealer orders more' },
    terms: { dueOn: '$day.+30', lines: [{ line: '$tradeOrder.lines.0.id', quantity: '360', schedule: [] }] },
  }),
];

interface Delivered {
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
function delivery({ name, before, made, daysAgo, lot, number, inspected }: Delivered): DemoCall[] {
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

const stated = (name: string, number: string, daysAgo: number, from: string, to: string): DemoCall[] => [
  on(daysAgo)(mixer, 'orders.statements.draft', { buyer: maker, from, to, currency: 'CNY', number }, `${name}Draft`),
  on(daysAgo)(mixer, 'orders.statements.send', { statement: `$${name}Draft.id`, version: `$${name}Draft.version` }, `${name}Sent`),
];

/** The factory as a buyer: two partial deliveries, what was wrong with the second, one statement settled and one sent, a rating and a complaint. */
const delivered: readonly DemoCall[] = [
  on(30)(
    maker,
    'orders.propose',
    {
      ...{ supplier: mixer, ownNumber: 'SH-PO-7702', currency: 'CNY', dueOn: '$day.+12', paymentDays: 30 },
      ...{ incoterms: { rule: 'DAP', place: '威海山海一厂 / Shanhai plant 1, Weihai' } },
      lines: [
        {
          ...{
            description: 'Sidewall compound S-204, sheets / 胎侧胶 S-204',
            quantity: { value: '6000', unit: 'KGM' },
            unitPrice: '17.60',
          },
          ...{ taxRate: '13', overTolerance: '3', underTolerance: '3' },
          schedule: [
            { dueOn: '$day.-18', quantity: '2400' },
            { dueOn: '$day.-6', quantity: '1800' },
            { dueOn: '$day.+12', quantity: '1800' },
          ],
        },
      ],
    },
    'mixed',
  ),
  on(29)(mixer, 'orders.accept', { order: '$mixed.id', version: '$mixed.version', ownNumber: 'GG-SO-338' }, 'mixedAccepted'),
  on(28)(
    mixer,
    'orders.start',
    {
      ...{ order: '$mixed.id', version: '$mixedAccepted.version', line: '$mixed.lines.0.id', jobCode: 'GG-J-338', lotCode: 'GG-L-338-1' },
      operations: [{ words: { en: 'Mix and sheet', zh: '密炼出片' }, workCenter: '密炼 / Mixing', runSeconds: '1.2' }],
    },
    'mixedStarted',
  ),
  ...delivery({
    name: 'first',
    before: 0,
    made: '2400',
    daysAgo: 20,
    lot: '$mixedStarted.lot',
    number: 'GG-DN-338-1',
    inspected: { accepted: '2400' },
  }),
  ...stated('settled', 'GG-ST-338-1', 15, '$day.-30', '$day.-15'),
  on(14)(maker, 'orders.statements.confirm', { statement: '$settledDraft.id', version: '$settledSent.version' }, 'settledConfirmed'),
  on(12)(
    maker,
    'orders.statements.pay',
    { statement: '$settledDraft.id', version: '$settledConfirmed.version', paidOn: '$day.-12', reference: 'ICBC 20261103-7741' },
    'settledPaid',
  ),
  on(11)(mixer, 'orders.statements.acknowledge', { statement: '$settledDraft.id', version: '$settledPaid.version' }),
  ...delivery({
    ...{ name: 'second', before: 1, made: '1800', daysAgo: 5, lot: '$firstClosed.job.operations.0.openLot.id', number: 'GG-DN-338-2' },
    inspected: {
      ...{ accepted: '1500', conceded: '200', rejected: '100', reasonCode: 'material' },
      concession: { reason: '门尼黏度偏高 2 个单位，可调整配比使用 / Mooney 2 units high, usable in another mix', priceReduction: '5' },
      reason: '胶片硫磺分散不良 / Sulphur badly dispersed',
    },
  }),
  on(3)(
    maker,
    'orders.return',
    {
      ...{ order: '$mixed.id', version: '$secondInspected.version', reason: '使用时发现气泡 / Blisters found in use' },
      lines: [{ shipmentLine: '$secondReceived.shipments.1.lines.0.id', quantity: '60' }],
    },
    'mixedReturned',
  ),
  ...stated('open', 'GG-ST-338-2', 2, '$day.-14', '$day.-2'),
  on(2)(maker, 'orders.ratings.rate', {
    ...{ order: '$mixed.id', delivery: 4, quality: 3, communication: 5 },
    text: '交期稳定，第二批质量有波动。On time; the second delivery varied.',
  }),
  on(1)(maker, 'orders.complaints.file', {
    ...{ order: '$mixed.id', category: 'quality', subject: { kind: 'shipment', id: '$secondReceived.shipments.1.id' } },
    text: '第二批胶料分散不良，请提供原因分析与纠正措施。The second delivery was badly dispersed; please send cause and corrective action.',
  }),
];

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
