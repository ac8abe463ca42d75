import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { useAsk, useFormat, useList } from '../app/platform.js';
import { SkeletonRows } from '../app/states.js';
import { Chart } from '../chart/chart.js';
import type { Line } from '../chart/series.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Chips } from '../design/chips.js';
import { Panel } from '../design/panel.js';
import { EvaluatedValues } from '../production/evaluated-values.js';
import { curveLines } from '../production/run-lines.js';
import { useShownOfModel, useSignalWords } from '../verticals/models.js';
import { useWords } from '../words/words.js';
import { useLiveLines } from './live-lines.js';
import { drawnAtFirst, type Equipment, signalsOf } from './signals.js';

const spans = { '5': 5 * 60_000, '15': 15 * 60_000, '60': 60 * 60_000 } as const;
type Span = keyof typeof spans;
/** A run under way is judged again this often. */
const judgeEveryMs = 4_000;

/** What was drawn when somebody wanted to look at it; values go on arriving behind it. */
interface Paused {
  readonly lines: readonly Line[];
  readonly at: number;
}

interface MachineProps {
  readonly equipment: Equipment;
  readonly title: string;
  /** Signals to draw, in this order; otherwise what the industry's pages show, then every numeric one. */
  readonly signals?: readonly string[];
}

/** Live curves of a machine, and over them what its run under way comes to so far. */
export function Machine({ equipment, title, signals: asked }: MachineProps) {
  const { t } = useWords();
  const format = useFormat();
  const wordsOf = useSignalWords(equipment.model);
  const shown = useShownOfModel(equipment.model);
  const [span, setSpan] = useState<Span>('15');
  const wanted = asked ?? shown?.signals;
  const signals = signalsOf(equipment, wanted);
  const live = useLiveLines(equipment.id, signals, spans[span], wordsOf);
  const running = useList(['production.runs.list', { equipment: equipment.id, state: 'running' }], (yunfab, page, options) =>
    yunfab.production.runs.list({ equipment: equipment.id, state: 'running', limit: 1, ...page }, options),
  );
  const run = running.items[0];
  const now = useNow(live.newest);
  const evaluated = useAsk(
    ['production.runs.get', { run: run?.id }],
    (yunfab, options) => yunfab.production.runs.get({ run: run?.id ?? '' }, options),
    {
      enabled: run !== undefined,
      everyMs: run ? judgeEveryMs : false,
    },
  );
  const evaluation = run ? (evaluated.answer?.evaluation ?? null) : null;
  const { say } = useWords();
  const curves = evaluation ? curveLines(evaluation.curves, say) : [];
  const [paused, setPaused] = useState<Paused | null>(null);
  const drawn = (name: string) => !wanted || wanted.includes(name);
  // Lines that wait to be asked for come last, so that the drawn ones have the first colours.
  const moving = [...live.lines.filter(({ name }) => drawn(name)), ...curves, ...live.lines.filter(({ name }) => !drawn(name))];
  const lines = paused?.lines ?? moving;
  const until = paused?.at ?? now;
  const elapsed = run?.startedAt ? Math.max(0, (now - Date.parse(run.startedAt)) / 1000) : null;

  return (
    <Panel
      title={title}
      aside={
        <>
          <Button aria-pressed={paused !== null} onClick={() => setPaused(paused ? null : { lines: moving, at: now })}>
            {t(paused ? 'equipment.resume' : 'equipment.pause')}
          </Button>
          <Chips<Span>
            label={t('equipment.span')}
            value={span}
            onChoose={(chosen) => {
              if (!chosen) return;
              setPaused(null);
              setSpan(chosen);
            }}
            choices={[
              { value: '5', words: t('equipment.minutes', { count: 5 }) },
              { value: '15', words: t('equipment.minutes', { count: 15 }) },
              { value: '60', words: t('equipment.minutes', { count: 60 }) },
            ]}
          />
        </>
      }
    >
      <div className="stack">
        <p role="status" className="actions" style={{ gap: '4px 12px' }} data-run={run?.id ?? ''}>
          {run ? (
            <>
              <Badge state={run.state} words={run.stateWords} />
              <Link href={`/runs/${run.id}`}>{run.key}</Link>
              {run.program ? <span className="soft">{run.program}</span> : null}
              {elapsed === null ? null : <span className="nowrap">{format.duration(elapsed)}</span>}
              {evaluation ? (
                <span className="soft">
                  {evaluation.verdict === 'inconclusive' ? (
                    t('run.undecided')
                  ) : (
                    <>
                      {t('run.soFar')} <Badge state={evaluation.verdict} words={evaluation.verdictWords} />
                    </>
                  )}
                </span>
              ) : null}
            </>
          ) : (
            <span className="soft">{t('equipment.noRunNow')}</span>
          )}
        </p>
        {evaluation ? <EvaluatedValues values={evaluation.values} /> : null}
        {signals.length === 0 ? (
          <p className="soft">{t('equipment.noSignals')}</p>
        ) : live.loading && live.newest === null ? (
          <SkeletonRows rows={5} />
        ) : (
          <>
            {paused ? (
              <p className="soft" role="status">
                {t('equipment.pausedAt', { when: format.clock(paused.at) })}
              </p>
            ) : null}
            <Chart
              title={title}
              lines={lines}
              window={[until - spans[span], until]}
              hiddenAtFirst={signals.filter(({ name }, index) => (wanted ? !drawn(name) : index >= drawnAtFirst)).map(({ name }) => name)}
            />
          </>
        )}
      </div>
    </Panel>
  );
}

/** The present, moved on once a second and by every newer sample. */
function useNow(newest: number | null): number {
  const [clock, setClock] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setClock(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(clock, newest ?? 0);
}
