import { convexParts } from './convex-parts.js';
import { fillDents } from './fill-dents.js';
import { areaOf, type Corner, laidOutline, type MarkerProblem } from './marker.js';
import { boxOf, minkowskiSum, noFitPolygon } from './no-fit-polygon.js';
import { PenetrationField } from './penetration-field.js';

/** A piece turned and flipped as it may lie; its box is about its reference point. */
export interface Shape {
  readonly piece: number;
  readonly rotation: number;
  readonly flipped: boolean;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
  readonly parts: readonly (readonly Corner[])[];
  /** Directions of its sides' outward normals, see {@link directionOf}. */
  readonly normals: ReadonlySet<number>;
  readonly area: number;
}

/** The ways all pieces may lie, and between any two of them the no-fit polygon, made when first asked for. */
export class Shapes {
  readonly all: readonly Shape[];
  /** Of each piece the indices of its shapes. */
  readonly ofPiece: readonly (readonly number[])[];
  /** Boxes are kept so far apart, mm. */
  readonly apart: number;
  /** Pieces stay so far within the edges of the strip: room for rounding where coordinates are not on the grid, mm. */
  readonly edge: number;
  /** Reference points lie on multiples of this power of two, so that sums of coordinates are exact. */
  readonly step: number;
  private readonly clearance: (nx: number, ny: number) => number;
  private readonly halfTurn: readonly number[];
  private readonly grown: readonly (readonly (readonly Corner[])[])[];
  private readonly spaced: boolean;
  private readonly fields = new Map<number, PenetrationField>();

  constructor({ width, pieces, spacing = 0 }: MarkerProblem) {
    const reach = Math.max(width, ...pieces.flatMap(({ outline }) => outline.flat().map(Math.abs)));
    this.step = 2 ** Math.floor(Math.log2(reach * 2e-10));
    const onGrid = [width, spacing, ...pieces.flatMap(({ outline }) => outline.flat())].every((value) =>
      Number.isInteger(value / this.step),
    );
    const quarters = pieces.every(({ allowedRotations }) => allowedRotations.every((rotation) => rotation % 90 === 0));
    // Reference points are rounded to the step: a slanted contact needs that much air, an upright or level one none if all is on the grid.
    const air = this.step * 4;
    const exact = onGrid && quarters && spacing === 0;
    this.clearance = (nx, ny) => (exact && (nx === 0 || ny === 0) ? 0 : air);
    this.edge = onGrid && quarters ? 0 : this.step;
    this.apart = spacing + (exact ? 0 : air);
    this.spaced = spacing > 0;
    const made = pieces.map((piece, index) => shapesOf(piece, index).filter(({ bottom, top }) => top - bottom <= width));
    this.all = made.flat();
    let next = 0;
    this.ofPiece = made.map((shapes) => shapes.map(() => next++));
    this.grown =
      spacing > 0
        ? this.all.map(({ parts }) => parts.map((part) => minkowskiSum(part, roundCorner(spacing))))
        : this.all.map(({ parts }) => parts);
    this.halfTurn = this.all.map((shape) =>
      this.all.findIndex(
        (other) =>
          other.piece === shape.piece &&
          other.flipped === shape.flipped &&
          Math.abs(Math.abs(other.rotation - shape.rotation) - 180) < 1e-9,
      ),
    );
  }

  /** Turned by 180° a no-fit polygon is that of its pieces turned, and that of its pieces exchanged: one field serves four pairs. */
  between(fixed: number, moving: number): { readonly field: PenetrationField; readonly sign: 1 | -1 } {
    const count = this.all.length;
    const [turnedFixed, turnedMoving] = [this.halfTurn[fixed]!, this.halfTurn[moving]!];
    const plus = [fixed * count + moving];
    const minus = [moving * count + fixed];
    if (turnedFixed >= 0 && turnedMoving >= 0) {
      plus.push(turnedMoving * count + turnedFixed);
      minus.push(turnedFixed * count + turnedMoving);
    }
    const key = Math.min(...plus, ...minus);
    let field = this.fields.get(key);
    if (!field) {
      const [one, other] = [Math.floor(key / count), key % count];
      field = new PenetrationField(noFitPolygon(this.grown[one]!, this.all[other]!.parts, this.clearance, this.boundingBy(one, other)));
      this.fields.set(key, field);
    }
    return { field, sign: plus.includes(key) ? 1 : -1 };
  }

  /** A grown piece has more sides than its outline: there no edge is left out. */
  private boundingBy(fixed: number, moving: number): (nx: number, ny: number) => boolean {
    if (this.spaced) return () => true;
    const [one, other] = [this.all[fixed]!.normals, this.all[moving]!.normals];
    return (nx, ny) => one.has(directionOf(nx, ny)) || other.has(directionOf(-nx, -ny));
  }
}

/** In steps fine enough that only parallel sides share one. */
const directionOf = (nx: number, ny: number): number => Math.round(Math.atan2(ny, nx) * 1e6);

function normalsOf(outline: readonly Corner[]): Set<number> {
  const twice = outline.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = outline[(i + 1) % outline.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  const outward = Math.sign(twice);
  const normals = outline.map(([x, y], i) => {
    const [nextX, nextY] = outline[(i + 1) % outline.length]!;
    return directionOf((nextY - y) * outward, (x - nextX) * outward);
  });
  return new Set(normals.flatMap((direction) => [direction - 1, direction, direction + 1]));
}

/** Turns that give the same outline as an earlier one are left out. */
function shapesOf({ outline, allowedRotations, mayFlip }: MarkerProblem['pieces'][number], piece: number): Shape[] {
  const seen = new Set<string>();
  const shapes: Shape[] = [];
  for (const flipped of mayFlip ? [false, true] : [false]) {
    for (const rotation of allowedRotations) {
      const laid = laidOutline(outline, { rotation, flipped, x: 0, y: 0 });
      const [left, bottom, right, top] = boxOf(laid);
      const size = Math.max(right - left, top - bottom);
      const name = laid
        .map(([x, y]) => `${Math.round(((x - left) / size) * 1e9)},${Math.round(((y - bottom) / size) * 1e9)}`)
        .sort()
        .join(' ');
      if (seen.has(name)) continue;
      seen.add(name);
      const filled = fillDents(laid);
      shapes.push({
        piece,
        rotation,
        flipped,
        left,
        bottom,
        right,
        top,
        parts: convexParts(filled),
        normals: normalsOf(filled),
        area: areaOf(outline),
      });
    }
  }
  return shapes;
}

/** A polygon around the circle of this radius. */
function roundCorner(radius: number): Corner[] {
  const sides = 16;
  const reach = radius / Math.cos(Math.PI / sides);
  return Array.from({ length: sides }, (_, i) => [
    reach * Math.cos((2 * i * Math.PI) / sides),
    reach * Math.sin((2 * i * Math.PI) / sides),
  ]);
}
