import { z } from 'zod';
import type { Words } from '../../access/index.js';
import { quantitySchema } from '../../measure/index.js';

const allocation = { line: z.uuid(), allocation: z.uuid(), quantity: quantitySchema };

/** On the order that is made, read by the contractor alone: neither its buyer nor the subcontractor learns of them. */
export const subcontractEvents = {
  'subcontract.allocated': z.object({
    ...allocation,
    factory: z.string(),
    subOrder: z.uuid(),
    operations: z.object({ from: z.number().int(), to: z.number().int() }).nullable(),
  }),
  'subcontract.released': z.object({ ...allocation, reason: z.string() }),
  'subcontract.credited': z.object({ ...allocation, lot: z.uuid(), lotCode: z.string() }),
  'subcontract.taken_back': z.object({ ...allocation, reason: z.string() }),
  'subcontract.operation_counted': z.object({ ...allocation, good: z.string(), rework: z.string() }),
} as const;

export type SubcontractEventType = keyof typeof subcontractEvents;
export type SubcontractEventBody<Type extends SubcontractEventType> = z.infer<(typeof subcontractEvents)[Type]>;

export const subcontractEventWords: Readonly<Record<SubcontractEventType, Words>> = {
  'subcontract.allocated': { en: 'Given to a subcontractor', zh: '已分包' },
  'subcontract.released': { en: 'Taken away from a subcontractor', zh: '已释放分包数量' },
  'subcontract.credited': { en: 'Subcontractor’s goods taken in', zh: '分包到货已转入' },
  'subcontract.taken_back': { en: 'Subcontractor’s goods taken out again', zh: '分包到货已转出' },
  'subcontract.operation_counted': { en: 'Outside operation counted', zh: '外协工序已报工' },
};
