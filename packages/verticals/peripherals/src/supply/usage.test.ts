import { describe, expect, it } from 'vitest';
import { dateOf, findSupplyEvents, localDay, startOfDay, usageOf, weekdayOf } from './usage.js';

const hour = 3_600_000;
const timeZone = 'Asia/Shanghai';
const day = Date.UTC(2026, 10, 2) / 86_400_000;
const midnight = startOfDay(day, timeZone);
const reading = (hours: number, remaining: number | null, pages: number | null = null) => ({
  at: midnight + hours * hour,
  remaining,
  pages,
});

describe('days are local', () => {
  it('2026-11-02 begins in Shanghai at 16:00 UTC of the day before and is a Monday', () => {
    expect(new Date(midnight).toISOString()).toBe('2026-11-01T16:00:00.000Z');
    expect(localDay(midnight, timeZone)).toBe(day);
    expect(localDay(midnight - 1, timeZone)).toBe(day - 1);
    expect(dateOf(day)).toBe('2026-11-02');
    expect(weekdayOf(day)).toBe(1);
  });
  it('a day with a clock change has 25 hours', () => {
    const change = Date.UTC(2026, 9, 25) / 86_400_000;
    expect((startOfDay(change + 1, 'Europe/Berlin') - startOfDay(change, 'Europe/Berlin')) / hour).toBe(25);
  });
});

describe('usage', () => {
  it('is spread over the time between readings, midnight included', () => {
    const { days } = usageOf([reading(12, 0.9), reading(36, 0.8)], timeZone);
    expect(days.map(({ used, covered }) => [Number(used.toFixed(6)), covered])).toEqual([
      [0.05, 0.5],
      [0.05, 0.5],
    ]);
  });
  it('of a gap of more than three days is known in sum, not by day', () => {
    expect(usageOf([reading(0, 0.9), reading(24 * 4, 0.5), reading(24 * 4 + 12, 0.45)], timeZone).days).toMatchObject([{ day: day + 4 }]);
  });
  it('does not rise when an estimate wanders up a little', () => {
    const { days, events } = usageOf([reading(0, 0.5), reading(6, 0.48), reading(12, 0.5), reading(18, 0.47)], timeZone);
    expect(events).toEqual([]);
    expect(days[0]?.used).toBeCloseTo(0.05);
  });
  it('after a replacement counts from the full supply', () => {
    const { days, events } = usageOf([reading(0, 0.1), reading(6, 0.97)], timeZone);
    expect(events).toEqual([{ kind: 'replaced', at: midnight + 6 * hour, from: 0.1, to: 0.97 }]);
    expect(days[0]?.used).toBeCloseTo(0.03);
  });
  it('a life counter that falls was reset', () => {
    expect(findSupplyEvents([reading(0, null, 900), reading(6, null, 12)])).toEqual([
      { kind: 'counter_reset', at: midnight + 6 * hour, from: 900, to: 12 },
    ]);
    expect(usageOf([reading(0, null, 900), reading(6, null, 12)], timeZone)).toMatchObject({ basis: 'pages', days: [{ used: 12 }] });
  });
});
