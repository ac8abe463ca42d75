import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits } from './fits.js';
import { formatSize, serviceDescription } from './format.js';
import { loadOf } from './load-index.js';
import { parseSize, type TireSize } from './parse.js';
import { loadShareAt, speedOf, speedSymbols } from './speed.js';

const sizeOf = (marking: string) => parseSize(marking).size;
const issuesOf = (marking: string) => parseSize(marking).issues.map(({ at }) => at);

describe('parseSize', () => {
  it('tire.md 3: 205/55R16 → 631.9 mm; 315/80R22.5 → 1075.5 mm', () => {
    expect(sizeOf('205/55R16 91V')).toMatchObject({
      system: 'metric',
      service: 'passenger',
      overallDiameter: 631.9,
      loadIndex: 91,
      load: 615,
      speedSymbol: 'V',
      speed: 240,
      extraLoad: false,
    });
    expect(sizeOf('315/80R22.5 156/150L')).toMatchObject({
      service: 'truck',
      overallDiameter: 1075.5,
      load: 4000,
      dualLoad: 3350,
      speed: 120,
    });
  });
  it('tire.md 3: flotation 31x10.50R15LT, truck 11R22.5, numeric 7.50R16LT', () => {
    expect(sizeOf('31x10.50R15LT')).toMatchObject({
      system: 'flotation',
      service: 'light_truck',
      overallDiameter: 787.4,
      sectionWidth: 266.7,
      rim: 15,
    });
    expect(sizeOf('11R22.5')).toMatchObject({ system: 'inch', service: 'truck', rim: 22.5, sectionWidth: 279.4, overallDiameter: null });
    expect(sizeOf('7.50R16LT')).toMatchObject({ system: 'inch', service: 'light_truck', rim: 16 });
  });
  it.each([
    ['P215/65R15 95S M+S', { service: 'passenger', mudAndSnow: true, load: 690 }],
    ['LT245/75R16', { service: 'light_truck' }],
    ['T125/70D16 96M', { service: 'temporary_spare', construction: 'diagonal', load: 710, speed: 130 }],
    ['ST205/75B15', { service: 'trailer', construction: 'bias_belted' }],
    ['225/45 ZR 17 94Y XL', { extraLoad: true, speed: 300, load: 670 }],
    ['195/70R15C 104/102R', { service: 'light_truck', load: 900, dualLoad: 850 }],
    ['  205/55r16  91v ', { rim: 16 }],
  ])('reads %s', (marking, expected) => expect(sizeOf(marking)).toMatchObject(expected));
  it('names every part that cannot be', () => {
    expect(issuesOf('round and black')).toEqual(['size']);
    expect(issuesOf('203/15R99 999O')).toEqual(['width', 'aspect', 'rim', 'load_index', 'speed_symbol']);
    for (const { words } of parseSize('203/15R99 999O').issues) expect(words.zh).toMatch(/[\u4e00-\u9fff]/);
  });
});

describe('load index and speed symbol', () => {
  it('tire.md 3: 60→250, 75→387, 91→615, 100→800, 121→1450, 150→3350 kg', () => {
    expect([60, 75, 91, 100, 121, 150].map(loadOf)).toEqual([250, 387, 615, 800, 1450, 3350]);
    expect([-1, 280, 91.5].map(loadOf)).toEqual([null, null, null]);
  });
  it('ISO 4000-1 annex: 0→45, 1→46.2, 19→77.5, 28→100, 35→121, 37→128, 59→243, 141→2575, 220→25000, 279→136000 kg', () => {
    expect([0, 1, 19, 28, 35, 37, 59, 141, 220, 279].map(loadOf)).toEqual([45, 46.2, 77.5, 100, 121, 128, 243, 2575, 25_000, 136_000]);
  });
  it('tire.md 3: L120 T190 U200 H210 V240 W270 Y300 km/h', () => {
    expect([...'LTUHVWY'].map(speedOf)).toEqual([120, 190, 200, 210, 240, 270, 300]);
    expect(['A1', 'A8', 'O', 'Z'].map(speedOf)).toEqual([5, 40, null, null]);
  });
  it('grows with every index', () => {
    for (let index = 1; index <= 279; index++) expect(loadOf(index) as number).toBeGreaterThan(loadOf(index - 1) as number);
  });
  it('tire.md 3: V at 240 km/h 91 %, W at 270 km/h 85 %, linear between', () => {
    expect(loadShareAt('V', 240)).toBeCloseTo(0.91);
    expect(loadShareAt('V', 225)).toBeCloseTo(0.955);
    expect(loadShareAt('V', 210)).toBe(1);
    expect(loadShareAt('W', 270)).toBeCloseTo(0.85);
    expect(loadShareAt('H', 240)).toBeNull();
  });
  it('UN R30 2.31: V 215 km/h 98.5 %, 230 km/h 94 %; W 250 km/h 95 %; Y 290 km/h 90 %', () => {
    const shares = [loadShareAt('V', 215), loadShareAt('V', 230), loadShareAt('W', 250), loadShareAt('Y', 290)];
    expect(shares.map((share) => Math.round((share as number) * 1000) / 10)).toEqual([98.5, 94, 95, 90]);
  });
});

