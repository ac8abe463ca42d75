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
}

/** The same line with a null wherever samples are missing for much longer than their usual distance. */
export function withGaps(line: Line): Line {
  const { ts, value } = line;
  if (ts.length < 3) return line;
  const distances = ts.slice(1).map((at, index) => at - (ts[index] ?? at));
  const usual = [...distances].sort((a, b) => a - b)[distances.length >> 1] ?? 0;
  const gap = Math.max(usual * 8, 5_000);
  if (!distances.some((distance) => distance > gap)) return line;
  const outTs: number[] = [];
  const outValue: (number | null)[] = [];
  ts.forEach((at, index) => {
    const before = ts[index - 1];
    if (before !== undefined && at - before > gap) {
      outTs.push(before + 1);
      outValue.push(null);
    }
    outTs.push(at);
    outValue.push(value[index] ?? null);
  });
  return { ...line, ts: outTs, value: outValue };
}

/** Keeps a line drawable: the least and the greatest value of each bucket, in their order. */
export function thin(line: Line, most = 2_000): Line {
  const { ts, value } = line;
  if (ts.length <= most) return line;
  const size = Math.ceil(ts.length / (most / 2));
  const keep: number[] = [];
  for (let start = 0; start < ts.length; start += size) {
    let low = start;
    let high = start;
    for (let index = start; index < Math.min(start + size, ts.length); index++) {
      const here = value[index] ?? null;
      if (here === null) continue;
      if (here < (value[low] ?? Number.POSITIVE_INFINITY)) low = index;
      if (here > (value[high] ?? Number.NEGATIVE_INFINITY)) high = index;
    }
    keep.push(...(low === high ? [low] : [Math.min(low, high), Math.max(low, high)]));
  }
  return { ...line, ts: keep.map((index) => ts[index] ?? 0), value: keep.map((index) => value[index] ?? null) };
}

/** Every instant of any line with the value of each line there; what a line does not say at that instant is undefined. */
export function aligned(lines: readonly Line[]): {
  readonly ts: readonly number[];
  readonly columns: readonly (readonly (number | null | undefined)[])[];
} {
  const ts = [...new Set(lines.flatMap((line) => line.ts))].sort((a, b) => a - b);
  const place = new Map(ts.map((at, index) => [at, index]));
  const columns = lines.map((line) => {
    const column = new Array<number | null | undefined>(ts.length).fill(undefined);
    line.ts.forEach((at, index) => {
      column[place.get(at) ?? 0] = line.value[index] ?? null;
    });
    return column;
  });
  return { ts, columns };
}

/** As spreadsheets read it; instants in ISO 8601. */
export function toCsv(lines: readonly Line[]): string {
  const { ts, columns } = aligned(lines);
  const head = ['time', ...lines.map(({ name, unit }) => (unit ? `${name} [${unit}]` : name))];
  const rows = ts.map((at, index) => [new Date(at).toISOString(), ...columns.map((column) => column[index] ?? '')]);
  return [head, ...rows]
    .map((row) => row.map((cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(','))
    .join('\n');
}

export const latestOf = (line: Line): number | null => line.value.at(-1) ?? null;
