import { z } from 'zod';
import {
  idSchema,
  instantSchema,
  lineText,
  organizationRefSchema,
  pageInput,
  pageOf,
  versionSchema,
  wordsSchema,
} from '../commands/index.js';
import {
  decimalSchema,
  fitsUnit,
  nonNegativeDecimalSchema,
  positiveDecimalSchema,
  positiveQuantitySchema,
  quantitySchema,
  unitSchema,
} from '../measure/index.js';
import { revisionMoves, revisionStates } from './states.js';

/** A name in both languages, as people write it. */
export const nameInput = z.object({ en: lineText(120), zh: lineText(120) });
/** A product of many decimals, exact: as many digits as it takes. */
export const exactSchema = z.string().regex(/^(0|[1-9]\d*)(\.\d+)?$/);

/** What a revision is, in the words of the vertical that understands it: `{ schema: '<vertical>/<kind>@<version>', value }`. */
export const specificationSchema = z.object({ schema: z.string().min(1).max(100), value: z.record(z.string(), z.json()) });
export type Specification = z.infer<typeof specificationSchema>;

export const itemRefSchema = z.object({ id: idSchema, number: z.string(), kind: z.string(), name: wordsSchema, unit: unitSchema });
export type ItemRef = z.infer<typeof itemRefSchema>;

export const itemSchema = z.object({
  ...itemRefSchema.shape,
  kindWords: wordsSchema,
  owner: organizationRefSchema,
  /** Whether the asking organization owns it. */
  own: z.boolean(),
  /** What the asking organization calls an item of another; nobody else reads it. */
  ownNumber: z.string().nullable(),
  createdAt: instantSchema,
});
export type ItemView = z.infer<typeof itemSchema>;

const itemNumber = lineText(60);
export const createItemInput = z.object({
  /** Part number, unique within your organization. */
  number: itemNumber,
  /** Of core (`part`, `assembly`, `material`, `tool`, `document`) or of an industry (`<vertical>/<kind>`). */
  kind: z.string().min(1).max(100),
  name: nameInput,
  /** What it is counted in everywhere: UN/ECE Recommendation 20. */
  unit: unitSchema,
});
export const itemIdInput = z.object({ item: idSchema });
export const itemListInput = z.object({
  ...pageInput,
  kind: z.string().max(100).optional(),
  /** Part of a number or a name. */
  search: z.string().trim().min(1).max(100).optional(),
});
export const itemPageSchema = pageOf(itemSchema);
export const annotateItemInput = z.object({ item: idSchema, ownNumber: itemNumber });

export const revisionRefSchema = z.object({
  id: idSchema,
  label: z.string(),
  state: z.enum(revisionStates),
  stateWords: wordsSchema,
});
export type RevisionRef = z.infer<typeof revisionRefSchema>;

export const bomLineSchema = z.object({
  id: idSchema,
  position: z.number().int(),
  item: itemRefSchema,
  /** The revision that the line fixes; null: whichever is released. */
  revision: revisionRefSchema.nullable(),
  quantity: quantitySchema,
  /** Percent that is lost on the way: 100 pieces with 10 % take 110. */
  scrapPercent: decimalSchema,
  /** Made straight into its parent: its own components are needed, it is not. */
  phantom: z.boolean(),
  designators: z.array(z.string()),
  /** May be used instead, the preferred first; those that the reader may see. */
  alternates: z.array(itemRefSchema),
});
export type BomLineView = z.infer<typeof bomLineSchema>;

export const operationSchema = z.object({
  position: z.number().int(),
  name: wordsSchema,
  /** Equipment model or work center class. */
  workCenter: z.string(),
  setupSeconds: nonNegativeDecimalSchema,
  /** For one unit of the item. */
  runSeconds: nonNegativeDecimalSchema,
  subcontractable: z.boolean(),
});
export type OperationView = z.infer<typeof operationSchema>;

export const revisionSummarySchema = z.object({
  ...revisionRefSchema.shape,
  version: versionSchema,
  own: z.boolean(),
  note: z.string().nullable(),
  /** The label of the revision that it began as a copy of, where the reader may see that. */
  copiedFrom: z.string().nullable(),
  /** SHA-256 of the released content (hex); null while it is a draft. */
  contentHash: z.string().nullable(),
  createdAt: instantSchema,
  createdBy: z.string(),
  releasedAt: instantSchema.nullable(),
  releasedBy: z.string().nullable(),
  obsoleteAt: instantSchema.nullable(),
});
export type RevisionSummary = z.infer<typeof revisionSummarySchema>;

export const revisionSchema = z.object({
  ...revisionSummarySchema.shape,
  item: itemRefSchema,
  owner: organizationRefSchema,
  specification: specificationSchema.nullable(),
  lines: z.array(bomLineSchema),
  operations: z.array(operationSchema),
  /** What its owner may do now. */
  moves: z.array(z.object({ move: z.enum(revisionMoves), words: wordsSchema })),
});
export type RevisionView = z.infer<typeof revisionSchema>;

