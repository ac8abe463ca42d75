import type { Words } from '../../access/index.js';
import { beginning, newId, type RecordId, type Scope } from '../../database/index.js';
import { readKeptFrom } from '../../equipment/index.js';
import { appendEvent } from '../../events/index.js';
import { withdrawRelease } from '../../lifecycle/index.js';
import { productionErrors } from '../errors.js';
import type { Specification } from '../schema.js';
import type { EvaluationCause } from '../tables.js';
import type { EvaluationInput, RunEvaluator, RunEvaluators, RunResult } from './evaluators.js';
import { evaluationsOf, findRun, insertEvaluation, type NamedRun, updateRun } from './run-repository.js';
import { mostJudged, type RunSamples, runSamples, thinned } from './samples.js';

/** After an evaluation the run is looked at again, for samples that came late: ever more seldom, then no more. */
const recheckAfterMs = [5_000, 30_000, 5 * 60_000, 60 * 60_000, 24 * 60 * 60_000] as const;
const curvePoints = 600;
/** Read by whoever received units of the lot already, so it names neither run nor equipment. */
const noLongerPasses = 'A process run of this lot no longer passes. / 该批次的一个生产过程复评不合格。';

export interface Evaluated {
  readonly evaluator: RunEvaluator;
  readonly result: RunResult;
  readonly window: { readonly from: Date; readonly to: Date };
  readonly samples: RunSamples;
  /** Since when samples are kept, where that is after the beginning of the run. */
  readonly keptFrom: Date | null;
}

/**
 * Evaluates what is in hand of a run until `now` without storing anything. Null: nobody judges it, or its start is unknown.
 * When there are more than `most` samples, or the first are no longer kept, no evaluator is asked: from a part of them it
 * would judge another run.
 */
export async function evaluateRun(scope: Scope, run: NamedRun, evaluators: RunEvaluators, most = mostJudged): Promise<Evaluated | null> {
  const evaluator = run.started_at === null ? null : await evaluators.find(scope, run.equipment_model);
  if (!evaluator || run.started_at === null) return null;
  const window = { from: run.started_at, to: windowEnd(run, evaluator, scope.now) };
  const samples = await runSamples(
    scope,
    { equipment: run.equipment_id, from: window.from.getTime(), to: window.to.getTime() },
    evaluator.signals,
    most,
  );
  const { samples: from } = await readKeptFrom(scope);
  const keptFrom = from !== null && from > window.from.getTime() ? new Date(from) : null;
  const result = keptFrom
    ? noLongerKept(keptFrom)
    : samples.whole
      ? await judged(scope, run, evaluator, window.to, samples)
      : tooMany(most);
  return { evaluator, window, samples, keptFrom, result };
}

function windowEnd(run: NamedRun, evaluator: RunEvaluator, now: Date): Date {
  return run.ended_at === null ? now : new Date(Math.min(now.getTime(), run.ended_at.getTime() + evaluator.tailMs));
}

async function judged(scope: Scope, run: NamedRun, evaluator: RunEvaluator, until: Date, samples: RunSamples): Promise<RunResult> {
  const input: EvaluationInput = {
    run: {
      key: run.key,
      program: run.program,
      startedAt: run.started_at?.getTime() ?? 0,
      endedAt: run.ended_at?.getTime() ?? null,
      until: until.getTime(),
    },
    samples: samples.series,
    specification: run.specification as Specification | null,
  };
  try {
    const result = await evaluator.evaluate(scope, input);
    assertFinite(result);
    return { ...result, curves: result.curves.map((curve) => ({ ...curve, ...thinned(curve, curvePoints) })) };
  } catch (error) {
    if (isDatabaseError(error)) throw error;
    return failedEvaluation(error);
  }
}

/** NaN and infinity are no JSON: kept, they would be read back as nothing. */
function assertFinite({ values, curves }: RunResult): void {
  const strange =
    Object.entries(values).find(([, { value }]) => !Number.isFinite(value))?.[0] ??
    curves.find(({ ts, value }) => ![...ts, ...value].every(Number.isFinite))?.name;
  if (strange !== undefined) throw new RangeError(`"${strange}" holds a number that is not finite`);
}

/** An error of PostgreSQL has ended the transaction: only a rollback helps. */
const isDatabaseError = (error: unknown): boolean => error instanceof Error && 'severity' in error;

