/** A state and how long it was held, Unix ms. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly value: string | boolean;
  /** Whether any sample of it is of doubtful quality. */
  readonly doubtful: boolean;
}

interface Samples {
  readonly ts: readonly number[];
  readonly value: readonly (number | string | boolean | null)[];
  readonly quality: readonly number[];
  readonly gaps: readonly { readonly from: number }[];
  readonly gapMs: number | null;
}

/**
 * What was said until something else was, with nothing where nothing is known; the newest is held for as long as the next
 * sample may take to come, `until` at most.
 */
export function segmentsOf({ ts, value, quality, gaps, gapMs }: Samples, until: number, goodQuality: number): Segment[] {
  const ends = new Set(gaps.map(({ from }) => from));
  const segments: Segment[] = [];
  ts.forEach((from, index) => {
    const state = value[index];
    if (typeof state !== 'string' && typeof state !== 'boolean') return;
    const next = ts[index + 1];
    const to = next === undefined ? Math.max(from, Math.min(until, from + (gapMs ?? 0))) : ends.has(from) && next > from ? from : next;
    const doubtful = (quality[index] ?? goodQuality) < goodQuality;
    const last = segments.at(-1);
    if (last && last.value === state && last.to === from)
      segments[segments.length - 1] = { ...last, to, doubtful: last.doubtful || doubtful };
    else segments.push({ from, to, value: state, doubtful });
  });
  return segments;
}
