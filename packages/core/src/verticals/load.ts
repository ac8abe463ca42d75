import { checkVertical } from './check.js';
import type { Vertical } from './contract.js';
import { verticalErrors } from './errors.js';
import { repeated } from './names.js';
import type { LoadedVertical } from './registry.js';

/** A package on the operator's allow-list. */
export interface VerticalModule {
  /** The package's name, for sentences about it. */
  readonly source: string;
  /** What the package exports as its vertical. */
  readonly exported: unknown;
  readonly config?: unknown;
}

/**
 * Checks every vertical whole, and all against each other, before anything is migrated or registered.
 * Throws `verticals.refused`, whose `details.refusals` hold every sentence.
 */
export function loadVerticals(
  modules: readonly VerticalModule[],
  { platformVersion }: { readonly platformVersion: string },
): LoadedVertical[] {
  const refusals = modules.flatMap(({ source, exported, config }) =>
    checkVertical(exported, { platformVersion, config }).map((problem) => `${source} ${problem}.`),
  );
  const ids = modules.flatMap(({ exported }) =>
    typeof exported === 'object' && exported !== null && 'id' in exported ? [String(exported.id)] : [],
  );
  for (const id of repeated(ids)) {
    const sources = modules.filter(({ exported }) => (exported as Vertical | null)?.id === id).map(({ source }) => source);
    refusals.push(`${sources.join(' and ')} both have the id "${id}"; keep one of them.`);
  }
  if (refusals.length > 0) throw verticalErrors.refused({ count: refusals.length, first: refusals[0], refusals });
  return modules.map(({ source, exported, config }) => {
    const vertical = exported as Vertical;
    return { source, vertical, config: Object.freeze(vertical.config ? vertical.config.parse(config ?? {}) : {}) };
  });
}
