import type { Words } from '@yunfab/core/access';
import type { BentBeam, PreparedBeam } from './elastica.js';
import { loadToDeflection } from './loads.js';

export const standardGravity = 9.80665;
/** g of one US cent struck since 1982, the weight that the Common Cents System is counted in. */
export const centMass = 2.5;
/** g of a five-eurocent coin. */
export const fiveEurocentMass = 3.92;

/**
 * Published points of the effective rod number, as g on the tip at a deflection of a third of the length: five-eurocent
 * coins after Hanneman, RodMaker 2003 (fishing-gear.md; Salmi, Rod testing), and 41 cents = 5.0 (fishing-gear.md).
 */
const published: readonly (readonly [grams: number, ern: number])[] = [
  ...(
    [
      [10, 1.2],
      [11, 1.5],
      [12, 1.7],
      [13, 2],
      [14, 2.2],
      [20, 3.6],
      [21, 3.9],
      [22, 4.1],
      [23, 4.3],
      [24, 4.6],
      [30, 6],
      [31, 6.2],
      [32, 6.4],
      [33, 6.7],
      [34, 6.9],
      [40, 8],
      [41, 8.2],
      [42, 8.4],
      [43, 8.5],
      [44, 8.7],
    ] as const
  ).map(([coins, ern]) => [coins * fiveEurocentMass, ern] as const),
  [41 * centMass, 5] as const,
].sort(([a], [b]) => a - b);

export interface RodNumber {
  readonly ern: number;
  /** `interpolated` between two published points, `beyond` the last one: then continued along its last stretch. */
  readonly basis: 'published' | 'interpolated' | 'beyond';
}

/** The effective rod number of a load in g; null below the least published load, where the table would run out of lines. */
export function rodNumber(grams: number): RodNumber | null {
  const [first, last] = [published[0], published.at(-1)];
  if (!first || !last || grams < first[0]) return null;
  const exact = published.find(([at]) => Math.abs(at - grams) < 1e-9);
  if (exact) return { ern: exact[1], basis: 'published' };
  const after = published.findIndex(([at]) => at > grams);
  const high = after < 0 ? published.length - 1 : after;
  const [from, to] = [published[high - 1], published[high]] as [readonly [number, number], readonly [number, number]];
  const ern = from[1] + ((to[1] - from[1]) * (grams - from[0])) / (to[0] - from[0]);
  return { ern, basis: grams > last[0] ? 'beyond' : 'interpolated' };
}

export type Action = 'slow' | 'moderate' | 'moderate_fast' | 'fast';

export const actionWords: Readonly<Record<Action, Words>> = {
  slow: { en: 'slow', zh: '慢调' },
  moderate: { en: 'moderate', zh: '中调' },
  moderate_fast: { en: 'moderate-fast', zh: '中快调' },
  fast: { en: 'fast', zh: '快调' },
};

/** Hanneman's bands of the action angle: below 59° slow, to 63° moderate, to 66° moderate-fast, above it fast. */
export function actionOf(angle: number): Action {
  if (angle < 59) return 'slow';
  if (angle < 63) return 'moderate';
  return angle <= 66 ? 'moderate_fast' : 'fast';
}

/** The Defined Bending Index of a blank: power by ERN, action by the angle of the tip. */
export interface BendingIndex {
  /** g that bring the tip down by a third of the bending length. */
  readonly grams: number;
  readonly cents: number;
  readonly rodNumber: RodNumber | null;
  /** Degrees of the tip below the horizontal then. */
  readonly actionAngle: number;
  readonly action: Action;
  readonly bent: BentBeam;
}

/** Common Cents System (Hanneman): butt horizontal, loaded at the tip until it hangs a third of the length lower. */
export function bendingIndex(beam: PreparedBeam): BendingIndex | null {
  const bent = loadToDeflection(beam, 1 / 3);
  if (!bent) return null;
  const grams = (bent.load / standardGravity) * 1000;
  return {
    grams,
    cents: grams / centMass,
    rodNumber: rodNumber(grams),
    actionAngle: bent.tipAngle,
    action: actionOf(bent.tipAngle),
    bent,
  };
}
