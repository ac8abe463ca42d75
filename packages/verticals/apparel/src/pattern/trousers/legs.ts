import type { Body } from '../../body/index.js';
import { cubic, distance, join, lengthOf, type Point, solve } from '../geometry.js';
import type { PieceDraft } from '../piece.js';
import type { TrousersEase } from './ease.js';

export const bandDepth = 35;
/** Hem above the floor. */
export const clearance = 20;
/** Fronts are narrower than backs by twice this, mm a quarter. */
const shift = 10;
/** What the back waist rises above the front's, and how far it leans in, over the hip depth. */
const backLift = 25;
const backLean = 0.17;
const frontLean = 10;
const widest = { pleat: 30, dart: 40 };

export interface Legs {
  readonly front: PieceDraft;
  readonly back: PieceDraft;
  /** Taken up at the waist of one front by its pleat and of one back by its dart, mm. */
  readonly pleat: number;
  readonly dart: number;
  readonly levels: { readonly hip: number; readonly crotch: number; readonly hem: number };
}

/** Front and back leg by the proportional method; the back is brought to the lengths of the front's seams. */
export function draftLegs(body: Body, ease: TrousersEase): Legs {
  const hip = body.hip * 10 + ease.hip;
  const waist = body.waist * 10 + ease.waist;
  const crotch = (body.waist_height - body.inseam) * 10 - bandDepth + ease.rise;
  const hem = body.waist_height * 10 - bandDepth - clearance;
  const levels = { hip: crotch * 0.66, crotch, hem };
  const knee = crotch + (hem - crotch) * 0.47;
  const girth = { hem: ease.hem * (0.6 + (0.4 * body.hip) / 95), knee: 0 };
  girth.knee = girth.hem + ease.knee;

  const f = { hip: hip / 4 - shift, fork: hip * 0.04, hem: girth.hem / 2 - shift, knee: girth.knee / 2 - shift };
  // The inseam leans in at once below the fork, so what the thigh needs is a little more than its girth.
  const least = body.thigh * 10 + ease.thigh + 10 - (hip / 2 + f.fork);
  const b = { hip: hip / 4 + shift, fork: Math.max(hip * 0.105, least), hem: girth.hem / 2 + shift, knee: girth.knee / 2 + shift };

  const frontCrease = (f.hip + f.fork) / 2;
  const frontInseam = inseam([f.hip + f.fork, crotch], leg(frontCrease, f, knee, hem, 1));
  const frontNeed = waist / 4 - shift / 2;
  const frontExcess = f.hip - frontLean - frontNeed;
  const pleat = Math.max(0, Math.min(widest.pleat, frontExcess - 15));
  const frontSide: Point = [f.hip - frontLean - frontNeed - pleat, 0];
  const frontOutseam = outseam(frontSide, levels.hip, leg(frontCrease, f, knee, hem, -1));

  const backCrease = (b.hip + b.fork) / 2 - 5;
  const backLeg = leg(backCrease, b, knee, hem, 1);
  const drop = -solve(lengthOf(frontInseam), (up) => lengthOf(inseam([b.hip + b.fork, crotch - up], backLeg)), -160, 40);
  const seat: Point = [b.hip + b.fork, crotch + drop];
  const top: Point = [b.hip - backLean * levels.hip, -backLift];
  const backNeed = waist / 4 + shift / 2;
  const dart = Math.max(0, Math.min(widest.dart, distance([0, 0], top) - backNeed - 12));
  const sideAt = (y: number): Point => [top[0] - Math.sqrt((backNeed + dart) ** 2 - (y - top[1]) ** 2), y];
  const backOutside = leg(backCrease, b, knee, hem, -1);
  const raised = solve(lengthOf(frontOutseam), (up) => lengthOf(outseam(sideAt(-up), levels.hip, backOutside)), -60, 100);
  const backSide = sideAt(-raised);
  const backOutseam = outseam(backSide, levels.hip, backOutside);
  const toKnee = (line: readonly Point[]) => lengthOf(line) - distance(line.at(-1) as Point, line.at(-2) as Point);

  const half = (line: readonly [Point, Point], t: number): Point => [
    line[0][0] + (line[1][0] - line[0][0]) * t,
    line[0][1] + (line[1][1] - line[0][1]) * t,
  ];
  return {
    pleat,
    dart,
    levels,
    front: {
      id: 'front',
      words: { en: 'Front', zh: '前片' },
      quantity: 2,
      paired: true,
      grain: [
        [frontCrease, levels.hip],
        [frontCrease, hem - 100],
      ],
      edges: [
        { name: 'waist', points: [frontSide, [f.hip - frontLean, 0]], allowance: 10 },
        {
          name: 'crotch',
          points: join([[f.hip - frontLean, 0]], fork([f.hip, levels.hip], [0, 1], [f.hip + f.fork, crotch])),
          allowance: 10,
        },
        { name: 'inseam', points: frontInseam, allowance: 12 },
        { name: 'hem', points: [frontInseam.at(-1) as Point, frontOutseam.at(-1) as Point], allowance: 40 },
        { name: 'outseam', points: [...frontOutseam].reverse(), allowance: 12 },
      ],
      notches: [
        { id: 'knee', edge: 'inseam', from: toKnee(frontInseam) },
        { id: 'knee', edge: 'outseam', from: lengthOf(frontOutseam) - toKnee(frontOutseam) },
        { id: 'fly', edge: 'crotch', from: levels.hip },
      ],
      internals: [
        {
          words: { en: 'Crease', zh: '烫迹线' },
          points: [
            [frontCrease, levels.hip],
            [frontCrease, hem],
          ],
        },
        {
          words: { en: 'Slanted pocket', zh: '斜插袋' },
          points: [
            [frontSide[0] + 35, 0],
            [2, Math.min(165, levels.hip - 2)],
          ],
        },
        ...(pleat > 0
          ? [
              {
                words: { en: 'Pleat', zh: '褶裥' },
                points: [
                  [frontCrease - pleat / 2, 0],
                  [frontCrease - pleat / 2, 60],
                  [frontCrease + pleat / 2, 60],
                  [frontCrease + pleat / 2, 0],
                ] as Point[],
              },
            ]
          : []),
      ],
    },
    back: {
      id: 'back',
      words: { en: 'Back', zh: '后片' },
      quantity: 2,
      paired: true,
      grain: [
        [backCrease, levels.hip],
        [backCrease, hem - 100],
      ],
      edges: [
        { name: 'waist', points: [backSide, top], allowance: 10 },
        {
          name: 'crotch',
          points: join([top], fork([b.hip, levels.hip], [backLean * levels.hip, levels.hip + backLift], seat)),
          allowance: 10,
        },
        { name: 'inseam', points: inseam(seat, backLeg), allowance: 12 },
        { name: 'hem', points: [backLeg.hem, backOutside.hem], allowance: 40 },
        { name: 'outseam', points: [...backOutseam].reverse(), allowance: 12 },
      ],
      notches: [
        { id: 'knee', edge: 'inseam', from: toKnee(inseam(seat, backLeg)) },
        { id: 'knee', edge: 'outseam', from: lengthOf(backOutseam) - toKnee(backOutseam) },
      ],
      internals: [
        {
          words: { en: 'Crease', zh: '烫迹线' },
          points: [
            [backCrease, levels.hip],
            [backCrease, hem],
          ],
        },
        ...(dart > 0
          ? [
              {
                words: { en: 'Dart', zh: '省道' },
                points: [
                  half([backSide, top], 0.5 - dart / 2 / (backNeed + dart)),
                  [half([backSide, top], 0.5)[0], Math.min(110, levels.hip - 10)] as Point,
                  half([backSide, top], 0.5 + dart / 2 / (backNeed + dart)),
                ],
              },
            ]
          : []),
      ],
    },
  };
}

