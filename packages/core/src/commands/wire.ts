import { z } from 'zod';
import { requestErrors } from './errors.js';

/** Wire shapes that every feature shares: plain JSON, so that REST, OpenAPI and SDK agree. */

export const wordsSchema = z.object({ en: z.string(), zh: z.string() });
export const idSchema = z.uuid();
/** What a record shared by organizations counts up with every change; a change names the one that its caller saw. */
export const versionSchema = z.number().int().positive();
/** How an organization is named by others. */
export const organizationCodeSchema = z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be an organization code such as "shanhai"');
/** An organization as an answer shows it. */
export const organizationRefSchema = z.object({ code: z.string(), name: wordsSchema });
/** ISO 8601 instant, UTC. */
export const instantSchema = z.iso.datetime();
/** ISO 8601 calendar date. */
export const dateSchema = z.iso.date();
/** A line of text that a person types: trimmed, not empty, no control characters. */
export const lineText = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');

/** What every list takes beside its own filters. */
export const pageInput = {
  limit: z.number().int().min(1).max(100).default(50),
  /** `next` of the page before. */
  cursor: z.string().max(300).optional(),
};

/** What every list gives: `next` is null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().nullable() });

/** Where a page ended: the sort key and the id of its last row. */
export interface Keyset {
  readonly key: string;
  readonly id: string;
}

export function encodeCursor({ key, id }: Keyset): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url');
}

const keyset = z.tuple([z.iso.datetime(), z.uuid()]);

/** Throws `request.invalid` for anything that `encodeCursor` did not make. */
export function decodeCursor(cursor: string | undefined): Keyset | null {
  if (cursor === undefined) return null;
  try {
    const [key, id] = keyset.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { key, id };
  } catch (error) {
    throw requestErrors.invalid({ field: 'cursor', problem: 'it is not a cursor that this list gave' }, error);
  }
}

/** Cuts the row asked for beyond the limit and says where the next page starts. */
export function page<Row, Item>(rows: readonly Row[], limit: number, keysetOf: (row: Row) => Keyset, itemOf: (row: Row) => Item) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(itemOf), next: rows.length > limit && last !== undefined ? encodeCursor(keysetOf(last)) : null };
}
