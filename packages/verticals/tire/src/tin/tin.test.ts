import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeTin } from './format.js';
import { parseTin } from './parse.js';

const today = new Date('2026-11-22T00:00:00Z');
const read = (tin: string) => parseTin(tin, today).identification;
const issue = (tin: string) => parseTin(tin, today).issues[0]?.at;

describe('49 CFR 574.5', () => {
  it('(b) 13 symbols: plant 3, manufacturer 6, week and year', () => {
    expect(read('DOT 1AB C1DEF2 3226')).toEqual({
      tin: '1ABC1DEF23226',
      kind: 'new',
      plant: '1AB',
      manufacturerCode: 'C1DEF2',
      week: 32,
      year: 2026,
      weekBegins: '2026-08-09',
    });
  });
  it('(b)(3) 0301 is week 3 of 2001, 3208 week 32 of 2008; week 01 is the first full week, not the ISO week', () => {
    expect(read('1ABC1DEF20301')).toMatchObject({ week: 3, year: 2001, weekBegins: '2001-01-21' });
    expect(read('1ABC1DEF23208')).toMatchObject({ week: 32, year: 2008, weekBegins: '2008-08-10' });
    // 2024 began on a Monday: ISO week 1 begins on 1 January, the first full calendar week on Sunday the 7th.
    expect(read('1ABC1DEF20124')).toMatchObject({ weekBegins: '2024-01-07' });
    // 2023 began on a Sunday: it has 53 of them.
    expect(read('1ABC1DEF25323')).toMatchObject({ weekBegins: '2023-12-31' });
    expect(issue('1ABC1DEF25324')).toBe('date');
  });
  it('a retread has 7: plant 3 and the date', () => {
    expect(read('7RT4225')).toMatchObject({ kind: 'retread', plant: '7RT', manufacturerCode: null, week: 42, year: 2025 });
  });
  it('legacy two-symbol plants; three-digit dates are before 2000', () => {
    expect(read('U2LLLMLR5107')).toMatchObject({ kind: 'legacy', plant: 'U2', manufacturerCode: 'LLLMLR', week: 51, year: 2007 });
    expect(read('EJ8J408')).toMatchObject({ kind: 'legacy', plant: 'EJ', manufacturerCode: '8J', week: 40, year: null, weekBegins: null });
  });
  it('5R5691439T is not valid', () => {
    expect(read('5R5691439T')).toBeNull();
    expect(issue('5R5691439T')).toBe('date');
  });
  it('refuses symbols that are not used, wrong lengths, and dates in the future', () => {
    expect(issue('1ABO1DEF20125')).toBe('symbol');
    expect(issue('1ABC')).toBe('length');
    expect(issue('1ABC1DEF201251')).toBe('length');
    expect(issue('1ABC1DEF25226')).toBe('date');
    expect(issue('1ABC1DEF20025')).toBe('date');
  });
});

describe('makeTin', () => {
  const made = (day: string) => makeTin({ plant: '1KH', manufacturerCode: 'VT2055', madeOn: new Date(day) });

  it('49 CFR 574.5: week 01 is the first full calendar week; days before it belong to the last week of the year before', () => {
    // 2026-01-01 is a Thursday: the first Sunday is the 4th.
    expect(made('2026-01-03')).toBe('1KHVT20555225');
    expect(made('2026-01-04')).toBe('1KHVT20550126');
    // 2023 begins on a Sunday.
    expect(made('2023-01-01')).toBe('1KHVT20550123');
    expect(makeTin({ plant: '1kh', manufacturerCode: null, madeOn: new Date('2008-08-12') })).toBe('1KH3208');
  });
  it('is read back with the week that holds the day, on every day', () => {
    const days = fc.date({ min: new Date('2001-01-07'), max: new Date('2049-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (day) => {
        const { identification } = parseTin(makeTin({ plant: '1KH', manufacturerCode: 'VT2055', madeOn: day }), new Date('2099-01-01'));
        const since = day.getTime() - Date.parse(identification?.weekBegins ?? '');
        expect(since).toBeGreaterThanOrEqual(0);
        expect(since).toBeLessThan(7 * 86_400_000);
      }),
    );
  });
});
