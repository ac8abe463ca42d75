import { describe, expect, it } from 'vitest';
import { drawnAs, type HistoryAnswer, historyLine } from './history-reading.js';

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
