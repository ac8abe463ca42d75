import { type Issue, refused } from '../issue.js';
import { type Corner, laidOutline, type MarkerProblem, type Piece } from './marker.js';
import { boxOf } from './no-fit-polygon.js';

/** Most copies in one marker: the time and memory a search takes grow with their square. */
const mostCopies = 1000;

/** All that keeps the problem from being packed, each with its path: `pieces.2.outline.5`. */
export function checkProblem({ width, pieces, spacing = 0 }: MarkerProblem): Issue[] {
  const issues: Issue[] = [];
  if (!(width > 0 && Number.isFinite(width)))
    issues.push(refused('width', `The fabric width of ${width} mm is not above 0.`, `面料宽度 ${width} 毫米不大于 0。`));
  if (!(spacing >= 0 && Number.isFinite(spacing)))
    issues.push(refused('spacing', `The spacing of ${spacing} mm is not 0 or more.`, `裁片间距 ${spacing} 毫米小于 0。`));
  if (pieces.length === 0) issues.push(refused('pieces', 'There is no piece to lay.', '没有可排的裁片。'));
  const copies = pieces.reduce((sum, { quantity }) => sum + quantity, 0);
  if (copies > mostCopies)
    issues.push(
      refused(
        'pieces',
        `${copies} copies are more than the ${mostCopies} of one marker: make several markers.`,
        `${copies} 份裁片超过一张排料图的上限 ${mostCopies} 份，请分成几张。`,
      ),
    );
  const seen = new Set<string>();
  for (const [i, piece] of pieces.entries()) {
    const at = `pieces.${i}`;
    if (seen.has(piece.id)) issues.push(refused(`${at}.id`, `A second piece is called "${piece.id}".`, `裁片“${piece.id}”重名。`));
    seen.add(piece.id);
    issues.push(...checkPiece(piece, at, width));
  }
  return issues;
}

function checkPiece({ id, outline, allowedRotations, mayFlip, quantity }: Piece, at: string, width: number): Issue[] {
  if (!Number.isInteger(quantity) || quantity < 1)
    return [
      refused(
        `${at}.quantity`,
        `Piece "${id}" is cut ${quantity} times; a whole number above 0 is needed.`,
        `裁片“${id}”的数量 ${quantity} 不是正整数。`,
      ),
    ];
  if (allowedRotations.length === 0 || !allowedRotations.every(Number.isFinite))
    return [
      refused(
        `${at}.allowedRotations`,
        `Piece "${id}" has no way to lie: give its rotations in degrees.`,
        `裁片“${id}”没有允许的旋转角度，请以度给出。`,
      ),
    ];
  const wrong = outline.findIndex((corner) => !corner.every(Number.isFinite));
  if (wrong >= 0)
    return [
      refused(`${at}.outline.${wrong}`, `Corner ${wrong} of piece "${id}" is not a number.`, `裁片“${id}”第 ${wrong} 个角点不是数。`),
    ];
  const [first, second] = outline;
  if (!first || !second || outline.every((corner) => cross(first, second, corner) === 0))
    return [refused(`${at}.outline`, `Piece "${id}" has no area.`, `裁片“${id}”没有面积。`)];
  const touching = whereItTouchesItself(outline);
  if (touching)
    return [
      refused(
        `${at}.outline.${touching[0]}`,
        `The outline of piece "${id}" touches or crosses itself: side ${touching[0]} meets side ${touching[1]}.`,
        `裁片“${id}”的轮廓自交：第 ${touching[0]} 条边与第 ${touching[1]} 条边相碰。`,
      ),
    ];
  const heights = allowedRotations.flatMap((rotation) =>
    (mayFlip ? [false, true] : [false]).map((flipped) => {
      const [, bottom, , top] = boxOf(laidOutline(outline, { rotation, flipped, x: 0, y: 0 }));
      return top - bottom;
    }),
  );
  const least = Math.min(...heights);
  if (least <= width) return [];
  return [
    refused(
      `${at}.outline`,
      `Piece "${id}" is ${round(least)} mm across the fabric, which is ${round(width)} mm wide.`,
      `裁片“${id}”横向 ${round(least)} 毫米，超过面料宽度 ${round(width)} 毫米。`,
    ),
  ];
}

const round = (value: number): number => Number(value.toFixed(2));

/** The first two sides that meet elsewhere than at the corner between neighbours. */
function whereItTouchesItself(outline: readonly Corner[]): readonly [number, number] | undefined {
  const count = outline.length;
  const corner = (i: number) => outline[i % count]!;
  for (let i = 0; i < count; i++) {
    for (let k = i + 1; k < count; k++) {
      const next = k === i + 1;
      const last = i === 0 && k === count - 1;
      if (next && foldsBack(corner(i), corner(k), corner(k + 1))) return [i, k];
      if (last && foldsBack(corner(k), corner(0), corner(1))) return [i, k];
      if (!next && !last && meet(corner(i), corner(i + 1), corner(k), corner(k + 1))) return [i, k];
    }
  }
  return undefined;
}

const cross = ([ax, ay]: Corner, [bx, by]: Corner, [cx, cy]: Corner): number => (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

/** A side of no length, or two neighbours on top of one another. */
function foldsBack(a: Corner, b: Corner, c: Corner): boolean {
  if ((a[0] === b[0] && a[1] === b[1]) || (b[0] === c[0] && b[1] === c[1])) return true;
  return cross(a, b, c) === 0 && (a[0] - b[0]) * (c[0] - b[0]) + (a[1] - b[1]) * (c[1] - b[1]) > 0;
}

function meet(a: Corner, b: Corner, c: Corner, d: Corner): boolean {
  const sides = [cross(a, b, c), cross(a, b, d), cross(c, d, a), cross(c, d, b)].map(Math.sign) as [number, number, number, number];
  if (sides[0] * sides[1] < 0 && sides[2] * sides[3] < 0) return true;
  return (
    (sides[0] === 0 && between(a, b, c)) ||
    (sides[1] === 0 && between(a, b, d)) ||
    (sides[2] === 0 && between(c, d, a)) ||
    (sides[3] === 0 && between(c, d, b))
  );
}

const between = (a: Corner, b: Corner, c: Corner): boolean =>
  Math.min(a[0], b[0]) <= c[0] && c[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= c[1] && c[1] <= Math.max(a[1], b[1]);
