import { describe, expect, it } from 'vitest';
import { aligned, type Line, thin, toCsv, withGaps } from './series.js';

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
});
