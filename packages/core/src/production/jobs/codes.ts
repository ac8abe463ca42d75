import { randomInt } from 'node:crypto';

/** Crockford's base 32: no letter that reads as a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 6;

/** A code for people where none was given: `L261122-7F3K9Q`. 32⁶ of a day and kind; the unique key has the last word. */
export function madeCode(prefix: string, now: Date): string {
  const day = now.toISOString().slice(2, 10).replaceAll('-', '');
  const random = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${prefix}${day}-${random}`;
}
