/** A corner of an outline, mm. */
export type Corner = readonly [x: number, y: number];

/** What is cut of one pattern piece. `outline` is the cut line, closed, its first point not repeated at the end. */
export interface Piece {
  readonly id: string;
  readonly outline: readonly Corner[];
  /** Degrees by which the piece may lie turned on the fabric: `[0, 180]` keeps the grain of a fabric without a nap, `[0]` with one. */
  readonly allowedRotations: readonly number[];
  /** May be cut of the other side of the fabric: mirrored at its own y axis before it is turned. */
  readonly mayFlip: boolean;
  readonly quantity: number;
}

/** Lay all pieces on fabric of this usable width, as short as possible. */
export interface MarkerProblem {
  /** Usable width of the fabric, across its length, mm. */
  readonly width: number;
  readonly pieces: readonly Piece[];
  /** At least so far from one piece to the next, mm; pieces may lie at the edge of the fabric. */
  readonly spacing?: number;
}

/** Where one copy lies: the outline mirrored (x → −x) if flipped, then turned by `rotation` degrees from x to y, then moved by (x, y). */
export interface Placement {
  readonly piece: string;
  /** From 0 to quantity − 1. */
  readonly copy: number;
  readonly rotation: number;
  readonly flipped: boolean;
  readonly x: number;
  readonly y: number;
}

/** A layout of all copies within 0 ≤ x ≤ length (along the fabric) and 0 ≤ y ≤ width. */
export interface Marker {
  readonly width: number;
  readonly length: number;
  /** Area of the pieces in the area of the marker, 0 to 1. */
  readonly density: number;
  readonly placements: readonly Placement[];
}

/** Square mm within a closed outline, whichever way round it goes. */
export function areaOf(outline: readonly Corner[]): number {
  let twice = 0;
  for (const [i, [x, y]] of outline.entries()) {
    const [nextX, nextY] = outline[(i + 1) % outline.length] as Corner;
    twice += x * nextY - nextX * y;
  }
  return Math.abs(twice) / 2;
}

/** The outline as it lies on the fabric. Quarter turns are exact. */
export function laidOutline(outline: readonly Corner[], { rotation, flipped, x, y }: Omit<Placement, 'piece' | 'copy'>): Corner[] {
  const [cos, sin] = turn(rotation);
  return outline.map(([px, py]) => {
    const mirrored = flipped ? -px : px;
    return [x + (mirrored * cos - py * sin), y + (mirrored * sin + py * cos)];
  });
}

function turn(degrees: number): readonly [cos: number, sin: number] {
  const normal = ((degrees % 360) + 360) % 360;
  if (normal % 90 === 0)
    return (
      (
        [
          [1, 0],
          [0, 1],
          [-1, 0],
          [0, -1],
        ] as const
      )[normal / 90] ?? [1, 0]
    );
  return [Math.cos((normal * Math.PI) / 180), Math.sin((normal * Math.PI) / 180)];
}
