import type { Chart } from '@yunfab/core/verticals';
import type { GradedTire } from './faults.js';
import { grades } from './limits.js';

const newton = (en: string, zh: string) => ({ words: { en, zh }, unit: 'N' });

/** As many as a chart takes. */
const mostSeries = 24;

/** Each tire's first harmonic as a point: distance is its size, direction where its high point is; one series a drum. Needs a tire. */
export function harmonicScatter(tires: readonly GradedTire[]): Chart {
  const drums = [...new Set(tires.map(({ buildingDrum }) => buildingDrum))]
    .toSorted((a, b) => (a ?? Infinity) - (b ?? Infinity))
    .slice(0, mostSeries);
  return {
    x: { ...newton('H1 along the index mark', '一次谐波（沿基准标记）'), kind: 'value' },
    y: newton('H1 across it', '一次谐波（垂直方向）'),
    series: drums.map((drum) => ({
      words: drum === null ? { en: 'Drum unknown', zh: '成型鼓未知' } : { en: `Drum ${drum}`, zh: `成型鼓 ${drum}` },
      style: 'points',
      points: tires
        .filter(({ buildingDrum }) => buildingDrum === drum)
        .map(({ firstHarmonic, angle }) => [tenth(firstHarmonic * Math.cos(angle)), tenth(firstHarmonic * Math.sin(angle))]),
    })),
  };
}

/** How many tires of each mould missed the best grade, worst mould first, by grade. Needs a tire. */
export function gradePareto(tires: readonly { readonly mould: number | null; readonly grade: number }[]): Chart {
  const missed = new Map<string, number[]>();
  for (const { mould, grade } of tires) {
    const name = mould === null ? '–' : String(mould);
    const counts = missed.get(name) ?? grades.map(() => 0);
    const at = Math.round(grade) - 2;
    if (counts[at] !== undefined) counts[at]++;
    missed.set(name, counts);
  }
  const sum = (counts: readonly number[]) => counts.reduce((total, each) => total + each, 0);
  const moulds = [...missed].toSorted(([, a], [, b]) => sum(b) - sum(a));
  const reached = [...grades.slice(1).map((grade) => ({ en: `Grade ${grade}`, zh: `等级 ${grade}` })), { en: 'Rejected', zh: '不合格' }];
  return {
    x: { words: { en: 'Mould', zh: '模具' }, kind: 'category' },
    y: { words: { en: `Tires below grade ${grades[0]}`, zh: `低于 ${grades[0]} 级的轮胎` } },
    series: reached.map((words, i) => ({ words, style: 'bar', points: moulds.map(([mould, counts]) => [mould, counts[i] ?? 0]) })),
  };
}

/** Peak-to-peak of H1 to H10, radial and lateral. */
export function harmonicBars(values: Readonly<Record<string, { readonly value: number } | undefined>>): Chart {
  const orders = Array.from({ length: 10 }, (_, i) => i + 1);
  const series = (name: 'radial' | 'lateral', en: string, zh: string): Chart['series'][number] => ({
    words: { en, zh },
    style: 'bar',
    points: orders.map((order) => [`H${order}`, values[`${name}_h${order}`]?.value ?? null]),
  });
  return {
    x: { words: { en: 'Harmonic', zh: '谐波' }, kind: 'category' },
    y: newton('Peak-to-peak', '峰峰值'),
    series: [series('radial', 'Radial', '径向'), series('lateral', 'Lateral', '侧向')],
  };
}

/** The four waveforms over the angle from the index mark. */
export function waveformLines(curves: readonly { readonly words: Chart['x']['words']; readonly value: readonly number[] }[]): Chart {
  return {
    x: { words: { en: 'Angle from the index mark', zh: '自基准标记起的角度' }, unit: 'deg', kind: 'value' },
    y: newton('Force less its mean', '力（去均值）'),
    series: curves.map(({ words, value }) => {
      const average = value.reduce((sum, each) => sum + each, 0) / Math.max(1, value.length);
      return { words, style: 'line', points: value.map((each, i) => [tenth((360 * i) / value.length), tenth(each - average)]) };
    }),
  };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
