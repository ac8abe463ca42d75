import type { Marker, Piece } from '../marker/index.js';
import { signedArea } from '../pattern/geometry.js';
import type { Pattern, Point } from '../pattern/index.js';

/**
 * What is cut of a pattern, laid with its grain along the fabric. Fabric lies face up in one ply, so the left one of a pair is a
 * piece of its own, mirrored. A fabric with a nap allows one direction only.
 */
export function markerPieces({ pieces }: Pattern, { nap }: { readonly nap: boolean }): Piece[] {
  const allowedRotations = nap ? [0] : [0, 180];
  return pieces.flatMap(({ id, cutLine, grain, quantity, paired }): Piece[] => {
    const outline = alongGrain(cutLine, grain);
    const piece = { outline, allowedRotations, mayFlip: false };
    if (!paired) return [{ ...piece, id, quantity }];
    const mirrored = outline.map(([x, y]): Point => [x, -y]);
    return [
      { ...piece, id: `${id}-r`, quantity: quantity / 2 },
      { ...piece, id: `${id}-l`, outline: mirrored, quantity: quantity / 2 },
    ];
  });
}

/** Turned so that the grain points along x, the length of the fabric. */
function alongGrain(points: readonly Point[], [[ax, ay], [bx, by]]: readonly [Point, Point]): Point[] {
  const length = Math.hypot(bx - ax, by - ay);
  const [cos, sin] = [(bx - ax) / length, (by - ay) / length];
  return points.map(([x, y]): Point => [round(x * cos + y * sin), round(y * cos - x * sin)]);
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** How far the outline that is packed may be from the one that is cut, mm. */
export const packingTolerance = 1.5;

/** The same pieces with few corners: a search has thousands of them to compare otherwise. None is off by more than the tolerance. */
export const forPacking = (pieces: readonly Piece[]): Piece[] =>
  pieces.map((piece) => ({ ...piece, outline: fewerCorners(piece.outline) }));

/** The marker of simplified pieces, for the whole ones: moved in from the edges by what these may stick out. */
export function forCutting({ placements, length, ...marker }: Marker, pieces: readonly Piece[], width: number): Marker {
  const area = new Map(pieces.map(({ id, outline }) => [id, areaOf(outline)]));
  const whole = length + 2 * packingTolerance;
  return {
    ...marker,
    width,
    length: whole,
    density: placements.reduce((sum, { piece }) => sum + (area.get(piece) ?? 0), 0) / (whole * width),
    placements: placements.map((each) => ({ ...each, x: each.x + packingTolerance, y: each.y + packingTolerance })),
  };
}

/** Ramer, Douglas and Peucker on a closed outline, split at the two points that are farthest along its length. */
function fewerCorners(outline: readonly Point[]): Point[] {
  const middle = Math.floor(outline.length / 2);
  const [start, turn] = [outline[0] as Point, outline[middle] as Point];
  return [...keep([...outline.slice(0, middle + 1)]), ...keep([turn, ...outline.slice(middle + 1), start])];
}

/** All corners but the last. */
function keep(line: readonly Point[]): Point[] {
  const [first, last] = [line[0] as Point, line.at(-1) as Point];
  let farthest = 0;
  let at = 0;
  for (let i = 1; i < line.length - 1; i++) {
    const away = distanceTo(line[i] as Point, first, last);
    if (away > farthest) [farthest, at] = [away, i];
  }
  return farthest <= packingTolerance ? [first] : [...keep(line.slice(0, at + 1)), ...keep(line.slice(at))];
}

function distanceTo([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

const areaOf = (outline: readonly Point[]): number => Math.abs(signedArea(outline));
