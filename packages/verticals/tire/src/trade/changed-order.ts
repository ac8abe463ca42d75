import type { DemoCall } from '@yunfab/core/verticals';
import { buyer, maker, on } from './companies.js';

/** Under the buyer's terms, in production over several operations, one of them outside; a change order waits for the factory. */
export const changed: readonly DemoCall[] = [
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
