import type { LotProof, LotProofs } from '../../lifecycle/index.js';
import { type NamedRun, runsOfLot } from './run-repository.js';
import { runStateWords, verdictWords, withdrawnWords } from './states.js';

const mostRuns = 100;

/** The process runs of a lot as proof of how it was made; only the maker sees them. */
export const runProofs: LotProofs = {
  proofs: async (scope, lot) => (await runsOfLot(scope, lot)).slice(0, mostRuns).map(proofOf),
};

function proofOf(run: NamedRun): LotProof {
  const withdrawn = run.withdrawn_at !== null;
  const verdict = withdrawn ? withdrawnWords : run.verdict === null ? runStateWords[run.state] : verdictWords[run.verdict];
  const of = (text: string) => `${run.equipment_name} · ${run.key}: ${text}`;
  return {
    kind: 'process_run',
    id: run.id,
    words: { en: of(verdict.en), zh: `${run.equipment_name} · ${run.key}：${verdict.zh}` },
    at: (run.ended_at ?? run.started_at)?.toISOString() ?? null,
    holds: withdrawn || run.verdict === null ? null : run.verdict === 'pass',
  };
}
