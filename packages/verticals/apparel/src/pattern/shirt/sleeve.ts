import type { Body } from '../../body/index.js';
import { cubic, lengthOf, type Point, solve } from '../geometry.js';
import type { PieceDraft } from '../piece.js';
import type { ShirtEase } from './ease.js';

export const cuffDepth = 60;
const cuffOverlap = 25;
const widestPleat = 20;

export interface Sleeve {
  readonly sleeve: PieceDraft;
  readonly cuff: PieceDraft;
  /** Taken up by the two pleats at the cuff, mm. */
  readonly pleats: number;
}

/**
 * A sleeve whose cap is longer than the armhole by the ease, front and back each by half of it. The height of the cap comes
 * from the fit and its width from the armhole; a thick arm asks for a wider, lower cap.
 */
export function draftSleeve(
  body: Body,
  ease: ShirtEase,
  holes: { readonly front: number; readonly back: number; readonly notchFront: number; readonly notchBack: number },
): Sleeve {
  const front = holes.front + ease.cap / 2;
  const back = holes.back + ease.cap / 2;
  const widths = (height: number) => ({ front: halfWidth(front, height), back: halfWidth(back, height) });
  const arm = body.upper_arm * 10 + ease.upperArm;
  const most = (holes.front + holes.back) * ease.capHeight;
  const total = (height: number) => widths(height).front + widths(height).back;
  const height = total(most) >= arm ? most : solve(-arm, (h) => -total(h), 1, most);
  const { front: wf, back: wb } = widths(height);

  const long = body.arm_length * 10 + ease.sleeve - ease.shoulder / 2 - cuffDepth;
  const under = long - height;
  const cuffLength = body.wrist * 10 + ease.cuff + cuffOverlap;
  const pleat = Math.max(0, Math.min(widestPleat, (wf + wb - 20 - cuffLength) / 2));
  const taper = (wf + wb - cuffLength - 2 * pleat) / 2;
  const hem: readonly [Point, Point] = [
    [wf - taper, under],
    [taper - wb, under],
  ];
  const capFront = [...half(wf, height)].reverse().map(([x, y]): Point => [-x, y]);
  const capBack = half(wb, height);
  const slit = hem[1][0] + (cuffLength + 2 * pleat) * 0.25;
  return {
    pleats: 2 * pleat,
    sleeve: {
      id: 'sleeve',
      words: { en: 'Sleeve', zh: '袖片' },
      quantity: 2,
      paired: true,
      grain: [
        [0, -height * 0.5],
        [0, under - 60],
      ],
      edges: [
        { name: 'cap-back', points: capBack, allowance: 10 },
        { name: 'cap-front', points: capFront, allowance: 10 },
        { name: 'underarm-front', points: [[wf, 0], hem[0]], allowance: 10 },
        { name: 'hem', points: hem, allowance: 10 },
        { name: 'underarm-back', points: [hem[1], [-wb, 0]], allowance: 10 },
      ],
      notches: [
        { id: 'front', edge: 'cap-front', from: lengthOf(capFront) - holes.notchFront },
        { id: 'back', edge: 'cap-back', from: holes.notchBack },
        { id: 'shoulder', edge: 'cap-front', from: 0 },
      ],
      internals: [
        {
          words: { en: 'Sleeve placket', zh: '袖衩' },
          points: [
            [slit, under],
            [slit, under - 130],
          ],
        },
      ],
    },
    cuff: {
      id: 'cuff',
      words: { en: 'Cuff', zh: '袖口' },
      quantity: 4,
      paired: true,
      grain: [
        [20, cuffDepth / 2],
        [cuffLength - 20, cuffDepth / 2],
      ],
      edges: [
        {
          name: 'attach',
          points: [
            [0, 0],
            [cuffLength, 0],
          ],
          allowance: 10,
        },
        {
          name: 'end',
          points: [
            [cuffLength, 0],
            [cuffLength, cuffDepth],
          ],
          allowance: 8,
        },
        {
          name: 'edge',
          points: [
            [cuffLength, cuffDepth],
            [0, cuffDepth],
          ],
          allowance: 8,
        },
        {
          name: 'overlap-end',
          points: [
            [0, cuffDepth],
            [0, 0],
          ],
          allowance: 8,
        },
      ],
    },
  };
}

/** From the underarm (−width, 0) up to the top of the cap (0, −height). */
const half = (width: number, height: number): Point[] => cubic([-width, 0], [-width * 0.55, 0], [-width * 0.5, -height], [0, -height], 24);

const halfWidth = (length: number, height: number): number => solve(length, (width) => lengthOf(half(width, height)), 1, length * 1.5);
