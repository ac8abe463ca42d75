import { z } from 'zod';
import { dateSchema, idSchema, wordsSchema } from '../../commands/index.js';
import { currencySchema, unitSchema } from '../../measure/index.js';
import { orderSchema, proposeInput } from '../order/schema.js';
import { importKinds } from './columns.js';
import { mostCharacters, mostColumns } from './limits.js';

/**
 * An order as its buyer wants it to be: made when none has this own number, else revised while it is proposed. What is left
 * out of an order that exists stays as it is; its lines are the whole of them, in their order.
 */
export const putInput = proposeInput.omit({ milestones: true });
export type PutInput = z.output<typeof putInput>;

export const putOutcomes = ['created', 'updated', 'unchanged'] as const;
export type PutOutcome = (typeof putOutcomes)[number];
export const putSchema = z.object({ outcome: z.enum(putOutcomes), order: orderSchema });

/** Columns from 0 by the field that they fill; what is left out is suggested from the headings, null maps nothing. */
const mapping = z.record(z.string().max(40), z.number().int().min(0).max(mostColumns).nullable());

/** Not `z.base64()`: its expression takes a second over five megabytes. */
const base64File = z
  .string()
  .min(1)
  .max(mostCharacters)
  .refine((text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text), 'must be the file in base64')
  .meta({ format: 'base64', contentEncoding: 'base64' });

export const previewInput = z.object({
  kind: z.enum(importKinds),
  /** The file in base64: CSV (UTF-8, UTF-16 or GB18030; comma, semicolon or tab) or XLSX, whose first sheet is read. At most 5 MiB and 5000 rows. */
  content: base64File,
  mapping: mapping.optional(),
  /** What holds for every row whose cell is empty or that has no such column. */
  defaults: z
    .object({
      supplier: z.string().trim().min(1).max(200),
      currency: currencySchema,
      dueOn: dateSchema,
      unit: unitSchema,
    })
    .partial()
    .optional(),
});
export type PreviewInput = z.output<typeof previewInput>;

export const commitInput = previewInput.extend({
  /** `all_or_nothing`: one refused row and nothing is written. `valid_rows`: orders without a refused row are. */
  mode: z.enum(['all_or_nothing', 'valid_rows']),
});
export type CommitInput = z.output<typeof commitInput>;

export const rowIssueSchema = z.object({
  /** Heading of the column, null when the whole row is meant. */
  column: z.string().nullable(),
  field: z.string().nullable(),
  value: z.string().nullable(),
  code: z.string(),
  words: wordsSchema,
});
export type RowIssue = z.infer<typeof rowIssueSchema>;

const outcome = z.enum([...putOutcomes, 'refused']);

export const importRowSchema = z.object({
  /** As a spreadsheet counts, from 1. */
  row: z.number().int(),
  number: z.string().nullable(),
  /** In a preview what would become of it, as things are now. */
  outcome,
  order: idSchema.nullable(),
  issues: z.array(rowIssueSchema),
});
export type ImportRow = z.infer<typeof importRowSchema>;

const counts = z.object({ created: z.number().int(), updated: z.number().int(), unchanged: z.number().int(), refused: z.number().int() });

export const previewSchema = z.object({
  format: z.enum(['csv', 'xlsx']),
  encoding: z.string().nullable(),
  separator: z.string().nullable(),
  columns: z.array(z.object({ heading: z.string(), samples: z.array(z.string()) })),
  fields: z.array(z.object({ field: z.string(), words: wordsSchema, required: z.boolean(), column: z.number().int().nullable() })),
  /** What speaks against the file as a whole: columns that are missing. No row is judged before they are there. */
  issues: z.array(rowIssueSchema),
  /** Of rows. */
  counts,
  rows: z.array(importRowSchema),
});

export const committedSchema = z.object({
  /** False when a refused row kept everything from being written. */
  applied: z.boolean(),
  counts,
  rows: z.array(importRowSchema),
  /** The rows as CSV (UTF-8 with mark): row, number, outcome, column, value and what to do in both languages. */
  report: z.string(),
});
