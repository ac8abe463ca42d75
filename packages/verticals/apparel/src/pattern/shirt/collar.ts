import { cubic, lengthOf, type Point, solve } from '../geometry.js';
import { type PieceDraft, unfold } from '../piece.js';
import { buttonStand } from './bodice.js';

const standHeight = { back: 35, front: 27 };
const standRise = 15;

/** Stand and collar for a neckline: `half` is its length from the centre back to the end of the button stand, mm. */
export function draftCollar(half: number): { readonly stand: PieceDraft; readonly collar: PieceDraft } {
  const length = solve(half, (x) => lengthOf(standBottom(x)), half * 0.8, half * 1.1);
  const end: Point = [length - buttonStand, -standRise - standHeight.front];
  const top = cubic([0, -standHeight.back], [length * 0.45, -standHeight.back], [length * 0.75, -standHeight.back - 2], end);
  const front = cubic([length, -standRise], [length - 1, -standRise - standHeight.front * 0.7], [length - 5, end[1]], end, 8);
  const collarLength = solve(lengthOf(top), (x) => lengthOf(collarBottom(x)), half * 0.6, half * 1.1);
  const point: Point = [collarLength + 16, 10 - 70];
  return {
    stand: {
      id: 'collar-stand',
      words: { en: 'Collar stand', zh: '领座' },
      quantity: 2,
      paired: false,
      grain: [
        [-length * 0.5, -18],
        [length * 0.5, -18],
      ],
      edges: unfold([
        { name: 'top', points: top, allowance: 6 },
        { name: 'front', points: [...front].reverse(), allowance: 6 },
        { name: 'attach', points: [...standBottom(length)].reverse(), allowance: 8 },
      ]),
      notches: [{ id: 'centre-back', edge: 'attach-r', from: lengthOf(standBottom(length)) }],
    },
    collar: {
      id: 'collar',
      words: { en: 'Collar', zh: '翻领' },
      quantity: 2,
      paired: false,
      grain: [
        [-collarLength * 0.5, -22],
        [collarLength * 0.5, -22],
      ],
      edges: unfold([
        { name: 'edge', points: cubic([0, -45], [collarLength * 0.4, -45], [collarLength * 0.7, -48], point), allowance: 6 },
        { name: 'front', points: [point, [collarLength, 10]], allowance: 6 },
        { name: 'attach', points: [...collarBottom(collarLength)].reverse(), allowance: 6 },
      ]),
      notches: [{ id: 'centre-back', edge: 'attach-r', from: lengthOf(collarBottom(collarLength)) }],
    },
  };
}

const standBottom = (x: number): Point[] => cubic([0, 0], [x * 0.5, 0], [x * 0.8, -3], [x, -standRise]);
const collarBottom = (x: number): Point[] => cubic([0, 0], [x * 0.5, 0], [x * 0.8, 4], [x, 10]);
