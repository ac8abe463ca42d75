import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkMarker } from './exact-check.js';
import { type Corner, laidOutline, type MarkerProblem, type Piece, type Placement } from './marker.js';

const piece = (id: string, outline: readonly Corner[], more: Partial<Piece> = {}): Piece => ({
  id,
  outline,
  allowedRotations: [0, 180],
  mayFlip: false,
  quantity: 1,
  ...more,
});
const at = (name: string, x: number, y: number, more: Partial<Placement> = {}): Placement => ({
  piece: name,
  copy: 0,
  rotation: 0,
  flipped: false,
  x,
  y,
  ...more,
});
const box = (width: number, height: number): Corner[] => [
  [0, 0],
  [width, 0],
  [width, height],
  [0, height],
];
const said = (problem: MarkerProblem, length: number, placements: readonly Placement[]) =>
  checkMarker(problem, { width: problem.width, length, placements }).map(({ at: path, words }) => `${path}: ${words.en}`);

describe('the exact check', () => {
  const two = { width: 10, pieces: [piece('a', box(4, 10)), piece('b', box(4, 10))] };

  it('accepts pieces that touch, and refuses the least overlap a double can say', () => {
    expect(said(two, 8, [at('a', 0, 0), at('b', 4, 0)])).toEqual([]);
    expect(said(two, 8, [at('a', 0, 0), at('b', 4 - 2 ** -51, 0)])).toEqual([
      'placements.1: Copy 0 of piece "b" overlaps copy 0 of piece "a".',
    ]);
  });

  it('refuses a piece out of the strip by the least step, on each side', () => {
    const one = { width: 10, pieces: [piece('a', box(4, 10))] };
    expect(said(one, 4, [at('a', 0, 0)])).toEqual([]);
    for (const [x, y] of [
      [-(2 ** -60), 0],
      [2 ** -50, 0],
      [0, -(2 ** -60)],
      [0, 2 ** -49],
    ] as const)
      expect(said(one, 4, [at('a', x, y)]), `${x} ${y}`).toEqual([
        'placements.0: Copy 0 of piece "a" lies outside the strip of 4 × 10 mm.',
      ]);
  });

  it('sees two outlines that are one and the same, and one inside the other', () => {
    expect(said(two, 8, [at('a', 1, 0), at('b', 1, 0)])).toHaveLength(1);
    const nested = { width: 10, pieces: [piece('a', box(8, 8)), piece('b', box(2, 2))] };
    expect(said(nested, 10, [at('a', 0, 0), at('b', 3, 3)])).toHaveLength(1);
    expect(said(nested, 10, [at('a', 0, 0), at('b', 6, 6)])).toHaveLength(1);
  });

  it('accepts a piece that fits a notch exactly, and refuses it when it does not', () => {
    const notched: Corner[] = [
      [0, 0],
      [6, 0],
      [6, 6],
      [4, 6],
      [4, 2],
      [2, 2],
      [2, 6],
      [0, 6],
    ];
    const problem = { width: 6, pieces: [piece('u', notched), piece('b', box(2, 4))] };
    expect(said(problem, 6, [at('u', 0, 0), at('b', 2, 2)])).toEqual([]);
    expect(
      said({ ...problem, pieces: [piece('u', notched), piece('b', box(2.0000001, 4))] }, 6, [at('u', 0, 0), at('b', 2, 2)]),
    ).toHaveLength(1);
  });

  it('finds pieces that cross only at corners: a cross of two bars', () => {
    const diamond: Corner[] = [
      [2, 0],
      [4, 2],
      [2, 4],
      [0, 2],
    ];
    // The corners of the square lie on the middles of the diamond's sides.
    const problem = { width: 4, pieces: [piece('d', diamond), piece('s', box(2, 2))] };
    expect(said(problem, 4, [at('d', 0, 0), at('s', 1, 1)])).toHaveLength(1);
  });

  it('names what is missing, twice there, unknown, turned or flipped as it may not be', () => {
    const problem = { width: 10, pieces: [piece('a', box(2, 2), { quantity: 3 })] };
    expect(
      said(problem, 20, [
        at('a', 0, 0),
        at('a', 4, 0),
        at('a', 8, 0, { copy: 1, rotation: 90 }),
        at('a', 12, 0, { copy: 3, flipped: true }),
        at('z', 0, 0),
      ]),
    ).toEqual([
      'placements.1: Copy 0 of piece "a" is there twice.',
      'placements.2: Piece "a" may not be turned by 90°.',
      'placements.3: Piece "a" is cut 3 times; there is no copy 3.',
      'placements.3: Piece "a" may not be flipped.',
      'placements.4: There is no piece "z".',
      'placements: Copy 2 of piece "a" is missing.',
    ]);
  });
});

