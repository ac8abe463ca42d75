import { describe, expect, it } from 'vitest';
import { filled, inZone, ofZone, planHistory } from './history-plan.js';

const minute = 60_000;
const day = 86_400_000;
const noon = Date.UTC(2026, 10, 29, 12, 3, 7);

describe('history', () => {
  it('is asked for sample by sample while it is short, then in buckets that people count in', () => {
    expect(planHistory(noon - 15 * minute, noon, 600).bucketMs).toBeNull();
    expect(planHistory(noon - 60 * minute, noon, 600).bucketMs).toBe(10_000);
    expect(planHistory(noon - day, noon, 600).bucketMs).toBe(5 * minute);
    expect(planHistory(noon - 30 * day, noon, 600).bucketMs).toBe(2 * 60 * minute);
    expect(planHistory(noon - 3650 * day, noon, 100).bucketMs).toBe(31 * day + 0);
  });

  it('begins and ends on the edges of its buckets', () => {
    const { from, to, bucketMs } = planHistory(noon - day, noon, 600);
    expect([from % (bucketMs ?? 1), to % (bucketMs ?? 1)]).toEqual([0, 0]);
    expect(from).toBeLessThanOrEqual(noon - day);
    expect(to).toBeGreaterThanOrEqual(noon);
  });

  it('has a point in the middle of every bucket that holds something', () => {
    expect(filled({ average: [1, null, 3], low: [0, null, 2], high: [2, null, 5] }, 1_000, 10)).toEqual({
      ts: [1_005, 1_025],
      value: [1, 3],
      band: { low: [0, 2], high: [2, 5] },
    });
  });

  it('is written in the zone of the organization, over the change of clocks too', () => {
    expect(inZone(noon, 'Asia/Shanghai')).toBe('2026-11-29T20:03');
    expect(ofZone('2026-11-29T20:03', 'Asia/Shanghai')).toBe(Date.UTC(2026, 10, 29, 12, 3));
    for (const at of [Date.UTC(2026, 2, 29, 0, 59), Date.UTC(2026, 2, 29, 1, 0), Date.UTC(2026, 9, 25, 2, 30)])
      expect(ofZone(inZone(at, 'Europe/Berlin'), 'Europe/Berlin')).toBe(at);
    expect(ofZone('soon', 'Europe/Berlin')).toBeNull();
  });
});
