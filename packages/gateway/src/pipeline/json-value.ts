import { limits } from '../limits.js';

/** Whether a JSON value nests deeper than the contract allows; stops looking there. */
export function isTooDeep(value: unknown, depth: number = limits.depth): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) if (isTooDeep(inner, depth - 1)) return true;
  return false;
}

/** What jsonb cannot hold of a JSON value of bounded depth, as half a sentence; null when it holds all of it. */
export function unstorable(value: unknown): string | null {
  if (typeof value === 'string') {
    if (value.includes('\0')) return 'the character U+0000';
    return value.isWellFormed() ? null : 'half of a surrogate pair';
  }
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'a number beyond the range of a double';
  if (typeof value !== 'object' || value === null) return null;
  for (const inner of Array.isArray(value) ? value : Object.entries(value).flat()) {
    const problem = unstorable(inner);
    if (problem) return problem;
  }
  return null;
}
