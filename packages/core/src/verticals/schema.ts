import { z } from 'zod';
import { wordsSchema } from '../commands/index.js';
import { fieldKinds, type PageBlock, type PageColumn, type PageField, type VerticalPage, valueFormats } from './pages.js';

const columnSchema: z.ZodType<PageColumn> = z.object({
  field: z.string(),
  words: wordsSchema,
  format: z.enum(valueFormats).exactOptional(),
  unit: z.string().exactOptional(),
});

const fieldSchema: z.ZodType<PageField> = z.object({
  name: z.string(),
  words: wordsSchema,
  kind: z.enum(fieldKinds),
  unit: z.string().exactOptional(),
  hint: wordsSchema.exactOptional(),
  optional: z.boolean().exactOptional(),
  initial: z.union([z.string(), z.number(), z.boolean()]).exactOptional(),
  options: z.array(z.object({ value: z.string(), words: wordsSchema })).exactOptional(),
});

const blockSchema: z.ZodType<PageBlock> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), words: wordsSchema }),
  z.object({
    kind: z.literal('equipment'),
    words: wordsSchema,
    model: z.string(),
    signals: z.array(z.string()),
    evaluator: z.object({ id: z.string(), values: z.array(z.string()), curves: z.array(z.string()) }).exactOptional(),
  }),
  z.object({ kind: z.literal('table'), words: wordsSchema, query: z.string(), columns: z.array(columnSchema), empty: wordsSchema }),
  z.object({ kind: z.literal('form'), words: wordsSchema, command: z.string(), fields: z.array(fieldSchema), submit: wordsSchema }),
  z.object({
    kind: z.literal('lookup'),
    words: wordsSchema,
    query: z.string(),
    fields: z.array(fieldSchema),
    columns: z.array(columnSchema),
    pictures: z.array(z.object({ kind: z.enum(['drawing', 'chart']), field: z.string(), words: wordsSchema })).exactOptional(),
    immediate: z.boolean().exactOptional(),
    submit: wordsSchema,
  }),
]);

export const pageSchema: z.ZodType<VerticalPage> = z.object({
  id: z.string(),
  words: wordsSchema,
  permission: z.string(),
  blocks: z.array(blockSchema),
});

const signalSchema = z.object({
  name: z.string(),
  kind: z.enum(['number', 'text', 'boolean']),
  unit: z.string(),
  words: wordsSchema,
  range: z.object({ low: z.number(), high: z.number() }).exactOptional(),
  usual: z.object({ low: z.number(), high: z.number(), source: z.string() }).exactOptional(),
  optional: z.boolean().exactOptional(),
  values: z.record(z.string(), wordsSchema).exactOptional(),
});

const alarmSchema = z.object({
  id: z.string(),
  words: wordsSchema,
  signal: z.string(),
  when: z.enum(['above', 'below']),
  limit: z.number(),
  deadband: z.number().exactOptional(),
  delayMs: z.number().exactOptional(),
  severity: z.enum(['low', 'medium', 'high', 'urgent']),
  duringRun: z.boolean().exactOptional(),
});

export const equipmentModelSchema = z.object({
  id: z.string(),
  words: wordsSchema,
  signals: z.array(signalSchema),
  alarms: z.array(alarmSchema).exactOptional(),
});

export const verticalInput = z.object({ vertical: z.string().min(1).max(40) });

export const verticalView = z.object({
  id: z.string(),
  version: z.string(),
  name: wordsSchema,
  description: wordsSchema,
  /** Null while the organization has not enabled it. */
  enabledAt: z.iso.datetime().nullable(),
});
export type VerticalView = z.infer<typeof verticalView>;

export const verticalListSchema = z.object({ items: z.array(verticalView), next: z.null() });

export const specificationView = z.object({
  id: z.string(),
  words: wordsSchema,
  fields: z.record(z.string(), wordsSchema),
  /** JSON Schema 2020-12 of the value. */
  jsonSchema: z.record(z.string(), z.json()),
  example: z.record(z.string(), z.json()),
});

/** Of the verticals that the organization enabled: what the console renders. Pages are those the caller may open. */
export const verticalPagesSchema = z.object({
  verticals: z.array(
    z.object({
      id: z.string(),
      name: wordsSchema,
      pages: z.array(pageSchema),
      equipmentModels: z.array(equipmentModelSchema),
      specifications: z.array(specificationView),
    }),
  ),
});
export type VerticalPagesView = z.infer<typeof verticalPagesSchema>;
