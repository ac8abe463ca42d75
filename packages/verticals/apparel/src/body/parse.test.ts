import { describe, expect, it } from 'vitest';
import { chen } from './bodies.fixture.js';
import { parseBody } from './index.js';

const { sex, ...measurements } = chen;
const at = (result: ReturnType<typeof parseBody>, severity: string) =>
  result.issues.filter((issue) => issue.severity === severity).map((issue) => issue.at);

describe('a set of measurements', () => {
  it('is read in cm, mm and inches alike', () => {
    expect(parseBody({ sex, unit: 'cm', measurements })).toEqual({ body: chen, issues: [] });
    const scaled = (factor: number) => Object.fromEntries(Object.entries(measurements).map(([name, value]) => [name, value * factor]));
    expect(parseBody({ sex, unit: 'mm', measurements: scaled(10) }).body).toEqual(chen);
    expect(parseBody({ sex, unit: 'in', measurements: scaled(1 / 2.54) }).body).toEqual(chen);
  });
  it('apparel.md: waist < chest', () => {
    const result = parseBody({ sex, unit: 'cm', measurements: { ...measurements, waist: 92 } });
    expect(result.body).toBeNull();
    expect(at(result, 'refused')).toEqual(['measurements.waist']);
  });
  it('apparel.md: inseam < height · 0.55', () => {
    const result = parseBody({ sex, unit: 'cm', measurements: { ...measurements, inseam: 95.2, waist_height: 114 } });
    expect(result.body).toBeNull();
    expect(at(result, 'refused')).toContain('measurements.inseam');
    expect(result.issues.find((issue) => issue.at === 'measurements.inseam')?.words.en).toContain('95.2 cm');
  });
  it('tells every issue at once: unknown, missing, no number, wrong unit', () => {
    const { wrist: _left, ...rest } = measurements;
    const result = parseBody({ sex: 'x', unit: 'ell', measurements: { ...rest, thigh: '54', ankle: 22 } });
    expect(at(result, 'refused')).toEqual(['sex', 'unit', 'measurements.ankle', 'measurements.wrist', 'measurements.thigh']);
    expect(at(parseBody({ sex, unit: 'in', measurements }), 'refused')).toContain('measurements.height');
  });
  it('doubts a proportion and goes on', () => {
    const result = parseBody({ sex, unit: 'cm', measurements: { ...measurements, arm_length: 47 } });
    expect(result.body?.arm_length).toBe(47);
    expect(at(result, 'doubtful')).toEqual(['measurements.arm_length']);
    expect(result.issues[0]?.words.zh).toContain('全臂长与身高之比为 0.27');
  });
  it('sees a waist measured at the wrong height: a cervical height that does not fit', () => {
    const result = parseBody({ sex, unit: 'cm', measurements: { ...measurements, back_length: 52.9 } });
    expect(at(result, 'doubtful')).toContain('measurements.back_length');
  });
});
