import { Decimal } from '../measure/index.js';

/** Products of this many digits come out exact: {@link deepestLevel} levels of a wire decimal times a percentage. */
const Exact = Decimal.clone({ precision: 1200, toExpNeg: -1200, toExpPos: 1200 });
export const deepestLevel = 32;
export const mostPlaces = 20_000;

/** One line of a structure with the revision that it leads to. */
export interface Edge {
  readonly position: number;
  readonly item: string;
  /** The revision whose lines lie below it; null where the structure ends. */
  readonly below: string | null;
  /** For one unit of the parent. */
  readonly quantity: string;
  readonly scrapPercent: string;
  readonly phantom: boolean;
}

export interface Place<Line extends Edge> {
  readonly level: number;
  readonly path: readonly number[];
  readonly line: Line;
  readonly required: string;
}

export interface Total {
  readonly item: string;
  readonly required: string;
  readonly places: number;
  /** Whether it has components of its own somewhere in the structure. */
  readonly made: boolean;
}

/** Why a structure has no explosion: it contains itself (with the items on the way), or it is larger than anybody reads. */
export type Unexplodable = { readonly cycle: readonly string[] } | { readonly tooLarge: true };

/** Every place below `root`, depth first in the order of positions; quantities are exact, scrap compounds level by level. */
export function explode<Line extends Edge>(
  root: string,
  quantity: string,
  linesOf: (revision: string) => readonly Line[],
): readonly Place<Line>[] | Unexplodable {
  const places: Place<Line>[] = [];
  const visit = (revision: string, required: Decimal, path: readonly number[], above: readonly string[]): Unexplodable | null => {
    for (const line of linesOf(revision)) {
      if (above.includes(line.item)) return { cycle: [...above.slice(above.indexOf(line.item)), line.item] };
      const needed = required.times(line.quantity).times(new Exact(line.scrapPercent).div(100).plus(1));
      const here = [...path, line.position];
      places.push({ level: here.length, path: here, line, required: needed.toFixed() });
      if (places.length > mostPlaces || here.length > deepestLevel) return { tooLarge: true };
      const problem = line.below === null ? null : visit(line.below, needed, here, [...above, line.item]);
      if (problem) return problem;
    }
    return null;
  };
  return visit(root, new Exact(quantity), [], []) ?? places;
}

/** One total an item; a phantom is not needed itself. */
export function rollUp(places: readonly Place<Edge>[]): Total[] {
  const sums = new Map<string, { required: Decimal; places: number; made: boolean }>();
  for (const { line, required } of places) {
    if (line.phantom) continue;
    const sum = sums.get(line.item) ?? { required: new Exact(0), places: 0, made: false };
    sums.set(line.item, { required: sum.required.plus(required), places: sum.places + 1, made: sum.made || line.below !== null });
  }
  return [...sums].map(([item, sum]) => ({ item, ...sum, required: sum.required.toFixed() }));
}
