import type { Body } from '../../body/index.js';
import { cubic, join, lengthOf, mirror, type Point, solve } from '../geometry.js';
import { type Edge, type PieceDraft, unfold } from '../piece.js';
import type { ShirtEase } from './ease.js';

/** From the centre front to the fold of the button stand, and from the fold to the raw edge of its facing, mm. */
export const buttonStand = 17.5;
const facing = 35;
/** How far the nape lies below the neck point, mm. */
const napeDepth = 22;
const slope = { front: (22 * Math.PI) / 180, back: (18 * Math.PI) / 180 };

export interface Bodice {
  readonly front: PieceDraft;
  readonly back: PieceDraft;
  /** Where finished girths are measured, y from the neck point, mm. */
  readonly levels: { readonly chest: number; readonly waist: number; readonly hip: number };
  readonly waistEase: number;
  readonly hipEase: number;
}

/** Front and back of a shirt by the proportional method: chest lines by quarters, one shoulder and one side for both. */
export function draftBodice(body: Body, ease: ShirtEase): Bodice {
  const chest = body.chest * 10 + ease.chest;
  const quarter = chest / 4;
  const shoulder = (body.shoulder_width * 10 + ease.shoulder) / 2;
  const waistLevel = napeDepth + body.back_length * 10;
  const hipLevel = waistLevel + body.height * 1.15;
  const hem = hipLevel + body.height * 0.5;
  const depth = Math.min(chest * 0.2 + 40, waistLevel - 70);

  const neckWidth = solve((body.neck * 10 + ease.collar) / 2, (width) => lengthOf(backNeck(width)) + lengthOf(frontNeck(width)), 40, 160);
  const backTip: Point = [shoulder, (shoulder - neckWidth) * Math.tan(slope.back)];
  const seam = Math.hypot(shoulder - neckWidth, backTip[1]);
  const frontTip: Point = [neckWidth + seam * Math.cos(slope.front), seam * Math.sin(slope.front)];

  const backArmhole = armhole(backTip, slope.back, Math.min(chest * 0.15 + 38, shoulder - 6), [quarter, depth]);
  const frontArmhole = armhole(frontTip, slope.front, Math.min(chest * 0.15 + 26, frontTip[0] - 12), [quarter, depth]);

  const waistGirth = Math.max(body.waist * 10 + ease.waist, chest - 4 * ease.suppression);
  const waist = Math.min(quarter, waistGirth / 4);
  const hip = Math.max(quarter, (body.hip * 10 + ease.hip) / 4);
  const side = join(
    cubic(
      [quarter, depth],
      [quarter, depth + (waistLevel - depth) * 0.4],
      [waist, waistLevel - (waistLevel - depth) * 0.3],
      [waist, waistLevel],
    ),
    cubic(
      [waist, waistLevel],
      [waist, waistLevel + (hipLevel - waistLevel) * 0.35],
      [hip, hipLevel - (hipLevel - waistLevel) * 0.3],
      [hip, hipLevel],
    ),
    [[hip, hem]],
  );
  const toWaist = lengthOf(side.slice(0, 17));
  const notchAt = (line: readonly Point[]) => lengthOf(line) - Math.min(110, lengthOf(line) * 0.4);

  const shared = (neckLine: readonly Point[], tip: Point, armholeLine: readonly Point[]): Edge[] => [
    { name: 'neck', points: neckLine, allowance: 8 },
    { name: 'shoulder', points: [[neckWidth, 0], tip], allowance: 10 },
    { name: 'armhole', points: armholeLine, allowance: 10 },
    { name: 'side', points: side, allowance: 10 },
  ];
  const backHalf: Edge[] = [
    ...shared(backNeck(neckWidth), backTip, backArmhole),
    {
      name: 'hem',
      points: [
        [hip, hem],
        [0, hem],
      ],
      allowance: 20,
    },
  ];
  return {
    levels: { chest: depth + 0.5, waist: waistLevel, hip: hipLevel },
    waistEase: waist * 4 - body.waist * 10,
    hipEase: hip * 4 - body.hip * 10,
    front: {
      id: 'front',
      words: { en: 'Front', zh: '前片' },
      quantity: 2,
      paired: true,
      grain: [
        [neckWidth, depth],
        [neckWidth, hipLevel],
      ],
      edges: [
        ...standEdges(frontNeck(neckWidth)),
        ...shared(frontNeck(neckWidth), frontTip, frontArmhole),
        ...frontEdge(frontNeck(neckWidth), hip, hem),
      ],
      notches: [
        { id: 'front', edge: 'armhole', from: notchAt(frontArmhole) },
        { id: 'waist', edge: 'side', from: toWaist },
      ],
      internals: [
        {
          words: { en: 'Centre front', zh: '前中线' },
          points: [
            [0, frontNeckDepth(neckWidth)],
            [0, hem],
          ],
        },
        {
          words: { en: 'Fold of the button stand', zh: '门襟翻折线' },
          points: [
            [-buttonStand, frontNeckDepth(neckWidth)],
            [-buttonStand, hem],
          ],
        },
      ],
    },
    back: {
      id: 'back',
      words: { en: 'Back', zh: '后片' },
      quantity: 1,
      paired: false,
      grain: [
        [0, depth],
        [0, hipLevel],
      ],
      edges: unfold(backHalf),
      notches: [
        { id: 'back', edge: 'armhole-r', from: notchAt(backArmhole) },
        { id: 'back', edge: 'armhole-l', from: lengthOf(backArmhole) - notchAt(backArmhole) },
        { id: 'waist', edge: 'side-r', from: toWaist },
        { id: 'waist', edge: 'side-l', from: lengthOf(side) - toWaist },
      ],
      internals: [
        {
          words: { en: 'Centre back', zh: '后中线' },
          points: [
            [0, napeDepth],
            [0, hem],
          ],
        },
      ],
    },
  };
}

