import { useLayoutEffect, useRef, useState } from 'react';
import { useAddressParts } from '../app/address.js';
import type { Client } from '../app/client.js';
import { useAsk, useFormat, usePlatform } from '../app/platform.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { Chart } from '../chart/chart.js';
import { type Line, withGaps } from '../chart/series.js';
import { Button } from '../design/button.js';
import { Chips } from '../design/chips.js';
import { Icon } from '../design/icon.js';
import { Panel } from '../design/panel.js';
import { useShownOfModel, useSignalWords } from '../verticals/models.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import { filled, inBuckets, inZone, longestMs, ofZone, planHistory, shortestMs } from './history-plan.js';
import { drawnAtFirst, type Equipment, goodQuality, signalsOf } from './signals.js';

const hour = 3_600_000;
const lasts = { '1h': hour, '6h': 6 * hour, '24h': 24 * hour, '7d': 168 * hour, '30d': 720 * hour } as const;
type Last = keyof typeof lasts;
const followEveryMs = 30_000;
const mostSamples = 50_000;
/** In buckets, what is missing for more than two of them is missing. */
const bucketGap = 2.5;
const sampleGap = 8;

type Shown = { readonly kind: 'last'; readonly last: Last } | { readonly kind: 'between'; readonly from: number; readonly to: number };

/** What was shown stands in the address, so that going back undoes a zoom and a colleague sees the same. */
function useShown() {
  const [{ last, from, to }, set] = useAddressParts(['last', 'from', 'to']);
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const between = end - begin >= shortestMs && end - begin <= longestMs && begin >= 0;
  const shown: Shown = between
    ? { kind: 'between', from: begin, to: end }
    : { kind: 'last', last: Object.hasOwn(lasts, last) ? (last as Last) : '24h' };
  return {
    shown,
    showLast: (chosen: Last) => set({ last: chosen === '24h' ? '' : chosen, from: '', to: '' }, true),
    showBetween: (first: number, second: number) => {
      const middle = (first + second) / 2;
      const half = Math.min(Math.max((second - first) / 2, shortestMs / 2), longestMs / 2);
      const begins = Math.max(0, Math.round(middle - half));
      set({ last: '', from: new Date(begins).toISOString(), to: new Date(Math.round(begins + 2 * half)).toISOString() }, true);
    },
  };
}

async function readHistory(yunfab: Client, equipment: string, signals: string[], shown: Shown, points: number, signal: AbortSignal) {
  const to = shown.kind === 'last' ? Date.now() : shown.to;
  const from = shown.kind === 'last' ? to - lasts[shown.last] : shown.from;
  const plan = planHistory(from, to, points);
  if (plan.bucketMs === null) {
    const samples = await yunfab.equipment.telemetry.range(
      { equipment, signals, from: plan.from, to: plan.to, limit: mostSamples },
      { signal },
    );
    // Too many to send one by one.
    if (samples.next === null) return { from, to, window: [from, to] as const, bucketMs: null, samples: samples.signals, buckets: null };
  }
  const { bucketMs, ...range } = inBuckets(from, to, points);
  const buckets = await yunfab.equipment.telemetry.aggregate({ equipment, signals, ...range, bucketMs }, { signal });
  return { from, to, window: [range.from, range.to] as const, bucketMs, samples: null, buckets: buckets.signals };
}

