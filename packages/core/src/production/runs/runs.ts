import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import type { RunEvaluationView, RunSummary, RunView } from '../schema.js';
import { evaluateRun } from './evaluation.js';
import type { RunEvaluators, RunResult } from './evaluators.js';
import { type BoundsRow, boundsOf, type EvaluationRow, evaluationsOf, findRun, type NamedRun } from './run-repository.js';
import { drawnSamples } from './samples.js';
import { runStateWords, verdictWords, withdrawnWords } from './states.js';

const drawnPoints = 1200;
/** Shown before the start and after the end of a run, so that one sees what led to it and what followed. */
const marginMs = 60_000;

export async function visibleRun(scope: Scope, id: string): Promise<NamedRun> {
  const run = await findRun(scope, id);
  if (!run) throw requestErrors.not_found({ kind: 'run' });
  return run;
}

export async function viewRun(scope: Scope, id: string, evaluators: RunEvaluators): Promise<RunView> {
  const run = await visibleRun(scope, id);
  const [latest, ...earlier] = await evaluationsOf(scope, id);
  const current = latest ? viewEvaluation(latest) : await provisional(scope, run, evaluators);
  return {
    ...summarize(run),
    evaluation: current,
    earlier: earlier.map(viewEvaluation),
    earlierBounds: (await boundsOf(scope, id)).map(viewBounds),
    samples: await drawnSamplesOf(scope, run),
  };
}

/** Every look at a run under way judges it anew. */
const mostAtALook = 500_000;

async function provisional(scope: Scope, run: NamedRun, evaluators: RunEvaluators): Promise<RunEvaluationView | null> {
  const evaluated = await evaluateRun(scope, run, evaluators, mostAtALook);
  if (!evaluated) return null;
  const { evaluator, result, window, samples } = evaluated;
  return {
    provisional: true,
    ...viewResult(result),
    evaluator: { id: evaluator.id, version: evaluator.version },
    evidence: { from: window.from.toISOString(), to: window.to.toISOString(), samples: samples.count },
    cause: 'provisional',
    at: scope.now.toISOString(),
  };
}

function viewEvaluation(row: EvaluationRow): RunEvaluationView {
  return {
    provisional: false,
    ...viewResult(row.result as RunResult),
    evaluator: { id: row.evaluator_id, version: row.evaluator_version },
    evidence: { from: row.window_from.toISOString(), to: row.window_to.toISOString(), samples: row.sample_count },
    cause: row.cause,
    at: row.evaluated_at.toISOString(),
  };
}

function viewBounds({
  key,
  program,
  started_at,
  ended_at,
  ended_by_silence,
  withdrawn,
  replaced_at,
}: BoundsRow): RunView['earlierBounds'][number] {
  return {
    key,
    program,
    startedAt: started_at.toISOString(),
    endedAt: ended_at?.toISOString() ?? null,
    endedBySilence: ended_by_silence,
    withdrawn,
    replacedAt: replaced_at.toISOString(),
  };
}

function viewResult({ verdict, values, curves, findings }: RunResult) {
  return {
    verdict,
    verdictWords: verdictWords[verdict],
    values: Object.entries(values).map(([name, value]) => ({ name, ...value })),
    curves: curves.map(({ ts, value, ...curve }) => ({ ...curve, ts: [...ts], value: [...value] })),
    findings: findings.map((finding) => ({ ...finding })),
  };
}

async function drawnSamplesOf(scope: Scope, run: NamedRun): Promise<RunView['samples']> {
  const from = run.started_at ?? run.ended_at;
  if (!from) return [];
  const to = (run.ended_at?.getTime() ?? scope.now.getTime()) + marginMs;
  const drawn = await drawnSamples(scope, { equipment: run.equipment_id, from: from.getTime() - marginMs, to }, drawnPoints);
  return [...drawn].map(([signal, { ts, value }]) => ({ signal, ts: [...ts], value: [...value] }));
}

export function summarize(run: NamedRun): RunSummary {
  const { equipment_id: id, equipment_code: code, equipment_name: name, equipment_model: model } = run;
  return {
    id: run.id,
    key: run.key,
    equipment: { id, code, name, model },
    program: run.program,
    state: run.state,
    stateWords: run.withdrawn_at === null ? runStateWords[run.state] : withdrawnWords,
    rule:
      run.rule_id !== null && run.rule_code !== null && run.rule_en !== null && run.rule_zh !== null
        ? { id: run.rule_id, code: run.rule_code, words: { en: run.rule_en, zh: run.rule_zh } }
        : null,
    withdrawnAt: run.withdrawn_at?.toISOString() ?? null,
    startedAt: run.started_at?.toISOString() ?? null,
    endedAt: run.ended_at?.toISOString() ?? null,
    endedBySilence: run.ended_by_silence,
    job: run.job_id !== null && run.job_code !== null ? { id: run.job_id, code: run.job_code } : null,
    lot:
      run.lot_id !== null && run.lot_code !== null && run.lot_state !== null
        ? { id: run.lot_id, code: run.lot_code, state: run.lot_state }
        : null,
    verdict: run.verdict,
    verdictWords: run.verdict === null ? null : verdictWords[run.verdict],
  };
}
