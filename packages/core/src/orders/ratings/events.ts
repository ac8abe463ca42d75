import { z } from 'zod';
import type { Words } from '../../access/index.js';
import { orderSides } from '../order/states.js';

const head = { number: z.string(), by: z.enum(orderSides), revision: z.number().int() };
const grades = { delivery: z.number().int(), quality: z.number().int(), communication: z.number().int() };

/** On the order's record: both sides read them. */
export const ratingEvents = {
  'orders.rated': z.object({ ...head, ...grades }),
  'orders.rating_revised': z.object({ ...head, ...grades }),
  'orders.rating_answered': z.object(head),
} as const;

export type RatingEventBody<Type extends keyof typeof ratingEvents> = z.infer<(typeof ratingEvents)[Type]>;

export const ratingEventWords: Readonly<Record<keyof typeof ratingEvents, Words>> = {
  'orders.rated': { en: 'Rated', zh: '评价' },
  'orders.rating_revised': { en: 'Rating revised', zh: '修改评价' },
  'orders.rating_answered': { en: 'Rating answered', zh: '回复评价' },
};
