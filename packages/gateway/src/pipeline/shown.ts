import { isTooDeep } from './json-value.js';

/** The beginning of a text, never with half a character: what no encoding has (half of a surrogate pair) is U+FFFD. */
export function beginning(text: string, most: number): string {
  const cutsPair = text.length > most && /[\ud800-\udbff]/.test(text.charAt(most - 1));
  return text.slice(0, cutsPair ? most - 1 : most).toWellFormed();
}

/** A value of a message as a sentence shows it: at most 80 characters, and whatever it is it does not throw. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'number') return String(value);
  return isTooDeep(value) ? 'something nested' : beginning(JSON.stringify(value), 80);
}
