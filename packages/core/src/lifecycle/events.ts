import { z } from 'zod';
import { gateFindingSchema } from './schema.js';

/** Every event type of lifecycle with its body; each is on the lot's record. */
export const lifecycleEvents = {
  'lifecycle.lot_opened': z.object({ code: z.string(), unit: z.string() }),
  'lifecycle.lot_closed': z.object({ code: z.string(), quantity: z.string(), unit: z.string() }),
  /** Only the maker reads it: the findings name runs. */
  'lifecycle.lot_released': z.object({ code: z.string(), release: z.uuid(), findings: z.array(gateFindingSchema) }),
  'lifecycle.lot_blocked': z.object({ code: z.string(), reason: z.string() }),
  'lifecycle.lot_unblocked': z.object({ code: z.string(), reason: z.string() }),
} as const;

export const lifecycleEventWords: Readonly<Record<keyof typeof lifecycleEvents, { en: string; zh: string }>> = {
  'lifecycle.lot_opened': { en: 'Lot opened', zh: '批次开始' },
  'lifecycle.lot_closed': { en: 'Lot closed', zh: '批次结束' },
  'lifecycle.lot_released': { en: 'Lot released', zh: '批次放行' },
  'lifecycle.lot_blocked': { en: 'Lot blocked', zh: '批次冻结' },
  'lifecycle.lot_unblocked': { en: 'Lot unblocked', zh: '批次解冻' },
};
