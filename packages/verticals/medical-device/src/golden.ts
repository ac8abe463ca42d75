import { integrateDose } from '@yunfab/core/measure';
import type { GoldenValue } from '@yunfab/core/verticals';
import { lethality, saturationTemperature } from './sterilization/steam.js';
import { hibcCheckCharacter } from './udi/hibc.js';
import { maCheckDigit } from './udi/ma.js';
import { parseUdi } from './udi/parse.js';

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
  {
    name: 'check characters of HIBC codes',
    source: 'ANSI/HIBC 2.6, appendix B; medical-device.md 2',
    expected: ['G', 'Q', 'H'],
    actual: () =>
      [
        '+A123BJC5D6E71',
        '+$$20928053C001/S0001/16D20000101X',
        '+H123PARTNO1234567890120/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202',
      ].map(hibcCheckCharacter),
  },
  {
    name: 'expiry and lot of a scanned GS1 code',
    source: 'medical-device.md 2',
    expected: ['2025-06-30', '12345ABC', 'LOT42X'],
    actual: () => {
      const { expiry, serial, lot } = parseUdi(']d20104150000021126172506302112345ABC\u001d10LOT42X', new Date('2026-11-28'));
      return [expiry, serial, lot];
    },
  },
  {
    name: 'check digit of an MA code in use',
    source: 'MA.156.M0.100472.11103316',
    expected: '6',
    actual: () => maCheckDigit('MA.156.M0.100472.1110331'),
  },
];
