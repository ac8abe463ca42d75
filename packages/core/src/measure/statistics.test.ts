import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  capabilityIndices,
  fitLine,
  mean,
  meanShift,
  median,
  medianDeviation,
  populationDeviation,
  processCapability,
  quantile,
  sampleDeviation,
  summarize,
  summarizeAngles,
  twoSided,
  wrapAngle,
} from './index.js';

const degree = Math.PI / 180;
/** Datasets NumAcc1 to NumAcc4 of NIST: one value, then a pair in turn. */
const turns = (first: number, low: number, high: number) => [first, ...Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? low : high))];
const relativeError = (value: number, certified: number) => Math.abs(value / certified - 1);

describe('mean and deviation', () => {
  it('NIST StRD NumAcc1: mean 10000002, standard deviation 1', () => {
    const values = [10_000_001, 10_000_003, 10_000_002];
    expect([mean(values), sampleDeviation(values)]).toEqual([10_000_002, 1]);
  });
  it.each([
    ['NumAcc2', turns(1.2, 1.1, 1.3), 1.2, 1e-14],
    ['NumAcc3', turns(1_000_000.2, 1_000_000.1, 1_000_000.3), 1_000_000.2, 1e-9],
    ['NumAcc4', turns(10_000_000.2, 10_000_000.1, 10_000_000.3), 10_000_000.2, 1e-8],
  ])('NIST StRD %s: standard deviation 0.1 within what its decimals allow', (_, values, certified, bound) => {
    expect(relativeError(mean(values), certified)).toBeLessThan(1e-15);
    expect(relativeError(sampleDeviation(values), 0.1)).toBeLessThan(bound);
  });
  it('of a population divide by n', () => {
    expect(populationDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2);
    expect(summarize(new Float64Array([3]))).toEqual({ count: 1, mean: 3, sd: 0 });
  });
  it('refuse to speak of nothing', () => {
    expect(() => mean([])).toThrow('statistics of 0 values');
    expect(() => sampleDeviation([1])).toThrow('at least 2 are needed');
  });
  it('move with the values, and scale with them', () => {
    const some = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(some, fc.integer({ min: -50, max: 50 }), (values, by) => {
        expect(mean(values.map((value) => value + by))).toBeCloseTo(mean(values) + by, 9);
        expect(sampleDeviation(values.map((value) => value * by))).toBeCloseTo(sampleDeviation(values) * Math.abs(by), 6);
      }),
    );
  });
});

describe('quantile', () => {
  it('is type 7 of Hyndman and Fan: R gives quantile(1:10) 1, 3.25, 5.5, 7.75, 10', () => {
    const values = [9, 2, 7, 4, 5, 6, 3, 8, 1, 10];
    expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantile(values, p))).toEqual([1, 3.25, 5.5, 7.75, 10]);
    expect(() => quantile(values, 1.1)).toThrow('between 0 and 1');
  });
  it('gives the median and the deviation around it: 1, 1, 2, 2, 4, 6, 9 → 2 and 1', () => {
    expect([median([1, 1, 2, 2, 4, 6, 9]), medianDeviation([1, 1, 2, 2, 4, 6, 9])]).toEqual([2, 1]);
  });
});

describe('fitLine', () => {
  it('NIST StRD Norris: slope 1.00211681802045, intercept −0.262323073774029, R² 0.999993745883712', () => {
    // biome-ignore format: two columns of the dataset
    const [y, x] = [
      [0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1, 668.8, 339.3, 448.9, 10.8, 557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888.0, 998.5, 778.9, 10.2, 117.6, 228.9, 668.4, 449.2, 0.2],
      [0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6, 775.5, 666.9, 338.0, 447.5, 11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2, 999.0, 779.0, 11.1, 118.3, 229.2, 669.1, 448.9, 0.5],
    ];
    const line = fitLine(x as number[], y as number[]);
    expect(relativeError(line.slope, 1.00211681802045)).toBeLessThan(1e-13);
    expect(relativeError(line.intercept, -0.262323073774029)).toBeLessThan(1e-11);
    expect(relativeError(line.rSquared, 0.999993745883712)).toBeLessThan(1e-13);
    expect(relativeError(line.residualDeviation, 0.884796396144373)).toBeLessThan(1e-11);
  });
  it('refuses a wall and lengths that differ', () => {
    expect(() => fitLine([2, 2], [1, 5])).toThrow('share x = 2');
    expect(() => fitLine([1, 2], [1])).toThrow('as many x as y');
  });
});

