import { describe, expect, it } from 'vitest';
import { defectsPerMillion, rolledThroughputYield } from './yield.js';

describe('yield', () => {
  it('peripherals.md: RTY = ΠFPY, .98/.97/.99/.96 → 0.9035', () => {
    expect(rolledThroughputYield([0.98, 0.97, 0.99, 0.96])).toBeCloseTo(0.9035, 4);
  });
  it('of no step is whole, and refuses what is no share', () => {
    expect(rolledThroughputYield([])).toBe(1);
    expect(() => rolledThroughputYield([0.98, 97])).toThrow(RangeError);
  });
  it('DPMO counts opportunities, not boards', () => {
    expect(defectsPerMillion({ defects: 12, units: 400, opportunities: 250 })).toBe(120);
    expect(() => defectsPerMillion({ defects: 0, units: 0, opportunities: 250 })).toThrow(RangeError);
  });
});