describe('fits', () => {
  const check = (marking: string, service: Parameters<typeof fits>[1]) => fits(sizeOf(marking) as TireSize, service);

  it('carries an axle until the speed takes load away', () => {
    expect(check('205/55R16 91V', { axleLoad: 1200, speed: 210 })).toMatchObject({ fits: true, axleCapacity: 1230, margin: 2.5 });
    expect(check('205/55R16 91V', { axleLoad: 1200, speed: 240 })).toMatchObject({ fits: false, loadPerTire: 559.7, margin: -6.7 });
    expect(check('205/55R16 91V', { axleLoad: 1200, speed: 250 }).words.en).toBe('250 km/h is beyond V, 240 km/h');
  });
  it('counts four tires of a twin fitting by the second index: 315/80R22.5 156/150L → 13 400 kg', () => {
    expect(check('315/80R22.5 156/150L', { axleLoad: 13_000, speed: 90, dual: true })).toMatchObject({ fits: true, axleCapacity: 13_400 });
    expect(check('205/55R16 91V', { axleLoad: 1000, speed: 90, dual: true }).words.en).toContain('no load index for twin tires');
    expect(check('11R22.5', { axleLoad: 1000, speed: 90 }).words.zh).toContain('没有负荷指数');
  });
});

describe('formatSize', () => {
  it.each([
    '205/55R16 91V',
    'P215/65R15 95S M+S',
    'LT245/75R16',
    'T125/70D16 96M',
    'ST205/75B15',
    '225/45ZR17 94Y XL',
    '225/45ZR17 (94Y) XL',
    '195/70R15C 104/102R',
    '315/80R22.5 156/150L',
    '31x10.50R15LT',
    '11R22.5 148/145L',
    '7.50R16LT',
    '9.00-20',
    '4.80-8 62M',
  ])('writes %s as it stands on the sidewall', (marking) => expect(formatSize(sizeOf(marking) as TireSize)).toBe(marking));

  it('is read back as the same size, whatever the marking', () => {
    const service = fc.option(
      fc.record({
        index: fc.integer({ min: 0, max: 279 }),
        dual: fc.option(fc.integer({ min: 0, max: 279 })),
        symbol: fc.constantFrom(...speedSymbols),
      }),
    );
    const described = service.map((each) => (each ? ` ${each.index}${each.dual === null ? '' : `/${each.dual}`}${each.symbol}` : ''));
    const marks = fc.constantFrom('', ' XL', ' M+S', ' xl m & s'.replaceAll(' & ', '&'), ' Extra Load M+S');
    const rim = fc.oneof(fc.integer({ min: 10, max: 54 }).map(String), fc.constantFrom('17.5', '19.5', '22.5', '24.5'));
    const width = fc.integer({ min: 21, max: 91 }).map((fives) => fives * 5);
    const inches = fc.integer({ min: 400, max: 1650 }).map((hundredths) => (hundredths / 100).toFixed(2));
    const marking = fc.oneof(
      fc
        .tuple(
          fc.constantFrom('', 'P', 'LT', 'T', 'ST'),
          width,
          fc.integer({ min: 20, max: 110 }),
          fc.constantFrom('', 'Z'),
          fc.constantFrom('R', 'D', 'B', '-'),
          rim,
          fc.constantFrom('', 'C', 'LT'),
        )
        .map(([prefix, w, aspect, z, build, r, suffix]) => `${prefix}${w}/${aspect}${z}${build}${r}${suffix}`),
      fc
        .tuple(fc.integer({ min: 26, max: 44 }), inches, fc.constantFrom('R', '-'), rim)
        .map(([d, w, build, r]) => `${d}x${w}${build}${r}LT`),
      fc
        .tuple(inches, fc.constantFrom('R', '-'), rim, fc.constantFrom('', 'C', 'LT'))
        .map(([w, build, r, suffix]) => `${w}${build}${r}${suffix}`),
    );
    fc.assert(
      fc.property(marking, described, marks, (dimension, description, mark) => {
        const size = sizeOf(`${dimension}${description}${mark}`);
        expect(size).not.toBeNull();
        expect(sizeOf(formatSize(size as TireSize))).toEqual(size);
        expect(description.trim()).toBe(serviceDescription(size as TireSize));
      }),
    );
  });
});
