import type { Words } from '@yunfab/core/access';
import { type Issue, refused } from '../issue.js';
import type { Corner, Marker, MarkerProblem, Placement } from './marker.js';

/**
 * Whether a marker may be cut: every copy once, as its piece allows, within the strip, no two interiors overlapping. Coordinates
 * are binary fractions and are computed with as integers of any size, so touching is told from overlapping without a tolerance;
 * only a turn by other than quarters is first rounded to double precision. Shares nothing with the packer. Spacing is not judged.
 */
export function checkMarker(
  { pieces, width }: MarkerProblem,
  { placements, length, width: said }: Pick<Marker, 'placements' | 'length' | 'width'>,
): Issue[] {
  const issues: Issue[] = [];
  if (said !== width)
    issues.push(
      refused('width', `The marker is ${said} mm wide, the fabric ${width} mm.`, `排料图宽 ${said} 毫米，面料宽 ${width} 毫米。`),
    );
  const byId = new Map(pieces.map((piece) => [piece.id, piece]));
  const seen = new Set<string>();
  const laid: { readonly name: Words; readonly at: string; readonly placement: Placement; readonly outline: readonly Corner[] }[] = [];
  for (const [i, placement] of placements.entries()) {
    const at = `placements.${i}`;
    const piece = byId.get(placement.piece);
    const key = `${placement.piece} ${placement.copy}`;
    const name = { en: `Copy ${placement.copy} of piece "${placement.piece}"`, zh: `裁片“${placement.piece}”第 ${placement.copy} 份` };
    const refuse = (en: string, zh: string) => issues.push(refused(at, en, zh));
    if (!piece) refuse(`There is no piece "${placement.piece}".`, `没有裁片“${placement.piece}”。`);
    else if (![placement.x, placement.y].every(Number.isFinite))
      refuse(`${name.en} has a place that is not a number.`, `${name.zh}的位置不是数。`);
    else {
      if (!Number.isInteger(placement.copy) || placement.copy < 0 || placement.copy >= piece.quantity)
        refuse(
          `Piece "${piece.id}" is cut ${piece.quantity} times; there is no copy ${placement.copy}.`,
          `裁片“${piece.id}”裁 ${piece.quantity} 份，没有第 ${placement.copy} 份。`,
        );
      if (seen.has(key)) refuse(`${name.en} is there twice.`, `${name.zh}重复。`);
      if (placement.flipped && !piece.mayFlip) refuse(`Piece "${piece.id}" may not be flipped.`, `裁片“${piece.id}”不可翻面。`);
      if (!piece.allowedRotations.includes(placement.rotation))
        refuse(`Piece "${piece.id}" may not be turned by ${placement.rotation}°.`, `裁片“${piece.id}”不可旋转 ${placement.rotation}°。`);
      laid.push({ name, at, placement, outline: piece.outline });
    }
    seen.add(key);
  }
  for (const { id, quantity } of pieces) {
    for (let copy = 0; copy < quantity; copy++)
      if (!seen.has(`${id} ${copy}`))
        issues.push(refused('placements', `Copy ${copy} of piece "${id}" is missing.`, `缺少裁片“${id}”第 ${copy} 份。`));
  }

  const { polygons, limits } = onIntegers(
    laid.map(({ outline, placement }) => turned(outline, placement)),
    laid.map(({ placement: { x, y } }) => [x, y]),
    [length, width],
  );
  const [end, edge] = limits as [bigint, bigint];
  for (const [i, { name, at }] of laid.entries()) {
    const { left, bottom, right, top } = polygons[i]!;
    if (left < 0n || bottom < 0n || right > end || top > edge)
      issues.push(
        refused(
          at,
          `${name.en} lies outside the strip of ${length} × ${width} mm.`,
          `${name.zh}超出 ${length} × ${width} 毫米的面料范围。`,
        ),
      );
  }
  const order = laid.map((_, i) => i).sort((one, other) => (polygons[one]!.left < polygons[other]!.left ? -1 : 1));
  for (const [i, one] of order.entries()) {
    for (const other of order.slice(i + 1)) {
      if (polygons[other]!.left >= polygons[one]!.right) break;
      if (!overlap(polygons[one]!, polygons[other]!)) continue;
      const [first, second] = [laid[Math.min(one, other)]!, laid[Math.max(one, other)]!];
      issues.push(
        refused(
          second.at,
          `${second.name.en} overlaps ${first.name.en.replace('Copy', 'copy')}.`,
          `${second.name.zh}与${first.name.zh}重叠。`,
        ),
      );
    }
  }
  return issues;
}

type Vertex = readonly [x: bigint, y: bigint];

interface Polygon {
  /** Counter-clockwise. */
  readonly vertices: readonly Vertex[];
  readonly left: bigint;
  readonly bottom: bigint;
  readonly right: bigint;
  readonly top: bigint;
}

function turned(outline: readonly Corner[], { rotation, flipped }: Placement): Corner[] {
  const degrees = ((rotation % 360) + 360) % 360;
  const radians = (degrees / 180) * Math.PI;
  return outline.map(([px, y]) => {
    const x = flipped ? -px : px;
    switch (degrees) {
      case 0:
        return [x, y];
      case 90:
        return [-y, x];
      case 180:
        return [-x, -y];
      case 270:
        return [y, -x];
      default:
        return [Math.cos(radians) * x - Math.sin(radians) * y, Math.sin(radians) * x + Math.cos(radians) * y];
    }
  });
}

