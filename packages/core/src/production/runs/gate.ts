import type { Scope } from '../../database/index.js';
import type { GateAnswer, GatePredicate, ReleaseGates } from '../../lifecycle/index.js';
import { lotSpecification } from '../jobs/job-repository.js';
import type { Specification } from '../schema.js';
import type { RunResult } from './evaluators.js';
import { currentEvaluations, type NamedRun, runsOfLot } from './run-repository.js';

/** What production knows of a lot, as predicates of verticals need it. */
export interface LotEvidence {
  /** Oldest first. */
  readonly runs: readonly {
    readonly id: string;
    readonly key: string;
    readonly equipment: string;
    readonly equipmentModel: string;
    /** Unix ms; null while the start message has not arrived. */
    readonly startedAt: number | null;
    readonly endedAt: number | null;
    /** The newest; null while the run has none. */
    readonly evaluation: (RunResult & { readonly evaluator: string }) | null;
  }[];
  /** Of the order line that the lot was made for. */
  readonly specification: Specification | null;
}

export async function lotEvidence(scope: Scope, lot: string): Promise<LotEvidence> {
  const runs = await standingRuns(scope, lot);
  const evaluations = await currentEvaluations(
    scope,
    runs.map((run) => run.id),
  );
  return {
    runs: runs.map((run) => {
      const evaluation = evaluations.get(run.id);
      return {
        id: run.id,
        key: run.key,
        equipment: run.equipment_id,
        equipmentModel: run.equipment_model,
        startedAt: run.started_at?.getTime() ?? null,
        endedAt: run.ended_at?.getTime() ?? null,
        evaluation: evaluation ? { ...(evaluation.result as RunResult), evaluator: evaluation.evaluator_id } : null,
      };
    }),
    specification: await lotSpecification(scope, lot),
  };
}

/** Of a run that later samples have withdrawn nothing is left that could prove or hinder. */
const standingRuns = async (scope: Scope, lot: string): Promise<NamedRun[]> =>
  (await runsOfLot(scope, lot)).filter(({ withdrawn_at }) => withdrawn_at === null);

/** Every process run of the lot has ended, and whoever judges it says that it passed. */
const runsComplete: GatePredicate = {
  id: 'production.runs_complete',
  words: { en: 'Every process run of the lot has ended and passed', zh: '批次的全部生产过程均已结束且合格' },
  check: async (scope, lot) => answer(await standingRuns(scope, lot.id)),
};

export const productionGates: ReleaseGates = { predicates: async () => [runsComplete] };

function answer(runs: readonly NamedRun[]): GateAnswer {
  const running = runs.filter((run) => run.ended_at === null || run.started_at === null);
  const waiting = runs.filter((run) => run.state === 'ended' && run.evaluate_at !== null && !running.includes(run));
  const failed = runs.filter((run) => run.verdict !== null && run.verdict !== 'pass');
  const open = [...new Set([...running, ...waiting, ...failed])];
  const shown = open.length > 0 ? open : runs;
  return {
    holds: open.length === 0,
    words: {
      en:
        open.length === 0
          ? `All ${runs.length} runs have ended; none failed.`
          : `Of ${runs.length} runs ${running.length} have not ended, ${waiting.length} await evaluation, ${failed.length} did not pass: ${keys(open)}.`,
      zh:
        open.length === 0
          ? `全部 ${runs.length} 个过程均已结束，无不合格。`
          : `共 ${runs.length} 个过程：${running.length} 个未结束，${waiting.length} 个待评价，${failed.length} 个未通过：${keys(open)}。`,
    },
    evidence: shown.map((run) => ({ kind: 'process_run', id: run.id })),
  };
}

const mostKeys = 5;
const keys = (runs: readonly NamedRun[]): string =>
  runs
    .slice(0, mostKeys)
    .map((run) => run.key)
    .join(', ') + (runs.length > mostKeys ? ', …' : '');
