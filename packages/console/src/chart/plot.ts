import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { seriesColour, tokenColour } from './palette.js';
import { aligned, type Line } from './series.js';

export interface PlotOptions {
  readonly height: number;
  readonly timeZone: string;
  readonly locale: string;
  /** Fixed window in Unix ms; otherwise what the lines cover. */
  readonly window: readonly [from: number, to: number] | null;
}

/** Draws lines over time; lines of one unit share an axis. */
export interface Plot {
  show(lines: readonly Line[], hidden: ReadonlySet<string>, window: PlotOptions['window']): void;
  image(): string;
  destroy(): void;
}

/** The colour of a line is that of its place in the list. */
export function createPlot(host: HTMLElement, first: readonly Line[], options: PlotOptions): Plot {
  const units = [...new Set(first.map((line) => line.unit))];
  const soft = tokenColour(host, '--text-soft');
  const grid = tokenColour(host, '--grid');
  const font = `11px ${getComputedStyle(host).fontFamily}`;
  const narrow = host.clientWidth < 560;
  const clock = new Intl.DateTimeFormat(options.locale, {
    timeZone: options.timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const clockSeconds = new Intl.DateTimeFormat(options.locale, {
    timeZone: options.timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  let window = options.window;

  const plot = new uPlot(
    {
      width: Math.max(240, host.clientWidth),
      height: options.height,
      ms: 1,
      padding: [8, null, 0, null],
      legend: { show: false },
      cursor: { drag: { x: true, y: false }, points: { size: 6 } },
      scales: {
        x: {
          time: true,
          range: (_self, low, high) => (window ? [window[0], window[1]] : low === high ? [low - 1000, high + 1000] : [low, high]),
        },
        ...Object.fromEntries(units.map((unit) => [scaleOf(unit), { auto: true }])),
      },
      axes: [
        {
          stroke: soft,
          font,
          grid: { stroke: grid, width: 1 },
          ticks: { stroke: grid, width: 1, size: 4 },
          size: 28,
          space: narrow ? 64 : 80,
          values: (_self, splits) => {
            const step = (splits[1] ?? 0) - (splits[0] ?? 0);
            return splits.map((at) => (step < 60_000 ? clockSeconds : clock).format(at));
          },
        },
        ...units.map((unit, index) => ({
          scale: scaleOf(unit),
          side: index === 0 ? 3 : 1,
          show: !narrow || index < 2,
          stroke: soft,
          font,
          size: 52,
          grid: { show: index === 0, stroke: grid, width: 1 },
          ticks: { stroke: grid, width: 1 },
          values: (_self: uPlot, splits: number[]) =>
            splits.map((value, place) => (place === splits.length - 1 && unit ? unit : trim(value))),
        })),
      ],
      series: [
        {},
        ...first.map((line, index) => ({
          label: line.name,
          scale: scaleOf(line.unit),
          stroke: seriesColour(host, index),
          width: line.derived ? 2.5 : 1.5,
          ...(line.derived ? { dash: [6, 3] } : {}),
          points: { show: false },
        })),
      ],
    },
    dataOf(first),
    host,
  );

  const resize = new ResizeObserver(() => plot.setSize({ width: Math.max(240, host.clientWidth), height: options.height }));
  resize.observe(host);

  return {
    show(lines, hidden, wanted) {
      window = wanted;
      lines.forEach((line, index) => {
        const shown = !hidden.has(line.name);
        if (plot.series[index + 1]?.show !== shown) plot.setSeries(index + 1, { show: shown });
      });
      plot.setData(dataOf(lines));
    },
    image: () => plot.ctx.canvas.toDataURL('image/png'),
    destroy() {
      resize.disconnect();
      plot.destroy();
    },
  };
}

const scaleOf = (unit: string) => `u:${unit}`;

function dataOf(lines: readonly Line[]): uPlot.AlignedData {
  const { ts, columns } = aligned(lines);
  return [ts, ...columns] as unknown as uPlot.AlignedData;
}

const trim = (value: number) => String(Math.round(value * 1000) / 1000);
