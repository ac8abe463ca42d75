import type { Corner } from './marker.js';

/** All dents filled of one piece together, of its area. */
const mostFilled = 0.001;

/**
 * The outline without its shallowest dents: a corner that bends inward is left out while the triangle so gained is small and no other
 * corner lies in it. The result contains the outline, so what is laid by it holds for the piece; search takes the square of its parts.
 */
export function fillDents(outline: readonly Corner[]): readonly Corner[] {
  const twice = outline.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = outline[(i + 1) % outline.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  const sense = Math.sign(twice);
  const left = [...outline];
  let room = Math.abs(twice) * mostFilled;
  while (left.length > 3) {
    let [shallowest, least] = [-1, room];
    for (const [i, corner] of left.entries()) {
      const [before, after] = [left.at(i - 1)!, left[(i + 1) % left.length]!];
      const gained = -sense * cross(before, corner, after);
      if (gained < 0 || gained > least) continue;
      const blocked = left.some(
        (other) => other !== before && other !== corner && other !== after && isWithin(other, before, corner, after),
      );
      if (!blocked) [shallowest, least] = [i, gained];
    }
    if (shallowest < 0) break;
    left.splice(shallowest, 1);
    room -= least;
  }
  return left;
}

const cross = ([ax, ay]: Corner, [bx, by]: Corner, [cx, cy]: Corner): number => (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

/** On the triangle's border counts. */
function isWithin(point: Corner, a: Corner, b: Corner, c: Corner): boolean {
  const sides = [cross(a, b, point), cross(b, c, point), cross(c, a, point)];
  return sides.every((side) => side >= 0) || sides.every((side) => side <= 0);
}
