import { describe, expect, it } from 'vitest';
import { type JobOutlook, jobOutlook, type OperationFacts } from './job.js';
import { confidenceOf, lineOutlook } from './line.js';
import { gammaQuantile, rateOf } from './rate.js';

const operation = (given: Partial<OperationFacts> = {}): OperationFacts => ({
  id: 'o',
  position: 10,
  state: 'in_progress',
  parallel: false,
  toDo: 100,
  good: 0,
  goodByHand: 0,
  reworkOpen: 0,
  reports: 0,
  activeHours: 0,
  setupSeconds: null,
  runSeconds: null,
  elapsedHours: 0,
  ...given,
});

describe('the rate of good units', () => {
  it('is as planned before the first one', () => {
    // 36 s a unit are 100 an hour: Gamma(4, 4 · 36 / 3600 h = 0.04 h) has the mean 4 / 0.04.
    const rate = rateOf({ good: 0, reports: 0, activeHours: 0, runSeconds: 36 });
    expect(rate?.mean).toBeCloseTo(100, 10);
    // Exact deciles of Gamma(4, 1): 1.7448 and 6.6808.
    expect(rate?.slow).toBeCloseTo(1.7448 / 0.04, 0);
    expect(Math.abs((rate?.fast ?? 0) / (6.6808 / 0.04) - 1)).toBeLessThan(0.01);
  });

  it('moves from the plan to what is seen', () => {
    // 96 single units in 2 h against a plan of 100 an hour: (4 + 96) / (0.04 + 2) = 49.0196.
    expect(rateOf({ good: 96, reports: 96, activeHours: 2, runSeconds: 36 })?.mean).toBeCloseTo(49.0196, 4);
    // Without a plan: 96 / 2.
    expect(rateOf({ good: 96, reports: 96, activeHours: 2, runSeconds: null })?.mean).toBeCloseTo(48, 10);
  });

  it('is no surer of 1000 units in one report than of one unit', () => {
    const one = rateOf({ good: 1, reports: 1, activeHours: 1, runSeconds: null });
    const thousand = rateOf({ good: 1000, reports: 1, activeHours: 1, runSeconds: null });
    expect(thousand?.mean).toBeCloseTo(1000 * (one?.mean ?? 0), 6);
    expect((thousand?.fast ?? 0) / (thousand?.slow ?? 1)).toBeCloseTo((one?.fast ?? 0) / (one?.slow ?? 1), 10);
  });

  it('is not known without plan and units, and sinks while nothing comes', () => {
    expect(rateOf({ good: 0, reports: 0, activeHours: 5, runSeconds: null })).toBeNull();
    expect(rateOf({ good: 0, reports: 0, activeHours: 1.96, runSeconds: 36 })?.mean).toBeCloseTo(2, 10);
  });

  it.each([
    // Exact quantiles of Gamma(shape, 1) at 10 % and 90 %, from its distribution function.
    [1, 0.10536, Math.LN10],
    [4, 1.74477, 6.68078],
    [10, 6.2213, 14.20599],
    [100, 87.41747, 112.99],
  ])('has deciles of Gamma(%d) near the exact ones', (shape, low, high) => {
    expect(Math.abs(gammaQuantile(shape, -1.2815515655446004) / low - 1)).toBeLessThan(0.07);
    expect(Math.abs(gammaQuantile(shape, 1.2815515655446004) / high - 1)).toBeLessThan(0.02);
  });
});

