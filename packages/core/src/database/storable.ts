/** Where in a JSON value something is that jsonb cannot hold, and what, as half a sentence. */
export interface Unstorable {
  readonly path: readonly (string | number)[];
  readonly problem: string;
}

/** The first of a JSON value of bounded depth that jsonb cannot hold; null when it holds all of it. */
export function unstorable(value: unknown): Unstorable | null {
  if (typeof value === 'string') return at([], problemOf(value));
  if (typeof value === 'number') return at([], Number.isFinite(value) ? null : 'a number beyond the range of a double');
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    const ofKey = typeof key === 'string' ? problemOf(key) : null;
    if (ofKey) return at([String(key).toWellFormed()], ofKey);
    const found = unstorable(inner);
    if (found) return { ...found, path: [key, ...found.path] };
  }
  return null;
}

const at = (path: Unstorable['path'], problem: string | null): Unstorable | null => (problem === null ? null : { path, problem });

function problemOf(text: string): string | null {
  if (text.includes('\0')) return 'the character U+0000';
  return text.isWellFormed() ? null : 'half of a surrogate pair';
}

/** The beginning of a text, never with half a character: what no encoding has (half of a surrogate pair) is U+FFFD. */
export function beginning(text: string, most: number): string {
  const cutsPair = text.length > most && /[\ud800-\udbff]/.test(text.charAt(most - 1));
  return text.slice(0, cutsPair ? most - 1 : most).toWellFormed();
}
