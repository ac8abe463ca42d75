import type { Chart } from '@yunfab/sdk';
import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { tokenColour } from '../chart/palette.js';
import { measuredUnit } from '../words/units.js';
import { type Tone, toneToken } from './tone.js';

use([BarChart, LineChart, ScatterChart, GridComponent, LegendComponent, MarkAreaComponent, TooltipComponent, CanvasRenderer]);

export interface FigurePlot {
  image(): string;
  destroy(): void;
}

export interface FigureOptions {
  readonly say: (words: { readonly en: string; readonly zh: string }) => string;
  readonly locale: string;
  readonly timeZone: string;
}

/** Draws the figures into `host` and follows its size. */
export function plotFigure(host: HTMLElement, chart: Chart, options: FigureOptions): FigurePlot {
  const plot = init(host, null, { renderer: 'canvas' });
  plot.setOption(optionOf(host, chart, options));
  const observer = new ResizeObserver(() => plot.resize());
  observer.observe(host);
  return {
    image: () => plot.getDataURL({ pixelRatio: 2, backgroundColor: tokenColour(host, '--surface') }),
    destroy() {
      observer.disconnect();
      plot.dispose();
    },
  };
}

const seriesTones = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6'] as const satisfies readonly Tone[];

function optionOf(host: HTMLElement, { x, y, series, bands = [] }: Chart, { say, locale, timeZone }: FigureOptions): EChartsCoreOption {
  const colour = (tone: Tone) => tokenColour(host, toneToken(tone));
  const soft = tokenColour(host, '--text-soft');
  const grid = tokenColour(host, '--grid');
  const text = { color: soft, fontFamily: getComputedStyle(host).fontFamily, fontSize: 11 };
  const named = (axis: { readonly words: { readonly en: string; readonly zh: string }; readonly unit?: string | undefined }) =>
    [say(axis.words), measuredUnit(axis.unit ?? '1')].filter(Boolean).join(' / ');
  const day = new Intl.DateTimeFormat(locale, { timeZone, month: 'numeric', day: 'numeric' });
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  const areas = bands.map(({ axis, low, high, words, tone }) => {
    const key = axis === 'x' ? 'xAxis' : 'yAxis';
    return [
      { name: say(words), ...(low === undefined ? {} : { [key]: low }), itemStyle: { color: colour(tone), opacity: 0.12 } },
      { ...(high === undefined ? {} : { [key]: high }) },
    ];
  });
  return {
    animation: false,
    textStyle: text,
    grid: { left: 12, right: 20, top: series.length > 1 ? 56 : 32, bottom: 30, containLabel: true },
    ...(series.length > 1 ? { legend: { top: 0, left: 0, type: 'scroll', textStyle: text } } : {}),
    tooltip: {
      trigger: series.every(({ style }) => style === 'points') ? 'item' : 'axis',
      valueFormatter: (value: unknown) => (typeof value === 'number' ? number.format(value) : String(value ?? '–')),
    },
    xAxis: {
      type: x.kind,
      name: named(x),
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: text,
      axisLabel: { ...text, ...(x.kind === 'time' ? { formatter: (at: number) => day.format(at) } : {}), hideOverlap: true },
      axisLine: { onZero: false, lineStyle: { color: grid } },
      splitLine: { show: false },
      ...(x.kind === 'value' ? { scale: true } : {}),
    },
    yAxis: {
      type: 'value',
      name: named(y),
      nameGap: 12,
      nameTextStyle: { ...text, align: 'left' },
      axisLine: { show: false, onZero: false },
      axisTick: { show: false },
      axisLabel: text,
      splitLine: { lineStyle: { color: grid } },
      scale: series.every(({ style }) => style !== 'bar' && style !== 'area'),
    },
    series: series.map(({ words, style, tone, points }, index) => ({
      name: say(words),
      type: style === 'bar' ? 'bar' : style === 'points' ? 'scatter' : 'line',
      data: points,
      color: colour(tone ?? (seriesTones[index % seriesTones.length] as Tone)),
      ...(style === 'step' ? { step: 'end' } : {}),
      ...(style === 'area' ? { areaStyle: { opacity: 0.18 } } : {}),
      ...(style === 'points' ? { symbolSize: 7 } : { showSymbol: false, symbol: points.length < 40 ? 'circle' : 'none' }),
      ...(index === 0 && areas.length > 0 ? { markArea: { silent: true, label: { ...text, position: 'insideTop' }, data: areas } } : {}),
    })),
  };
}
