import { describe, expect, it } from 'vitest';
import { breakAt, converted, priceLine, totalsOf } from './pricing.js';

const prices = [
  { from: '100', unitPrice: '12.345' },
  { from: '500', unitPrice: '11.1' },
  { from: '2000', unitPrice: '9.995' },
];

describe('the break of a quantity', () => {
  it.each([
    ['99.999999', null],
    ['100', '100'],
    ['499.999999', '100'],
    ['500', '500'],
    ['1999', '500'],
    ['2000', '2000'],
    ['999999', '2000'],
  ])('of %s is that from %s', (quantity, from) => {
    expect(breakAt(prices, quantity)?.from ?? null).toBe(from);
    // However they are listed.
    expect(breakAt(prices.toReversed(), quantity)?.from ?? null).toBe(from);
  });
});

describe('amounts', () => {
  it('are rounded half even to the minor unit of their currency', () => {
    // 101 × 12.345 = 1246.845 → 1246.84; 103 × 12.345 = 1271.535 → 1271.54
    expect(priceLine({ prices, minimumLot: null }, '101', 'CNY')).toMatchObject({ amount: '1246.84', unitPrice: '12.345', from: '100' });
    expect(priceLine({ prices, minimumLot: null }, '103', 'CNY')?.amount).toBe('1271.54');
    expect(priceLine({ prices, minimumLot: null }, '101', 'JPY')?.amount).toBe('1247');
    expect(priceLine({ prices, minimumLot: null }, '99', 'CNY')).toBeNull();
    expect(priceLine({ prices, minimumLot: '600' }, '500', 'CNY')?.belowMinimumLot).toBe(true);
    expect(priceLine({ prices, minimumLot: '500' }, '500', 'CNY')?.belowMinimumLot).toBe(false);
  });

  it('add up to what is shown, with tax on goods, tooling and freight, and duty unless the seller pays it', () => {
    const input = {
      currency: 'CNY' as const,
      rule: 'FOB' as const,
      amounts: ['1246.84', '0.1', '0.2'],
      tooling: ['3000'],
      freight: '450.505',
      taxRate: '13',
      dutyRate: '6.5',
    };
    // freight 450.50 (half even); base 1247.14 + 3000 + 450.50 = 4697.64; tax 610.6932 → 610.69; duty 305.3466 → 305.35
    expect(totalsOf(input)).toEqual({
      goods: '1247.14',
      tooling: '3000',
      freight: '450.5',
      tax: '610.69',
      total: '5308.33',
      duty: '305.35',
      landed: '5613.68',
    });
    expect(totalsOf({ ...input, rule: 'DDP' })).toMatchObject({ duty: '0', landed: '5308.33' });
  });

  it('are converted once, at the rate', () => {
    expect(converted('5613.68', '7.0981', 'CNY')).toBe('39846.46');
    expect(converted('1000', '0.0473', 'CNY')).toBe('47.3');
    expect(converted('2.5', '1', 'JPY')).toBe('2');
  });
});
