import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { colours, seriesColour, tokenColour } from './palette.js';
import { aligned, type Line } from './series.js';

export interface PlotOptions {
  readonly height: number;
  readonly timeZone: string;
  readonly locale: string;
  /** Fixed window in Unix ms; otherwise what the lines cover. */
  readonly window: readonly [from: number, to: number] | null;
  /** A stretch of time was dragged over; left out, the plot zooms by itself. */
  readonly onZoom?: (from: number, to: number) => void;
  /** Where the pointer is, Unix ms; null when it left. */
  readonly onPoint?: (at: number | null) => void;
  /** Where the lines are drawn, when that has changed. */
  readonly onPlace?: (place: PlotPlace) => void;
}

/** CSS pixels from the left edge of what holds the plot. */
export interface PlotPlace {
  readonly left: number;
  readonly width: number;
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
  const date = new Intl.DateTimeFormat(options.locale, { timeZone: options.timeZone, month: 'short', day: 'numeric' });
  const dateClock = new Intl.DateTimeFormat(options.locale, {
    timeZone: options.timeZone,
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  let window = options.window;
  const places = placesOf(first);
  let marks: Marks = { rings: new Map(), stretches: new Map() };
  const surface = tokenColour(host, '--surface');
  const warn = tokenColour(host, '--warn');
  const { onZoom, onPoint, onPlace } = options;
  let placed = '';
  const tellPlace = ({ bbox }: uPlot) => {
    const place = { left: bbox.left / devicePixelRatio, width: bbox.width / devicePixelRatio };
    const now = JSON.stringify(place);
    if (now !== placed) onPlace?.(place);
    placed = now;
  };

  const plot = new uPlot(
    {
      width: Math.max(240, host.clientWidth),
      height: options.height,
      ms: 1,
      padding: [8, null, 0, null],
      legend: { show: false },
      cursor: { drag: { x: true, y: false, setScale: onZoom === undefined }, points: { size: 6 } },
      hooks: {
        setSelect: [
          (self) => {
            const { left, width } = self.select;
            if (!onZoom || width < 4) return;
            self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            onZoom(self.posToVal(left, 'x'), self.posToVal(left + width, 'x'));
          },
        ],
        draw: [(self) => drawStretches(self, marks.stretches, warn), tellPlace],
        setCursor: [(self) => onPoint?.((self.cursor.left ?? -1) < 0 ? null : self.posToVal(self.cursor.left ?? 0, 'x'))],
      },
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
          space: narrow ? 64 : 72,
          values: (_self, splits) => {
            const step = (splits[1] ?? 0) - (splits[0] ?? 0);
            const written = step >= dayMs ? date : (splits.at(-1) ?? 0) - (splits[0] ?? 0) > dayMs ? dateClock : clock;
            return splits.map((at) => (step < 60_000 ? clockSeconds : written).format(at));
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
        ...first.flatMap((line, index): uPlot.Series[] => [
          {
            label: line.name,
            scale: scaleOf(line.unit),
            stroke: seriesColour(host, index),
            width: line.derived ? 2.5 : 1.5,
            ...(dashOf(line, index) ? { dash: dashOf(line, index) as number[] } : {}),
            points: {
              show: false,
              filter: (_self, place) => (marks.rings.get(place) ?? null) as number[] | null,
              size: 7,
              width: 1.5,
              stroke: warn,
              fill: surface,
            },
          },
          ...(line.band
            ? (['low', 'high'] as const).map((edge) => ({
                label: `${line.name} ${edge}`,
                scale: scaleOf(line.unit),
                width: 0,
                points: { show: false },
              }))
            : []),
        ]),
      ],
      bands: first.flatMap((line, index) => {
        const place = places[index] ?? 0;
        return line.band ? [{ series: [place + 2, place + 1] as [number, number], fill: translucent(seriesColour(host, index)) }] : [];
      }),
    },
    dataOf(first),
    host,
  );

  const resize = new ResizeObserver(() => plot.setSize({ width: Math.max(240, host.clientWidth), height: options.height }));
  resize.observe(host);

  return {
    show(lines, hidden, wanted) {
      window = wanted;
      const data = dataOf(lines);
      marks = marksOf(lines, places, data[0]);
      plot.batch(() => {
        lines.forEach((line, index) => {
          const shown = !hidden.has(line.name);
          const place = places[index] ?? 0;
          if (plot.series[place]?.show === shown) return;
          for (const each of line.band ? [place, place + 1, place + 2] : [place]) plot.setSeries(each, { show: shown });
        });
        plot.setData(data);
      });
    },
    image: () => plot.ctx.canvas.toDataURL('image/png'),
    destroy() {
      resize.disconnect();
      plot.destroy();
    },
  };
}

const dayMs = 86_400_000;
const scaleOf = (unit: string) => `u:${unit}`;

/** Where each line stands among the columns of the plot; the edges of its band follow it. */
function placesOf(lines: readonly Line[]): readonly number[] {
  let next = 1;
  return lines.map(({ band }) => {
    const place = next;
    next += band ? 3 : 1;
    return place;
  });
}

function dataOf(lines: readonly Line[]): uPlot.AlignedData {
  const { ts, columns } = aligned(
    lines.flatMap(({ ts: at, value, band }) => [
      { ts: at, value },
      ...(band ? [band.low, band.high].map((edge) => ({ ts: at, value: edge })) : []),
    ]),
  );
  return [ts, ...columns] as unknown as uPlot.AlignedData;
}

interface Marks {
  /** Single doubtful values, by the column of their line, as places among the instants. */
  readonly rings: ReadonlyMap<number, readonly number[]>;
  /** Longer stretches, by the column of their line: Unix ms. */
  readonly stretches: ReadonlyMap<number, readonly (readonly [from: number, to: number])[]>;
}

/** So many in a row, or so many of a line in all, are a stretch and no longer ringed one by one. */
const fewInARow = 4;
const mostRings = 100;

function marksOf(lines: readonly Line[], places: readonly number[], instants: ArrayLike<number>): Marks {
  const rings = new Map<number, readonly number[]>();
  const stretches = new Map<number, readonly (readonly [number, number])[]>();
  lines.forEach(({ ts, doubtful }, index) => {
    if (!doubtful?.includes(true)) return;
    const ringed: number[] = [];
    const long: [number, number][] = [];
    let at = 0;
    for (let first = 0; first < doubtful.length; first++) {
      if (!doubtful[first]) continue;
      let last = first;
      while (doubtful[last + 1]) last++;
      const row = Array.from({ length: last - first + 1 }, (_, step) => first + step);
      if (row.length > fewInARow || ringed.length + row.length > mostRings) long.push([ts[first] ?? 0, ts[last] ?? 0]);
      else
        for (const place of row) {
          while (at < instants.length && (instants[at] ?? 0) < (ts[place] ?? 0)) at++;
          ringed.push(at);
        }
      first = last;
    }
    const place = places[index] ?? 0;
    if (ringed.length > 0) rings.set(place, ringed);
    if (long.length > 0) stretches.set(place, long);
  });
  return { rings, stretches };
}

/** A bar on the ground of the plot under every doubtful stretch of a line that is shown. */
function drawStretches(self: uPlot, stretches: Marks['stretches'], colour: string): void {
  const { left, top, width, height } = self.bbox;
  const thick = 4 * devicePixelRatio;
  self.ctx.save();
  self.ctx.fillStyle = colour;
  for (const [place, found] of stretches) {
    if (!self.series[place]?.show) continue;
    for (const [from, to] of found) {
      const begin = Math.max(left, self.valToPos(from, 'x', true));
      const end = Math.min(left + width, self.valToPos(to, 'x', true));
      if (end > begin) self.ctx.fillRect(begin, top + height - thick, end - begin, thick);
    }
  }
  self.ctx.restore();
}

/** Colours begin again after six lines; strokes then differ. */
function dashOf({ derived }: Line, index: number): readonly number[] | null {
  return derived ? [6, 3] : index >= colours ? [2, 3] : null;
}

const translucent = (colour: string) => colour.replace(/^rgb\(([^)]*)\)$/, 'rgba($1, 0.18)');

const trim = (value: number) => String(Math.round(value * 1000) / 1000);
