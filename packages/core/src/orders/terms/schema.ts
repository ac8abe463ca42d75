import { z } from 'zod';
import { idSchema, instantSchema, lineText, organizationRefSchema, pageInput, pageOf, wordsSchema } from '../../commands/index.js';
import { orderSides } from '../order/states.js';

const longestText = 100_000;

/** Text of a contract: line breaks are line feeds; other control characters would make two readers see two texts. */
const contractText = z
  .string()
  .overwrite((text) => text.replaceAll('\r\n', '\n').trim())
  .min(1)
  .max(longestText)
  .regex(/^[^\p{Cc}]*(?:[\n\t][^\p{Cc}]*)*$/u, 'must not contain control characters except line breaks and tabs');

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 lower-case hexadecimal digits');
const content = {
  title: z.object({ en: lineText(200), zh: lineText(200) }),
  text: z.object({ en: contractText, zh: contractText }),
};

export const draftTermsInput = z.object({ code: lineText(40), ...content });
const revised = {
  terms: idSchema,
  revision: z.number().int().positive().describe('`revision` of the draft that the change was made from'),
};
export const editTermsInput = z.object({ ...revised, ...content });
export const publishTermsInput = z.object(revised);
export const termsIdInput = z.object({ terms: idSchema });
export const termsListInput = z.object({
  ...pageInput,
  /** `own`: all of your organization, drafts too. `platform`: what the operator has published for everyone. */
  from: z.enum(['own', 'platform']).default('own'),
  code: lineText(40).optional(),
});

export const termsSummarySchema = z.object({
  id: idSchema,
  code: z.string(),
  /** Counts the versions of a code. */
  number: z.number().int(),
  revision: z.number().int(),
  state: z.enum(['draft', 'published', 'retired']),
  publisher: organizationRefSchema,
  /** Published by the operator of the platform, for everyone. */
  platform: z.boolean(),
  title: wordsSchema,
  /** SHA-256 over the UTF-8 of: English title, LF, Chinese title, LF, English text, FF, Chinese text. */
  sha256: sha256Schema,
  changedAt: instantSchema,
  publishedAt: instantSchema.nullable(),
  publishedBy: z.string().nullable(),
  retiredAt: instantSchema.nullable(),
});
export const termsSchema = termsSummarySchema.extend({ text: wordsSchema });
export type TermsSummary = z.infer<typeof termsSummarySchema>;
export type TermsView = z.infer<typeof termsSchema>;
export const termsPageSchema = pageOf(termsSummarySchema);

const onOrder = { order: idSchema, version: z.number().int().positive().describe('`version` of the order that the move was decided on') };
export const attachTermsInput = z.object({ ...onOrder, terms: idSchema });
export const detachTermsInput = z.object({ ...onOrder, attachment: idSchema });
export const acceptTermsInput = z.object({ ...onOrder, attachment: idSchema, sha256: sha256Schema.describe('of the text that was read') });
export const orderTermsInput = z.object({ order: idSchema });

export const orderTermsSchema = z.object({
  order: idSchema,
  /** Version of the order, as its moves name it. */
  version: z.number().int(),
  /** Every text is accepted by both sides; production may not start before. */
  agreed: z.boolean(),
  mayAttach: z.boolean(),
  items: z.array(
    z.object({
      attachment: idSchema,
      terms: termsSummarySchema,
      attachedBy: z.object({ side: z.enum(orderSides), label: z.string(), at: instantSchema }),
      detachedAt: instantSchema.nullable(),
      accepted: z.array(z.object({ side: z.enum(orderSides), by: z.string(), at: instantSchema, sha256: sha256Schema })),
      mayAccept: z.boolean(),
      mayDetach: z.boolean(),
    }),
  ),
});
export type OrderTermsView = z.infer<typeof orderTermsSchema>;
