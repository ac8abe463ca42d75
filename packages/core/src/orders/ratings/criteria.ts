import type { Words } from '../../access/index.js';
import type { OrderSide } from '../order/states.js';

export const ratingCriteria = ['delivery', 'quality', 'communication'] as const;
export type RatingCriterion = (typeof ratingCriteria)[number];

/** What a criterion asks about the rated side; a buyer delivers nothing, but it receives and it specifies. */
export const ratingCriterionWords: Readonly<Record<OrderSide, Readonly<Record<RatingCriterion, Words>>>> = {
  supplier: {
    delivery: { en: 'Delivery', zh: '交付' },
    quality: { en: 'Quality', zh: '质量' },
    communication: { en: 'Communication', zh: '沟通' },
  },
  buyer: {
    delivery: { en: 'Receipt and inspection', zh: '收货与检验' },
    quality: { en: 'Clarity of what was ordered', zh: '订货要求的清晰度' },
    communication: { en: 'Communication', zh: '沟通' },
  },
};

/** A rating may be revised for so long after it was first given; every revision is kept. */
export const revisableDays = 30;

/**
 * What the platform publishes about a supplier rests on at least so many finished or rated orders of at least so many
 * buyers: with fewer, a rival could tell one buyer's orders from the figure, or a buyer could subtract its own.
 */
export const leastOrders = 5;
export const leastBuyers = 3;

export const scoreMetrics = ['on_time', 'acceptance', 'rejection', 'response'] as const;
export type ScoreMetric = (typeof scoreMetrics)[number];

export const scoreMetricWords: Readonly<Record<ScoreMetric, { readonly name: Words; readonly rule: Words }>> = {
  on_time: {
    name: { en: 'On time', zh: '准时率' },
    rule: {
      en: 'Of each quantity that fell due: what had arrived by the end of its day and was accepted, whenever it was inspected. A day that is not over is not counted.',
      zh: '每笔到期数量中，在到期日结束前到货且最终验收（含让步接收）的数量。尚未结束的日期不计。',
    },
  },
  acceptance: {
    name: { en: 'Accepted at inspection', zh: '验收合格率' },
    rule: {
      en: 'Accepted without concession, of all that was inspected in the period.',
      zh: '期间内检验数量中，未经让步而验收合格的数量。',
    },
  },
  rejection: {
    name: { en: 'Rejected', zh: '拒收率' },
    rule: {
      en: 'Rejected, of all that was inspected in the period; in parts per million.',
      zh: '期间内检验数量中被拒收的数量，以百万分率计。',
    },
  },
  response: {
    name: { en: 'Response time', zh: '响应时间' },
    rule: {
      en: 'Hours from the proposal of an order to its acceptance or refusal, for orders proposed in the period.',
      zh: '期间内提出的订单，从提出到对方确认或拒绝的小时数。',
    },
  },
};
