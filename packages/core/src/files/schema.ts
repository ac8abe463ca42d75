import { z } from 'zod';
import { idSchema, instantSchema, lineText, organizationRefSchema, pageInput, pageOf, wordsSchema } from '../commands/index.js';
import { fileRoles } from './roles.js';

/** SHA-256 of the content (FIPS 180-4), 64 lower-case hexadecimal digits: the address of a file. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256, 64 digits of 0-9 and a-f');
export const fileNameSchema = lineText(255);
const revisionSchema = lineText(60);

/** What an upload answers. */
export const uploadedFileSchema = z.object({
  sha256: sha256Schema,
  name: z.string(),
  size: z.number().int().positive().describe('Bytes'),
  mediaType: z.string().describe('By the first bytes of the content, whatever the sender said'),
  uploadedBy: z.string(),
  uploadedAt: instantSchema,
});
export type UploadedFile = z.output<typeof uploadedFileSchema>;

export const recordFileSchema = z.object({
  id: idSchema.describe('The attachment: this file under this name at this record'),
  record: idSchema,
  sha256: sha256Schema,
  name: z.string(),
  size: z.number().int().positive().describe('Bytes'),
  mediaType: z.string(),
  role: z.enum(fileRoles),
  roleWords: wordsSchema,
  revision: z.string().nullable(),
  organization: organizationRefSchema.describe('Who attached it'),
  own: z.boolean(),
  attachedBy: z.string(),
  attachedAt: instantSchema,
  supersededAt: instantSchema.nullable().describe('Since when it is replaced or withdrawn'),
  supersededBy: z.string().nullable(),
  reason: z.string().nullable(),
  replacedBy: idSchema.nullable().describe('The attachment that took its place'),
});
export type RecordFile = z.output<typeof recordFileSchema>;

export const attachInput = z.object({
  /** An order, an item revision, a lot, … to which your organization is a party. */
  record: idSchema,
  sha256: sha256Schema,
  /** As uploaded when not said. */
  name: fileNameSchema.optional(),
  role: z.enum(fileRoles).default('other'),
  /** Label of the revision of what the file shows: `B`, `2026-03`. */
  revision: revisionSchema.optional(),
  /** An attachment of your own that this one takes the place of; it stays in the history. */
  replaces: idSchema.optional(),
});

export const detachInput = z.object({ attachment: idSchema, reason: lineText(500).optional() });

export const listInput = z.object({
  record: idSchema,
  role: z.enum(fileRoles).optional(),
  /** Also what was replaced or withdrawn. */
  history: z.boolean().default(false),
  ...pageInput,
});
export const recordFilePage = pageOf(recordFileSchema);

export const usageSchema = z.object({
  files: z.number().int().describe('Different contents that your organization uploaded'),
  bytes: z.number().int().describe('What they take together'),
});
