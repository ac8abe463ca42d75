import { drawingSchema } from '@yunfab/core/verticals';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Corner,
  checkMarker,
  checkProblem,
  fabricReport,
  type Marker,
  type MarkerProblem,
  makeMarker,
  makeMarkerSync,
  markerDrawing,
  type Piece,
} from './index.js';

const box = (width: number, height: number): Corner[] => [
  [0, 0],
  [width, 0],
  [width, height],
  [0, height],
];
const piece = (id: string, outline: readonly Corner[], quantity = 1, more: Partial<Piece> = {}): Piece => ({
  id,
  outline,
  allowedRotations: [0, 180],
  mayFlip: false,
  quantity,
  ...more,
});

function made(problem: MarkerProblem, iterations: number, seed = 1): Marker {
  const { marker, issues } = makeMarkerSync(problem, { iterations, seed });
  expect(issues).toEqual([]);
  if (!marker) throw new Error('no marker');
  expect(checkMarker(problem, marker)).toEqual([]);
  return marker;
}

const trousers: MarkerProblem = {
  width: 1500,
  pieces: [
    piece(
      'front',
      [
        [0, 40],
        [380, 0],
        [1050, 60],
        [1060, 250],
        [420, 300],
        [250, 330],
        [0, 270],
      ],
      4,
      { mayFlip: true },
    ),
    piece(
      'back',
      [
        [0, 90],
        [400, 0],
        [1080, 50],
        [1080, 290],
        [430, 380],
        [260, 430],
        [-30, 300],
      ],
      4,
      { mayFlip: true },
    ),
    piece('waistband', box(880, 90), 2, { allowedRotations: [0] }),
    piece(
      'pocket',
      [
        [0, 0],
        [180, 0],
        [180, 160],
        [90, 220],
        [0, 160],
      ],
      8,
      { allowedRotations: [0, 90, 180, 270] },
    ),
  ],
};

