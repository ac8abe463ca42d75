import type { ItemSpecification } from '@yunfab/core/verticals';
import { z } from 'zod';
import { highestLoadIndex, loadOf } from './size/load-index.js';
import { parseSize } from './size/parse.js';
import { speedOf } from './size/speed.js';
import { grades } from './uniformity/limits.js';

const schema = z.object({
  size: z.string().refine((marking) => parseSize(marking).size !== null, 'must be a size marking such as 205/55R16'),
  load_index: z
    .number()
    .int()
    .refine((index) => loadOf(index) !== null, `must be a load index from 0 to ${highestLoadIndex}`),
  speed_symbol: z.string().refine((symbol) => speedOf(symbol) !== null, 'must be a speed symbol such as V'),
  extra_load: z.boolean().default(false),
  pattern: z.string().max(60).optional(),
  /** Code of the maker's cure recipe, when the buyer approved one. */
  cure_recipe: z.string().max(40).optional(),
  /** Code of the maker's uniformity limits, and the worst grade that the buyer takes. */
  uniformity_limits: z.string().max(40).optional(),
  uniformity_grade: z.enum(grades).optional(),
});

export const passengerTire: ItemSpecification<typeof schema> = {
  id: 'tire/passenger@1',
  words: { en: 'Passenger car tire', zh: '乘用车轮胎' },
  schema,
  fields: {
    size: { en: 'Size', zh: '规格' },
    load_index: { en: 'Load index', zh: '负荷指数' },
    speed_symbol: { en: 'Speed symbol', zh: '速度级别' },
    extra_load: { en: 'Extra load', zh: '增强型' },
    pattern: { en: 'Tread pattern', zh: '花纹' },
    cure_recipe: { en: 'Cure recipe', zh: '硫化配方' },
    uniformity_limits: { en: 'Uniformity limits', zh: '均匀性限值' },
    uniformity_grade: { en: 'Uniformity grade', zh: '均匀性等级' },
  },
  summary: ({ size, load_index, speed_symbol, extra_load }) => `${size} ${load_index}${speed_symbol}${extra_load ? ' XL' : ''}`,
  example: { size: '205/55R16', load_index: 91, speed_symbol: 'V' },
};
