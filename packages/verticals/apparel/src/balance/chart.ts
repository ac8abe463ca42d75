import type { Chart } from '@yunfab/core/verticals';
import type { LineBalance, LineTask } from './line.js';

/** Minutes of work at each station against the takt. */
export function loadChart(tasks: readonly LineTask[], { stations }: LineBalance, takt: number): Chart {
  const time = new Map(tasks.map((task) => [task.id, task.time]));
  return {
    x: { words: { en: 'Station', zh: '工位' }, kind: 'category' },
    y: { words: { en: 'Load', zh: '负荷' }, unit: 'min' },
    series: [
      {
        words: { en: 'Work', zh: '作业' },
        style: 'bar',
        points: stations.map((load, i) => [`${i + 1}`, Number(load.reduce((sum, id) => sum + (time.get(id) ?? 0), 0).toFixed(2))]),
      },
    ],
    bands: [{ axis: 'y', low: takt, high: takt, words: { en: `Takt ${takt} min`, zh: `节拍 ${takt} 分钟` }, tone: 'bad' }],
  };
}
