import { describe, expect, it } from 'vitest';
import { readSupply, usualPolicy } from './printer-mib.js';

const read = (level: number, maxCapacity: number, rest: object = {}) =>
  readSupply({ level, maxCapacity, class: 3, type: 3, unit: 19, ...rest });

describe('prtMarkerSuppliesLevel', () => {
  it('Printer MIB −3: there is some, "OK, no percentage", and no attention', () => {
    expect(read(-3, -2).supply).toMatchObject({
      level: { kind: 'some_remaining' },
      attention: false,
      told: { en: 'OK, no percentage', zh: '正常，无百分比' },
    });
  });
  it('Printer MIB −2: unknown, judged by policy', () => {
    expect(read(-2, -2).supply).toMatchObject({ level: { kind: 'unknown' }, attention: true });
    expect(readSupply({ level: -2, maxCapacity: -2 }, { ...usualPolicy, unknownLevel: 'assume_ok' }).supply?.attention).toBe(false);
  });
  it('Printer MIB −1: other, the printer places no restriction', () => {
    expect(read(-1, -1).supply).toMatchObject({ level: { kind: 'unrestricted' }, attention: false });
  });
  it('is a share of the capacity in any unit', () => {
    expect(read(63, 100).supply).toMatchObject({ level: { kind: 'measured', remaining: 0.63 }, told: { en: '63 %' } });
    expect(read(1200, 4800, { unit: 7 }).supply).toMatchObject({ level: { remaining: 0.25 }, unit: 'impressions' });
    expect(read(40, -2).supply?.level).toEqual({ kind: 'measured', remaining: 0.4 });
  });
  it('is no share where the capacity is not known', () => {
    expect(read(300, -2, { unit: 13 }).supply?.level).toEqual({ kind: 'some_remaining' });
    expect(read(0, -2, { unit: 13 }).supply).toMatchObject({ level: { kind: 'measured', remaining: 0 }, attention: true });
  });
});

describe('prtMarkerSuppliesClass', () => {
  it('Printer MIB receptacleThatIsFilled: the level is the space that is left, so waste at 20 of 100 is 80 % full', () => {
    expect(read(20, 100, { class: 4, type: 4 }).supply).toMatchObject({
      class: 'receptacleThatIsFilled',
      level: { kind: 'measured', remaining: 0.2 },
      told: { en: '80 % full', zh: '已满 80%' },
    });
    expect(read(0, 100, { class: 4, type: 4 }).supply?.attention).toBe(true);
  });
  it('turns round a model that reports what is filled', () => {
    const row = { level: 20, maxCapacity: 100, class: 4, type: 4, unit: 19 };
    expect(readSupply(row, { ...usualPolicy, receptacleLevel: 'filled' }).supply).toMatchObject({
      level: { remaining: 0.8 },
      told: { en: '20 % full' },
    });
    expect(readSupply({ ...row, class: 3 }, { ...usualPolicy, receptacleLevel: 'filled' }).supply?.level).toEqual({
      kind: 'measured',
      remaining: 0.2,
    });
  });
});

describe('malformed rows', () => {
  it('give every issue with its path and no supply', () => {
    const { supply, issues } = readSupply({ level: -4, maxCapacity: 1.5, class: 2, type: 99, unit: 5 });
    expect(supply).toBeNull();
    expect(issues.map(({ at }) => at)).toEqual(['level', 'maxCapacity', 'class', 'type', 'unit']);
  });
  it('a level above the capacity counts as full and is told', () => {
    const { supply, issues } = read(5000, 4800, { unit: 7 });
    expect(supply?.level).toEqual({ kind: 'measured', remaining: 1 });
    expect(issues).toMatchObject([{ at: 'level' }]);
  });
});
