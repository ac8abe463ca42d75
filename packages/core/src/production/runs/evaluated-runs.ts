import { sql } from 'kysely';
import { decodeCursor, page } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import type { RunSummary } from '../schema.js';
import type { RunResult } from './evaluators.js';
import { pageOfRuns } from './run-repository.js';
import { summarize } from './runs.js';

/** Which evaluated runs of the organization's own machines: all of one equipment model, or those of one lot. */
export interface EvaluatedRunsInput {
  readonly model: string;
  readonly lot?: string | undefined;
  /** ISO instants; when the run began. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** At most 1000. */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A run with the numbers of its newest evaluation, by name. */
export interface EvaluatedRunSummary extends RunSummary {
  readonly values: RunResult['values'];
}

export interface EvaluatedRunsPage {
  readonly items: readonly EvaluatedRunSummary[];
  readonly next: string | null;
}

/** Newest first. Curves and samples are left out: it is for statistics over many runs. */
export async function listEvaluatedRuns(
  scope: Scope,
  { model, lot, from, to, limit, cursor }: EvaluatedRunsInput,
): Promise<EvaluatedRunsPage> {
  const most = Math.min(limit, 1000);
  const rows = await pageOfRuns(scope, {
    model,
    lot,
    from,
    to,
    state: 'evaluated',
    standing: true,
    after: decodeCursor(cursor),
    limit: most,
  });
  const values = await valuesOf(
    scope,
    rows.map(({ id }) => id),
  );
  return page(
    rows,
    most,
    (row) => ({ key: row.seen_at.toISOString(), id: row.id }),
    (row) => ({ ...summarize(row), values: values.get(row.id) ?? {} }),
  );
}

async function valuesOf(scope: Scope, runs: readonly string[]): Promise<ReadonlyMap<string, RunResult['values']>> {
  if (runs.length === 0) return new Map();
  const { rows } = await sql<{ run_id: string; values: RunResult['values'] }>`
    select distinct on (run_id) run_id, result -> 'values' as values from core.run_evaluation
    where run_id = any(${[...runs]}::uuid[]) order by run_id, ordinal desc`.execute(scope.tx);
  return new Map(rows.map((row) => [row.run_id, row.values]));
}
