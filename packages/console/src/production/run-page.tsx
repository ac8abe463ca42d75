import { Link } from 'wouter';
import { useAsk, useFormat } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Chart } from '../chart/chart.js';
import type { Line } from '../chart/series.js';
import { Badge } from '../design/badge.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Moment } from '../design/time.js';
import { useShownOfModel, useSignalWords } from '../verticals/models.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import { EvaluatedValues, Findings } from './evaluated-values.js';
import { GoldenPanel } from './golden-panel.js';
import { curveLines, type Run, runName } from './run-lines.js';

export function RunPage({ run: id }: { readonly run: string }) {
  const asked = useAsk(['production.runs.get', { run: id }], (yunfab, options) => yunfab.production.runs.get({ run: id }, options));
  return <Screen asked={asked}>{(run) => <RunView run={run} />}</Screen>;
}

function RunView({ run }: { readonly run: Run }) {
  const { t, say } = useWords();
  const format = useFormat();
  return (
    <>
      <PageHead
        title={t('run.named', { run: runName(run, say, format) })}
        badge={
          run.withdrawnAt ? (
            <Badge state="withdrawn" words={run.stateWords} />
          ) : run.verdict && run.verdictWords ? (
            <Badge state={run.verdict} words={run.verdictWords} />
          ) : (
            <Badge state={run.state} words={run.stateWords} />
          )
        }
        crumbs={
          <>
            <Link href={`/equipment/${run.equipment.id}`}>{run.equipment.name}</Link>
            <span aria-hidden="true">/</span>
            <Link href="/runs">{t('run.title')}</Link>
          </>
        }
      />
      <div className="with-side">
        <div className="stack">
          {run.evaluation && run.evaluation.values.length > 0 ? <EvaluatedValues values={run.evaluation.values} /> : null}
          <RunChart run={run} />
          {run.startedAt ? <GoldenPanel run={run} /> : null}
          {run.earlier.length > 0 ? <Earlier run={run} /> : null}
          {run.earlierBounds.length > 0 ? <EarlierBounds run={run} /> : null}
        </div>
        <div className="stack">
          <Panel title={t('run.findings')}>
            {run.evaluation ? <Findings findings={run.evaluation.findings} /> : <p className="soft">{t('run.notEvaluated')}</p>}
          </Panel>
          <Panel title={t('run.facts')}>
            <Facts
              facts={[
                { label: t('run.started'), value: run.startedAt ? <Moment at={run.startedAt} /> : '–' },
                {
                  label: t('run.ended'),
                  value: run.endedAt ? <Moment at={run.endedAt} /> : <Badge state={run.state} words={run.stateWords} />,
                },
                run.startedAt && run.endedAt
                  ? { label: t('run.duration'), value: format.duration((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000) }
                  : null,
                run.rule
                  ? {
                      label: t('run.rule'),
                      value: <Link href={`/equipment/${run.equipment.id}/run-rules?show=all`}>{say(run.rule.words)}</Link>,
                    }
                  : null,
                run.endedBySilence ? { label: t('run.endedBecause'), value: t('run.silence') } : null,
                { label: t('run.program'), value: run.program ?? '–' },
                { label: t('run.lot'), value: run.lot ? <Link href={`/lots/${run.lot.id}`}>{run.lot.code}</Link> : '–' },
                { label: t('production.job'), value: run.job ? <Link href={`/jobs/${run.job.id}`}>{run.job.code}</Link> : '–' },
                ...(run.evaluation
                  ? [
                      {
                        label: t('run.evaluator'),
                        value: <span className="mono">{`${run.evaluation.evaluator.id} ${run.evaluation.evaluator.version}`}</span>,
                      },
                      { label: t('run.evaluatedAt'), value: <Moment at={run.evaluation.at} /> },
                      { label: t('run.cause'), value: t(`runCause.${run.evaluation.cause}`) },
                      { label: t('run.samples'), value: format.number(run.evaluation.evidence.samples) },
                    ]
                  : []),
              ]}
            />
          </Panel>
        </div>
      </div>
    </>
  );
}

function RunChart({ run }: { readonly run: Run }) {
  const { t, say } = useWords();
  const wordsOf = useSignalWords(run.equipment.model);
  const shown = useShownOfModel(run.equipment.model);
  const detail = useAsk(['equipment.get', { equipment: run.equipment.id }], (yunfab, options) =>
    yunfab.equipment.get({ equipment: run.equipment.id }, options),
  );
  const unitOf = (signal: string) => measuredUnit(detail.answer?.signals.find(({ name }) => name === signal)?.unit ?? '');
  const place = (signal: string) => {
    const found = shown?.signals.indexOf(signal) ?? -1;
    return found < 0 ? Number.MAX_SAFE_INTEGER : found;
  };
  const measured: Line[] = [...run.samples]
    .sort((a, b) => place(a.signal) - place(b.signal))
    .map((samples) => ({
      name: samples.signal,
      words: wordsOf(samples.signal),
      unit: unitOf(samples.signal),
      ts: samples.ts,
      value: samples.value,
    }));
  const drawn = (line: Line) => !shown || shown.signals.includes(line.name);
  // Lines that wait to be asked for come last, so that the drawn ones have the first colours.
  const lines = [
    ...measured.filter(drawn),
    ...(run.evaluation ? curveLines(run.evaluation.curves, say) : []),
    ...measured.filter((line) => !drawn(line)),
  ];
  return (
    <Panel title={t('run.curves')}>
      {lines.length > 0 ? (
        <Chart
          title={t('run.named', { run: run.key })}
          lines={lines}
          height={380}
          hiddenAtFirst={measured.filter((line) => !drawn(line)).map(({ name }) => name)}
        />
      ) : (
        <p className="soft">{t('run.noSamples')}</p>
      )}
    </Panel>
  );
}

function Earlier({ run }: { readonly run: Run }) {
  const { t } = useWords();
  return (
    <Panel title={t('run.earlier')} flush>
      <RecordTable
        label={t('run.earlier')}
        rows={run.earlier}
        keyOf={(evaluation) => evaluation.at}
        columns={[
          { name: 'at', words: t('run.evaluatedAt'), cell: (evaluation) => <Moment at={evaluation.at} /> },
          {
            name: 'verdict',
            words: t('run.verdict'),
            cell: (evaluation) => <Badge state={evaluation.verdict} words={evaluation.verdictWords} />,
          },
          { name: 'cause', words: t('run.cause'), cell: (evaluation) => t(`runCause.${evaluation.cause}`) },
          {
            name: 'evaluator',
            words: t('run.evaluator'),
            cell: (evaluation) => <span className="mono">{`${evaluation.evaluator.id} ${evaluation.evaluator.version}`}</span>,
          },
        ]}
      />
    </Panel>
  );
}

/** What the run was taken for before samples that came late moved it. */
function EarlierBounds({ run }: { readonly run: Run }) {
  const { t } = useWords();
  return (
    <Panel title={t('run.earlierBounds')} flush>
      <RecordTable
        label={t('run.earlierBounds')}
        rows={run.earlierBounds}
        keyOf={({ replacedAt, startedAt, endedAt }) => `${replacedAt} ${startedAt} ${endedAt}`}
        columns={[
          { name: 'started', words: t('run.started'), cell: ({ startedAt }) => <Moment at={startedAt} /> },
          { name: 'ended', words: t('run.ended'), cell: ({ endedAt }) => (endedAt ? <Moment at={endedAt} /> : t('run.goesOn')) },
          { name: 'because', words: t('run.endedBecause'), cell: ({ endedBySilence }) => (endedBySilence ? t('run.silence') : '–') },
          { name: 'program', words: t('run.program'), cell: ({ program }) => program ?? '–' },
          { name: 'until', words: t('run.replaced'), cell: ({ replacedAt }) => <Moment at={replacedAt} /> },
        ]}
      />
    </Panel>
  );
}
