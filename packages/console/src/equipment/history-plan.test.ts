import { describe, expect, it } from 'vitest';
import { filled, inBuckets, inZone, ofZone, stretchOf, widerSums } from './history-plan.js';

const minute = 60_000;
const day = 86_400_000;
const noon = Date.UTC(2026, 10, 29, 12, 3, 7);

describe('history', () => {
  it('is cut into buckets that people count in', () => {
    expect(inBuckets(noon - 60 * minute, noon, 600).bucketMs).toBe(10_000);
    expect(inBuckets(noon - day, noon, 600).bucketMs).toBe(5 * minute);
    expect(inBuckets(noon - 30 * day, noon, 600).bucketMs).toBe(2 * 60 * minute);
    expect(inBuckets(noon - 3650 * day, noon, 100).bucketMs).toBe(31 * day);
  });

  it('is cut no narrower than the sums that are kept', () => {
    expect(inBuckets(noon - 60 * minute, noon, 600, minute)).toEqual({
      from: noon - 60 * minute - 7_000,
      to: noon + 53_000,
      bucketMs: minute,
    });
    expect(inBuckets(noon - day, noon, 600, minute).bucketMs).toBe(5 * minute);
    expect([10_000, minute, 30 * minute, 60 * minute, day].map(widerSums)).toEqual([
      minute,
      ...[60 * minute, 60 * minute],
      ...[undefined, undefined],
    ]);
  });

  it('says how long a stretch is in whole minutes where it is longer than one', () => {
    expect(stretchOf(noon - 30 * day, noon, 500)).toBe(87 * minute);
    expect(stretchOf(noon - 60 * minute, noon, 500)).toBe(8_000);
    expect(stretchOf(noon - 10_000, noon, 500)).toBe(20);
  });

  it('begins and ends on the edges of its buckets', () => {
    const { from, to, bucketMs } = inBuckets(noon - day, noon, 600);
    expect([from % bucketMs, to % bucketMs]).toEqual([0, 0]);
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
