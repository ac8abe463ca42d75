import type { DemoCall } from '@yunfab/core/verticals';
import { maker, mixer, on } from './companies.js';
import { delivery, stated } from './delivery.js';

/** The factory as a buyer: two partial deliveries, what was wrong with the second, one statement settled and one sent, a rating and a complaint. */
export const delivered: readonly DemoCall[] = [
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
