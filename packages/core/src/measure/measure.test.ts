import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  canonical,
  compare,
  Decimal,
  decimalSchema,
  fitsUnit,
  moneySchema,
  positiveDecimalSchema,
  positiveQuantitySchema,
  priced,
  subtract,
  unitOf,
  units,
} from './index.js';

const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n })).map(([n]) =>
  canonical(
    `${n < 0n ? '-' : ''}${(n < 0n ? -n : n)
      .toString()
      .padStart(7, '0')
      .replace(/(\d{6})$/, '.$1')}`,
  ),
);

describe('decimals', () => {
  it.each(['0', '1', '-1', '0.1', '999999999999.999999', '-0.000001'])('take %s', (text) => {
    expect(decimalSchema.safeParse(text).success).toBe(true);
  });
  it.each(['', '1.', '.5', '01', '1e3', '+1', ' 1', '1,5', '1000000000000', '0.1234567', 'NaN', 'Infinity', '１'])('refuse %j', (text) => {
    expect(decimalSchema.safeParse(text).success).toBe(false);
  });
  it.each(['0', '0.000', '-0', '-5'])('%s is not positive', (text) => {
    expect(positiveDecimalSchema.safeParse(text).success).toBe(false);
  });

  it('have one spelling, that of PostgreSQL without its zeros', () => {
    expect(['10.500000', '0.000000', '-0', '1e-6', '100'].map(canonical)).toEqual(['10.5', '0', '0', '0.000001', '100']);
    const spelled = fc
      .tuple(fc.constantFrom('', '-'), fc.stringMatching(/^\d{1,30}$/), fc.stringMatching(/^(\.\d{1,12})?$/))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(spelled, (text) => {
        const exact = new Decimal(text);
        expect(canonical(text)).toBe(exact.isZero() ? '0' : exact.toFixed());
      }),
    );
  });

  it('add and subtract exactly, as integers of millionths do', () => {
    expect(add('0.1', '0.2')).toBe('0.3');
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(subtract(add(a, b), b)).toBe(a);
        expect(compare(a, b)).toBe(-compare(b, a) + 0);
      }),
    );
  });
});

describe('units', () => {
  it('have each a code of three characters at most and words in both languages', () => {
    expect(new Set(units.map((unit) => unit.code)).size).toBe(units.length);
    for (const { code, en, zh, symbol } of units) {
      expect(code).toMatch(/^[A-Z0-9]{2,3}$/);
      expect(en && zh && symbol).toBeTruthy();
    }
    expect(unitOf('H87')).toMatchObject({ en: 'piece', decimals: 0 });
    expect(() => unitOf('XXX')).toThrow(RangeError);
  });

  it('that are counted whole take no fraction', () => {
    expect([fitsUnit('3', 'H87'), fitsUnit('3.000', 'H87'), fitsUnit('3.5', 'H87'), fitsUnit('3.5', 'KGM')]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(positiveQuantitySchema.safeParse({ value: '2.5', unit: 'H87' }).error?.issues[0]).toMatchObject({ path: ['value'] });
  });
});

describe('money', () => {
  it('is rounded half to even at the minor unit of its currency', () => {
    expect(priced('3', '0.335', 'CNY')).toEqual({ amount: '1', currency: 'CNY' });
    expect(priced('1', '0.125', 'USD').amount).toBe('0.12');
    expect(priced('1', '0.375', 'USD').amount).toBe('0.38');
    expect(priced('1', '2.5', 'JPY').amount).toBe('2');
    expect(priced('999999.999999', '999999.999999', 'EUR').amount).toBe('999999999998');
  });

  it('of an unknown currency is refused', () => {
    expect(moneySchema.safeParse({ amount: '1', currency: 'XXX' }).success).toBe(false);
  });
});
