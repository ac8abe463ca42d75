import { convert, convertible, units } from '@yunfab/core/measure';
import { describe, expect, it } from 'vitest';
import { converted, unitsLike } from './conversion.js';

const platform = (value: string, from: string, to: string) => {
  try {
    return convert(value, from, to);
  } catch {
    return null;
  }
};

describe('a quantity in another unit', () => {
  const codes = units.map(({ code }) => code);

  it.each(codes)('%s goes into the units that the platform converts it into', (from) => {
    expect([...unitsLike(from)].sort()).toEqual(codes.filter((to) => convertible(from, to)).sort());
  });

  it.each(codes)('%s is the number that the platform makes of it', (from) => {
    for (const to of codes)
      for (const value of ['1', '24', '0.5', '1500', '12.345678', '7', '0'])
        expect([value, from, to, converted(value, from, to)]).toEqual([value, from, to, platform(value, from, to)]);
  });

  it.each(['', 'many', '-1', '1e3', '1,5'])('"%s" is none', (value) => {
    expect(converted(value, 'DZN', 'H87')).toBeNull();
  });
});
