import { z } from 'zod';
import { dateSchema, instantSchema, requestErrors } from '../../commands/index.js';
import type { OrderSort } from './schema.js';

/** Where a page of a sorted list ended; the sort stands in it, for a key means nothing in another. */
export interface OrderKeyset {
  readonly key: string;
  readonly id: string;
}

const keysets = {
  changed: z.tuple([z.literal('changed'), instantSchema, z.uuid()]),
  due: z.tuple([z.literal('due'), dateSchema, z.uuid()]),
  number: z.tuple([z.literal('number'), z.string().max(60), z.uuid()]),
} as const;

export function encodeOrderCursor(sort: OrderSort, { key, id }: OrderKeyset): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
}

/** Throws `request.invalid` for anything that a list of this sort did not give. */
export function decodeOrderCursor(sort: OrderSort, cursor: string | undefined): OrderKeyset | null {
  if (cursor === undefined) return null;
  try {
    const [, key, id] = keysets[sort].parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { key, id };
  } catch (error) {
    throw requestErrors.invalid({ field: 'cursor', problem: 'it is not a cursor that this list gave' }, error);
  }
}