/** All numbers times one power of two that makes them even integers, so that the middle between two is an integer too. */
function onIntegers(
  outlines: readonly (readonly Corner[])[],
  moves: readonly Corner[],
  limits: readonly number[],
): { polygons: Polygon[]; limits: bigint[] } {
  const all = [...outlines.flat(2), ...moves.flat(), ...limits].map(parted);
  const smallest = all.reduce((min, { exponent, mantissa }) => (mantissa === 0n ? min : Math.min(min, exponent)), 0);
  const whole = (value: number): bigint => {
    const { mantissa, exponent } = parted(value);
    return mantissa === 0n ? 0n : mantissa << BigInt(exponent - smallest + 1);
  };
  const polygons = outlines.map((outline, i): Polygon => {
    const [dx, dy] = moves[i]!.map(whole) as [bigint, bigint];
    const moved = outline.map(([x, y]): Vertex => [whole(x) + dx, whole(y) + dy]);
    const twice = moved.reduce((sum, [x, y], k) => {
      const [nextX, nextY] = moved[(k + 1) % moved.length]!;
      return sum + x * nextY - nextX * y;
    }, 0n);
    const [xs, ys] = [moved.map(([x]) => x), moved.map(([, y]) => y)];
    return { vertices: twice < 0n ? moved.reverse() : moved, left: least(xs), right: most(xs), bottom: least(ys), top: most(ys) };
  });
  return { polygons, limits: limits.map(whole) };
}

/** value = mantissa · 2^exponent, exactly. */
function parted(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const biased = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return { mantissa: word >> 63n === 1n ? -mantissa : mantissa, exponent: Math.max(biased, 1) - 1075 };
}

/**
 * Two simple polygons overlap when edges cross properly; else each edge, cut where the other's vertices touch it, lies in pieces
 * inside, outside or on the other, and they overlap when one piece lies inside, or on it in the same direction.
 */
function overlap(one: Polygon, other: Polygon): boolean {
  if (one.left >= other.right || other.left >= one.right || one.bottom >= other.top || other.bottom >= one.top) return false;
  const ofOne = edgesOf(one).filter((edge) => boxesMeet(edge, other));
  const ofOther = edgesOf(other).filter((edge) => boxesMeet(edge, one));
  return (
    ofOne.some((edge) => ofOther.some((against) => boxesMeet(edge, against) && crossProperly(edge, against))) ||
    entersBy(ofOne, other, ofOther) ||
    entersBy(ofOther, one, ofOne)
  );
}

interface Edge extends Omit<Polygon, 'vertices'> {
  readonly from: Vertex;
  readonly to: Vertex;
}

function edgesOf({ vertices }: Polygon): Edge[] {
  return vertices.map((from, i): Edge => {
    const to = vertices[(i + 1) % vertices.length]!;
    const [xs, ys] = [
      [from[0], to[0]],
      [from[1], to[1]],
    ];
    return { from, to, left: least(xs), right: most(xs), bottom: least(ys), top: most(ys) };
  });
}

const boxesMeet = (one: Omit<Polygon, 'vertices'>, other: Omit<Polygon, 'vertices'>): boolean =>
  one.left <= other.right && other.left <= one.right && one.bottom <= other.top && other.bottom <= one.top;

const crossProperly = ({ from: a, to: b }: Edge, { from: c, to: d }: Edge): boolean =>
  side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

/** Called when no edges cross: only pieces between touching vertices need to be looked at. */
function entersBy(edges: readonly Edge[], polygon: Polygon, near: readonly Edge[]): boolean {
  return edges.some((edge) => {
    const { from, to } = edge;
    const along = (point: Vertex) => (point[0] - from[0]) * (to[0] - from[0]) + (point[1] - from[1]) * (to[1] - from[1]);
    const touching = near.map((other) => other.from).concat(near.map((other) => other.to));
    const cuts = touching.filter((vertex) => side(from, to, vertex) === 0 && along(vertex) > 0n && along(vertex) < along(to));
    const stops = [from, ...cuts.sort((one, other) => (along(one) < along(other) ? -1 : 1)), to];
    return stops.slice(1).some((stop, i) => {
      const start = stops[i]!;
      return !equal(start, stop) && coversMiddle(polygon, start, stop);
    });
  });
}

/** The middle lies inside the polygon, or on an edge of it that goes the same way. */
function coversMiddle({ vertices }: Polygon, start: Vertex, stop: Vertex): boolean {
  const middle: Vertex = [(start[0] + stop[0]) / 2n, (start[1] + stop[1]) / 2n];
  let inside = false;
  for (const [i, from] of vertices.entries()) {
    const to = vertices[(i + 1) % vertices.length]!;
    const which = side(from, to, middle);
    const [low, high] = from[1] < to[1] ? [from, to] : [to, from];
    const level = low[1] <= middle[1] && middle[1] <= high[1];
    if (which === 0 && level && least([from[0], to[0]]) <= middle[0] && middle[0] <= most([from[0], to[0]])) {
      return (to[0] - from[0]) * (stop[0] - start[0]) + (to[1] - from[1]) * (stop[1] - start[1]) > 0n;
    }
    if (low[1] <= middle[1] && middle[1] < high[1] && side(low, high, middle) > 0) inside = !inside;
  }
  return inside;
}

const equal = (a: Vertex, b: Vertex): boolean => a[0] === b[0] && a[1] === b[1];

/** 1: c lies left of the way from a to b; −1: right of it; 0: on the line. */
function side(a: Vertex, b: Vertex, c: Vertex): -1 | 0 | 1 {
  const twice = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  return twice > 0n ? 1 : twice < 0n ? -1 : 0;
}

const least = (values: readonly bigint[]): bigint => values.reduce((one, other) => (one < other ? one : other));
const most = (values: readonly bigint[]): bigint => values.reduce((one, other) => (one > other ? one : other));
