import type { Body } from '../../body/index.js';
import { crossings, type Point } from '../geometry.js';
import type { FinishedMeasurement, Fit, Pattern, Seam } from '../pattern.js';
import { edge, edgeLength, makePiece, type PatternPiece, type PieceDraft } from '../piece.js';
import { trousersEase } from './ease.js';
import { bandDepth, clearance, draftLegs } from './legs.js';

const overlap = 30;

/** Trousers with front pleat and back dart where the body asks for them, slanted pockets marked, and a straight waistband. */
export function draftTrousers(body: Body, fit: Fit): Pattern {
  const ease = trousersEase[fit];
  const { front, back, pleat, dart, levels } = draftLegs(body, ease);
  const pieces = [front, back, waistband(body.waist * 10 + ease.waist)].map(makePiece);
  const sewn = (piece: string, name: string, takenUp = 0) => ({ piece, edge: name, ...(takenUp > 0 ? { takenUp } : {}) });
  const quarters = [sewn('front', 'waist', pleat), sewn('back', 'waist', dart)];
  const seams: Seam[] = [
    {
      id: 'outseam',
      words: { en: 'Outseam', zh: '外侧缝' },
      first: [sewn('front', 'outseam')],
      second: [sewn('back', 'outseam')],
      ease: 0,
    },
    { id: 'inseam', words: { en: 'Inseam', zh: '下裆缝' }, first: [sewn('front', 'inseam')], second: [sewn('back', 'inseam')], ease: 0 },
    {
      id: 'waistband',
      words: { en: 'Waistband', zh: '腰头' },
      first: [sewn('waistband', 'attach')],
      second: [...quarters, ...quarters],
      ease: 0,
    },
  ];
  return { garment: 'trousers', fit, pieces, seams, finished: finishedOf(body, fit, pieces, levels) };
}

function waistband(length: number): PieceDraft {
  const depth = bandDepth * 2;
  const end = length + overlap;
  return {
    id: 'waistband',
    words: { en: 'Waistband', zh: '腰头' },
    quantity: 1,
    paired: false,
    grain: [
      [40, bandDepth / 2],
      [length - 40, bandDepth / 2],
    ],
    edges: [
      {
        name: 'attach',
        points: [
          [0, 0],
          [length, 0],
        ],
        allowance: 10,
      },
      {
        name: 'overlap',
        points: [
          [length, 0],
          [end, 0],
        ],
        allowance: 10,
      },
      {
        name: 'end',
        points: [
          [end, 0],
          [end, depth],
        ],
        allowance: 10,
      },
      {
        name: 'inside',
        points: [
          [end, depth],
          [0, depth],
        ],
        allowance: 10,
      },
      {
        name: 'fly-end',
        points: [
          [0, depth],
          [0, 0],
        ],
        allowance: 10,
      },
    ],
    notches: [{ id: 'centre-back', edge: 'attach', from: length / 2 }],
    internals: [
      {
        words: { en: 'Fold', zh: '翻折线' },
        points: [
          [0, bandDepth],
          [end, bandDepth],
        ],
      },
    ],
  };
}

function finishedOf(
  body: Body,
  fit: Fit,
  [front, back, band]: readonly PatternPiece[],
  levels: { readonly hip: number; readonly crotch: number; readonly hem: number },
): FinishedMeasurement[] {
  if (!front || !back || !band) throw new RangeError('trousers have a front, a back and a waistband');
  const ease = trousersEase[fit];
  const across = ({ sewLine }: PatternPiece, y: number) => {
    const at = crossings(sewLine, y);
    return Math.max(...at) - Math.min(...at);
  };
  const [crotch] = edge(front, 'inseam').points as [Point];
  const hem = edge(front, 'hem').points[0] as Point;
  const measured = (name: string, en: string, zh: string, landmark: FinishedMeasurement['landmark'], eased: number, drawn: number) => ({
    name,
    words: { en, zh },
    landmark,
    body: body[landmark] * 10,
    ease: eased,
    drawn,
  });
  return [
    measured('waist', 'Waistband', '腰围', 'waist', ease.waist, edgeLength(band, 'attach')),
    measured('hip', 'Hip', '臀围', 'hip', ease.hip, 2 * (across(front, levels.hip) + across(back, levels.hip))),
    measured('inseam', 'Inseam, straight', '内长（直量）', 'inseam', -ease.rise - clearance, hem[1] - crotch[1]),
    measured('length', 'Outside length with waistband', '裤长（含腰头）', 'waist_height', -clearance, hem[1] + bandDepth),
  ];
}