describe('capability', () => {
  it('NIST e-Handbook 6.1.6: limits 8 and 20, mean 16, σ 2 → Cp 1.0, Cpk 0.6667', () => {
    const { potential, actual } = capabilityIndices({ mean: 16, sd: 2, low: 8, high: 20 });
    expect(potential).toBe(1);
    expect(actual).toBeCloseTo(0.6667, 4);
  });
  it('tells the spread within from the whole one, which a drift widens', () => {
    const drifting = Array.from({ length: 60 }, (_, i) => i * 0.1 + (i % 2));
    const { cp, cpk, pp, ppk } = processCapability(drifting, { low: -10, high: 16 });
    expect(cp as number).toBeGreaterThan(1.5 * (pp as number));
    expect(cpk).toBeGreaterThan(1.5 * ppk);
    const grouped = processCapability([1, 3, 2, 4, 3, 5, 9], { high: 10, subgroup: 2 });
    expect(grouped.withinDeviation).toBeCloseTo(Math.SQRT2, 12);
    expect(grouped.cp).toBeNull();
  });
  it('needs a limit and a spread', () => {
    expect(() => processCapability([1, 2], {})).toThrow('lower or an upper limit');
    expect(() => processCapability([1, 1], { low: 0 })).toThrow('spread above 0');
  });
});

describe('angles', () => {
  it('Zar, Biostatistical Analysis, examples 26.2 and 27.1: eight angles → 99°, r 0.82522, 0.001 < p < 0.002', () => {
    const { direction, resultantLength, p } = summarizeAngles([45, 55, 81, 96, 110, 117, 132, 154].map((each) => each * degree));
    expect(direction / degree).toBeCloseTo(99, 0);
    expect(resultantLength).toBeCloseTo(0.82522, 5);
    expect(p).toBeGreaterThan(0.001);
    expect(p).toBeLessThan(0.002);
  });
  it('have their mean across the beginning of the circle, and none all around', () => {
    expect(summarizeAngles([350 * degree, 10 * degree]).direction).toBeCloseTo(0, 9);
    const around = summarizeAngles(Array.from({ length: 12 }, (_, i) => i * 30 * degree));
    expect(around.resultantLength).toBeLessThan(1e-12);
    expect(around.p).toBeCloseTo(1, 6);
    expect([wrapAngle(-1e-20), wrapAngle(-Math.PI / 2), wrapAngle(2 * Math.PI)]).toEqual([0, 1.5 * Math.PI, 0]);
  });
});

describe('meanShift', () => {
  // AUTO83B: miles per gallon of American and of Japanese cars.
  const american = { count: 249, mean: 20.14458, sd: 6.4147 };
  const japanese = { count: 79, mean: 30.48101, sd: 6.10771 };
  it('NIST e-Handbook 1.3.5.3: pooled T −12.62059 with 326 degrees of freedom', () => {
    const { t, degreesOfFreedom, shift, p } = meanShift(american, japanese, { variances: 'equal' });
    expect(t).toBeCloseTo(-12.62059, 4);
    expect(degreesOfFreedom).toBe(326);
    expect(shift).toBeCloseTo(10.33643, 5);
    expect(p).toBeLessThan(1e-28);
  });
  it('NIST e-Handbook 1.3.5.3: Welch T −12.94627 with 136.875 degrees of freedom', () => {
    const { t, degreesOfFreedom } = meanShift(american, japanese);
    expect(t).toBeCloseTo(-12.94627, 4);
    expect(degreesOfFreedom).toBeCloseTo(136.875, 2);
  });
  it.each([
    [12.706, 1],
    [2.228, 10],
    [2.042, 30],
    [1.984, 100],
  ])('NIST e-Handbook 1.3.6.7.2: t %f with ν %i leaves 5 %% outside', (t, freedom) => {
    expect(twoSided(t, freedom)).toBeCloseTo(0.05, 4);
  });
  it('is the closed form of Cauchy with one degree of freedom and of ν = 2', () => {
    for (const t of [0, 0.1, 1, 5, 40]) {
      expect(twoSided(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12);
      expect(twoSided(-t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 12);
    }
  });
  it('needs two values a side, and that they vary', () => {
    expect(() => meanShift({ count: 1, mean: 1, sd: 0 }, american)).toThrow('two values on each side');
    expect(() => meanShift({ count: 2, mean: 1, sd: 0 }, { count: 2, mean: 2, sd: 0 })).toThrow('that vary');
  });
});
