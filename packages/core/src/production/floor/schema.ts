import { z } from 'zod';
import { lineText, wordsSchema } from '../../commands/index.js';

/** What stands on the list behind a code of scrap and rework. */
export const reasonSchema = z.object({ code: z.string(), words: wordsSchema, retired: z.boolean() });
export type ReasonView = z.infer<typeof reasonSchema>;
export const reasonListSchema = z.object({ items: z.array(reasonSchema) });
export const reasonCodeSchema = z.string().regex(/^[A-Z0-9][A-Z0-9_-]{0,29}$/, 'must be capital letters, digits, - and _, at most 30');
export const addReasonInput = z.object({ code: reasonCodeSchema, words: z.object({ en: lineText(120), zh: lineText(120) }) });
export const retireReasonInput = z.object({ code: reasonCodeSchema });
