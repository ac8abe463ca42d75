import { uuidv7 } from 'uuidv7';

declare const brand: unique symbol;
/** A UUIDv7 that says what it names. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type OrganizationId = Id<'organization'>;
export type RecordId = Id<'record'>;

/** A new time-ordered id (RFC 9562 UUIDv7). */
export function newId<Kind extends string>(): Id<Kind> {
  return uuidv7() as Id<Kind>;
}
