import { integrateDose } from '@yunfab/core/measure';
import type { GoldenValue } from '@yunfab/core/verticals';
import { lethality, saturationTemperature } from './sterilization/steam.js';

const f0 = (celsius: number, minutes: number): number =>
  integrateDose({ ts: [0, minutes * 60_000], value: [celsius, celsius] }, { rate: lethality, maxGapMs: Infinity }).total / 60_000;

/** Values that an expert of the trade would look up. */
export const medicalDeviceGolden: readonly GoldenValue[] = [
  {
    name: 'F₀ of 15 min at 111.1 °C',
    source: 'ISO 17665-1, z = 10 K, 121.1 °C',
    expected: 1.5,
    actual: () => f0(111.1, 15),
    tolerance: 1e-9,
  },
  { name: 'F₀ of 3 min at 134 °C', source: 'ISO 17665-1, z = 10 K, 121.1 °C', expected: 58.5, actual: () => f0(134, 3), tolerance: 0.05 },
  {
    name: 'saturated steam at 3.0415 bar',
    source: 'EN 285:2015 theoretical temperature; IAPWS-IF97 134 °C',
    expected: 134,
    actual: () => saturationTemperature(3.0415),
    tolerance: 0.15,
  },
];