const frontNeckDepth = (width: number): number => width + 12;

const backNeck = (width: number): Point[] => cubic([0, napeDepth], [width * 0.6, napeDepth], [width * 0.92, napeDepth * 0.6], [width, 0]);

const frontNeck = (width: number): Point[] => {
  const depth = frontNeckDepth(width);
  return cubic([0, depth], [width * 0.55, depth], [width, depth * 0.5], [width, 0]);
};

/** From the shoulder tip, square to the shoulder, past the across line to the underarm, which it reaches level. */
function armhole(tip: Point, angle: number, across: number, underarm: Point): Point[] {
  const drop = underarm[1] - tip[1];
  const middle: Point = [across, tip[1] + drop * 0.55];
  const reach = drop * 0.55;
  return join(
    cubic(tip, [tip[0] - Math.sin(angle) * reach * 0.3, tip[1] + Math.cos(angle) * reach * 0.3], [across, middle[1] - reach * 0.4], middle),
    cubic(
      middle,
      [across, middle[1] + (underarm[1] - middle[1]) * 0.6],
      [underarm[0] - (underarm[0] - across) * 0.6, underarm[1]],
      underarm,
    ),
  );
}

/** The neck edge of button stand and facing. The facing has the shape of what it is folded upon. */
function standEdges(neckLine: readonly Point[]): Edge[] {
  const upTo = facing - buttonStand;
  const under: Point[] = [];
  for (const [i, point] of neckLine.entries()) {
    if (point[0] <= upTo) {
      under.push(point);
      continue;
    }
    const before = neckLine[i - 1] as Point;
    const t = (upTo - before[0]) / (point[0] - before[0]);
    under.push([upTo, before[1] + (point[1] - before[1]) * t]);
    break;
  }
  const [start] = neckLine as [Point];
  return [
    { name: 'facing-neck', points: join(mirror(under, -buttonStand), [[-buttonStand, start[1]]]), allowance: 8 },
    { name: 'stand-neck', points: [[-buttonStand, start[1]], start], allowance: 8 },
  ];
}

function frontEdge(neckLine: readonly Point[], hip: number, hem: number): Edge[] {
  const x = -buttonStand - facing;
  const [top] = (standEdges(neckLine)[0] as Edge).points as [Point];
  return [
    {
      name: 'hem',
      points: [
        [hip, hem],
        [x, hem],
      ],
      allowance: 20,
    },
    { name: 'front-edge', points: [[x, hem], top], allowance: 10 },
  ];
}
