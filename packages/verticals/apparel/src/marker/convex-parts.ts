import earcut from 'earcut';
import type { Corner } from './marker.js';

/** Convex polygons, counter-clockwise in x to y, that fill a simple outline: triangles, joined while they stay convex (Hertel, Mehlhorn). */
export function convexParts(outline: readonly Corner[]): Corner[][] {
  const points = counterClockwise(outline);
  const triangles = earcut(points.flat());
  const parts: number[][] = [];
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = triangles.slice(i, i + 3) as [number, number, number];
    const side = cross(points[a]!, points[b]!, points[c]!);
    if (side !== 0) parts.push(side > 0 ? [a, b, c] : [a, c, b]);
  }
  while (joinTwo(parts, points)) {
    // Joined two; look again.
  }
  return parts.map((part) => part.map((index) => points[index]!));
}

/** The pair that gives the largest convex part is joined first. */
function joinTwo(parts: number[][], points: readonly Corner[]): boolean {
  let best: { first: number; second: number; joined: number[] } | undefined;
  for (let first = 0; first < parts.length; first++) {
    for (let second = first + 1; second < parts.length; second++) {
      const joined = join(parts[first]!, parts[second]!);
      if (joined && isConvex(joined, points) && (!best || joined.length > best.joined.length)) best = { first, second, joined };
    }
  }
  if (!best) return false;
  parts.splice(best.second, 1);
  parts[best.first] = best.joined;
  return true;
}

function join(one: readonly number[], other: readonly number[]): number[] | undefined {
  for (let i = 0; i < one.length; i++) {
    const from = one[i]!;
    const to = one[(i + 1) % one.length]!;
    const at = other.findIndex((index, k) => index === to && other[(k + 1) % other.length] === from);
    if (at < 0) continue;
    const rest = Array.from({ length: other.length - 2 }, (_, k) => other[(at + 2 + k) % other.length]!);
    return [...one.slice(0, i + 1), ...rest, ...one.slice(i + 1)];
  }
  return undefined;
}

function isConvex(part: readonly number[], points: readonly Corner[]): boolean {
  return part.every((index, i) => {
    const next = points[part[(i + 1) % part.length]!]!;
    return cross(points[index]!, next, points[part[(i + 2) % part.length]!]!) >= 0;
  });
}

function counterClockwise(outline: readonly Corner[]): readonly Corner[] {
  const twice = outline.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = outline[(i + 1) % outline.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return twice < 0 ? [...outline].reverse() : outline;
}

const cross = ([ax, ay]: Corner, [bx, by]: Corner, [cx, cy]: Corner): number => (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
