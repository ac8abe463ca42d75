import { describe, expect, it } from 'vitest';
import type { Client } from '../app/client.js';
import { drawnAs, type HistoryAnswer, historyLine, readBuckets, readHistory } from './history-reading.js';

const meaning = { name: 'temperature', words: 'Temperature', unit: '°C' };
const sampled = { unit: 'Cel', ts: [0, 10, 90, 100], value: [1, 2, 9, 3], quality: [192, 64, 192, 192], thinned: true, gapMs: 50 };
const answer: HistoryAnswer = {
  ...{ from: 0, to: 100, window: [0, 100], stretchMs: 20, averages: null },
  samples: { temperature: { ...sampled, gaps: [{ from: 10, to: 90 }] } },
};

describe('the line of a history', () => {
  it('is of samples that were measured, broken at its gaps, with what is doubtful', () => {
    expect(historyLine(meaning, answer)).toMatchObject({
      ts: [0, 10, 11, 90, 100],
      value: [1, 2, null, 9, 3],
      doubtful: [false, true, false, false, false],
    });
    expect(drawnAs(answer)).toBe('extremes');
    expect(drawnAs({ ...answer, stretchMs: null })).toBe('samples');
  });

  it('is of averages with the band of all values where samples are no longer kept', () => {
    const buckets = {
      unit: 'Cel',
      count: [2, 0, 1],
      average: [2, null, 4],
      low: [1, null, 4],
      high: [3, null, 4],
      first: [1, null, 4],
      last: [3, null, 4],
    };
    const old: HistoryAnswer = {
      ...answer,
      averages: { keptFrom: 60, bucketMs: 30, signals: { temperature: { ...buckets, quality: [192, null, 192] } } },
    };
    expect(historyLine(meaning, old)).toMatchObject({ ts: [15, 75], value: [2, 4], band: { low: [1, 4], high: [3, 4] } });
    expect(drawnAs(old)).toBe('averages');
  });

  it('is empty before anything has come', () => {
    expect(historyLine(meaning, undefined)).toMatchObject({ ts: [], value: [] });
  });
});

describe('the question for a history', () => {
  const [minute, hour] = [60_000, 3_600_000];
  const now = Date.UTC(2026, 10, 29);
  const dayAgo = (days: number) => now - days * 24 * hour;

  /** A platform that keeps samples, sums of minutes and sums of hours from then on, and what it was asked for. */
  function platform(kept: { samples: number | null; minutes: number | null; hours: number | null }) {
    const asked: number[] = [];
    const telemetry = {
      downsample: () => Promise.resolve({ signals: {}, keptFrom: kept.samples }),
      aggregate: ({ from, to, bucketMs }: { from: number; to: number; bucketMs: number }) => {
        asked.push(bucketMs);
        const whole = (ms: number) => [from, to, bucketMs].every((each) => each % ms === 0);
        return Promise.resolve({ signals: {}, keptFrom: whole(hour) ? kept.hours : whole(minute) ? kept.minutes : kept.samples });
      },
    };
    return { client: { equipment: { telemetry } } as unknown as Client, asked };
  }

  const anHour = (days: number) => ({ equipment: 'oven', signals: ['temperature'], from: dayAgo(days), to: dayAgo(days) + hour });
  const { signal } = new AbortController();
  const kept = { samples: dayAgo(30), minutes: dayAgo(365), hours: null };

  it.each([
    ['minutes where samples are gone', 60, kept, [minute], minute],
    ['hours where minutes are gone too', 400, kept, [minute, hour], hour],
    ['minutes still where hours reach no further back', 400, { ...kept, hours: kept.minutes }, [minute, hour], minute],
  ])('is for the averages of %s', async (_what, days, from, asked, bucketMs) => {
    const { client, asked: heard } = platform(from);
    const { averages } = await readHistory(client, { ...anHour(days), stretches: 600 }, signal);
    expect(heard).toEqual(asked);
    expect(averages).toMatchObject({ keptFrom: kept.samples, bucketMs });
  });

  it('is for samples alone where they are kept', async () => {
    const { client, asked } = platform(kept);
    expect((await readHistory(client, { ...anHour(10), stretches: 600 }, signal)).averages).toBeNull();
    expect(asked).toEqual([]);
  });

  it('is, for a table, asked anew for wider rows only where narrower ones are gone', async () => {
    const { client, asked } = platform(kept);
    const tenMinutes = (days: number) => ({ ...anHour(days), to: dayAgo(days) + 10 * minute, most: 60 });
    expect((await readBuckets(client, tenMinutes(10), { signal })).plan.bucketMs).toBe(10_000);
    expect((await readBuckets(client, tenMinutes(60), { signal })).plan.bucketMs).toBe(minute);
    expect((await readBuckets(client, tenMinutes(400), { signal })).plan).toEqual({
      ...{ from: dayAgo(400), to: dayAgo(400) + hour, bucketMs: hour },
    });
    expect(asked).toEqual([10_000, 10_000, minute, 10_000, minute, hour]);
  });
});
