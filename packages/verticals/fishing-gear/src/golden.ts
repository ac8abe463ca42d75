import { canonical, Decimal } from '@yunfab/core/measure';
import type { GoldenValue } from '@yunfab/core/verticals';
import { actionOf, centMass, fiveEurocentMass, rodNumber } from './bend/common-cents.js';
import { type Beam, bendBeam, prepareBeam } from './bend/elastica.js';
import { spaceGuides } from './bend/guides.js';
import { loadToDeflection } from './bend/loads.js';
import { exportCost, insured } from './quotation/export-price.js';

const uniform: Beam = { length: 1, stiffness: () => 1 };
/** EI ∝ d⁴, the diameter falling evenly to this part of the butt's. */
const tapered = (tip: number): Beam => ({ length: 1, stiffness: (s) => (1 - (1 - tip) * s) ** 4 });
const actionAngle = (beam: Beam): number | null => loadToDeflection(prepareBeam(beam), 1 / 3)?.tipAngle ?? null;

const source = 'fishing-gear.md 1';

/** Values that the industry's sources print. */
export const fishingGearGolden: readonly GoldenValue[] = [
  {
    name: 'deflection δ/L of a uniform cantilever at PL²/EI = 1, 2 and 10',
    source,
    expected: [0.30172, 0.49346, 0.81061],
    tolerance: 0.000006,
    actual: () => [1, 2, 10].map((load) => bendBeam(uniform, load).drop),
  },
  {
    name: 'tip angle of the same, degrees',
    source,
    expected: [26.43, 44.79, 81.95],
    tolerance: 0.0051,
    actual: () => [1, 2, 10].map((load) => bendBeam(uniform, load).tipAngle),
  },
  {
    name: 'action angle of a uniform beam at δ = L/3, degrees',
    source,
    expected: 29.33,
    tolerance: 0.0051,
    actual: () => actionAngle(uniform),
  },
  {
    name: 'action angle for EI ∝ d⁴ with tip/butt 0.20 and 0.15, degrees',
    source,
    expected: [63.4, 72.9],
    tolerance: 0.051,
    actual: () => [actionAngle(tapered(0.2)), actionAngle(tapered(0.15))],
  },
  {
    name: 'effective rod number of 41 cents',
    source: 'fishing-gear.md 1; Hanneman, Common Cents System',
    expected: 5,
    actual: () => rodNumber(41 * centMass)?.ern ?? null,
  },
  {
    name: 'effective rod number of 10, 20, 30 and 40 five-eurocent coins',
    source: 'fishing-gear.md 1; Hanneman, RodMaker 2003',
    expected: [1.2, 3.6, 6, 8],
    actual: () => [10, 20, 30, 40].map((coins) => rodNumber(coins * fiveEurocentMass)?.ern ?? null),
  },
  {
    name: 'action at 58.9°, 59°, 63°, 66° and 66.1°',
    source,
    expected: ['slow', 'moderate', 'moderate_fast', 'moderate_fast', 'fast'],
    actual: () => [58.9, 59, 63, 66, 66.1].map(actionOf),
  },
  {
    name: 'growth of the gaps between 9 guides on 8 ft: 66 = 36 + 36x',
    source,
    expected: 0.83,
    tolerance: 0.005,
    actual: () => spaceGuides({ guides: 9, first: 4, stripper: 66 }).step,
  },
  {
    name: 'export cost of 113 at 13 % VAT and 13 % rebate, CNY',
    source: 'fishing-gear.md 2',
    expected: '100',
    actual: () => canonical(exportCost({ purchase: '113', vatRate: '0.13', rebateRate: '0.13' }).cost),
  },
  {
    name: 'CIF of CFR 1000 at 0.5 % premium on 110 %: less its premium it is CFR again',
    source: 'fishing-gear.md 2',
    expected: ['1005.530417', '1000'],
    actual: () => {
      const cif = insured(new Decimal(1000), { premiumRate: '0.005', markup: '0.1' });
      return [canonical(cif.toDecimalPlaces(6)), canonical(cif.minus(cif.times('1.1').times('0.005')).toDecimalPlaces(20))];
    },
  },
];
