import { type ReactNode, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useFormat } from '../app/platform.js';
import { useDrawnTheme } from '../app/theme.js';
import { Button } from '../design/button.js';
import { save, saveText } from '../picture/save.js';
import { useWords } from '../words/words.js';
import { colours, seriesVariable } from './palette.js';
import { createPlot, type Plot, type PlotPlace } from './plot.js';
import { aligned, type Line, latestOf, thin, toCsv, valueAt, withGaps } from './series.js';

interface ChartProps {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Fixed window in Unix ms; otherwise what the lines cover. */
  readonly window?: readonly [from: number, to: number];
  readonly height?: number;
  /** Lines that are not drawn until they are asked for. */
  readonly hiddenAtFirst?: readonly string[];
  /** A stretch of time was dragged over; left out, the chart zooms by itself until a double click. */
  readonly onZoom?: (from: number, to: number) => void;
  /** Gaps are in the lines already. */
  readonly gapped?: boolean;
  /** Other files of the same, for the lines that are shown. */
  readonly tools?: (shown: readonly string[]) => ReactNode;
  /** Under the plot, in its room from the left and as wide as it: what is no number. */
  readonly below?: (place: PlotPlace | null) => ReactNode;
  /** In place of the table of what is drawn. */
  readonly table?: ReactNode;
}

/** Lines over time, with their newest values, a table and files of the same figures. */
export function Chart({ title, lines, window, height = 320, hiddenAtFirst = [], onZoom, gapped = false, tools, below, table }: ChartProps) {
  const { t } = useWords();
  const format = useFormat();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set(hiddenAtFirst));
  const [asTable, setAsTable] = useState(false);
  const [pointed, setPointed] = useState<number | null>(null);
  const [place, setPlace] = useState<PlotPlace | null>(null);
  const plot = useRef<Plot | null>(null);
  const id = useId();
  const toggle = (name: string) =>
    setHidden((before) => (before.has(name) ? new Set([...before].filter((each) => each !== name)) : new Set([...before, name])));
  const keepPlot = useCallback((made: Plot | null) => void (plot.current = made), []);
  const shown = lines.filter((line) => !hidden.has(line.name));
  const described = shown
    .map((line) => {
      const latest = latestOf(line);
      return latest === null ? line.words : `${line.words} ${format.number(round(latest))} ${line.unit}`;
    })
    .join(', ');
  return (
    <div className="chart">
      <div className="chart-head">
        <fieldset className="chart-legend">
          <legend className="visually-hidden">{t('chart.lines')}</legend>
          {lines.map((line, index) => {
            const latest = pointed === null ? latestOf(line) : valueAt(line, pointed);
            return (
              <button
                key={line.name}
                type="button"
                className="chip key"
                aria-pressed={!hidden.has(line.name)}
                onClick={() => toggle(line.name)}
                data-line-key={line.name}
              >
                <span
                  className={`stroke ${line.derived ? 'dashed' : index >= colours ? 'dotted' : ''}`}
                  style={{ borderColor: seriesVariable(index) }}
                />
                {line.words}
                <strong data-latest>{latest === null ? '–' : format.number(round(latest))}</strong>
                <span className="unit">{line.unit}</span>
              </button>
            );
          })}
        </fieldset>
        <div className="chart-tools">
          {tools?.(shown.map(({ name }) => name))}
          <Button look="quiet" icon={asTable ? 'chart' : 'table'} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'chart.asChart' : 'chart.asTable')}
          </Button>
          <Button look="quiet" icon="download" onClick={() => saveText(`${title}.csv`, 'text/csv', `\uFEFF${toCsv(shown)}`)}>
            CSV
          </Button>
          {asTable ? null : (
            <Button look="quiet" icon="download" onClick={() => plot.current && save(`${title}.png`, plot.current.image())}>
              PNG
            </Button>
          )}
        </div>
      </div>
      {asTable ? (
        (table ?? <LinesTable title={title} lines={shown} />)
      ) : (
        <>
          <p id={id} className="visually-hidden">
            {t('chart.described', { title, lines: described })}
          </p>
          {shown.some(({ doubtful }) => doubtful?.includes(true)) ? (
            <p className="soft small" data-doubtful>
              {t('chart.doubtful')}
            </p>
          ) : null}
          <div className="chart-room">
            {/* Over the plot: nothing may move under the pointer. */}
            {pointed === null ? null : (
              <span className="chart-pointed" aria-hidden="true">
                {window && window[1] - window[0] > 86_400_000 ? format.moment(pointed) : format.clock(pointed)}
              </span>
            )}
            <Canvas
              describedBy={id}
              lines={lines}
              hidden={hidden}
              window={window ?? null}
              height={height}
              gapped={gapped}
              {...(onZoom ? { onZoom } : {})}
              onPoint={setPointed}
              onPlace={setPlace}
              onPlot={keepPlot}
            />
          </div>
          {below?.(place)}
        </>
      )}
    </div>
  );
}

