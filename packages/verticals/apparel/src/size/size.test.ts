import { describe, expect, it } from 'vitest';
import { bodyTypeOf, chooseSize, controlsOf, formatSize, middleBodies, parseSize } from './index.js';

describe('GB/T 1335, as handed on by apparel.md', () => {
  it('rounds up: 173/92/76 → jacket 175/96A, trousers 175/78A', () => {
    const { upper, lower, issues } = chooseSize({ sex: 'male', height: 173, chest: 92, waist: 76 });
    expect(upper && formatSize(upper)).toBe('175/96A');
    expect(lower && formatSize(lower)).toBe('175/78A');
    expect(issues).toEqual([]);
  });
  it('grades the waist by 4 in the 5·4 series and by 2 in the 5·2 series', () => {
    const body = { sex: 'male', height: 170, chest: 88, waist: 74 } as const;
    expect(chooseSize(body, { series: '5.4' }).lower?.girth).toBe(76);
    expect(chooseSize({ ...body, waist: 76.5 }, { series: '5.4' }).lower?.girth).toBe(80);
    expect(chooseSize({ ...body, waist: 76.5 }, { series: '5.2' }).lower?.girth).toBe(78);
  });
  it('keeps a height that stands on a grade', () => {
    expect(chooseSize({ sex: 'male', height: 175, chest: 92, waist: 76 }).upper?.height).toBe(175);
    expect(chooseSize({ sex: 'male', height: 175.1, chest: 92, waist: 76 }).upper?.height).toBe(180);
  });
  it.each([
    ['173/82A', 'lower', ['size.height']],
    ['173/82A', 'upper', ['size.height', 'size.girth']],
    ['175/81A', 'lower', ['size.girth']],
    ['175/82A', 'upper', ['size.girth']],
    ['175/96D', 'upper', ['size.body_type']],
    ['M', 'upper', ['size']],
  ] as const)('refuses %s for the %s half at %j', (label, half, at) => {
    const { size, issues } = parseSize(label, half);
    expect(size).toBeNull();
    expect(issues.map((issue) => issue.at)).toEqual(at);
  });
  it.each([
    ['175/96A', 'upper'],
    ['175/78A', 'lower'],
    ['170/88C', 'upper'],
  ] as const)('reads %s for the %s half', (label, half) => {
    const { size, issues } = parseSize(label, half);
    expect(issues).toEqual([]);
    expect(size && formatSize(size)).toBe(label);
  });

  it.each([
    ['male', 22, 'Y'],
    ['male', 17, 'Y'],
    ['male', 16, 'A'],
    ['male', 12, 'A'],
    ['male', 11, 'B'],
    ['male', 7, 'B'],
    ['male', 6, 'C'],
    ['male', 2, 'C'],
    ['male', 1, null],
    ['male', 23, null],
    ['female', 24, 'Y'],
    ['female', 19, 'Y'],
    ['female', 18, 'A'],
    ['female', 14, 'A'],
    ['female', 13, 'B'],
    ['female', 9, 'B'],
    ['female', 8, 'C'],
    ['female', 4, 'C'],
    ['female', 3, null],
    ['female', 25, null],
  ] as const)('body type of a %s with chest − waist %i is %s', (sex, difference, type) => {
    expect(bodyTypeOf(sex, 100, 100 - difference)).toBe(type);
  });
  it('has no ready-made size beyond its types, and says so', () => {
    const { upper, lower, issues } = chooseSize({ sex: 'male', height: 175, chest: 110, waist: 110 });
    expect([upper, lower]).toEqual([null, null]);
    expect(issues[0]?.words.en).toContain('from 2 to 22');
  });

  it('170/88A controls: cervical 145, arm 55.5, waist height 102.5, neck 36.8, shoulder 43.6, waist 74, hip 90', () => {
    expect(controlsOf('male', { height: 170, chest: 88, waist: 74, bodyType: 'A' })).toEqual({
      height: 170,
      cervical_height: 145,
      arm_length: 55.5,
      waist_height: 102.5,
      chest: 88,
      neck: 36.8,
      shoulder_width: 43.6,
      waist: 74,
      hip: 90,
    });
  });
  it('grades one step up: 175/92A', () => {
    expect(controlsOf('male', { height: 175, chest: 92, waist: 78, bodyType: 'A' })).toMatchObject({
      cervical_height: 149,
      arm_length: 57,
      waist_height: 105.5,
      neck: 37.8,
      shoulder_width: 44.8,
      hip: 93.2,
    });
  });
  it('every middle body is of the type it stands for', () => {
    for (const sex of ['male', 'female'] as const)
      for (const [type, { chest, waist }] of Object.entries(middleBodies[sex])) expect(bodyTypeOf(sex, chest, waist)).toBe(type);
  });
});
