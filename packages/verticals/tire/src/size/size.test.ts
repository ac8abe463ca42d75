import { describe, expect, it } from 'vitest';
import { loadAt, loadOf, speedOf } from './load-index.js';
import { parseSize } from './parse.js';

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
    expect([59, 220, 91.5].map(loadOf)).toEqual([null, null, null]);
  });
  it('tire.md 3: L120 T190 U200 H210 V240 W270 Y300 km/h', () => {
    expect([...'LTUHVWY'].map(speedOf)).toEqual([120, 190, 200, 210, 240, 270, 300]);
  });
  it('grows with every index', () => {
    for (let index = 61; index <= 219; index++) expect(loadOf(index) as number).toBeGreaterThan(loadOf(index - 1) as number);
  });
  it('tire.md 3: V at 240 km/h 91 %, W at 270 km/h 85 %, linear between', () => {
    expect(loadAt(91, 'V', 240)).toBeCloseTo(615 * 0.91);
    expect(loadAt(91, 'V', 225)).toBeCloseTo(615 * 0.955);
    expect(loadAt(91, 'V', 210)).toBe(615);
    expect(loadAt(91, 'W', 270)).toBeCloseTo(615 * 0.85);
    expect(loadAt(91, 'H', 240)).toBeNull();
  });
});
