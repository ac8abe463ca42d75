import { useState } from 'react';
import { useAsk, useFormat } from '../app/platform.js';
import { Screen } from '../app/states.js';
import type { StateRow } from '../chart/state-bands.js';
import { RecordTable } from '../design/record-table.js';
import { Moment } from '../design/time.js';
import { useSignalWords } from '../verticals/models.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import { inBuckets } from './history-plan.js';
import { readBuckets } from './history-reading.js';
import { type Equipment, goodQuality, usableQuality } from './signals.js';
import { widthWords } from './width-words.js';

interface HistoryTableProps {
  readonly equipment: Equipment;
  readonly signals: Equipment['signals'];
  readonly states: readonly StateRow[];
  /** Unix ms. */
  readonly from: number;
  readonly to: number;
}

const mostRows = 60;
const mostStates = 500;
const dayMs = 86_400_000;

/** One signal in figures: what lies in each stretch of time, or which state was held how long. */
export function HistoryTable({ equipment, signals, states, from, to }: HistoryTableProps) {
  const { t } = useWords();
  const wordsOf = useSignalWords(equipment.model);
  const [wanted, setWanted] = useState('');
  const names = [...signals, ...states].map(({ name }) => name);
  const chosen = names.includes(wanted) ? wanted : (names[0] ?? '');
  const state = states.find(({ name }) => name === chosen);
  const unit = measuredUnit(signals.find(({ name }) => name === chosen)?.unit ?? '');
  if (chosen === '') return null;
  return (
    <div className="stack" data-history-table>
      <label className="actions">
        <span className="soft">{t('equipment.signal')}</span>
        <select className="input" style={{ width: 'auto' }} value={chosen} onChange={(event) => setWanted(event.target.value)}>
          {names.map((name) => (
            <option key={name} value={name}>
              {wordsOf(name)}
            </option>
          ))}
        </select>
      </label>
      {state ? (
        <StateTable state={state} />
      ) : (
        <BucketTable equipment={equipment.id} signal={chosen} words={wordsOf(chosen)} unit={unit} from={from} to={to} />
      )}
    </div>
  );
}

interface BucketTableProps {
  readonly equipment: string;
  readonly signal: string;
  readonly words: string;
  readonly unit: string;
  readonly from: number;
  readonly to: number;
}

function BucketTable({ equipment, signal, words, unit, from, to }: BucketTableProps) {
  const { t, locale } = useWords();
  const format = useFormat();
  const wanted = { equipment, signals: [signal], from, to, most: mostRows };
  // Named by its buckets, so that the rows stay while the time moves within one.
  const asked = useAsk(['equipment.telemetry.aggregate', { ...wanted, ...inBuckets(from, to, mostRows) }], (yunfab, options) =>
    readBuckets(yunfab, wanted, options),
  );
  const written = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : format.number(Number(value.toPrecision(6)));
  const measure = (name: 'low' | 'average' | 'high' | 'first' | 'last', wide = false) => ({
    ...{ name, words: t(`history.${name}`), number: true, wide },
    cell: (row: Row) => written(row[name]),
  });
  return (
    <Screen nested asked={asked}>
      {({ signals, plan: { from: first, bucketMs } }) => (
        <>
          <p className="soft">
            {t('history.eachRow', { width: widthWords(bucketMs, locale) })} {unit ? `[${unit}]` : ''}
          </p>
          <RecordTable
            label={words}
            rows={rowsOf(signals[signal], first, bucketMs)}
            keyOf={({ at }) => String(at)}
            columns={[
              { name: 'from', words: t('history.bucket'), cell: ({ at }) => <Moment at={at} seconds={bucketMs < 60_000} /> },
              { name: 'count', words: t('history.count'), number: true, cell: ({ count }) => format.number(count) },
              measure('low'),
              measure('average'),
              measure('high'),
              measure('first', true),
              measure('last', true),
              {
                name: 'quality',
                words: t('history.quality'),
                wide: true,
                cell: ({ quality }) => (quality === null ? '–' : t(qualityWords(quality))),
              },
            ]}
          />
        </>
      )}
    </Screen>
  );
}

type Measured = Readonly<Record<'low' | 'average' | 'high' | 'first' | 'last' | 'quality', number | null>>;
interface Row extends Measured {
  /** Unix ms. */
  readonly at: number;
  readonly count: number;
}

type Columns = Readonly<Record<keyof Measured, readonly (number | null)[]>> & { readonly count: readonly number[] };

function rowsOf(columns: Columns | undefined, from: number, bucketMs: number): Row[] {
  if (!columns) return [];
  const { count, low, average, high, first, last, quality } = columns;
  return count.map((each, place) => ({
    ...{ at: from + place * bucketMs, count: each, quality: quality[place] ?? null },
    ...{ low: low[place] ?? null, average: average[place] ?? null, high: high[place] ?? null },
    ...{ first: first[place] ?? null, last: last[place] ?? null },
  }));
}

const qualityWords = (quality: number) =>
  quality >= goodQuality ? 'quality.good' : quality >= usableQuality ? 'quality.uncertain' : 'quality.bad';

function StateTable({ state: { words, segments, wordsOf } }: { readonly state: StateRow }) {
  const { t } = useWords();
  const format = useFormat();
  const rows = segments.slice(-mostStates);
  const seconds = (rows.at(-1)?.to ?? 0) - (rows[0]?.from ?? 0) < dayMs;
  return (
    <RecordTable
      label={words}
      rows={rows}
      keyOf={({ from, value }) => `${from} ${value}`}
      columns={[
        { name: 'from', words: t('history.bucket'), cell: ({ from }) => <Moment at={from} seconds={seconds} /> },
        { name: 'to', words: t('history.until'), cell: ({ to }) => <Moment at={to} seconds={seconds} /> },
        { name: 'state', words: t('history.state'), cell: ({ value }) => wordsOf(value) },
        { name: 'held', words: t('history.held'), number: true, cell: ({ from, to }) => format.duration((to - from) / 1000) },
        {
          name: 'quality',
          words: t('history.quality'),
          wide: true,
          cell: ({ doubtful }) => t(doubtful ? 'quality.uncertain' : 'quality.good'),
        },
      ]}
    />
  );
}
