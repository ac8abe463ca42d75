import { z } from 'zod';
import { activityKinds } from './activities/kinds.js';
import { gateFindingSchema } from './lots/schema.js';

/** Every event type of lifecycle with its body; each is on the record of the lot, the unit or the activity. */
export const lifecycleEvents = {
  'lifecycle.lot_opened': z.object({ code: z.string(), unit: z.string() }),
  'lifecycle.lot_closed': z.object({ code: z.string(), quantity: z.string(), unit: z.string() }),
  /** Only the maker reads it: the findings name runs. */
  'lifecycle.lot_released': z.object({ code: z.string(), release: z.uuid(), findings: z.array(gateFindingSchema) }),
  'lifecycle.lot_blocked': z.object({ code: z.string(), reason: z.string() }),
  'lifecycle.lot_unblocked': z.object({ code: z.string(), reason: z.string() }),
  /** Only the maker reads it. */
  'lifecycle.units_made': z.object({ code: z.string(), units: z.number().int(), first: z.string(), last: z.string() }),
  /** Only who gave the identifier reads these two. */
  'lifecycle.identifier_assigned': z.object({ scheme: z.string(), value: z.string() }),
  'lifecycle.identifier_withdrawn': z.object({ scheme: z.string(), value: z.string() }),
  /** How many things it names; which of them a reader may see is for the activity to tell. */
  'lifecycle.activity_recorded': z.object({ kind: z.enum(activityKinds), inputs: z.number().int(), outputs: z.number().int() }),
  /** Only who holds the lots reads these two: neither the maker nor who gets a part learns what became of the rest. */
  'lifecycle.lot_split': z.object({
    code: z.string(),
    unit: z.string(),
    parts: z.array(z.object({ lot: z.uuid(), code: z.string(), quantity: z.string() })),
  }),
  'lifecycle.lots_merged': z.object({
    code: z.string(),
    unit: z.string(),
    quantity: z.string(),
    from: z.array(z.object({ lot: z.uuid(), code: z.string() })),
  }),
} as const;

export const lifecycleEventWords: Readonly<Record<keyof typeof lifecycleEvents, { en: string; zh: string }>> = {
  'lifecycle.lot_opened': { en: 'Lot opened', zh: '批次开始' },
  'lifecycle.lot_closed': { en: 'Lot closed', zh: '批次结束' },
  'lifecycle.lot_released': { en: 'Lot released', zh: '批次放行' },
  'lifecycle.lot_blocked': { en: 'Lot blocked', zh: '批次冻结' },
  'lifecycle.lot_unblocked': { en: 'Lot unblocked', zh: '批次解冻' },
  'lifecycle.units_made': { en: 'Units given serial numbers', zh: '单件已编序列号' },
  'lifecycle.identifier_assigned': { en: 'Identifier assigned', zh: '标识已分配' },
  'lifecycle.identifier_withdrawn': { en: 'Identifier withdrawn', zh: '标识已撤回' },
  'lifecycle.lot_split': { en: 'Lot split', zh: '批次已拆分' },
  'lifecycle.lots_merged': { en: 'Made of several lots', zh: '由多个批次合并而成' },
  'lifecycle.activity_recorded': { en: 'Activity recorded', zh: '活动已记录' },
};
