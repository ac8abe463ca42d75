import type { GoldenValue } from '@yunfab/core/verticals';
import { balanceLine, type LineTask } from './balance/index.js';
import { bodyTypeOf, chooseSize, controlsOf, formatSize, parseSize } from './size/index.js';

const brief = 'apparel.md, 1';

/** Jackson (1956): times of tasks 1 to 11 and what each waits for. */
const jackson: readonly LineTask[] = (
  [
    [6, []],
    [2, [1]],
    [5, [1]],
    [7, [1]],
    [1, [1]],
    [2, [2]],
    [3, [3, 4, 5]],
    [6, [6]],
    [5, [7]],
    [5, [8]],
    [4, [9, 10]],
  ] as const
).map(([time, after], i) => ({ id: String(i + 1), time, after: after.map(String) }));

const stations = (cycle: number, expected: number): GoldenValue => ({
  name: `stations of Jackson's line at cycle ${cycle}`,
  source: 'apparel.md, 5; Jackson 1956',
  expected,
  actual: () => balanceLine(jackson, cycle).balance?.stations.length ?? null,
});

export const goldenValues: readonly GoldenValue[] = [
  {
    name: 'sizes of 173/92/76, rounded up',
    source: brief,
    expected: ['175/96A', '175/78A'],
    actual: () => {
      const { upper, lower } = chooseSize({ sex: 'male', height: 173, chest: 92, waist: 76 });
      return [upper && formatSize(upper), lower && formatSize(lower)];
    },
  },
  {
    name: 'invalid sizes 173/82A, 175/81A and 175/82A',
    source: brief,
    expected: [['size.height'], ['size.girth'], ['size.girth']],
    actual: () =>
      [parseSize('173/82A', 'lower'), parseSize('175/81A', 'lower'), parseSize('175/82A', 'upper')].map(({ issues }) =>
        issues.map(({ at }) => at),
      ),
  },
  {
    name: 'body types of men at both ends of each range',
    source: brief,
    expected: ['Y', 'Y', 'A', 'A', 'B', 'B', 'C', 'C'],
    actual: () => [22, 17, 16, 12, 11, 7, 6, 2].map((difference) => bodyTypeOf('male', 96, 96 - difference)),
  },
  {
    name: 'body types of women at both ends of each range (check)',
    source: brief,
    expected: ['Y', 'Y', 'A', 'A', 'B', 'B', 'C', 'C'],
    actual: () => [24, 19, 18, 14, 13, 9, 8, 4].map((difference) => bodyTypeOf('female', 90, 90 - difference)),
  },
  {
    name: 'control measurements of 170/88A (check)',
    source: brief,
    expected: {
      height: 170,
      cervical_height: 145,
      arm_length: 55.5,
      waist_height: 102.5,
      chest: 88,
      neck: 36.8,
      shoulder_width: 43.6,
      waist: 74,
      hip: 90,
    },
    actual: () => ({ ...controlsOf('male', { height: 170, chest: 88, waist: 74, bodyType: 'A' }) }),
  },
  stations(7, 8),
  stations(9, 6),
  stations(10, 5),
  stations(13, 4),
  stations(14, 4),
  stations(21, 3),
];
