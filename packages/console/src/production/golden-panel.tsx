import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand, useFormat } from '../app/platform.js';
import { ProblemNotice, SkeletonRows } from '../app/states.js';
import { Chart } from '../chart/chart.js';
import type { Line } from '../chart/series.js';
import { Button } from '../design/button.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { useShownOfModel, useSignalWords } from '../verticals/models.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import { GoldenForm } from './golden-form.js';
import { type Run, runName } from './run-lines.js';

type Comparison = Awaited<ReturnType<Client['production']['runs']['compare']>>;
type Compared = Comparison['signals'][number];

/** The run laid on the golden one of its equipment model and program; where there is none, or by whoever may, it is declared here. */
export function GoldenPanel({ run }: { readonly run: Run }) {
  const { t } = useWords();
  const may = useMay();
  const [declaring, setDeclaring] = useState(false);
  const asked = useAsk(['production.runs.compare', { run: run.id }], (yunfab, options) =>
    yunfab.production.runs.compare({ run: run.id }, options),
  );
  const none = asked.problem?.code === 'golden_runs.none_declared';
  const itself = asked.answer?.with.id === run.id;
  const retiring = useCommand(
    (yunfab, golden: string, options) => yunfab.production.goldenRuns.retire({ golden }, options),
    ['production'],
  );
  const mayDeclare = may('production.goldenRuns') && run.endedAt !== null && run.withdrawnAt === null && run.samples.length > 0;
  const golden = asked.answer?.golden ?? null;
  return (
    <Panel
      title={t('golden.title')}
      aside={
        mayDeclare && (none || asked.answer) ? (
          itself && golden !== null ? (
            <Button busy={retiring.busy} onClick={() => void retiring.run(golden)}>
              {t('golden.retire')}
            </Button>
          ) : (
            <Button onClick={() => setDeclaring(true)}>{t('golden.declare')}</Button>
          )
        ) : null
      }
    >
      {retiring.problem ? <ProblemNotice problem={retiring.problem} /> : null}
      {asked.pending ? <SkeletonRows rows={3} /> : null}
      {none ? <p className="soft">{t('golden.none', { program: run.program ?? t('golden.noProgram') })}</p> : null}
      {asked.problem && !none ? <ProblemNotice problem={asked.problem} onRetry={asked.again} /> : null}
      {asked.answer && itself ? <p className="soft">{t('golden.itself', { program: run.program ?? t('golden.noProgram') })}</p> : null}
      {asked.answer && !itself ? <Against run={run} comparison={asked.answer} /> : null}
      {declaring ? (
        <GoldenForm
          title={t('golden.declare')}
          run={run.id}
          program={run.program}
          equipment={run.equipment}
          measured={run.samples.map(({ signal }) => signal)}
          onDone={() => setDeclaring(false)}
        />
      ) : null}
    </Panel>
  );
}

function Against({ run, comparison }: { readonly run: Run; readonly comparison: Comparison }) {
  const { t, say } = useWords();
  const format = useFormat();
  const wordsOf = useSignalWords(run.equipment.model);
  const shown = useShownOfModel(run.equipment.model);
  const order = (signal: string) => {
    const place = shown?.signals.indexOf(signal) ?? -1;
    return place < 0 ? Number.MAX_SAFE_INTEGER : place;
  };
  const signals = [...comparison.signals].sort((a, b) => order(a.signal) - order(b.signal));
  const [chosen, setChosen] = useState<string | null>(null);
  const drawn = signals.find(({ signal }) => signal === chosen) ?? signals[0];
  const { with: golden, longerByMs } = comparison;
  const seconds = (ms: number) => format.duration(Math.round(ms / 1000));
  const numberOf = (value: number | null) => (value === null ? '–' : format.number(Number(value.toPrecision(4))));
  return (
    <div className="stack">
      <p className="soft">
        {t('golden.laidOn')} <Link href={`/runs/${golden.id}`}>{runName(golden, say, format)}</Link>
        {longerByMs === null || Math.abs(longerByMs) < 1_000
          ? null
          : ` · ${t(longerByMs > 0 ? 'golden.longer' : 'golden.shorter', { time: seconds(Math.abs(longerByMs)) })}`}
      </p>
      {signals.length > 1 ? (
        <fieldset className="chart-legend">
          <legend className="visually-hidden">{t('golden.signal')}</legend>
          {signals.map(({ signal }) => (
            <button
              key={signal}
              type="button"
              className="chip"
              aria-pressed={signal === drawn?.signal}
              onClick={() => setChosen(signal)}
              data-golden-signal={signal}
            >
              {wordsOf(signal)}
            </button>
          ))}
        </fieldset>
      ) : null}
      {drawn && run.startedAt ? (
        <Chart
          key={drawn.signal}
          title={`${t('golden.title')} ${run.key} ${drawn.signal}`}
          lines={linesOf(drawn, Date.parse(run.startedAt), { golden: t('golden.golden'), run: t('golden.run') })}
          height={260}
        />
      ) : (
        <p className="soft">{t('run.noSamples')}</p>
      )}
      <RecordTable
        label={t('golden.title')}
        rows={signals}
        keyOf={({ signal }) => signal}
        columns={[
          { name: 'signal', words: t('golden.signal'), cell: ({ signal }) => wordsOf(signal) },
          {
            name: 'max',
            words: t('golden.max'),
            number: true,
            cell: ({ max, unit }) => (
              <>
                {max !== null && max > 0 ? '+' : ''}
                {numberOf(max)} <span className="unit">{measuredUnit(unit)}</span>
              </>
            ),
          },
          { name: 'maxAt', words: t('golden.maxAt'), number: true, cell: ({ maxAtMs }) => (maxAtMs === null ? '–' : seconds(maxAtMs)) },
          {
            name: 'rms',
            words: t('golden.rms'),
            number: true,
            cell: ({ rms, unit }) => (
              <>
                {numberOf(rms)} <span className="unit">{measuredUnit(unit)}</span>
              </>
            ),
          },
          {
            name: 'band',
            words: t('golden.band'),
            number: true,
            cell: ({ band, unit }) =>
              band === null ? (
                '–'
              ) : (
                <>
                  ±{numberOf(band)} <span className="unit">{measuredUnit(unit)}</span>
                </>
              ),
          },
          {
            name: 'outside',
            words: t('golden.outside'),
            number: true,
            cell: ({ outsideMs, comparedMs }) =>
              outsideMs === null ? '–' : t('golden.outsideOf', { outside: seconds(outsideMs), compared: seconds(comparedMs) }),
          },
        ]}
      />
    </div>
  );
}

/** Both in the time of the run, so that one reads the clock of what happened. */
function linesOf({ signal, unit, curve, golden, band }: Compared, startedAt: number, words: { golden: string; run: string }): Line[] {
  const at = (ts: readonly number[]) => ts.map((ms) => startedAt + ms);
  const measured = { unit: measuredUnit(unit) };
  return [
    { ...measured, name: signal, words: words.run, ts: at(curve.ts), value: curve.value },
    {
      ...measured,
      name: `golden:${signal}`,
      words: words.golden,
      ts: at(golden.ts),
      value: golden.value,
      derived: true,
      ...(band === null
        ? {}
        : { band: { low: golden.value.map((value) => value - band), high: golden.value.map((value) => value + band) } }),
    },
  ];
}
