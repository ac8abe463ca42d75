import type { Words } from '@yunfab/core/access';
import { along, boxOf, distance, lengthOf, mirror, onGrid, type Point, signedArea } from './geometry.js';

/** A side of a piece between two corners, sewn or finished as one. */
export interface Edge {
  readonly name: string;
  /** On the sew line, both corners included. */
  readonly points: readonly Point[];
  /** What is added outside for the seam or the hem, mm. */
  readonly allowance: number;
}

/** A mark that has to meet the one of the same id on the edge sewn to it; `from` the start of the edge, mm. */
export interface NotchDraft {
  readonly id: string;
  readonly edge: string;
  readonly from: number;
}

export interface InternalLine {
  readonly words: Words;
  readonly points: readonly Point[];
}

/** What a draft says of a piece; {@link makePiece} adds what follows. */
export interface PieceDraft {
  readonly id: string;
  readonly words: Words;
  /** In order round the piece: each begins where the one before ends. */
  readonly edges: readonly Edge[];
  /** How many are cut of the shell fabric for one garment. */
  readonly quantity: number;
  /** Half of the quantity is cut as the mirror image: a left and a right. */
  readonly paired: boolean;
  readonly grain: readonly [Point, Point];
  readonly notches?: readonly NotchDraft[];
  readonly internals?: readonly InternalLine[];
}

export interface Notch {
  readonly id: string;
  readonly edge: string;
  readonly from: number;
  readonly onSewLine: Point;
  readonly onCutLine: Point;
}

/** A validated or still to be validated pattern piece, mm, y downward. Loops are closed: the last point is not the first. */
export interface PatternPiece extends Omit<PieceDraft, 'edges' | 'notches' | 'internals'> {
  readonly edges: readonly Edge[];
  readonly sewLine: readonly Point[];
  readonly cutLine: readonly Point[];
  readonly notches: readonly Notch[];
  readonly internals: readonly InternalLine[];
  /** Inside the cut line, mm². */
  readonly area: number;
  /** Square to the grain, mm. */
  readonly size: { readonly width: number; readonly height: number };
}

export function makePiece({ edges, notches = [], internals = [], ...draft }: PieceDraft): PatternPiece {
  const laid = edges.map((edge) => ({ ...edge, points: edge.points.map(onGrid) }));
  const sewLine = loopOf(laid);
  const cutLine = addAllowances(laid).map(onGrid);
  const { width, height } = boxOf(cutLine);
  return {
    ...draft,
    edges: laid,
    sewLine,
    cutLine,
    internals,
    notches: notches.map((notch) => {
      const edge = edgeOf(laid, notch.edge);
      const { at, direction } = along(edge.points, notch.from);
      const outward = signedArea(sewLine) > 0 ? 1 : -1;
      const onCutLine: Point = [at[0] + direction[1] * edge.allowance * outward, at[1] - direction[0] * edge.allowance * outward];
      return { ...notch, onSewLine: onGrid(at), onCutLine: onGrid(onCutLine) };
    }),
    area: Math.abs(signedArea(cutLine)),
    size: { width, height },
  };
}

function edgeOf(edges: readonly Edge[], name: string): Edge {
  const edge = edges.find((each) => each.name === name);
  if (!edge) throw new RangeError(`there is no edge "${name}"; there are ${edges.map((each) => each.name).join(', ')}`);
  return edge;
}

/** The edge of a piece by name; throws a RangeError for another. */
export const edge = (piece: Pick<PatternPiece, 'edges'>, name: string): Edge => edgeOf(piece.edges, name);

/** A half and its mirror image in one: edges are named `neck-r` and `neck-l`. The half begins and ends on x = 0. */
export function unfold(half: readonly Edge[]): Edge[] {
  return [
    ...half.map((each) => ({ ...each, name: `${each.name}-r` })),
    ...[...half].reverse().map((each) => ({ ...each, name: `${each.name}-l`, points: mirror(each.points) })),
  ];
}

function loopOf(edges: readonly Edge[]): Point[] {
  return edges.flatMap(({ points }) => points.slice(0, -1));
}

/** Each side of the sew line moved outward by its allowance, and joined where the moved lines meet. */
function addAllowances(edges: readonly Edge[]): Point[] {
  const outward = signedArea(loopOf(edges)) > 0 ? 1 : -1;
  const sides = edges
    .flatMap(({ points, allowance }) => points.slice(1).map((to, i) => ({ from: points[i] as Point, to, allowance })))
    .filter(({ from, to }) => distance(from, to) > 0.05)
    .map(({ from, to, allowance }) => {
      const length = distance(from, to);
      const direction: Point = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
      const shift: Point = [direction[1] * allowance * outward, -direction[0] * allowance * outward];
      return { from: plus(from, shift), to: plus(to, shift), direction, allowance };
    });
  return sides.flatMap((side, i) => {
    const before = sides.at(i - 1) as (typeof sides)[number];
    return corner(before, side);
  });
}

type Side = { readonly from: Point; readonly to: Point; readonly direction: Point; readonly allowance: number };

/** A corner may stick out by so many allowances before it is cut off square. */
const miterLimit = 2.5;

function corner(before: Side, side: Side): Point[] {
  const cross = before.direction[0] * side.direction[1] - before.direction[1] * side.direction[0];
  // Straight on: the same allowance gives one point, another a step.
  if (Math.abs(cross) < 1e-3) return before.allowance === side.allowance ? [side.from] : [before.to, side.from];
  const t = ((side.from[0] - before.from[0]) * side.direction[1] - (side.from[1] - before.from[1]) * side.direction[0]) / cross;
  const meet: Point = [before.from[0] + before.direction[0] * t, before.from[1] + before.direction[1] * t];
  const reach = Math.max(before.allowance, side.allowance) * miterLimit;
  return distance(meet, before.to) > reach && distance(meet, side.from) > reach ? [before.to, side.from] : [meet];
}

const plus = ([x, y]: Point, [dx, dy]: Point): Point => [x + dx, y + dy];

export const edgeLength = (piece: Pick<PatternPiece, 'edges'>, name: string): number => lengthOf(edge(piece, name).points);
