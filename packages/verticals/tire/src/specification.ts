import type { ItemSpecification } from '@yunfab/core/verticals';
import { z } from 'zod';
import { loadOf, speedOf } from './size/load-index.js';
import { parseSize } from './size/parse.js';

const schema = z.object({
  size: z.string().refine((marking) => parseSize(marking).size !== null, 'must be a size marking such as 205/55R16'),
  load_index: z
    .number()
    .int()
    .refine((index) => loadOf(index) !== null, 'must be a load index from 60 to 219'),
  speed_symbol: z.string().refine((symbol) => speedOf(symbol) !== null, 'must be a speed symbol such as V'),
  extra_load: z.boolean().default(false),
  pattern: z.string().max(60).optional(),
  /** Code of the maker's cure recipe, when the buyer approved one. */
  cure_recipe: z.string().max(40).optional(),
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
  },
  summary: ({ size, load_index, speed_symbol, extra_load }) => `${size} ${load_index}${speed_symbol}${extra_load ? ' XL' : ''}`,
  example: { size: '205/55R16', load_index: 91, speed_symbol: 'V' },
};