interface LegLine {
  readonly knee: Point;
  readonly hem: Point;
}

/** One side of a leg from the knee down; `side` −1 is the outer one. */
const leg = (
  crease: number,
  { knee, hem }: { readonly knee: number; readonly hem: number },
  kneeY: number,
  hemY: number,
  side: 1 | -1,
): LegLine => ({
  knee: [crease + (side * knee) / 2, kneeY],
  hem: [crease + (side * hem) / 2, hemY],
});

/** `above` mm over the knee, on the line that the lower leg goes on with. */
function aboveKnee({ knee, hem }: LegLine, above: number): Point {
  const lean = (hem[0] - knee[0]) / (hem[1] - knee[1]);
  return [knee[0] - lean * above, knee[1] - above];
}

function inseam(crotch: Point, line: LegLine): Point[] {
  const drop = line.knee[1] - crotch[1];
  return join(
    cubic(crotch, [crotch[0] + (line.knee[0] - crotch[0]) * 0.45, crotch[1] + drop * 0.25], aboveKnee(line, drop * 0.35), line.knee),
    [line.hem],
  );
}

/** From the waist over the hip, which stands at x = 0, to the hem. */
function outseam(waist: Point, hip: number, line: LegLine): Point[] {
  const drop = line.knee[1] - hip;
  return join(
    cubic(waist, [waist[0] * 0.45, waist[1] + (hip - waist[1]) * 0.4], [0, hip - (hip - waist[1]) * 0.3], [0, hip]),
    cubic([0, hip], [0, hip + drop * 0.3], aboveKnee(line, drop * 0.35), line.knee),
    [line.hem],
  );
}

/** From the hip on, as steep as the line above it, round to the fork of the legs. */
function fork(hip: Point, [dx, dy]: Point, to: Point): Point[] {
  const reach = (to[1] - hip[1]) * 0.5;
  return cubic(hip, [hip[0] + (dx / dy) * reach, hip[1] + reach], [hip[0] + (to[0] - hip[0]) * 0.35, to[1]], to);
}
