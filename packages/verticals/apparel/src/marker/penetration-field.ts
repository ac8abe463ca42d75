import { boxOf, type NoFitPolygon, type Segment } from './no-fit-polygon.js';

const outside = 0;
const inside = 1;
const mixed = 2;

/**
 * How deep a point lies in a no-fit polygon: 0 exactly when the two pieces do not overlap, else the length of the shortest move that
 * parts them. A grid of cells keeps for each only the half-planes and boundary segments that can matter there.
 */
export class PenetrationField {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
  /** Corners of the boundary, x and y in turn: places where the pieces touch. */
  readonly contacts: Float64Array;
  /** Of each convex part: where its planes begin; planes as nx, ny, offset. */
  readonly partStart: Int32Array;
  readonly planes: Float64Array;
  /** Where the nearest place without overlap is, after {@link depth} was above 0. */
  exitX = 0;
  exitY = 0;
  private readonly columns: number;
  private readonly perX: number;
  private readonly perY: number;
  private readonly kind: Uint8Array;
  private readonly firstPart: Int32Array;
  private readonly endPart: Int32Array;
  private readonly cellPartStart: Int32Array;
  private readonly cellPlanes: Float64Array;
  private readonly firstSegment: Int32Array;
  private readonly endSegment: Int32Array;
  private readonly cellSegments: Int32Array;
  private readonly segments: Float64Array;

  constructor({ parts, boundary }: NoFitPolygon) {
    const corners = parts.flatMap(({ corners }) => [...corners]);
    [this.left, this.bottom, this.right, this.top] = boxOf(corners);
    this.contacts = Float64Array.from(boundary.flatMap(([ax, ay]) => [ax, ay]));
    this.partStart = Int32Array.from(startsOf(parts.map(({ planes }) => planes.length * 3)));
    this.planes = Float64Array.from(parts.flatMap(({ planes }) => planes.flat()));
    this.segments = Float64Array.from(boundary.flatMap(storedSegment));
    this.columns = boundary.length > 16 ? 32 : 16;
    this.perX = this.columns / (this.right - this.left);
    this.perY = this.columns / (this.top - this.bottom);
    const cells = this.columns ** 2;
    this.kind = new Uint8Array(cells);
    this.firstPart = new Int32Array(cells);
    this.endPart = new Int32Array(cells);
    this.firstSegment = new Int32Array(cells);
    this.endSegment = new Int32Array(cells);

    const lists: CellLists = { partEnds: [0], planes: [], segments: [] };
    const everySegment = boundary.map((_, i) => i * 5);
    this.divide(
      0,
      0,
      this.columns,
      parts.map(({ planes }) => planes),
      everySegment,
      lists,
    );
    this.cellPartStart = Int32Array.from(lists.partEnds);
    this.cellPlanes = Float64Array.from(lists.planes);
    this.cellSegments = Int32Array.from(lists.segments);
  }

  /** Halves a block of cells until it is one cell; what cannot matter in a block cannot matter in its quarters. */
  private divide(
    column: number,
    row: number,
    size: number,
    parts: readonly (readonly Plane[])[],
    segments: readonly number[],
    lists: CellLists,
  ): void {
    const halfWidth = size / 2 / this.perX;
    const halfHeight = size / 2 / this.perY;
    const x = this.left + (column + size / 2) / this.perX;
    const y = this.bottom + (row + size / 2) / this.perY;
    const crossing = partsThrough(parts, x, y, halfWidth * 1.000001, halfHeight * 1.000001);
    if (crossing.length === 0) return;
    const within = crossing.length === 1 && crossing[0]!.length === 0;
    const close = this.closest(segments, x, y, Math.hypot(halfWidth, halfHeight));
    if (size === 1) {
      const cell = row * this.columns + column;
      this.kind[cell] = within ? inside : mixed;
      this.firstPart[cell] = lists.partEnds.length - 1;
      if (!within) {
        for (const planes of crossing) {
          for (const plane of planes) lists.planes.push(...plane);
          lists.partEnds.push(lists.planes.length);
        }
      }
      this.endPart[cell] = lists.partEnds.length - 1;
      this.firstSegment[cell] = lists.segments.length;
      for (const segment of close) lists.segments.push(segment);
      this.endSegment[cell] = lists.segments.length;
      return;
    }
    const half = size / 2;
    for (const dy of [0, half]) for (const dx of [0, half]) this.divide(column + dx, row + dy, half, crossing, close, lists);
  }

