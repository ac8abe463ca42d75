import { useCallback, useState } from 'react';

interface Shown {
  /** A change of filter begins anew. */
  readonly of: string;
  readonly ids: readonly string[];
}

/**
 * Keeps rows where they are while the list behind them changes: values are refreshed in place, rows further down are
 * appended, and what came in above or moved is only counted until it is asked for.
 */
export function useSteadyRows<Row>(of: string, latest: readonly Row[], keyOf: (row: Row) => string) {
  const [shown, setShown] = useState<Shown>({ of, ids: [] });
  const byId = new Map(latest.map((row) => [keyOf(row), row]));
  const ids = shown.of === of ? shown.ids : [];
  const { kept, fresh } = steady(ids, latest.map(keyOf));
  if (shown.of !== of || kept.length !== shown.ids.length || kept.some((id, index) => id !== shown.ids[index])) setShown({ of, ids: kept });
  const showAll = useCallback(() => setShown({ of, ids: [] }), [of]);
  return { rows: kept.flatMap((id) => byId.get(id) ?? []), fresh, showAll };
}

/** Pure: which ids stay in which order, and how many new ones wait above. */
export function steady(shown: readonly string[], latest: readonly string[]): { readonly kept: readonly string[]; readonly fresh: number } {
  if (shown.length === 0) return { kept: latest, fresh: 0 };
  const now = new Set(latest);
  const before = new Set(shown);
  const staying = shown.filter((id) => now.has(id));
  let lastKnown = -1;
  latest.forEach((id, index) => {
    if (before.has(id)) lastKnown = index;
  });
  if (lastKnown < 0) return { kept: latest, fresh: 0 };
  const below = latest.slice(lastKnown + 1);
  return { kept: [...staying, ...below], fresh: latest.slice(0, lastKnown).filter((id) => !before.has(id)).length };
}