interface CanvasProps {
  readonly describedBy: string;
  readonly lines: readonly Line[];
  readonly hidden: ReadonlySet<string>;
  readonly window: readonly [number, number] | null;
  readonly height: number;
  readonly gapped: boolean;
  readonly onZoom?: (from: number, to: number) => void;
  readonly onPoint: (at: number | null) => void;
  readonly onPlace: (place: PlotPlace) => void;
  readonly onPlot: (plot: Plot | null) => void;
}

function Canvas({ describedBy, lines, hidden, window, height, gapped, onZoom, onPoint, onPlace, onPlot }: CanvasProps) {
  const { locale } = useWords();
  const { timeZone } = useFormat();
  const theme = useDrawnTheme();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const latest = useRef({ lines, hidden, window, onPlot, onZoom, onPoint, onPlace });
  latest.current = { lines, hidden, window, onPlot, onZoom, onPoint, onPlace };
  const shape = JSON.stringify([
    lines.map(({ name, unit, derived, band }) => [name, unit, derived, band !== undefined]),
    onZoom !== undefined,
  ]);

  const drawn = useRef('');
  const draw = () => {
    const now = latest.current;
    // The same figures are not drawn again: it would undo a zoom.
    const figures = JSON.stringify([
      now.lines.map(({ ts, value }) => [ts.length, ts[0], ts.at(-1), value.at(-1)]),
      [...now.hidden],
      now.window,
    ]);
    if (!plot.current || figures === drawn.current) return;
    drawn.current = figures;
    plot.current.show(
      now.lines.map((line) => thin(gapped ? line : withGaps(line))),
      now.hidden,
      now.window,
    );
  };

  // Before the page is painted, so that it never shows data without their curves.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the plot is made anew when its shape or its colours change
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    drawn.current = '';
    plot.current = createPlot(element, latest.current.lines, {
      ...{ height, timeZone, locale, window: latest.current.window },
      ...(latest.current.onZoom ? { onZoom: (from: number, to: number) => latest.current.onZoom?.(from, to) } : {}),
      onPoint: (at) => latest.current.onPoint(at),
      onPlace: (at) => latest.current.onPlace(at),
    });
    latest.current.onPlot(plot.current);
    draw();
    element.dataset['drawn'] = 'true';
    return () => {
      plot.current?.destroy();
      plot.current = null;
      latest.current.onPlot(null);
    };
  }, [shape, theme, height, timeZone, locale]);

  // Live lines change many times a second; a frame draws the newest.
  useEffect(() => {
    const frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  });

  return <div ref={host} role="img" aria-labelledby={describedBy} style={{ minHeight: height }} data-plot />;
}

const mostRows = 200;

function LinesTable({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  const { t } = useWords();
  const format = useFormat();
  const { ts, columns } = aligned(lines.map((line) => thin(line, mostRows)));
  return (
    <div className="table-room" role="group" style={{ maxHeight: 360, overflow: 'auto' }} aria-label={title} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('chart.time')}</th>
            {lines.map((line) => (
              <th key={line.name} scope="col" className="number">
                {line.words} <span className="unit">{line.unit}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ts.map((at, row) => (
            <tr key={at}>
              <td title={format.exactly(at)}>{format.clock(at)}</td>
              {columns.map((column, index) => {
                const value = column[row];
                return (
                  <td key={lines[index]?.name} className="number">
                    {value === null || value === undefined ? '' : format.number(round(value))}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const round = (value: number) => Number(value.toPrecision(4));
