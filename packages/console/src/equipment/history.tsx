import { useLayoutEffect, useRef, useState } from 'react';
import { useAddressParts } from '../app/address.js';
import { useAsk, useFormat, usePlatform } from '../app/platform.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { Chart } from '../chart/chart.js';
import { segmentsOf } from '../chart/segments.js';
import { StateBands, type StateRow } from '../chart/state-bands.js';
import { Button } from '../design/button.js';
import { Chips } from '../design/chips.js';
import { Icon } from '../design/icon.js';
import { Panel } from '../design/panel.js';
import { useShownOfModel, useSignalWords, useValueWords } from '../verticals/models.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import { inZone, longestMs, ofZone, shortestMs } from './history-plan.js';
import { drawnAs, type HistoryAnswer, historyLine, readHistory } from './history-reading.js';
import { HistoryTable } from './history-table.js';
import { drawnAtFirst, type Equipment, goodQuality, signalsOf } from './signals.js';
import { widthWords } from './width-words.js';

const hour = 3_600_000;
const lasts = { '1h': hour, '6h': 6 * hour, '24h': 24 * hour, '7d': 168 * hour, '30d': 720 * hour } as const;
type Last = keyof typeof lasts;
const followEveryMs = 30_000;

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

/** What a machine measured at any time: no peak left out, every sample from near. */
export function History({ equipment }: { readonly equipment: Equipment }) {
  const { t } = useWords();
  const format = useFormat();
  const wordsOf = useSignalWords(equipment.model);
  const valueWords = useValueWords(equipment.model);
  const preferred = useShownOfModel(equipment.model)?.signals;
  const numbers = signalsOf(equipment, preferred);
  const states = equipment.signals.filter(({ kind }) => kind !== 'number');
  const names = [...numbers, ...states].map(({ name }) => name).slice(0, 100);
  const { shown, showLast, showBetween } = useShown();
  const room = useRef<HTMLDivElement>(null);
  const stretches = useStretches(room);
  const asked = useAsk(
    ['equipment.telemetry.history', { equipment: equipment.id, names, shown, stretches }],
    (yunfab, { signal }) => {
      const to = shown.kind === 'last' ? Date.now() : shown.to;
      const from = shown.kind === 'last' ? to - lasts[shown.last] : shown.from;
      return readHistory(yunfab, { equipment: equipment.id, signals: names, from, to, stretches: stretches ?? 400 }, signal);
    },
    { enabled: names.length > 0 && stretches !== null, everyMs: shown.kind === 'last' ? followEveryMs : false },
  );
  // What was shown stays until what is asked for has come: a zoom does not blink.
  const before = useRef<HistoryAnswer>(undefined);
  if (asked.answer) before.current = asked.answer;
  const answer = asked.answer ?? (asked.problem ? undefined : before.current);
  const lines = numbers
    .filter(({ name }) => names.includes(name))
    .map(({ name, unit }) => historyLine({ name, words: wordsOf(name), unit: measuredUnit(unit) }, answer));
  const rows = states.flatMap(({ name }): StateRow[] => {
    const samples = answer?.samples[name];
    if (!samples) return [];
    return [
      {
        ...{ name, words: wordsOf(name), segments: segmentsOf(samples, Math.min(answer.to, Date.now()), goodQuality) },
        wordsOf: (value) => (typeof value === 'boolean' ? t(value ? 'yes' : 'no') : valueWords(name, value)),
      },
    ];
  });
  const [from, to] = answer ? [answer.from, answer.to] : shown.kind === 'between' ? [shown.from, shown.to] : [0, 0];
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
      <div className="stack" ref={room} data-history={answer ? drawnAs(answer) : ''} aria-busy={asked.pending}>
        {names.length === 0 ? <p className="soft">{t('history.noSignals')}</p> : null}
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
        {asked.pending && !answer && names.length > 0 ? <SkeletonRows rows={6} /> : null}
        {answer ? (
          <HowDrawn
            history={answer}
            loading={asked.pending}
            empty={lines.every(({ ts }) => ts.length === 0) && rows.every(({ segments }) => segments.length === 0)}
          />
        ) : null}
        {answer && lines.length > 0 ? (
          <Chart
            title={`${equipment.name} ${inZone(from, format.timeZone)}`}
            lines={lines}
            window={answer.window}
            height={380}
            gapped
            onZoom={showBetween}
            hiddenAtFirst={hiddenOf(numbers, preferred)}
            tools={(drawn) => (
              <Samples equipment={equipment.id} signals={[...drawn, ...rows.map(({ name }) => name)]} from={from} to={to} />
            )}
            below={(place) => (rows.length > 0 ? <StateBands rows={rows} window={answer.window} place={place} /> : null)}
            table={<HistoryTable equipment={equipment} signals={numbers} states={rows} from={from} to={to} />}
          />
        ) : null}
        {answer && lines.length === 0 ? (
          <>
            <div className="chart-tools">
              <Samples equipment={equipment.id} signals={names} from={from} to={to} />
            </div>
            <StateBands rows={rows} window={answer.window} place={null} />
            <HistoryTable equipment={equipment} signals={[]} states={rows} from={from} to={to} />
          </>
        ) : null}
      </div>
    </Panel>
  );
}

interface HowDrawnProps {
  readonly history: HistoryAnswer;
  /** What was asked for since is on its way. */
  readonly loading: boolean;
  readonly empty: boolean;
}

function HowDrawn({ history, loading, empty }: HowDrawnProps) {
  const { t, locale } = useWords();
  const format = useFormat();
  const { averages, stretchMs } = history;
  return (
    <p className="soft" role="status">
      {loading
        ? t('loading')
        : averages
          ? t('history.averages', { when: format.moment(averages.keptFrom), width: widthWords(averages.bucketMs, locale) })
          : empty
            ? t('history.empty')
            : stretchMs === null
              ? t('history.everySample')
              : t('history.extremes', { width: widthWords(stretchMs, locale) })}
    </p>
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
  if (signals.length === 0) return null;
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

function hiddenOf(signals: Equipment['signals'], preferred: readonly string[] | undefined): string[] {
  return signals.filter(({ name }, index) => (preferred ? !preferred.includes(name) : index >= drawnAtFirst)).map(({ name }) => name);
}

/** One for about two pixels; measured once there is a place to draw in, by steps so that a resize does not ask anew each time. */
function useStretches(room: { readonly current: HTMLDivElement | null }): number | null {
  const [stretches, setStretches] = useState<number | null>(null);
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return;
    const measure = () => setStretches(Math.max(100, Math.round(element.clientWidth / 200) * 100));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, [room]);
  return stretches;
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
