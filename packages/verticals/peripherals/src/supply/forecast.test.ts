import { describe, expect, it } from 'vitest';
import { createFleet } from './fleet.fixture.js';
import { forecastSupply } from './forecast.js';
import { type SupplyReading, startOfDay } from './usage.js';

const timeZone = 'Asia/Shanghai';
const dayMs = 86_400_000;
const now = startOfDay(20_700, timeZone);

/** The toy: a straight line from the first reading to the last. */
function linearDaysToEmpty(readings: readonly SupplyReading[]): number {
  const first = readings[0] as SupplyReading;
  const last = readings.at(-1) as SupplyReading;
  const perDay = ((first.remaining as number) - (last.remaining as number)) / ((last.at - first.at) / dayMs);
  return perDay <= 0 ? Number.POSITIVE_INFINITY : (last.remaining as number) / perDay;
}

/** Four readings a day; `used(day)` is the share that a day uses, `day` counted back from today. */
function steady(days: number, used: (back: number) => number, from = 1): SupplyReading[] {
  const readings: SupplyReading[] = [];
  let left = from;
  for (let back = days; back >= 1; back--)
    for (let quarter = 0; quarter < 4; quarter++) {
      left -= used(back) / 4;
      readings.push({ at: now - back * dayMs + (quarter + 1) * 6 * 3_600_000, remaining: left, pages: null });
    }
  return readings;
}

describe('a synthetic fleet whose true ends are known', () => {
  const fleet = createFleet({ size: 240, seed: 7, historyDays: 63, timeZone });
  const forecasts = fleet.map(({ readings, now: at }, index) =>
    forecastSupply(readings, { now: at, timeZone, seed: index + 1, draws: 400 }),
  );
  const cases = fleet.map(({ trulyEmptyAfter, readings }, index) => {
    const days = forecasts[index]?.forecast?.daysToEmpty ?? [];
    const at = (p: number) => days[Math.floor(p * days.length)] as number;
    return { truth: trulyEmptyAfter, readings, p10: at(0.1), p50: at(0.5), p90: at(0.9) };
  });
  const share = (holds: (each: (typeof cases)[number]) => boolean) => cases.filter(holds).length / cases.length;
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

  it('is forecast for every printer', () => {
    expect(forecasts.map(({ reason }) => reason).filter(Boolean)).toEqual([]);
  });
  it('P10 to P90 hold about 80 % of the true ends, each side about 10 %', () => {
    const measured = {
      within: share(({ truth, p10, p90 }) => truth >= p10 && truth <= p90),
      early: share(({ truth, p10 }) => truth < p10),
      late: share(({ truth, p90 }) => truth > p90),
    };
    expect(measured.within, JSON.stringify(measured)).toBeGreaterThan(0.74);
    expect(measured.within, JSON.stringify(measured)).toBeLessThan(0.92);
    expect(measured.early, JSON.stringify(measured)).toBeLessThan(0.14);
    expect(measured.late, JSON.stringify(measured)).toBeLessThan(0.14);
  });
  it('P50 misses by less than a fifth, where a straight line through the readings is lost', () => {
    const ours = median(cases.map(({ truth, p50 }) => Math.abs(p50 - truth) / Math.max(truth, 1)));
    const toy = median(
      cases.map(({ truth, readings }) => Math.min(10, Math.abs(linearDaysToEmpty(readings) - truth) / Math.max(truth, 1))),
    );
    expect(ours, `ours ${ours}, straight line ${toy}`).toBeLessThan(0.2);
    expect(toy, `ours ${ours}, straight line ${toy}`).toBeGreaterThan(2 * ours);
  });
});

describe('what a forecast knows', () => {
  it('knows weekdays: nothing is used on a closed weekend', () => {
    // Today is day 20 700, a Sunday is where (day + 4) % 7 is 0.
    const weekday = (back: number) => (20_700 - back + 4) % 7;
    const readings = steady(42, (back) => ([0, 6].includes(weekday(back)) ? 0 : 0.02));
    const { forecast } = forecastSupply(readings, { now, timeZone });
    expect(forecast?.weekdays).toEqual([0, 0.02, 0.02, 0.02, 0.02, 0.02, 0]);
    const flat = forecast?.fan.filter(({ day }) => day > 0 && (20_700 + day + 4) % 7 === 0);
    for (const sunday of flat ?? []) {
      const before = forecast?.fan[sunday.day - 1];
      expect(sunday.p50).toBe(before?.p50);
    }
  });
  it('knows a replacement: the line restarts, no use is invented', () => {
    const readings = [...steady(40, () => 0.02, 0.9)].map((each) =>
      each.at > now - 10 * dayMs ? { ...each, remaining: (each.remaining as number) + 0.8 } : each,
    );
    const { forecast } = forecastSupply(readings, { now, timeZone });
    expect(forecast?.events).toMatchObject([{ kind: 'replaced' }]);
    expect(linearDaysToEmpty(readings)).toBe(Number.POSITIVE_INFINITY);
    const left = readings.at(-1)?.remaining as number;
    expect(Math.abs((forecast?.daysToEmpty[500] as number) - left / 0.02)).toBeLessThanOrEqual(1);
  });
  it('works from pages and the rated yield where the printer says only "some remaining" (−3), over a counter reset', () => {
    let pages = 70_000;
    const readings = steady(30, () => 0).map((each, index) => {
      pages = index === 60 ? 25 : pages + 25;
      return { at: each.at, remaining: null, pages };
    });
    const { forecast } = forecastSupply(readings, { now, timeZone, ratedPages: 6000 });
    expect(forecast).toMatchObject({ basis: 'pages', events: [{ kind: 'counter_reset' }] });
    // 119 quarters of 25 pages after the first reading.
    expect(forecast?.remaining).toBeCloseTo(1 - (119 * 25) / 6000, 3);
    expect(forecastSupply(readings, { now, timeZone })).toMatchObject({ forecast: null, reason: 'no_level' });
  });
  it('says why there is none', () => {
    expect(forecastSupply([], { now, timeZone }).reason).toBe('no_level');
    expect(
      forecastSupply(
        steady(5, () => 0.01),
        { now, timeZone },
      ).reason,
    ).toBe('too_little_history');
    expect(
      forecastSupply(
        steady(30, () => 0),
        { now, timeZone },
      ).reason,
    ).toBe('not_used');
  });
  it('is the same again from the same seed, and wider from less history', () => {
    const readings = steady(60, (back) => (0.006 * (1 + ((Math.floor(back / 7) * 5) % 7))) / 3);
    const width = (history: number) => {
      const { forecast } = forecastSupply(readings.slice(-history * 4), { now, timeZone, seed: 3 });
      const days = forecast?.daysToEmpty as number[];
      return (days[900] as number) - (days[100] as number);
    };
    const again = [0, 1].map(() => forecastSupply(readings, { now, timeZone, seed: 3 }));
    expect(again[0]).toEqual(again[1]);
    expect(width(14)).toBeGreaterThan(width(60));
  });
});
