import { describe, expect, it } from 'vitest';
import { fillDents } from './fill-dents.js';
import { areaOf, type Corner } from './marker.js';

describe('fillDents', () => {
  const shallow: Corner[] = [
    [0, 0],
    [50, 0.05],
    [100, 0],
    [100, 100],
    [0, 100],
  ];

  it('leaves out a corner that bends inward by little, whichever way round the outline goes', () => {
    expect(fillDents(shallow)).toEqual([shallow[0], ...shallow.slice(2)]);
    expect(fillDents([...shallow].reverse())).toHaveLength(4);
    expect(areaOf(fillDents(shallow))).toBeGreaterThan(areaOf(shallow));
  });

  it('keeps a deep dent, and every corner that bends outward', () => {
    const deep = shallow.with(1, [50, 20]);
    expect(fillDents(deep)).toEqual(deep);
    const bulge = shallow.with(1, [50, -0.05]);
    expect(fillDents(bulge)).toEqual(bulge);
  });

  it('fills no more than a thousandth of the area in all', () => {
    const saw = Array.from({ length: 41 }, (_, i): Corner => [i * 2.5, i % 2 === 0 ? 0 : 0.4]);
    const outline: Corner[] = [...saw, [100, 100], [0, 100]];
    const filled = fillDents(outline);
    expect(filled.length).toBeLessThan(outline.length);
    expect(areaOf(filled) / areaOf(outline)).toBeLessThanOrEqual(1.001);
  });
});
