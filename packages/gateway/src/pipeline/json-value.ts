import { limits } from '../limits.js';

/** Whether a JSON value nests deeper than the contract allows; stops looking there. */
export function isTooDeep(value: unknown, depth: number = limits.depth): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) if (isTooDeep(inner, depth - 1)) return true;
  return false;
}
