import { arrheniusRate } from '@yunfab/core/measure';
import type { GoldenValue } from '@yunfab/core/verticals';
import { loadOf } from './size/load-index.js';
import { parseSize } from './size/parse.js';
import { loadShareAt, speedOf } from './size/speed.js';
import { parseTin } from './tin/parse.js';
import { lateralShift } from './uniformity/measure.js';

const rate = (activationEnergy: number, celsius: number) => arrheniusRate({ activationEnergy, reference: 150 })(celsius);

/** Values that the industry's sources print. */
export const tireGolden: readonly GoldenValue[] = [
  {
    name: 'cure rate at 160 °C against 150 °C, Ea 80 kJ/mol',
    source: 'tire.md 1',
    expected: 1.69,
    tolerance: 0.0005,
    actual: () => rate(80_000, 160),
  },
  {
    name: 'cure rates at 160 and 140 °C against 150 °C, Ea 100 kJ/mol',
    source: 'tire.md 1',
    expected: [1.927, 0.503],
    tolerance: 0.0005,
    actual: () => [rate(100_000, 160), rate(100_000, 140)],
  },
  {
    name: 'lateral force shifts 42 and −18 N to conicity and ply steer',
    source: 'tire.md 2',
    expected: { conicity: 12, plySteer: 30 },
    actual: () => ({ ...lateralShift(42, -18) }),
  },
  {
    name: 'overall diameters of 205/55R16 and 315/80R22.5, mm',
    source: 'tire.md 3',
    expected: [631.9, 1075.5],
    actual: () => ['205/55R16', '315/80R22.5'].map((marking) => parseSize(marking).size?.overallDiameter ?? null),
  },
  {
    name: 'loads of load indices 60, 75, 91, 100, 121 and 150, kg',
    source: 'tire.md 3',
    expected: [250, 387, 615, 800, 1450, 3350],
    actual: () => [60, 75, 91, 100, 121, 150].map(loadOf),
  },
  {
    name: 'speeds of L, T, U, H, V, W and Y, km/h',
    source: 'tire.md 3',
    expected: [120, 190, 200, 210, 240, 270, 300],
    actual: () => [...'LTUHVWY'].map(speedOf),
  },
  {
    name: 'share of the load at 240 km/h of V and at 270 km/h of W',
    source: 'UN R30, 2.31',
    expected: [0.91, 0.85],
    tolerance: 1e-12,
    actual: () => [loadShareAt('V', 240), loadShareAt('W', 270)],
  },
  {
    name: 'date code 3208 is week 32 of 2008',
    source: '49 CFR 574.5',
    expected: [32, 2008],
    actual: () => {
      const { identification } = parseTin('DOT 1AB C1DEF2 3208', new Date('2026-01-01T00:00:00Z'));
      return [identification?.week ?? null, identification?.year ?? null];
    },
  },
];
