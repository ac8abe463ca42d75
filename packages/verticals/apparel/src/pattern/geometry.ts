/** x to the right, y downward, mm. */
export type Point = readonly [x: number, y: number];

export const distance = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(bx - ax, by - ay);

export const lengthOf = (points: readonly Point[]): number =>
  points.reduce((sum, point, i) => (i === 0 ? 0 : sum + distance(points[i - 1] as Point, point)), 0);

/** A cubic Bézier curve as `steps` chords, both ends included. */
export function cubic(p0: Point, p1: Point, p2: Point, p3: Point, steps = 16): Point[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    const u = 1 - t;
    const at = (axis: 0 | 1) => u ** 3 * p0[axis] + 3 * u * u * t * p1[axis] + 3 * u * t * t * p2[axis] + t ** 3 * p3[axis];
    return [at(0), at(1)];
  });
}

/** Lines one after the other; a point in which two meet stands once. */
export function join(...lines: readonly (readonly Point[])[]): Point[] {
  const joined: Point[] = [];
  for (const point of lines.flat()) {
    const last = joined.at(-1);
    if (!last || distance(last, point) > 1e-6) joined.push(point);
  }
  return joined;
}

/** Mirrored at the vertical line x = `axis`, from its end to its beginning, so that an outline goes on. */
export const mirror = (points: readonly Point[], axis = 0): Point[] => points.map(([x, y]): Point => [2 * axis - x, y]).reverse();

/** The point after `length` mm of the line, and the direction there. */
export function along(points: readonly Point[], length: number): { readonly at: Point; readonly direction: Point } {
  let left = length;
  for (let i = 1; i < points.length; i++) {
    const from = points[i - 1] as Point;
    const to = points[i] as Point;
    const part = distance(from, to);
    if (left <= part || i === points.length - 1) {
      const t = part === 0 ? 0 : left / part;
      return {
        at: [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t],
        direction: [(to[0] - from[0]) / part, (to[1] - from[1]) / part],
      };
    }
    left -= part;
  }
  throw new RangeError('a line has two points or more');
}

/** Positive for a loop that goes clockwise on the screen (y downward). */
export function signedArea(loop: readonly Point[]): number {
  return (
    loop.reduce((sum, [x, y], i) => {
      const [nx, ny] = loop[(i + 1) % loop.length] as Point;
      return sum + x * ny - nx * y;
    }, 0) / 2
  );
}

/** Where the horizontal line at `y` crosses the loop, ascending x. */
export function crossings(loop: readonly Point[], y: number): number[] {
  return loop
    .flatMap(([ax, ay], i) => {
      const [bx, by] = loop[(i + 1) % loop.length] as Point;
      return ay <= y === by <= y ? [] : [ax + ((y - ay) / (by - ay)) * (bx - ax)];
    })
    .sort((a, b) => a - b);
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function boxOf(points: readonly Point[]): Box {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** A hundredth of a millimetre: on this grid products of coordinates are exact, and so is {@link selfCrossing}. */
export const onGrid = ([x, y]: Point): Point => [Math.round(x * 100) / 100, Math.round(y * 100) / 100];

/** A point at which the loop crosses or touches itself, null when it is simple. Exact for points on the grid. */
export function selfCrossing(loop: readonly Point[]): Point | null {
  const grid = loop.map(([x, y]): Point => [Math.round(x * 100), Math.round(y * 100)]);
  const count = grid.length;
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++) {
      const [a, b, c, d] = [grid[i], grid[(i + 1) % count], grid[j], grid[(j + 1) % count]] as [Point, Point, Point, Point];
      const neighbours = j === i + 1 || (i === 0 && j === count - 1);
      // Neighbours share an end; they are at fault only when the one folds back on the other.
      if (neighbours ? foldsBack(j === i + 1 ? [a, b, d] : [c, a, b]) : segmentsMeet(a, b, c, d)) return loop[j] as Point;
    }
  return null;
}

const turn = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number => Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));

const foldsBack = ([a, b, c]: readonly [Point, Point, Point]): boolean =>
  turn(a, b, c) === 0 && (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) <= 0;

const within = (a: Point, b: Point, p: Point): boolean =>
  Math.min(a[0], b[0]) <= p[0] && p[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= p[1] && p[1] <= Math.max(a[1], b[1]);

function segmentsMeet(a: Point, b: Point, c: Point, d: Point): boolean {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (abc !== abd && cda !== cdb && abc * abd <= 0 && cda * cdb <= 0)
    return abc * abd < 0 || cda * cdb < 0 || within(a, b, c) || within(a, b, d);
  return (
    (abc === 0 && within(a, b, c)) || (abd === 0 && within(a, b, d)) || (cda === 0 && within(c, d, a)) || (cdb === 0 && within(c, d, b))
  );
}

/** The x in [low, high] at which the growing function has the value; the nearer end when it has it nowhere there. */
export function solve(value: number, grows: (x: number) => number, low: number, high: number): number {
  let from = low;
  let to = high;
  for (let i = 0; i < 60; i++) {
    const middle = (from + to) / 2;
    if (grows(middle) < value) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}
