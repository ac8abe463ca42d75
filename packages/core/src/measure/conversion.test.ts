import fc from 'fast-check';
import { expect, it } from 'vitest';
import { convert, convertible } from './conversion.js';
import { unitCodes } from './units.js';

it('converts within a kind, exactly', () => {
  expect(convert('2.5', 'TNE', 'KGM')).toBe('2500');
  expect(convert('30', 'H87', 'DZN')).toBe('2.5');
  expect(convert('1', 'DZN', 'H87')).toBe('12');
  expect(convert('0.001', 'KMT', 'MTR')).toBe('1');
});

it('refuses what measures something else, and what six decimals cannot hold', () => {
  expect(() => convert('1', 'KGM', 'MTR')).toThrow('measure different things');
  expect(() => convert('1', 'PR', 'H87')).toThrow('measure different things');
  expect(() => convert('1', 'H87', 'DZN')).toThrow('exactly');
});

it('gives the value back when it can be converted both ways', () => {
  const unit = fc.constantFrom(...unitCodes);
  fc.assert(
    fc.property(unit, unit, fc.integer({ min: 1, max: 1_000_000 }), (from, to, whole) => {
      fc.pre(convertible(from, to));
      let there: string;
      try {
        there = convert(String(whole), from, to);
      } catch {
        return;
      }
      expect(convert(there, to, from)).toBe(String(whole));
    }),
  );
});