function noLongerKept(keptFrom: Date): RunResult {
  const words = {
    en: `The first samples of the run are no longer kept, only those from ${keptFrom.toISOString()} on.`,
    zh: `该过程最初的采样已不再保留，仅保留 ${keptFrom.toISOString()} 之后的采样。`,
  };
  return inconclusive('samples_no_longer_kept', words);
}

function tooMany(most: number): RunResult {
  const words = {
    en: `The run has more than ${most} samples of the signals it is judged by. Let the device send them less often, or end runs sooner.`,
    zh: `该过程用于评价的信号超过 ${most} 个采样。请降低设备上报频率，或缩短单次过程。`,
  };
  return inconclusive('too_many_samples', words);
}

/** A faulty evaluator must not stop the others' runs: its run is inconclusive and says so. */
function failedEvaluation(error: unknown): RunResult {
  const detail = beginning(error instanceof Error ? error.message : String(error), 300);
  const words = { en: `The evaluator failed: ${detail}`, zh: `评价器出错：${detail}` };
  return inconclusive('evaluator_failed', words);
}

function inconclusive(code: string, words: Words): RunResult {
  return { verdict: 'inconclusive', values: {}, curves: [], findings: [{ code, holds: false, words }] };
}

/**
 * Evaluates an ended run and keeps the result beside the earlier ones. Re-checked for late samples, it is evaluated again
 * only when there are more of them than last time, or when they have moved its bounds, and what was found by all samples
 * stands once some are no longer kept. The caller holds the lock of the run. Throws `production.samples_no_longer_kept`.
 */
export async function evaluateAndKeep(
  scope: Scope,
  id: string,
  evaluators: RunEvaluators,
  asked: boolean,
): Promise<'kept' | 'unchanged' | 'no_evaluator'> {
  const run = await findRun(scope, id);
  const evaluated = run && (await evaluateRun(scope, run, evaluators));
  if (!run || !evaluated) {
    await updateRun(scope, id, { evaluate_at: null });
    return 'no_evaluator';
  }
  const [latest] = await evaluationsOf(scope, id);
  const { evaluator, result, window, samples, keptFrom } = evaluated;
  if (asked && keptFrom) throw productionErrors.samples_no_longer_kept({ run: run.key, at: keptFrom.toISOString() });
  if (latest && keptFrom) {
    await updateRun(scope, id, { state: 'evaluated', verdict: latest.verdict, evaluate_at: null });
    return 'unchanged';
  }
  if (latest && !asked && run.state === 'evaluated' && samples.count <= latest.sample_count) {
    await updateRun(scope, id, { evaluate_at: recheckAt(scope.now, run.checks + 1), checks: run.checks + 1 });
    return 'unchanged';
  }
  const cause: EvaluationCause = asked ? 'requested' : latest ? 'late_data' : 'ended';
  await insertEvaluation(scope, {
    id: newId(),
    run_id: id,
    ordinal: (latest?.ordinal ?? 0) + 1,
    verdict: result.verdict,
    result,
    evaluator_id: evaluator.id,
    evaluator_version: evaluator.version,
    window_from: window.from,
    window_to: window.to,
    sample_count: samples.count,
    cause,
  });
  await updateRun(scope, id, { state: 'evaluated', verdict: result.verdict, evaluate_at: recheckAt(scope.now, 0), checks: 0 });
  if (latest?.verdict === 'pass' && result.verdict !== 'pass' && run.lot_id !== null)
    await withdrawRelease(scope, run.lot_id, noLongerPasses);
  await appendEvent(scope, {
    type: 'production.run_evaluated',
    ...subject(run.job_id, run.equipment_id),
    body: {
      run: id,
      key: run.key,
      equipment: run.equipment_id,
      verdict: result.verdict,
      before: latest?.verdict ?? null,
      cause,
      samples: samples.count,
    },
  });
  return 'kept';
}

function recheckAt(now: Date, checks: number): Date | null {
  const delay = recheckAfterMs[checks];
  return delay === undefined ? null : new Date(now.getTime() + delay);
}

/** What happens to a run is told on its job order, which only its maker sees; else on the equipment, but to its owner alone. */
export function subject(job: RecordId | null, equipment: RecordId): { record: RecordId; private: boolean } {
  return job === null ? { record: equipment, private: true } : { record: job, private: false };
}
