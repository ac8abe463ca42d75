import { isDeepStrictEqual } from 'node:util';

/** One place where two configurations are not the same; a side that lacks it leaves its value out. */
export interface Difference {
  /** JSON Pointer (RFC 6901); empty for the whole. */
  readonly path: string;
  readonly desired?: unknown;
  readonly reported?: unknown;
}

/** Objects are compared field by field, everything else (arrays too) as a whole; in the order of the paths. */
export function differencesOf(desired: unknown, reported: unknown, path = ''): Difference[] {
  if (!isFields(desired) || !isFields(reported)) return isDeepStrictEqual(desired, reported) ? [] : [{ path, desired, reported }];
  const names = [...new Set([...Object.keys(desired), ...Object.keys(reported)])].sort();
  return names.flatMap((name) => {
    const place = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!Object.hasOwn(reported, name)) return [{ path: place, desired: desired[name] }];
    if (!Object.hasOwn(desired, name)) return [{ path: place, reported: reported[name] }];
    return differencesOf(desired[name], reported[name], place);
  });
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
