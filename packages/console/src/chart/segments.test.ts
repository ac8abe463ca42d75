import { describe, expect, it } from 'vitest';
import { segmentsOf } from './segments.js';

const good = 192;
const of = (
  samples: readonly (readonly [ts: number, value: string | boolean | number | null, quality?: number])[],
  gaps: readonly number[] = [],
) => ({
  ts: samples.map(([ts]) => ts),
  value: samples.map(([, value]) => value),
  quality: samples.map(([, , quality]) => quality ?? good),
  gaps: gaps.map((from) => ({ from })),
  gapMs: 50,
});

describe('segments of states', () => {
  it('hold a state until another is said, and say it once', () => {
    expect(
      segmentsOf(
        of([
          [0, 'idle'],
          [10, 'idle'],
          [20, 'cure'],
          [30, 'idle'],
        ]),
        1_000,
        good,
      ),
    ).toEqual([
      { from: 0, to: 20, value: 'idle', doubtful: false },
      { from: 20, to: 30, value: 'cure', doubtful: false },
      { from: 30, to: 80, value: 'idle', doubtful: false },
    ]);
  });

  it('end where nothing is known, although the same state comes after', () => {
    expect(
      segmentsOf(
        of(
          [
            [0, true],
            [10, true],
            [500, true],
          ],
          [10],
        ),
        510,
        good,
      ),
    ).toEqual([
      { from: 0, to: 10, value: true, doubtful: false },
      { from: 500, to: 510, value: true, doubtful: false },
    ]);
  });

  it('are doubtful when any of their samples is, and are not of numbers', () => {
    expect(
      segmentsOf(
        of([
          [0, 'a'],
          [10, 'a', 64],
          [20, 7],
          [30, null],
        ]),
        100,
        good,
      ),
    ).toEqual([{ from: 0, to: 20, value: 'a', doubtful: true }]);
  });

  it('take the last of several samples of an instant', () => {
    expect(
      segmentsOf(
        of(
          [
            [0, 'a'],
            [10, 'b'],
            [10, 'c'],
            [20, 'c'],
          ],
          [],
        ),
        20,
        good,
      ).filter(({ from, to }) => to > from),
    ).toEqual([
      { from: 0, to: 10, value: 'a', doubtful: false },
      { from: 10, to: 20, value: 'c', doubtful: false },
    ]);
  });
});
