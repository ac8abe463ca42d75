import { z } from 'zod';
import type { Words } from '../../access/index.js';
import { quantitySchema } from '../../measure/index.js';

const material = { material: z.uuid(), description: z.string() };
const entry = z.object({ ...material, lotCode: z.string(), quantity: quantitySchema, reason: z.string().nullable() });

/** On the order's record, read by both sides. */
export const suppliedEvents = {
  'supplied.agreed': z.object({ ...material, unit: z.string() }),
  'supplied.sent': entry,
  'supplied.received': entry,
  'supplied.used': entry,
  'supplied.scrapped': entry,
  'supplied.returned': entry,
  'supplied.written_off': entry,
  'supplied.reversed': z.object({ ...material, kind: z.string(), quantity: quantitySchema, reason: z.string() }),
} as const;

export type SuppliedEventType = keyof typeof suppliedEvents;
export type SuppliedEventBody<Type extends SuppliedEventType> = z.infer<(typeof suppliedEvents)[Type]>;

export const suppliedEventWords: Readonly<Record<SuppliedEventType, Words>> = {
  'supplied.agreed': { en: 'Material to be provided by the buyer', zh: '约定来料' },
  'supplied.sent': { en: 'Material sent', zh: '来料已发出' },
  'supplied.received': { en: 'Material received', zh: '来料已收到' },
  'supplied.used': { en: 'Material used', zh: '来料已耗用' },
  'supplied.scrapped': { en: 'Material scrapped', zh: '来料已报废' },
  'supplied.returned': { en: 'Material returned', zh: '来料已退回' },
  'supplied.written_off': { en: 'Material written off', zh: '来料已核销' },
  'supplied.reversed': { en: 'Entry of material taken back', zh: '来料记录冲销' },
};
