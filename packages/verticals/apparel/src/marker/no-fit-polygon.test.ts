import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkProblem } from './check-problem.js';
import { convexParts } from './convex-parts.js';
import { checkMarker } from './exact-check.js';
import { areaOf, type Corner, type MarkerProblem } from './marker.js';
import { noFitPolygon } from './no-fit-polygon.js';
import { PenetrationField } from './penetration-field.js';

/** Simple polygons on whole numbers: corners at chosen distances round a point, so most are not convex. */
const outline = fc
  .array(fc.integer({ min: 3, max: 40 }), { minLength: 4, maxLength: 12 })
  .map((radii) =>
    radii.map((radius, i): Corner => {
      const angle = (2 * Math.PI * i) / radii.length;
      return [Math.round(radius * Math.cos(angle)), Math.round(radius * Math.sin(angle))];
    }),
  )
  .filter((corners) => new Set(corners.map(String)).size === corners.length && isSimple(corners));

const none = () => 0;

function isSimple(corners: readonly Corner[]): boolean {
  const problem: MarkerProblem = { width: 1, pieces: [{ id: 'a', outline: corners, allowedRotations: [0], mayFlip: false, quantity: 1 }] };
  return areaOf(corners) > 0 && !checkProblem(problem).some(({ words }) => words.en.includes('touches'));
}

/** By the exact check, which shares nothing with the no-fit polygon. */
function overlaps(fixed: readonly Corner[], moving: readonly Corner[], x: number, y: number): boolean {
  const piece = (id: string, corners: readonly Corner[]) => ({ id, outline: corners, allowedRotations: [0], mayFlip: false, quantity: 1 });
  const at = (id: string, px: number, py: number) => ({ piece: id, copy: 0, rotation: 0, flipped: false, x: px, y: py });
  const marker = { width: 1000, length: 1000, placements: [at('fixed', 500, 500), at('moving', 500 + x, 500 + y)] };
  return checkMarker({ width: 1000, pieces: [piece('fixed', fixed), piece('moving', moving)] }, marker).length > 0;
}

describe('the no-fit polygon', () => {
  it('is made of convex parts that fill the outline', () => {
    fc.assert(
      fc.property(outline, (corners) => {
        const parts = convexParts(corners);
        expect(parts.reduce((sum, part) => sum + areaOf(part), 0)).toBeCloseTo(areaOf(corners), 9);
        for (const part of parts) {
          for (const [i, [ax, ay]] of part.entries()) {
            const [bx, by] = part[(i + 1) % part.length] as Corner;
            const [cx, cy] = part[(i + 2) % part.length] as Corner;
            expect((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('holds a place exactly when the pieces overlap there, by the exact check', () => {
    fc.assert(
      fc.property(
        outline,
        outline,
        fc.array(fc.tuple(fc.integer({ min: -320, max: 320 }), fc.integer({ min: -320, max: 320 })), { minLength: 20, maxLength: 20 }),
        (fixed, moving, places) => {
          const field = new PenetrationField(noFitPolygon(convexParts(fixed), convexParts(moving), none));
          for (const [x, y] of places.map(([px, py]) => [px / 4 + 1 / 1024, py / 4 + 1 / 2048] as const)) {
            expect(field.depth(x, y) > 0, `${x} ${y}`).toBe(overlaps(fixed, moving, x, y));
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('says the shortest way out: there the pieces touch, a little less and they overlap', () => {
    fc.assert(
      fc.property(outline, outline, fc.integer({ min: -120, max: 120 }), fc.integer({ min: -120, max: 120 }), (fixed, moving, px, py) => {
        const field = new PenetrationField(noFitPolygon(convexParts(fixed), convexParts(moving), none));
        const [x, y] = [px / 4 + 1 / 1024, py / 4 + 1 / 2048];
        const depth = field.depth(x, y);
        fc.pre(depth > 1e-3);
        const [dx, dy] = [field.exitX - x, field.exitY - y];
        expect(Math.hypot(dx, dy)).toBeCloseTo(depth, 8);
        expect(
          overlaps(fixed, moving, x + dx * (1 + 1e-6), y + dy * (1 + 1e-6)) &&
            overlaps(fixed, moving, x + dx * (1 + 1e-3), y + dy * (1 + 1e-3)),
        ).toBe(false);
        // Brute force: no move shorter by a thousandth parts them.
        for (let i = 0; i < 48; i++) {
          const angle = (2 * Math.PI * i) / 48;
          expect(overlaps(fixed, moving, x + Math.cos(angle) * depth * 0.999, y + Math.sin(angle) * depth * 0.999)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });
});
