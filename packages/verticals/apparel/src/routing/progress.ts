import { type Issue, refused } from '../issue.js';
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

/** Why the read of a tag cannot be, empty when it can: a garment is in one place, and its own routing says what comes next. */
export function checkRead(
  routing: readonly Operation[],
  progress: Progress,
  { operation, direction, station }: Omit<TagRead, 'at'>,
): Issue[] {
  const step = routing.find(({ id }) => id === operation);
  if (!step)
    return [
      refused(
        'operation',
        `Operation ${operation} is not in this garment's routing; it has ${routing.map(({ id }) => id).join(', ')}`,
        `该件的工序中没有 ${operation}；其工序为：${routing.map(({ id }) => id).join('、')}`,
      ),
    ];
  if (direction === 'out') {
    if (progress.at?.operation === operation && progress.at.station === station) return [];
    const where = progress.at ? `${progress.at.operation} @ ${progress.at.station}` : '–';
    return [
      refused(
        'direction',
        `The garment cannot leave ${operation} at ${station}: it is in ${where}`,
        `该件无法离开 ${station} 的 ${operation}：当前位于 ${where}`,
      ),
    ];
  }
  if (progress.at)
    return [
      refused(
        'direction',
        `The garment is still in ${progress.at.operation} at ${progress.at.station}; read its tag on the way out first`,
        `该件仍在 ${progress.at.station} 的 ${progress.at.operation}；请先扫描出站`,
      ),
    ];
  if (progress.done.includes(operation))
    return [refused('operation', `Operation ${operation} is done already`, `工序 ${operation} 已完成`)];
  const missing = step.after.filter((before) => !progress.done.includes(before));
  if (missing.length === 0) return [];
  return [
    refused('operation', `${step.words.en} has to wait for ${missing.join(', ')}`, `${step.words.zh}须先完成：${missing.join('、')}`),
  ];
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
