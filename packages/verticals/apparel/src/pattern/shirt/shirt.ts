import type { Body } from '../../body/index.js';
import { boxOf, crossings, lengthOf } from '../geometry.js';
import type { FinishedMeasurement, Fit, Pattern, Seam } from '../pattern.js';
import { edge, edgeLength, makePiece, type PatternPiece } from '../piece.js';
import { draftBodice } from './bodice.js';
import { draftCollar } from './collar.js';
import { shirtEase } from './ease.js';
import { cuffDepth, draftSleeve } from './sleeve.js';

/** A shirt with collar and stand, cut-on button stand, set-in sleeves and cuffs; straight, without darts or yoke. */
export function draftShirt(body: Body, fit: Fit): Pattern {
  const ease = shirtEase[fit];
  const bodice = draftBodice(body, ease);
  const front = makePiece(bodice.front);
  const back = makePiece(bodice.back);
  const holes = { front: edgeLength(front, 'armhole'), back: edgeLength(back, 'armhole-r') };
  const fromUnderarm = (piece: PatternPiece, name: string, id: string) =>
    edgeLength(piece, name) - (piece.notches.find((notch) => notch.edge === name && notch.id === id)?.from ?? 0);
  const { sleeve, cuff, pleats } = draftSleeve(body, ease, {
    ...holes,
    notchFront: fromUnderarm(front, 'armhole', 'front'),
    notchBack: fromUnderarm(back, 'armhole-r', 'back'),
  });
  const { stand, collar } = draftCollar(edgeLength(front, 'stand-neck') + edgeLength(front, 'neck') + edgeLength(back, 'neck-r'));
  const pieces = [front, back, ...[sleeve, cuff, stand, collar].map(makePiece)];
  return { garment: 'shirt', fit, pieces, seams: seamsOf(ease.cap, pleats), finished: finishedOf(body, fit, pieces, bodice) };
}

function seamsOf(cap: number, pleats: number): Seam[] {
  const sewn = (piece: string, name: string, reversed = false) => ({ piece, edge: name, ...(reversed ? { reversed } : {}) });
  const seam = (id: string, en: string, zh: string, first: Seam['first'], second: Seam['second'], ease = 0): Seam => ({
    id,
    words: { en, zh },
    first,
    second,
    ease,
  });
  return [
    seam('shoulder', 'Shoulder seam', '肩缝', [sewn('front', 'shoulder')], [sewn('back', 'shoulder-r')]),
    seam('side', 'Side seam', '侧缝', [sewn('front', 'side')], [sewn('back', 'side-r')]),
    seam(
      'armhole-front',
      'Front armhole and sleeve cap',
      '前袖窿与袖山',
      [sewn('front', 'armhole')],
      [sewn('sleeve', 'cap-front')],
      cap / 2,
    ),
    seam(
      'armhole-back',
      'Back armhole and sleeve cap',
      '后袖窿与袖山',
      [sewn('back', 'armhole-r')],
      [sewn('sleeve', 'cap-back', true)],
      cap / 2,
    ),
    seam('underarm', 'Sleeve seam', '袖底缝', [sewn('sleeve', 'underarm-front')], [sewn('sleeve', 'underarm-back', true)]),
    seam('cuff', 'Cuff', '袖口', [sewn('cuff', 'attach')], [{ ...sewn('sleeve', 'hem'), takenUp: pleats }]),
    seam(
      'neck',
      'Collar stand to neckline',
      '领座与领窝',
      [
        ...['front', 'front'].flatMap((piece) => [sewn(piece, 'stand-neck'), sewn(piece, 'neck')]),
        sewn('back', 'neck-r'),
        sewn('back', 'neck-l'),
      ],
      [sewn('collar-stand', 'attach-r'), sewn('collar-stand', 'attach-l')],
    ),
    seam('collar', 'Collar to stand', '翻领与领座', [sewn('collar-stand', 'top-r')], [sewn('collar', 'attach-r', true)]),
  ];
}

function finishedOf(
  body: Body,
  fit: Fit,
  pieces: readonly PatternPiece[],
  { levels, waistEase, hipEase }: ReturnType<typeof draftBodice>,
): FinishedMeasurement[] {
  const ease = shirtEase[fit];
  const [front, back, sleeve, cuff] = pieces as [PatternPiece, PatternPiece, PatternPiece, PatternPiece];
  // The front counts from its centre, x = 0: what lies beyond overlaps.
  const girth = (y: number) => {
    const across = crossings(back.sewLine, y);
    return 2 * Math.max(...crossings(front.sewLine, y)) + Math.max(...across) - Math.min(...across);
  };
  const measured = (name: string, en: string, zh: string, landmark: FinishedMeasurement['landmark'], eased: number, drawn: number) => ({
    name,
    words: { en, zh },
    landmark,
    body: body[landmark] * 10,
    ease: eased,
    drawn,
  });
  const neck = 2 * (lengthOf(edge(front, 'neck').points) + lengthOf(edge(back, 'neck-r').points));
  return [
    measured('collar', 'Collar', '领围', 'neck', ease.collar, neck),
    measured('chest', 'Chest', '胸围', 'chest', ease.chest, girth(levels.chest)),
    measured('waist', 'Waist', '腰围', 'waist', waistEase, girth(levels.waist)),
    measured('hip', 'Hem', '下摆围', 'hip', hipEase, girth(levels.hip)),
    measured('shoulder', 'Shoulder width', '肩宽', 'shoulder_width', ease.shoulder, 2 * (edge(back, 'shoulder-r').points.at(-1)?.[0] ?? 0)),
    measured(
      'sleeve',
      'Sleeve length with cuff',
      '袖长（含袖口）',
      'arm_length',
      ease.sleeve - ease.shoulder / 2,
      boxOf(sleeve.sewLine).height + cuffDepth,
    ),
    measured('cuff', 'Cuff, open', '袖口围（展开）', 'wrist', ease.cuff + 25, edgeLength(cuff, 'attach')),
  ];
}
