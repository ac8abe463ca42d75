import { beginning } from '@yunfab/core/database';
import { isTooDeep } from './json-value.js';

/** A value of a message as a sentence shows it: at most 80 characters, and whatever it is it does not throw. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'number') return String(value);
  return isTooDeep(value) ? 'something nested' : beginning(JSON.stringify(value), 80);
}
