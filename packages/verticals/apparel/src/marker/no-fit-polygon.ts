import type { Corner } from './marker.js';

/** A convex polygon as half-planes: inside where `nx·x + ny·y < offset` for every edge. */
export interface ConvexPart {
  readonly corners: readonly Corner[];
  readonly planes: readonly (readonly [nx: number, ny: number, offset: number])[];
}

export type Segment = readonly [ax: number, ay: number, bx: number, by: number];

/**
 * The no-fit polygon of two pieces (Art 1966): where the moving piece's reference point must not be, relative to the fixed
 * piece's, lest their interiors meet. It is the union of open convex parts, one for each pair of convex parts of the pieces; a slot that
 * fits exactly stays open. `boundary` is what of the parts' edges lies inside no other part.
 */
export interface NoFitPolygon {
  readonly parts: readonly ConvexPart[];
  readonly boundary: readonly Segment[];
}

/**
 * `clearance(nx, ny)`: by how much an edge with this outward normal is moved outward. `mayBound`: whether one of the two outlines has a
 * side with this normal; no other edge of a part, being of a cut between convex parts, can be on the boundary.
 */
export function noFitPolygon(
  fixed: readonly (readonly Corner[])[],
  moving: readonly (readonly Corner[])[],
  clearance: (nx: number, ny: number) => number,
  mayBound: (nx: number, ny: number) => boolean = () => true,
): NoFitPolygon {
  const mirrored = moving.map((part) => part.map(([x, y]): Corner => [-x, -y]));
  const parts = fixed.flatMap((one) => mirrored.map((other) => convexPart(minkowskiSum(one, other), clearance)));
  return { parts, boundary: boundaryOf(parts, mayBound) };
}

/** Of two convex polygons that go counter-clockwise. */
export function minkowskiSum(one: readonly Corner[], other: readonly Corner[]): Corner[] {
  const first = fromLowest(one);
  const second = fromLowest(other);
  const sum: Corner[] = [];
  let i = 0;
  let j = 0;
  while (i < first.length || j < second.length) {
    const [ax, ay] = first[i % first.length]!;
    const [bx, by] = second[j % second.length]!;
    sum.push([ax + bx, ay + by]);
    const [nextAx, nextAy] = first[(i + 1) % first.length]!;
    const [nextBx, nextBy] = second[(j + 1) % second.length]!;
    const turn = (nextAx - ax) * (nextBy - by) - (nextAy - ay) * (nextBx - bx);
    if (j >= second.length || (i < first.length && turn > 0)) i++;
    else if (i >= first.length || turn < 0) j++;
    else {
      i++;
      j++;
    }
  }
  return sum;
}

function fromLowest(polygon: readonly Corner[]): readonly Corner[] {
  let lowest = 0;
  for (const [i, [x, y]] of polygon.entries()) {
    const [lowX, lowY] = polygon[lowest]!;
    if (y < lowY || (y === lowY && x < lowX)) lowest = i;
  }
  return [...polygon.slice(lowest), ...polygon.slice(0, lowest)];
}

function convexPart(corners: readonly Corner[], clearance: (nx: number, ny: number) => number): ConvexPart {
  const planes: (readonly [number, number, number])[] = [];
  for (const [i, [x, y]] of corners.entries()) {
    const [nextX, nextY] = corners[(i + 1) % corners.length]!;
    const length = Math.hypot(nextX - x, nextY - y);
    if (length === 0) continue;
    const nx = (nextY - y) / length;
    const ny = (x - nextX) / length;
    const before = planes.at(-1);
    if (before && Math.abs(before[0] * ny - before[1] * nx) < 1e-12 && before[0] * nx + before[1] * ny > 0) continue;
    planes.push([nx, ny, nx * x + ny * y + clearance(nx, ny)]);
  }
  const [first, last] = [planes[0]!, planes.at(-1)!];
  if (planes.length > 3 && Math.abs(first[0] * last[1] - first[1] * last[0]) < 1e-12 && first[0] * last[0] + first[1] * last[1] > 0)
    planes.pop();
  return { planes, corners: planes.map((plane, i) => meetingPoint(planes.at(i - 1)!, plane)) };
}