  /** The segments that may be the nearest of some point within the radius. */
  private closest(segments: readonly number[], x: number, y: number, radius: number): number[] {
    const far = new Float64Array(segments.length);
    let nearest = Infinity;
    for (let i = 0; i < segments.length; i++) {
      far[i] = Math.sqrt(this.squareFrom(segments[i]!, x, y));
      if (far[i]! < nearest) nearest = far[i]!;
    }
    const close: number[] = [];
    for (let i = 0; i < segments.length; i++) if (far[i]! <= nearest + 2.0001 * radius) close.push(segments[i]!);
    return close;
  }

  /** 0 where the pieces do not overlap. */
  depth(x: number, y: number): number {
    if (x <= this.left || x >= this.right || y <= this.bottom || y >= this.top) return 0;
    const column = Math.min(this.columns - 1, Math.floor((x - this.left) * this.perX));
    const row = Math.min(this.columns - 1, Math.floor((y - this.bottom) * this.perY));
    const cell = row * this.columns + column;
    const kind = this.kind[cell];
    if (kind === outside || (kind === mixed && !this.isInside(cell, x, y))) return 0;
    let least = Infinity;
    let nearest = 0;
    const end = this.endSegment[cell]!;
    for (let i = this.firstSegment[cell]!; i < end; i++) {
      const segment = this.cellSegments[i]!;
      const square = this.squareFrom(segment, x, y);
      if (square < least) {
        least = square;
        nearest = segment;
      }
    }
    this.exitFrom(nearest, x, y);
    // Never 0 for a point inside, however near the boundary.
    return Math.sqrt(least) + 1e-12 * (this.right - this.left);
  }

  private isInside(cell: number, x: number, y: number): boolean {
    const planes = this.cellPlanes;
    const last = this.endPart[cell]!;
    parts: for (let part = this.firstPart[cell]!; part < last; part++) {
      const end = this.cellPartStart[part + 1]!;
      for (let i = this.cellPartStart[part]!; i < end; i += 3) {
        if (planes[i]! * x + planes[i + 1]! * y >= planes[i + 2]!) continue parts;
      }
      return true;
    }
    return false;
  }

  private squareFrom(segment: number, x: number, y: number): number {
    const s = this.segments;
    const px = x - s[segment]!;
    const py = y - s[segment + 1]!;
    const dx = s[segment + 2]!;
    const dy = s[segment + 3]!;
    const along = (px * dx + py * dy) * s[segment + 4]!;
    const t = along < 0 ? 0 : along > 1 ? 1 : along;
    const ex = px - t * dx;
    const ey = py - t * dy;
    return ex * ex + ey * ey;
  }

  private exitFrom(segment: number, x: number, y: number): void {
    const s = this.segments;
    const dx = s[segment + 2]!;
    const dy = s[segment + 3]!;
    const along = ((x - s[segment]!) * dx + (y - s[segment + 1]!) * dy) * s[segment + 4]!;
    const t = along < 0 ? 0 : along > 1 ? 1 : along;
    this.exitX = s[segment]! + t * dx;
    this.exitY = s[segment + 1]! + t * dy;
  }
}

type Plane = readonly [nx: number, ny: number, offset: number];

interface CellLists {
  readonly partEnds: number[];
  readonly planes: number[];
  readonly segments: number[];
}

/** Of each part that meets the block, the planes that cut it; one part without planes when the block lies wholly inside one. */
function partsThrough(
  parts: readonly (readonly Plane[])[],
  x: number,
  y: number,
  halfWidth: number,
  halfHeight: number,
): readonly (readonly Plane[])[] {
  const through: Plane[][] = [];
  parts: for (const planes of parts) {
    const crossing: Plane[] = [];
    for (const plane of planes) {
      const middle = plane[0] * x + plane[1] * y - plane[2];
      const reach = Math.abs(plane[0]) * halfWidth + Math.abs(plane[1]) * halfHeight;
      if (middle - reach >= 0) continue parts;
      if (middle + reach >= 0) crossing.push(plane);
    }
    if (crossing.length === 0) return [[]];
    through.push(crossing);
  }
  return through;
}

function storedSegment([ax, ay, bx, by]: Segment): number[] {
  const [dx, dy] = [bx - ax, by - ay];
  return [ax, ay, dx, dy, 1 / (dx * dx + dy * dy)];
}

function startsOf(lengths: readonly number[]): number[] {
  const starts = [0];
  for (const length of lengths) starts.push(starts.at(-1)! + length);
  return starts;
}
