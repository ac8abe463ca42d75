import type { ItemSpecification } from '@yunfab/core/verticals';
import { z } from 'zod';
import { fits, garments } from './pattern/index.js';
import { parseSize } from './size/index.js';

const configuration = {
  garment: z.enum(garments),
  fit: z.enum(fits),
};
const configurationWords = {
  garment: { en: 'Garment', zh: '品类' },
  fit: { en: 'Fit', zh: '版型' },
};

export const fitWords = {
  slim: { en: 'slim', zh: '修身' },
  regular: { en: 'regular', zh: '合体' },
  relaxed: { en: 'relaxed', zh: '宽松' },
} as const;

const madeToMeasureSchema = z.object({
  ...configuration,
  /** For the label; the garment is cut to the pattern, not to it. */
  size_label: z.string().max(12).optional(),
  chest_pocket: z.boolean().default(false),
  turn_up: z.boolean().default(false),
  monogram: z
    .string()
    .regex(/^[A-Z]{1,4}$/, 'must be 1 to 4 capital letters')
    .optional(),
  /** SHA-256 of the DXF pattern that was validated for the wearer. Nothing of the body stands in a shared order. */
  pattern_digest: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal'),
});

/** One garment for one person. */
export const madeToMeasure: ItemSpecification<typeof madeToMeasureSchema> = {
  id: 'apparel/made-to-measure@1',
  words: { en: 'Made-to-measure garment', zh: '量体定制服装' },
  schema: madeToMeasureSchema,
  fields: {
    ...configurationWords,
    size_label: { en: 'Size label', zh: '号型标志' },
    chest_pocket: { en: 'Chest pocket', zh: '胸袋' },
    turn_up: { en: 'Turn-ups', zh: '翻边裤口' },
    monogram: { en: 'Monogram', zh: '绣字' },
    pattern_digest: { en: 'Pattern (SHA-256)', zh: '样板摘要（SHA-256）' },
  },
  summary: ({ garment, fit, size_label, monogram }) =>
    [garment, fit, size_label, monogram === undefined ? undefined : `“${monogram}”`].filter((part) => part !== undefined).join(' '),
  example: { garment: 'shirt', fit: 'regular', size_label: '175/96A', pattern_digest: '0'.repeat(64) },
};

const readyMadeSchema = z
  .object({ ...configuration, size: z.string().max(12), colour: z.string().min(1).max(40) })
  .refine(({ garment, size }) => parseSize(size, garment === 'shirt' ? 'upper' : 'lower').size !== null, {
    path: ['size'],
    message: 'must be a size of GB/T 1335 for that garment, such as 175/96A',
  });

/** Garments of one standard size: uniforms and stock. */
export const readyMade: ItemSpecification<typeof readyMadeSchema> = {
  id: 'apparel/ready-made@1',
  words: { en: 'Ready-made garment', zh: '成衣' },
  schema: readyMadeSchema,
  fields: { ...configurationWords, size: { en: 'Size', zh: '号型' }, colour: { en: 'Colour', zh: '颜色' } },
  summary: ({ garment, fit, size, colour }) => `${garment} ${fit} ${size} ${colour}`,
  example: { garment: 'shirt', fit: 'regular', size: '175/96A', colour: 'white' },
};