const position = z.number().int().min(1).max(99_999);
export const bomLineInput = z.object({
  /** Find number, unique within the revision. */
  position,
  item: idSchema,
  /** Fixes one revision of the component; whichever is released when left out. */
  revision: idSchema.optional(),
  /** For one unit of the parent, in the unit of the component. */
  quantity: positiveQuantitySchema,
  scrapPercent: nonNegativeDecimalSchema
    .refine((text) => Number(text) <= 100 && fitsPercent(text), 'at most 100, with at most 4 decimals')
    .default('0'),
  phantom: z.boolean().default(false),
  /** Reference designators, one for each piece: `C12`. */
  designators: z.array(lineText(30)).max(10_000).default([]),
  /** Items that may be used instead, the preferred first. */
  alternates: z.array(idSchema).max(20).default([]),
});
export type BomLineInput = z.output<typeof bomLineInput>;

function fitsPercent(text: string): boolean {
  return fitsUnit(text, 'KGM') && (text.split('.')[1]?.length ?? 0) <= 4;
}

export const operationInput = z.object({
  position,
  name: nameInput,
  workCenter: lineText(100),
  setupSeconds: nonNegativeDecimalSchema.default('0'),
  runSeconds: nonNegativeDecimalSchema.default('0'),
  subcontractable: z.boolean().default(false),
});
export type OperationInput = z.output<typeof operationInput>;

const label = lineText(20);
const note = z.string().trim().max(2000);
const content = {
  specification: specificationSchema.optional(),
  note: note.optional(),
  lines: z.array(bomLineInput).max(2000).optional(),
  operations: z.array(operationInput).max(200).optional(),
};

export const createRevisionInput = z.object({
  item: idSchema,
  /** `A`, `2.1`: unique within the item. */
  label,
  /** Begins as a copy of this one; what is given beside it takes the place of what was copied. */
  copyOf: idSchema.optional(),
  ...content,
});
export const editRevisionInput = z.object({
  revision: idSchema,
  version: versionSchema,
  /** Each one that is given takes the place of what was there; what is left out stays. */
  ...content,
});
export const revisionMoveInput = z.object({ revision: idSchema, version: versionSchema });
export const revisionIdInput = z.object({ revision: idSchema });
export const revisionListSchema = z.object({ item: itemSchema, revisions: z.array(revisionSummarySchema) });

export const explodeInput = z.object({
  revision: idSchema,
  /** How many of the revision are to be made. */
  quantity: positiveDecimalSchema.default('1'),
});
export const explosionSchema = z.object({
  revision: revisionRefSchema.extend({ item: itemRefSchema }),
  quantity: quantitySchema,
  /** Every place of the structure, depth first. */
  lines: z.array(
    z.object({
      level: z.number().int(),
      /** Positions from the top: `10.20`. */
      path: z.string(),
      line: bomLineSchema,
      /** The revision whose lines follow below; null where the component is bought or its structure hidden. */
      revision: revisionRefSchema.nullable(),
      required: exactSchema,
    }),
  ),
  /** One row an item over all places, phantoms left out; not rounded to whole pieces. */
  totals: z.array(z.object({ item: itemRefSchema, required: exactSchema, places: z.number().int(), made: z.boolean() })),
});
export type Explosion = z.infer<typeof explosionSchema>;

export const whereUsedSchema = z.object({
  item: itemRefSchema,
  /** Every revision that holds the item, directly (level 1) or through others, nearest first. */
  uses: z.array(
    z.object({
      level: z.number().int(),
      item: itemRefSchema,
      revision: revisionRefSchema,
      /** For one unit of the revision; null above level 1. */
      quantity: quantitySchema.nullable(),
    }),
  ),
});
export type WhereUsed = z.infer<typeof whereUsedSchema>;

export const compareInput = z.object({ left: idSchema, right: idSchema });
const sided = <Side extends z.ZodType>(side: Side) => z.object({ left: side, right: side });
export const comparisonSchema = z.object({
  ...sided(revisionRefSchema.extend({ item: itemRefSchema })).shape,
  /** Dotted path into the specification, with the value on both sides; null: not there. */
  specification: z.array(z.object({ path: z.string(), ...sided(z.json()).shape })),
  lines: z.object({
    added: z.array(bomLineSchema),
    removed: z.array(bomLineSchema),
    changed: z.array(z.object({ fields: z.array(z.string()), ...sided(bomLineSchema).shape })),
  }),
  operations: z.object({
    added: z.array(operationSchema),
    removed: z.array(operationSchema),
    changed: z.array(z.object({ fields: z.array(z.string()), ...sided(operationSchema).shape })),
  }),
});
export type Comparison = z.infer<typeof comparisonSchema>;
