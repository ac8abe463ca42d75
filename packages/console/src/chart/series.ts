/** A line of a chart: Unix ms and values, index by index; a null is a gap that is drawn as one. */
export interface Line {
  readonly name: string;
  readonly words: string;
  /** As written beside a number: `°C`. */
  readonly unit: string;
  readonly ts: readonly number[];
  readonly value: readonly (number | null)[];
  /** Calculated from the others and not measured. */
  readonly derived?: boolean;
  /** What each value is the average of lay between these, or what is still good around it. */
  readonly band?: { readonly low: readonly (number | null)[]; readonly high: readonly (number | null)[] };
  /** Which values are of doubtful quality, and marked. */
  readonly doubtful?: readonly boolean[];
}

/** At an index of −1 is a gap, just after the value before it. */
function picked(line: Line, indexes: readonly number[]): Line {
  const { band, doubtful } = line;
  const of = <Value>(values: readonly Value[], none: Value) => indexes.map((index) => (index < 0 ? none : (values[index] ?? none)));
  return {
    ...line,
    ts: indexes.map((index, place) => (index < 0 ? (line.ts[indexes[place - 1] ?? 0] ?? 0) + 1 : (line.ts[index] ?? 0))),
    value: of<number | null>(line.value, null),
    ...(band ? { band: { low: of<number | null>(band.low, null), high: of<number | null>(band.high, null) } } : {}),
    ...(doubtful ? { doubtful: of(doubtful, false) } : {}),
  };
}

/** A distance between neighbours that half of them do not exceed; of long lines, some are asked. */
function usualDistance(ts: readonly number[]): number {
  const step = Math.max(1, Math.floor(ts.length / 400));
  const distances: number[] = [];
  for (let index = 1; index < ts.length; index += step) distances.push((ts[index] ?? 0) - (ts[index - 1] ?? 0));
  return distances.sort((a, b) => a - b)[distances.length >> 1] ?? 0;
}

/** The same line with a null wherever samples are missing for `times` their usual distance, and for `leastMs` at least. */
export function withGaps(line: Line, times = 8, leastMs = 5_000): Line {
  const { ts } = line;
  if (ts.length < 3) return line;
  const gap = Math.max(usualDistance(ts) * times, leastMs);
  const broken: number[] = [];
  for (let index = 1; index < ts.length; index++) if ((ts[index] ?? 0) - (ts[index - 1] ?? 0) > gap) broken.push(index);
  return brokenBefore(line, new Set(broken));
}

/** The same line with a null after the last of its samples at each of these instants, Unix ms. */
export function brokenAfter(line: Line, instants: readonly number[]): Line {
  const { ts } = line;
  const ends = new Set(instants);
  return brokenBefore(
    line,
    new Set(ts.flatMap((at, index) => (index > 0 && at !== ts[index - 1] && ends.has(ts[index - 1] ?? 0) ? [index] : []))),
  );
}

function brokenBefore(line: Line, places: ReadonlySet<number>): Line {
  if (places.size === 0) return line;
  return picked(
    line,
    line.ts.flatMap((_, index) => (places.has(index) ? [-1, index] : [index])),
  );
}

/** Keeps a line drawable: the least and the greatest value of each bucket, in their order; gaps stay, and a doubtful value of each. */
export function thin(line: Line, most = 4_000): Line {
  const { ts, value, doubtful } = line;
  if (ts.length <= most) return line;
  const size = Math.ceil(ts.length / (most / 2));
  const keep: number[] = [];
  for (let start = 0; start < ts.length; start += size) {
    let low = start;
    let high = start;
    let gap = -1;
    let marked = -1;
    for (let index = start; index < Math.min(start + size, ts.length); index++) {
      const here = value[index] ?? null;
      if (here === null) {
        gap = index;
        continue;
      }
      if (doubtful?.[index]) marked = index;
      if (here < (value[low] ?? Number.POSITIVE_INFINITY)) low = index;
      if (here > (value[high] ?? Number.NEGATIVE_INFINITY)) high = index;
    }
    keep.push(...[...new Set([low, high, gap, marked])].filter((index) => index >= 0).sort((a, b) => a - b));
  }
  return picked(line, keep);
}

/** Every instant of any line with the value of each line there; what a line does not say at that instant is undefined. */
export function aligned(lines: readonly Pick<Line, 'ts' | 'value'>[]): {
  readonly ts: readonly number[];
  readonly columns: readonly (readonly (number | null | undefined)[])[];
} {
  const ts = instantsOf(lines.map((line) => line.ts));
  const columns = lines.map((line) => {
    if (line.ts.length === ts.length) return line.value;
    const column = new Array<number | null | undefined>(ts.length).fill(undefined);
    let at = 0;
    for (let index = 0; index < line.ts.length; index++) {
      while ((ts[at] ?? 0) < (line.ts[index] ?? 0)) at++;
      column[at] = line.value[index] ?? null;
    }
    return column;
  });
  return { ts, columns };
}

/** All instants once, in order. Signals of one message share theirs, so that lists which are the same are merged once. */
function instantsOf(lists: readonly (readonly number[])[]): readonly number[] {
  const different = lists.filter(
    (list, index) => !lists.slice(0, index).some((other) => other.length === list.length && other.every((at, place) => at === list[place])),
  );
  if (different.length <= 1) return different[0] ?? [];
  const all = new Float64Array(different.reduce((total, list) => total + list.length, 0));
  let place = 0;
  for (const list of different) {
    all.set(list, place);
    place += list.length;
  }
  all.sort();
  return [...all.filter((at, index) => index === 0 || at !== all[index - 1])];
}

/** As spreadsheets read it; instants in ISO 8601. */
export function toCsv(lines: readonly Line[]): string {
  const shown = lines.flatMap(({ band, ...line }) =>
    band
      ? [
          { ...line, name: `${line.name} low`, value: band.low },
          { ...line, name: `${line.name} average` },
          { ...line, name: `${line.name} high`, value: band.high },
        ]
      : [line],
  );
  const { ts, columns } = aligned(shown);
  const head = ['time', ...shown.map(({ name, unit }) => (unit ? `${name} [${unit}]` : name))];
  const rows = ts.map((at, index) => [new Date(at).toISOString(), ...columns.map((column) => column[index] ?? '')]);
  return [head, ...rows]
    .map((row) => row.map((cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(','))
    .join('\n');
}

export const latestOf = (line: Line): number | null => line.value.at(-1) ?? null;

/** The value at an instant: the newest until then, null in a gap and before the first. */
export function valueAt({ ts, value }: Pick<Line, 'ts' | 'value'>, at: number): number | null {
  let [from, to] = [0, ts.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ts[middle] ?? 0) <= at) from = middle + 1;
    else to = middle;
  }
  return value[from - 1] ?? null;
}
