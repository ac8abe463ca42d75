import type { Operation } from './operations.js';

/** A tag read at the way in or out of a station. */
export interface TagRead {
  readonly operation: string;
  readonly direction: 'in' | 'out';
  readonly station: string;
  /** ISO-8601 instant. */
  readonly at: string;
}

export interface Progress {
  /** In the order in which they were left. */
  readonly done: readonly string[];
  /** Where the garment is now. */
  readonly at: { readonly operation: string; readonly station: string; readonly since: string } | null;
  /** What may be begun now. */
  readonly ready: readonly string[];
  readonly complete: boolean;
}

/** How far a garment has come, from the reads of its tag. */
export function progressOf(routing: readonly Operation[], reads: readonly TagRead[]): Progress {
  const done: string[] = [];
  let at: Progress['at'] = null;
  for (const { operation, direction, station, at: instant } of reads) {
    if (direction === 'in') at = { operation, station, since: instant };
    else {
      at = null;
      done.push(operation);
    }
  }
  const finished = new Set(done);
  return {
    done,
    at,
    ready: routing.filter(({ id, after }) => !finished.has(id) && after.every((before) => finished.has(before))).map(({ id }) => id),
    complete: routing.every(({ id }) => finished.has(id)),
  };
}

/** Why a read cannot be: an error of `apparelErrors` and its details but the tag. */
export interface ReadProblem {
  readonly code: 'operation_unknown' | 'operation_waits' | 'operation_done' | 'still_inside' | 'not_inside';
  readonly details: Readonly<Record<string, string>>;
}

/** Null when the read can be: a garment is in one place, and its own routing says what comes next. */
export function checkRead(
  routing: readonly Operation[],
  { at, done, ready }: Progress,
  { operation, direction, station }: Omit<TagRead, 'at'>,
): ReadProblem | null {
  const step = routing.find(({ id }) => id === operation);
  if (!step) return { code: 'operation_unknown', details: { operation, operations: routing.map(({ id }) => id).join(', ') } };
  const where = at ? `${at.operation} @ ${at.station}` : '–';
  if (direction === 'out')
    return at?.operation === operation && at.station === station ? null : { code: 'not_inside', details: { operation, station, where } };
  if (at) return { code: 'still_inside', details: { where } };
  if (done.includes(operation)) return { code: 'operation_done', details: { operation, ready: ready.join(', ') || '–' } };
  const missing = step.after.filter((before) => !done.includes(before));
  return missing.length === 0 ? null : { code: 'operation_waits', details: { operation, missing: missing.join(', ') } };
}

/** A dwell beyond this many SAM is an alarm (apparel.md, Alarms). */
export const dwellLimit = 2;

/** Minutes that each operation took beyond its limit, by operation; a garment that is still in one counts to `now`. */
export function overdueDwells(routing: readonly Operation[], reads: readonly TagRead[], now: Date): ReadonlyMap<string, number> {
  const overdue = new Map<string, number>();
  for (const [i, read] of reads.entries()) {
    if (read.direction !== 'in') continue;
    const out = reads.slice(i + 1).find(({ operation, direction }) => operation === read.operation && direction === 'out');
    const minutes = ((out ? Date.parse(out.at) : now.getTime()) - Date.parse(read.at)) / 60_000;
    const sam = routing.find(({ id }) => id === read.operation)?.sam ?? 0;
    if (minutes > dwellLimit * sam) overdue.set(read.operation, Number((minutes - dwellLimit * sam).toFixed(1)));
  }
  return overdue;
}
