import type { Chart } from '@yunfab/core/verticals';
import type { Operation, TagRead } from '../routing/index.js';

/** Minutes that a garment stayed in each operation beside its standard minutes. */
export function dwellChart(routing: readonly Operation[], reads: readonly TagRead[]): Chart {
  const minutes = (operation: string): number | null => {
    const into = reads.find((read) => read.operation === operation && read.direction === 'in');
    const out = reads.find((read) => read.operation === operation && read.direction === 'out');
    return into && out ? Number(((Date.parse(out.at) - Date.parse(into.at)) / 60_000).toFixed(2)) : null;
  };
  return {
    x: { words: { en: 'Operation', zh: '工序' }, kind: 'category' },
    y: { words: { en: 'Time', zh: '时间' }, unit: 'min' },
    series: [
      { words: { en: 'Standard minutes', zh: '标准工时' }, style: 'bar', tone: 'muted', points: routing.map(({ id, sam }) => [id, sam]) },
      { words: { en: 'In the station', zh: '在位时间' }, style: 'bar', tone: 'accent', points: routing.map(({ id }) => [id, minutes(id)]) },
    ],
  };
}
