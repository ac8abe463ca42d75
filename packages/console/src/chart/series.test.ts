import { describe, expect, it } from 'vitest';
import { aligned, type Line, thin, toCsv, valueAt, withGaps } from './series.js';

const line = (ts: number[], value: (number | null)[], name = 'a'): Line => ({ name, words: name, unit: '°C', ts, value });

describe('lines', () => {
  it('show a gap where samples are missing', () => {
    const every = Array.from({ length: 20 }, (_, index) => index * 1000);
    const broken = [...every, ...every.map((at) => at + 60_000)];
    const { ts, value } = withGaps(
      line(
        broken,
        broken.map(() => 1),
      ),
    );
    expect(value.filter((each) => each === null)).toHaveLength(1);
    expect(ts[value.indexOf(null)]).toBe(19_001);
    expect(
      withGaps(
        line(
          every,
          every.map(() => 1),
        ),
      ).ts,
    ).toHaveLength(20);
  });

  it('keep their extremes when they are thinned', () => {
    const ts = Array.from({ length: 50_000 }, (_, index) => index);
    const value = ts.map((at) => (at === 31_234 ? 99 : at === 12_345 ? -99 : Math.sin(at)));
    const thinned = thin(line(ts, value), 1_000);
    expect(thinned.ts.length).toBeLessThanOrEqual(1_000);
    expect(thinned.value).toContain(99);
    expect(thinned.value).toContain(-99);
    expect([...thinned.ts]).toEqual([...thinned.ts].sort((a, b) => a - b));
  });

  it('meet on one axis, each silent where it has nothing to say', () => {
    expect(aligned([line([1, 3], [10, 30]), line([2, 3], [20, null], 'b')])).toEqual({
      ts: [1, 2, 3],
      columns: [
        [10, undefined, 30],
        [undefined, 20, null],
      ],
    });
  });

  it('become a table for spreadsheets', () => {
    expect(toCsv([line([0], [1.5]), line([0], [2], 'b, c')])).toBe('time,a [°C],"b, c [°C]"\n1970-01-01T00:00:00.000Z,1.5,2');
  });

  it('carry their band and their marks through gaps and thinning', () => {
    const ts = Array.from({ length: 100 }, (_, index) => index * 1000 + (index >= 50 ? 60_000 : 0));
    const value = ts.map((_, index) => index % 10);
    const whole: Line = {
      ...line(ts, value),
      band: { low: value.map((each) => each - 1), high: value.map((each) => each + 1) },
      doubtful: ts.map((_, index) => index === 33),
    };
    const broken = withGaps(whole);
    expect(broken.band?.low[50]).toBeNull();
    expect(broken.doubtful?.filter(Boolean)).toHaveLength(1);
    const thinned = thin(broken, 20);
    expect(thinned.ts).toHaveLength(thinned.value.length);
    expect(thinned.value).toContain(null);
    thinned.value.forEach((each, index) => {
      expect(thinned.band?.low[index] ?? null).toBe(each === null ? null : each - 1);
    });
    expect(thinned.ts[thinned.doubtful?.indexOf(true) ?? -1]).toBe(33_000);
    expect(toCsv([{ ...whole, ts: [0], value: [2], band: { low: [1], high: [3] } }])).toBe(
      'time,a low [°C],a average [°C],a high [°C]\n1970-01-01T00:00:00.000Z,1,2,3',
    );
  });

  it('say their value at any instant', () => {
    const broken = line([10, 20, 21, 40], [1, 2, null, 4]);
    expect([5, 10, 15, 20, 30, 40, 99].map((at) => valueAt(broken, at))).toEqual([null, 1, 1, 2, null, 4, 4]);
  });
});