/** What a machine measured at any time: averages with the band of all values, and every sample from near. */
export function History({ equipment }: { readonly equipment: Equipment }) {
  const { t, locale } = useWords();
  const format = useFormat();
  const wordsOf = useSignalWords(equipment.model);
  const preferred = useShownOfModel(equipment.model)?.signals;
  const signals = signalsOf(equipment, preferred);
  const names = signals.map(({ name }) => name).slice(0, 100);
  const { shown, showLast, showBetween } = useShown();
  const room = useRef<HTMLDivElement>(null);
  const points = usePoints(room);
  const asked = useAsk(
    ['equipment.telemetry.history', { equipment: equipment.id, names, shown, points }],
    (yunfab, options) => readHistory(yunfab, equipment.id, names, shown, points ?? 400, options.signal),
    { enabled: names.length > 0 && points !== null, everyMs: shown.kind === 'last' ? followEveryMs : false },
  );
  const { answer } = asked;
  const lines = signals.slice(0, 100).map(({ name, unit }): Line => {
    const meaning = { name, words: wordsOf(name), unit: measuredUnit(unit) };
    const buckets = answer?.buckets?.[name];
    if (answer && buckets && answer.bucketMs !== null)
      return withGaps({ ...meaning, ...filled(buckets, answer.window[0], answer.bucketMs) }, bucketGap, 0);
    const samples = answer?.samples?.[name];
    return withGaps(
      {
        ...{ ...meaning, ts: samples?.ts ?? [], value: samples?.value.map((each) => (typeof each === 'number' ? each : null)) ?? [] },
        doubtful: samples?.quality.map((each) => each < goodQuality) ?? [],
      },
      sampleGap,
    );
  });
  const [from, to] = answer ? [answer.from, answer.to] : shown.kind === 'between' ? [shown.from, shown.to] : [0, 0];
  const empty = answer !== undefined && lines.every(({ ts }) => ts.length === 0);
  const half = (to - from) / 2;
  const move = (by: number) => showBetween(from + by, to + by);
  return (
    <Panel
      title={t('history.title')}
      aside={
        <Chips<Last>
          label={t('history.range')}
          value={shown.kind === 'last' ? shown.last : null}
          onChoose={(chosen) => chosen && showLast(chosen)}
          choices={(Object.keys(lasts) as Last[]).map((each) => ({ value: each, words: t(`historyLast.${each}`) }))}
        />
      }
    >
      <div className="stack" ref={room} data-history={answer ? (answer.bucketMs ?? 'samples') : ''}>
        {names.length === 0 ? <p className="soft">{t('equipment.noSignals')}</p> : null}
        {answer ? (
          <div className="actions spread">
            <Between key={shown.kind === 'last' ? shown.last : `${from} ${to}`} from={from} to={to} onShow={showBetween} />
            <div className="actions">
              <Button onClick={() => move(-half)}>{t('history.earlier')}</Button>
              <Button onClick={() => move(half)}>{t('history.later')}</Button>
              <Button onClick={() => showBetween(from + half / 2, to - half / 2)}>{t('history.zoomIn')}</Button>
              <Button onClick={() => showBetween(from - half, to + half)}>{t('history.zoomOut')}</Button>
              <Button disabled={shown.kind === 'last'} onClick={() => showLast('24h')}>
                {t('history.reset')}
              </Button>
            </div>
          </div>
        ) : null}
        {asked.problem ? <ProblemNotice problem={asked.problem} onRetry={asked.again} /> : null}
        {asked.pending && names.length > 0 ? <SkeletonRows rows={6} /> : null}
        {answer ? (
          <>
            <p className="soft" role="status">
              {empty
                ? t('history.empty')
                : answer.bucketMs === null
                  ? t('history.everySample')
                  : t('history.buckets', { width: widthWords(answer.bucketMs, locale) })}
            </p>
            <Chart
              title={`${equipment.name} ${inZone(from, format.timeZone)}`}
              lines={lines}
              window={answer.window}
              height={380}
              gapped
              onZoom={showBetween}
              hiddenAtFirst={hiddenOf(signals, preferred)}
              tools={<Samples equipment={equipment.id} signals={names} from={from} to={to} />}
            />
          </>
        ) : null}
      </div>
    </Panel>
  );
}

interface SamplesProps {
  readonly equipment: string;
  readonly signals: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** Files of every sample of what is shown, however many; the chart's own hold what is drawn. */
function Samples({ equipment, signals, from, to }: SamplesProps) {
  const { t } = useWords();
  const { yunfab } = usePlatform();
  return (['csv', 'parquet'] as const).map((format) => (
    <a
      key={format}
      className="button quiet"
      href={yunfab.equipment.telemetry.exportLink({ equipment, signals, from: Math.floor(from), to: Math.ceil(to), format })}
      download
      data-export={format}
    >
      <Icon name="download" />
      {t(format === 'csv' ? 'history.samplesCsv' : 'history.samplesParquet')}
    </a>
  ));
}

const units = [
  ['day', 24 * hour],
  ['hour', hour],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

function widthWords(ms: number, locale: string): string {
  const [unit, each] = units.find(([, size]) => ms % size === 0) ?? units[3];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(ms / each);
}

function hiddenOf(signals: Equipment['signals'], preferred: readonly string[] | undefined): string[] {
  return signals.filter(({ name }, index) => (preferred ? !preferred.includes(name) : index >= drawnAtFirst)).map(({ name }) => name);
}

/** About one for two pixels; measured once there is a place to draw in, by steps so that a resize does not ask anew each time. */
function usePoints(room: { readonly current: HTMLDivElement | null }): number | null {
  const [points, setPoints] = useState<number | null>(null);
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return;
    const measure = () => setPoints(Math.max(100, Math.round(element.clientWidth / 200) * 100));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, [room]);
  return points;
}

interface BetweenProps {
  readonly from: number;
  readonly to: number;
  readonly onShow: (from: number, to: number) => void;
}

/** Both ends to type, in the organization's zone. */
function Between({ from, to, onShow }: BetweenProps) {
  const { t } = useWords();
  const { timeZone } = useFormat();
  const [begin, setBegin] = useState(() => inZone(from, timeZone));
  const [end, setEnd] = useState(() => inZone(to, timeZone));
  const [first, second] = [ofZone(begin, timeZone), ofZone(end, timeZone)];
  const ready = first !== null && second !== null && second - first >= shortestMs && second - first <= longestMs;
  return (
    <form
      className="actions"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onShow(first, second);
      }}
    >
      <label className="actions">
        <span className="soft">{t('history.from')}</span>
        <input className="input when" type="datetime-local" value={begin} onChange={(event) => setBegin(event.target.value)} />
      </label>
      <label className="actions">
        <span className="soft">{t('history.to')}</span>
        <input className="input when" type="datetime-local" value={end} onChange={(event) => setEnd(event.target.value)} />
      </label>
      <Button type="submit" disabled={!ready}>
        {t('history.show')}
      </Button>
    </form>
  );
}