describe('makeMarker', () => {
  it('finds the optimum of rectangles that fill the strip', () => {
    // 12 × 6 = 4 × (4 × 3) + 6 × (2 × 2): no waste.
    const problem = { width: 6, pieces: [piece('large', box(4, 3), 4), piece('small', box(2, 2), 6)] };
    expect(made(problem, 4000).length).toBe(12);
  });

  it('lays two halves of the width side by side exactly', () => {
    expect(made({ width: 1000, pieces: [piece('half', box(700, 500), 4)] }, 50)).toMatchObject({ length: 1400, density: 1 });
  });

  it('puts two right triangles together to one square when they may be turned', () => {
    const triangle: Corner[] = [
      [0, 0],
      [100, 0],
      [0, 100],
    ];
    expect(made({ width: 100, pieces: [piece('t', triangle, 2)] }, 500).length).toBeCloseTo(100, 5);
    expect(made({ width: 100, pieces: [piece('t', triangle, 2, { allowedRotations: [0] })] }, 500).length).toBeCloseTo(200, 5);
  });

  it('packs a pair of trousers tighter than its first layout, the same for the same seed and iterations', () => {
    const first = made(trousers, 1);
    const longer = made(trousers, 3000);
    expect(longer.length).toBeLessThan(first.length);
    expect(longer.density).toBeGreaterThan(0.8);
    expect(made(trousers, 3000)).toEqual(longer);
    expect(made(trousers, 3000, 2).placements).not.toEqual(longer.placements);
  });

  it('keeps the spacing between all pieces', () => {
    const problem = { ...trousers, spacing: 8 };
    const marker = made(problem, 600);
    expect(made(trousers, 600).length).toBeLessThan(marker.length);
    const laid = marker.placements.map((placement) => {
      const { outline } = problem.pieces.find(({ id }) => id === placement.piece) as Piece;
      const radians = (placement.rotation * Math.PI) / 180;
      return outline.map(([px, y]): Corner => {
        const x = placement.flipped ? -px : px;
        return [placement.x + x * Math.cos(radians) - y * Math.sin(radians), placement.y + x * Math.sin(radians) + y * Math.cos(radians)];
      });
    });
    for (const [i, one] of laid.entries())
      for (const other of laid.slice(i + 1)) expect(distanceBetween(one, other)).toBeGreaterThan(8 - 1e-6);
  });

  it('never reports a marker that overlaps, whatever the pieces', () => {
    const outline = fc.array(fc.integer({ min: 8, max: 60 }), { minLength: 3, maxLength: 9 }).map((radii) =>
      radii.map((radius, i): Corner => {
        const angle = (2 * Math.PI * i) / radii.length + 0.1;
        return [radius * Math.cos(angle), radius * Math.sin(angle)];
      }),
    );
    const pieces = fc.array(
      fc.tuple(outline, fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.constantFrom([0], [0, 180], [0, 33, 90, 123.4])),
      { minLength: 2, maxLength: 4 },
    );
    fc.assert(
      fc.property(pieces, fc.integer(), fc.constantFrom(0, 2), (chosen, seed, spacing) => {
        const problem = {
          width: 200,
          spacing,
          pieces: chosen.map(([corners, quantity, mayFlip, allowedRotations], i) =>
            piece(`p${i}`, corners, quantity, { mayFlip, allowedRotations }),
          ),
        };
        fc.pre(checkProblem(problem).length === 0);
        const lengths: number[] = [];
        const { marker } = makeMarkerSync(problem, {
          iterations: 60,
          seed,
          onProgress: (better) => {
            lengths.push(better.length);
            expect(checkMarker(problem, better)).toEqual([]);
          },
        });
        expect(lengths).toEqual([...new Set(lengths)].sort((one, other) => other - one));
        expect(marker?.length).toBe(lengths.at(-1));
      }),
      { numRuns: 25 },
    );
  });

  it('works in a thread, tells of each better marker, and ends early with the best one when it is stopped', async () => {
    const alone = made(trousers, 500);
    const seen: number[] = [];
    const outcome = await makeMarker(trousers, { iterations: 500, onProgress: ({ length }) => seen.push(length) });
    expect(outcome.marker).toEqual(alone);
    expect(seen.at(-1)).toBe(alone.length);

    const stop = new AbortController();
    const stopped = await makeMarker(trousers, { iterations: 1e12, signal: stop.signal, onProgress: () => stop.abort() });
    expect(checkMarker(trousers, stopped.marker as Marker)).toEqual([]);
  });

  it('says all that is wrong with a problem, with its path, in both languages', async () => {
    const bow: Corner[] = [
      [0, 0],
      [10, 10],
      [10, 0],
      [0, 10],
    ];
    const problem: MarkerProblem = {
      width: 50,
      spacing: -1,
      pieces: [
        piece('bow', bow),
        piece('tall', box(10, 60)),
        piece('flat', [
          [0, 0],
          [5, 0],
          [10, 0],
        ]),
        piece('bow', box(1, 1), 0),
        piece('nan', [
          [0, 0],
          [Number.NaN, 1],
          [1, 1],
        ]),
      ],
    };
    const { issues, marker } = await makeMarker(problem, { iterations: 10 });
    expect(marker).toBeUndefined();
    expect(issues.map(({ at, words }) => `${at}: ${words.en}`)).toEqual([
      'spacing: The spacing of -1 mm is not 0 or more.',
      'pieces.0.outline.0: The outline of piece "bow" touches or crosses itself: side 0 meets side 2.',
      'pieces.1.outline: Piece "tall" is 60 mm across the fabric, which is 50 mm wide.',
      'pieces.2.outline: Piece "flat" has no area.',
      'pieces.3.id: A second piece is called "bow".',
      'pieces.3.quantity: Piece "bow" is cut 0 times; a whole number above 0 is needed.',
      'pieces.4.outline.1: Corner 1 of piece "nan" is not a number.',
    ]);
    for (const { words } of issues) expect(words.zh).toMatch(/[\u4e00-\u9fff].*。$/u);
    expect(checkProblem({ ...problem, pieces: [], spacing: 0 }).map(({ at }) => at)).toEqual(['pieces']);
    expect(checkProblem({ ...problem, width: 0, spacing: 0, pieces: [piece('many', box(1, 1), 1001, {})] }).map(({ at }) => at)).toEqual([
      'width',
      'pieces',
      'pieces.0.outline',
    ]);
    // A quarter turn lets the tall one fit.
    expect(checkProblem({ width: 50, pieces: [piece('tall', box(10, 60), 1, { allowedRotations: [0, 90] })] })).toEqual([]);
  });

  it('draws the marker and reports the fabric', () => {
    const marker = made(trousers, 1);
    const drawing = drawingSchema.parse(markerDrawing(trousers, marker));
    expect(drawing.shapes).toHaveLength(19);
    expect(drawing.box).toMatchObject({ height: 1500 });
    expect(fabricReport({ width: 1500, length: 2000, density: 0.85, placements: marker.placements })).toEqual({
      pieces: 18,
      lengthM: 2,
      widthM: 1.5,
      fabricM2: 3,
      wasteM2: 0.45,
      densityPercent: 85,
    });
  });
});

function distanceBetween(one: readonly Corner[], other: readonly Corner[]): number {
  const toSide = ([x, y]: Corner, [ax, ay]: Corner, [bx, by]: Corner) => {
    const t = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
    return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
  };
  const from = (points: readonly Corner[], loop: readonly Corner[]) =>
    Math.min(...points.flatMap((point) => loop.map((corner, i) => toSide(point, corner, loop[(i + 1) % loop.length] as Corner))));
  return Math.min(from(one, other), from(other, one));
}