describe('the outlook of a job order', () => {
  it('weighs its operations by planned time, else alike', () => {
    const timed = [
      operation({ state: 'done', good: 100, setupSeconds: 600, runSeconds: 30 }),
      operation({ id: 'p', good: 50, reports: 50, activeHours: 1, runSeconds: 4 }),
    ];
    // 3600 s and 400 s: 0.9 done, and half of 0.1.
    expect(jobOutlook(timed).progress).toBeCloseTo(0.95, 10);
    expect(jobOutlook([timed[0] as OperationFacts, operation({ good: 50, reports: 50, activeHours: 1 })]).progress).toBeCloseTo(0.75, 10);
    expect(jobOutlook([operation({ state: 'canceled' }), operation({ good: 250 })]).progress).toBe(1);
  });

  it('adds up what follows, takes the longest of what runs beside, and sets up what has not begun', () => {
    // 50 left at 50 an hour: 1 h. Then 100 at 100 an hour beside 100 at 50 an hour, with 30 min of setup: 2.5 h.
    const outlook = jobOutlook([
      operation({ good: 50, reports: 50, activeHours: 1 }),
      operation({ state: 'todo', runSeconds: 36, elapsedHours: null }),
      operation({ state: 'todo', runSeconds: 72, setupSeconds: 1800, elapsedHours: null, parallel: true }),
    ]);
    expect(outlook.toGo?.likely).toBeCloseTo(3.5, 10);
    expect(outlook.toGo?.earliest).toBeLessThan(3.5);
    expect(outlook.toGo?.latest).toBeGreaterThan(3.5);
    expect(
      jobOutlook([operation({ good: 50, reports: 50, activeHours: 1 }), operation({ state: 'todo', elapsedHours: null })]).toGo,
    ).toBeNull();
  });

  it('knows of shifts when it has seen a day, and takes its time for rework', () => {
    // 80 in 8 active hours of a day: 10 an hour, 20 left, a third of the clock: 6 h.
    const shifts = { good: 80, reports: 80, activeHours: 8, elapsedHours: 24 };
    expect(jobOutlook([operation(shifts)]).toGo?.likely).toBeCloseTo(6, 10);
    expect(jobOutlook([operation({ ...shifts, elapsedHours: 23 })]).toGo?.likely).toBeCloseTo(2, 10);
    const rework = jobOutlook([operation({ ...shifts, reworkOpen: 20, elapsedHours: 8 })]);
    expect(rework.operations[0]?.remaining).toBe(0);
    expect(rework.toGo?.likely).toBeCloseTo(2, 10);
  });
});

describe('the outlook of a line', () => {
  const now = new Date('2026-06-01T08:20:00Z');
  const job = (quantity: number, outlook: Partial<JobOutlook>, hand = 0) => ({
    quantity,
    good: 10,
    goodByHand: hand,
    outlook: { progress: 0.5, toGo: { likely: 2, earliest: 1.5, latest: 2.2 }, observed: true, operations: [], ...outlook },
  });

  it('is done when its last job order is, to the hour', () => {
    const outlook = lineOutlook('l', [job(75, {}), job(25, { progress: 1, toGo: { likely: 0, earliest: 0, latest: 0 } }, 5)], now);
    expect(outlook).toMatchObject({ planned: 100, progress: 0.625, byHand: 0.25, confidence: 'high' });
    expect(outlook.eta?.toISOString()).toBe('2026-06-01T11:00:00.000Z');
    expect(outlook.earliest?.toISOString()).toBe('2026-06-01T10:00:00.000Z');
    expect(outlook.latest?.toISOString()).toBe('2026-06-01T11:00:00.000Z');
  });

  it('has no date when one job order has none, or nothing is left', () => {
    expect(lineOutlook('l', [job(75, {}), job(25, { toGo: null })], now)).toMatchObject({ eta: null, confidence: 'low' });
    expect(lineOutlook('l', [job(75, { progress: 1, toGo: { likely: 0, earliest: 0, latest: 0 } })], now)).toMatchObject({
      eta: null,
      progress: 1,
      confidence: 'high',
    });
  });

  it.each([
    [{ likely: 10, earliest: 8, latest: 12 }, true, 'high'],
    [{ likely: 10, earliest: 7, latest: 13 }, true, 'medium'],
    [{ likely: 10, earliest: 4, latest: 15 }, true, 'low'],
    [{ likely: 10, earliest: 9, latest: 11 }, false, 'low'],
    [null, true, 'low'],
  ] as const)('is as sure as its interval is narrow: %j, seen %s', (toGo, observed, confidence) => {
    expect(confidenceOf(toGo, observed)).toBe(confidence);
  });
});