function meetingPoint([ax, ay, a]: readonly [number, number, number], [bx, by, b]: readonly [number, number, number]): Corner {
  const determinant = ax * by - ay * bx;
  return [(a * by - b * ay) / determinant, (ax * b - bx * a) / determinant];
}

function boundaryOf(parts: readonly ConvexPart[], mayBound: (nx: number, ny: number) => boolean): Segment[] {
  const boxes = parts.map(({ corners }) => boxOf(corners));
  const size = Math.max(...boxes.map(([left, bottom, right, top]) => Math.max(right - left, top - bottom)));
  const tolerance = size * 1e-10;
  const seen = new Set<string>();
  const boundary: Segment[] = [];
  // Large parts cover most edges of the others at once.
  const bySize = parts.map((part, i) => ({ part, box: boxes[i]! })).sort((one, other) => spread(other.box) - spread(one.box));
  for (const own of bySize) {
    const { corners, planes } = own.part;
    for (const [i, from] of corners.entries()) {
      const [nx, ny] = planes[i]!;
      if (!mayBound(nx, ny)) continue;
      const to = corners[(i + 1) % corners.length]!;
      for (const [start, end] of uncovered(coverOf(bySize, own, from, to, tolerance))) {
        const segment: Segment = [...between(from, to, start), ...between(from, to, end)];
        if (Math.hypot(segment[2] - segment[0], segment[3] - segment[1]) < tolerance * 4) continue;
        const name = segment.map((value) => Math.round(value / tolerance / 16)).join(' ');
        if (!seen.has(name)) boundary.push(segment);
        seen.add(name);
      }
    }
  }
  return boundary;
}

interface BoxedPart {
  readonly part: ConvexPart;
  readonly box: Box;
}

const spread = ([left, bottom, right, top]: Box): number => (right - left) * (top - bottom);

function coverOf(parts: readonly BoxedPart[], own: BoxedPart, from: Corner, to: Corner, tolerance: number): [number, number][] {
  const covered: [number, number][] = [];
  for (const other of parts) {
    if (other === own || !boxMeetsSegment(other.box, from, to)) continue;
    const interval = insideOf(other.part, from, to, tolerance);
    if (!interval) continue;
    if (interval[0] === 0 && interval[1] === 1) return [interval];
    covered.push(interval);
  }
  return covered;
}

/** From where to where of the segment (0 to 1) lies strictly inside the part. */
function insideOf({ planes }: ConvexPart, [ax, ay]: Corner, [bx, by]: Corner, tolerance: number): [number, number] | undefined {
  let start = 0;
  let end = 1;
  for (let i = 0; i < planes.length; i++) {
    const plane = planes[i]!;
    const a = plane[0] * ax + plane[1] * ay - plane[2] + tolerance;
    const b = plane[0] * bx + plane[1] * by - plane[2] + tolerance;
    if (a >= 0 && b >= 0) return undefined;
    if (a >= 0) start = Math.max(start, a / (a - b));
    else if (b >= 0) end = Math.min(end, a / (a - b));
    if (start >= end) return undefined;
  }
  return [start, end];
}

function uncovered(covered: [number, number][]): [number, number][] {
  const left: [number, number][] = [];
  let at = 0;
  for (const [start, end] of covered.sort((one, other) => one[0] - other[0])) {
    if (start > at) left.push([at, start]);
    at = Math.max(at, end);
  }
  if (at < 1) left.push([at, 1]);
  return left;
}

const between = ([ax, ay]: Corner, [bx, by]: Corner, t: number): [number, number] =>
  t === 0 ? [ax, ay] : t === 1 ? [bx, by] : [ax + (bx - ax) * t, ay + (by - ay) * t];

type Box = readonly [left: number, bottom: number, right: number, top: number];

export function boxOf(points: readonly Corner[]): Box {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  return [left, bottom, right, top];
}

function boxMeetsSegment([left, bottom, right, top]: Box, [ax, ay]: Corner, [bx, by]: Corner): boolean {
  return Math.max(ax, bx) >= left && Math.min(ax, bx) <= right && Math.max(ay, by) >= bottom && Math.min(ay, by) <= top;
}
