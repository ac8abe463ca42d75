import type { Body } from '../body/index.js';
import { type Issue, refused } from '../issue.js';
import { checkPattern } from './check.js';
import { crossings } from './geometry.js';
import type { Fit, Garment, Pattern } from './pattern.js';
import { edge, type PatternPiece } from './piece.js';
import { draftShirt } from './shirt/shirt.js';
import { draftTrousers } from './trousers/trousers.js';

const drafts: Readonly<Record<Garment, (body: Body, fit: Fit) => Pattern>> = { shirt: draftShirt, trousers: draftTrousers };

/** The pattern of one body. `pattern` is null while it has an issue: a draft that cannot be sewn is refused, not delivered. */
export function draftPattern(
  body: Body,
  { garment, fit }: { readonly garment: Garment; readonly fit: Fit },
): { readonly pattern: Pattern | null; readonly issues: readonly Issue[] } {
  const pattern = drafts[garment](body, fit);
  const issues = [...checkPattern(pattern), ...roomForLimbs(body, pattern)];
  return { pattern: issues.length === 0 ? pattern : null, issues };
}

/** Arms and thighs have to go in, whatever the proportions of the rest gave. */
function roomForLimbs(body: Body, { garment, pieces }: Pattern): Issue[] {
  const widest = ({ sewLine }: PatternPiece, y: number) => {
    const at = crossings(sewLine, y);
    return at.length < 2 ? 0 : Math.max(...at) - Math.min(...at);
  };
  const [front, back, sleeve] = pieces as readonly [PatternPiece, PatternPiece, PatternPiece];
  const arm = garment === 'shirt';
  const limb = (arm ? body.upper_arm : body.thigh) * 10;
  const room = arm ? widest(sleeve, 0.5) : widest(front, forkOf(front) + 0.5) + widest(back, forkOf(back) + 0.5);
  if (room >= limb + 20) return [];
  const words = arm ? { en: 'upper arm', zh: '上臂围' } : { en: 'thigh', zh: '大腿围' };
  return [
    refused(
      arm ? 'finished.upper_arm' : 'finished.thigh',
      `The ${words.en} is ${Math.round(limb)} mm and the pieces give it ${Math.round(room)} mm; at least 20 mm of ease are needed`,
      `${words.zh}为 ${Math.round(limb)} mm，样板仅 ${Math.round(room)} mm；至少需 20 mm 放松量`,
    ),
  ];
}

/** Where the legs fork, y. */
const forkOf = (leg: PatternPiece): number => edge(leg, 'inseam').points[0]?.[1] ?? 0;
