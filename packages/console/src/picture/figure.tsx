import type { Chart } from '@yunfab/sdk';
import { useEffect, useId, useRef, useState } from 'react';
import { useFormat } from '../app/platform.js';
import { useDrawnTheme } from '../app/theme.js';
import { Button } from '../design/button.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import type { FigurePlot } from './plot-figure.js';
import { save, saveText } from './save.js';

const height = 320;

/** Figures that are not signals over time: a spectrum, a forecast, a Pareto. With their table and files of the same figures. */
export function Figure({ title, chart }: { readonly title: string; readonly chart: Chart }) {
  const { t, say, locale } = useWords();
  const { timeZone } = useFormat();
  const theme = useDrawnTheme();
  const [asTable, setAsTable] = useState(false);
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<FigurePlot | null>(null);
  const id = useId();
  const described = JSON.stringify(chart);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when its figures, its words or its colours change
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let left = false;
    void import('./plot-figure.js').then(({ plotFigure }) => {
      if (left) return;
      plot.current = plotFigure(element, chart, { say, locale, timeZone });
      element.dataset['drawn'] = 'true';
    });
    return () => {
      left = true;
      plot.current?.destroy();
      plot.current = null;
    };
  }, [described, theme, locale, timeZone, asTable]);

  return (
    <figure className="picture">
      <figcaption className="chart-head">
        <span>{title}</span>
        <div className="chart-tools">
          <Button look="quiet" icon={asTable ? 'chart' : 'table'} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'chart.asChart' : 'chart.asTable')}
          </Button>
          <Button look="quiet" icon="download" onClick={() => saveText(`${title}.csv`, 'text/csv', `\uFEFF${csvOf(chart, say)}`)}>
            CSV
          </Button>
          {asTable ? null : (
            <Button look="quiet" icon="download" onClick={() => plot.current && save(`${title}.png`, plot.current.image())}>
              PNG
            </Button>
          )}
        </div>
      </figcaption>
      {asTable ? (
        <FigureTable title={title} chart={chart} />
      ) : (
        <>
          <p id={id} className="visually-hidden">
            {t('figure.described', { title, series: chart.series.map(({ words }) => say(words)).join(', ') })}
          </p>
          <div ref={host} role="img" aria-labelledby={id} style={{ height }} data-figure />
        </>
      )}
    </figure>
  );
}

type Say = ReturnType<typeof useWords>['say'];

/** One row for each x that any series has, in the order in which they first come. */
function rowsOf({ x, series }: Chart): {
  readonly at: readonly (string | number)[];
  readonly columns: readonly ReadonlyMap<string | number, number | null>[];
} {
  const columns = series.map(({ points }) => new Map(points));
  const at = [...new Set(series.flatMap(({ points }) => points.map(([place]) => place)))];
  if (x.kind !== 'category') at.sort((a, b) => Number(a) - Number(b));
  return { at, columns };
}

function csvOf(chart: Chart, say: Say): string {
  const { at, columns } = rowsOf(chart);
  const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const head = [say(chart.x.words), ...chart.series.map(({ words }) => say(words))].map(quoted);
  const rows = at.map((place) => {
    const x = chart.x.kind === 'time' ? new Date(Number(place)).toISOString() : quoted(String(place));
    return [x, ...columns.map((column) => column.get(place) ?? '')].join(',');
  });
  return [head.join(','), ...rows].join('\r\n');
}

function FigureTable({ title, chart }: { readonly title: string; readonly chart: Chart }) {
  const { say } = useWords();
  const format = useFormat();
  const { at, columns } = rowsOf(chart);
  const place = (x: string | number) =>
    chart.x.kind === 'time' ? format.exactly(Number(x)) : typeof x === 'number' ? format.number(round(x)) : x;
  return (
    <div className="table-room" role="group" style={{ maxHeight: 360, overflow: 'auto' }} aria-label={title} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col" className={chart.x.kind === 'category' ? undefined : 'number'}>
              {say(chart.x.words)} <span className="unit">{measuredUnit(chart.x.unit ?? '1')}</span>
            </th>
            {chart.series.map(({ words }, index) => (
              <th key={index} scope="col" className="number">
                {say(words)} <span className="unit">{measuredUnit(chart.y.unit ?? '1')}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {at.map((x) => (
            <tr key={x}>
              <td className={chart.x.kind === 'category' ? undefined : 'number'}>{place(x)}</td>
              {columns.map((column, index) => {
                const value = column.get(x);
                return (
                  <td key={index} className="number">
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

const round = (value: number) => Number(value.toPrecision(5));
