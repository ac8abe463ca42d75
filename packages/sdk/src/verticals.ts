import { clientError, isYunfabError } from './errors.js';
import type { CallOptions } from './options.js';
import type { Send } from './transport.js';

export interface VerticalVersion {
  readonly id: string;
  /** Semantic version that the ref was published with. */
  readonly version: string;
}

/** Before its first call, compares a ref with what the server runs; once known to fit, it is not asked again. */
export function createVerticalCheck(
  send: Send,
  refs: readonly VerticalVersion[],
): (vertical: string, options?: CallOptions) => Promise<void> {
  const expected = new Map(refs.map((ref) => [ref.id, ref.version]));
  const fitting = new Set<string>();
  return async (vertical, options = {}) => {
    const version = expected.get(vertical);
    if (version === undefined || fitting.has(vertical)) return;
    const { signal, timeoutMs } = options;
    const served = await servedVerticals({ signal, timeoutMs });
    if (!served) return;
    const actual = served.find(({ id }) => id === vertical)?.version;
    if (actual === undefined) throw clientError('client.vertical_absent', { vertical, expected: version });
    if (!serves(actual, version)) throw clientError('client.vertical_mismatch', { vertical, expected: version, actual });
    fitting.add(vertical);
  };

  /** Null for a key that may use a vertical but not list what there is: it goes on unchecked. */
  async function servedVerticals(options: CallOptions): Promise<readonly VerticalVersion[] | null> {
    try {
      return ((await send('verticals.list', {}, options)) as { items: readonly VerticalVersion[] }).items;
    } catch (error) {
      if (isYunfabError(error, 'access.forbidden')) return null;
      throw error;
    }
  }
}

/** Whether `actual` has everything that `wanted` has: semantic versioning's caret, in which 0.x breaks with each minor. */
export function serves(actual: string, wanted: string): boolean {
  const [major, minor, patch] = numbersOf(wanted);
  const [actualMajor, actualMinor, actualPatch] = numbersOf(actual);
  if (actualMajor !== major) return false;
  if (major === 0) return actualMinor === minor && actualPatch >= patch;
  return actualMinor > minor || (actualMinor === minor && actualPatch >= patch);
}

function numbersOf(version: string): [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.+-]/, 3).map(Number);
  return [major, minor, patch];
}