const nesting = fileURLToPath(new URL('../../../../../../shared/standards/nesting', import.meta.url));
const published = () => {
  if (!existsSync(nesting)) throw new Error(`${nesting} is absent: the published best layout of the instance "shirts" is read from there`);
  return parsePublished(readFileSync(`${nesting}/final_best_shirts.svg`, 'utf8'));
};

describe('the published best layout of "shirts" (sparrow, 90.920 %)', () => {
  it('is accepted', () => {
    const { problem, length, placements } = published();
    expect(placements).toHaveLength(99);
    expect(said(problem, length, placements)).toEqual([]);
  });

  it('is refused when one piece is moved 1e-6 of the strip further than there is room', () => {
    const { problem, length, placements } = published();
    for (let i = 0; i < placements.length; i += 9) {
      const moved = placements[i] as Placement;
      const x = moved.x + roomToTheRight(problem, length, placements, i) + length * 1e-6;
      expect(said(problem, length, placements.with(i, { ...moved, x })), `piece ${moved.piece}`).not.toEqual([]);
    }
  });

  it('is refused on a strip 1e-6 shorter or narrower than the pieces reach', () => {
    const { problem, length, placements } = published();
    const laid = placements.flatMap((placement) =>
      laidOutline(problem.pieces.find(({ id }) => id === placement.piece)?.outline ?? [], placement),
    );
    const [reach, across] = [Math.max(...laid.map(([x]) => x)), Math.max(...laid.map(([, y]) => y))];
    expect(said({ ...problem, width: across }, reach, placements)).toEqual([]);
    expect(said({ ...problem, width: across }, reach * (1 - 1e-6), placements)).not.toEqual([]);
    expect(said({ ...problem, width: across * (1 - 1e-6) }, reach, placements)).not.toEqual([]);
    expect(reach).toBeLessThanOrEqual(length);
  });
});

/** By bisection with the check itself, to 1e-9 of the strip. */
function roomToTheRight(problem: MarkerProblem, length: number, placements: readonly Placement[], index: number): number {
  const own = placements[index] as Placement;
  const near = placements.filter((other) => Math.abs(other.x - own.x) < 30 && other !== own);
  const fits = (room: number) => {
    const issues = checkMarker(problem, { width: problem.width, length, placements: [...near, { ...own, x: own.x + room }] });
    return !issues.some(({ words }) => words.en.includes('overlaps') || words.en.includes('outside'));
  };
  let [low, high] = [0, 0.001];
  while (fits(high)) [low, high] = [high, high * 4];
  while (high - low > length * 1e-9) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function parsePublished(svg: string): { readonly problem: MarkerProblem; readonly length: number; readonly placements: Placement[] } {
  const corners = (path: string): Corner[] =>
    path.match(/-?[\d.]+,-?[\d.]+/g)?.map((pair) => pair.split(',').map(Number) as [number, number]) ?? [];
  const outlines = new Map(
    [...svg.matchAll(/<g id="item_(\d+)">\s*<path d="([^"]+)"/g)].map(([, id, path]) => [id as string, corners(path as string)]),
  );
  const copies = new Map<string, number>();
  const placements = [...svg.matchAll(/<use href="#item_(\d+)" transform="translate\(([-\d.]+) ([-\d.]+)\), rotate\((-?\d+)\)"/g)].map(
    ([, id, x, y, rotation]): Placement => {
      const name = id as string;
      const copy = copies.get(name) ?? 0;
      copies.set(name, copy + 1);
      return { piece: name, copy, rotation: Number(rotation), flipped: false, x: Number(x), y: Number(y) };
    },
  );
  const [, length, width] = /M0,0 L([\d.]+),0 L[\d.]+,([\d.]+)/.exec(svg) as unknown as [string, string, string];
  const pieces = [...outlines].map(([id, outline]) =>
    piece(id, outline, { allowedRotations: [0, 180, -180], quantity: copies.get(id) ?? 0 }),
  );
  return { problem: { width: Number(width), pieces }, length: Number(length), placements };
}
