import { type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import { decodeCursor, type Keyset, page, requestErrors } from '../../commands/index.js';
import { newId, type Scope } from '../../database/index.js';
import { readSignals } from '../../equipment/index.js';
import { appendEvent } from '../../events/index.js';
import { productionErrors } from '../errors.js';
import type { SampleSeries } from '../runs/evaluators.js';
import type { NamedRun } from '../runs/run-repository.js';
import { summarize, visibleRun } from '../runs/runs.js';
import { runSamples, thinned } from '../runs/samples.js';
import type { ProductionTables } from '../tables.js';
import { deviation } from './deviation.js';
import { goldenRunErrors } from './errors.js';
import type { ComparisonView, compareRunsInput, declareGoldenInput, GoldenRunView, goldenListInput } from './schema.js';

type GoldenRow = Selectable<ProductionTables['golden_run']>;

const tables = (scope: Scope) => scope.tx.withTables<ProductionTables>();
const drawnPoints = 600;
/** Of one run, all signals together. */
const mostCompared = 1_000_000;

/**
 * From now on runs of the same equipment model and program are measured by this one; the golden run before it is retired.
 * Throws `production.run_not_ended`, `production.run_withdrawn`, `golden_runs.signal_unknown`, `too_many_samples`.
 */
export async function declareGolden(scope: Scope, { run: id, bands, note }: z.output<typeof declareGoldenInput>): Promise<GoldenRunView> {
  const run = await visibleRun(scope, id);
  if (run.started_at === null || run.ended_at === null) throw productionErrors.run_not_ended({ run: run.key });
  if (run.withdrawn_at !== null) throw productionErrors.run_withdrawn({ run: run.key });
  const measured = await curvesOf(scope, run);
  const unknown = Object.keys(bands).find((signal) => !measured.has(signal));
  if (unknown !== undefined)
    throw goldenRunErrors.signal_unknown({ run: run.key, signal: unknown, known: [...measured.keys()].join(', ') || '–' });
  const program = run.program ?? '';
  const earlier = await lockInForce(scope, run.equipment_model, program);
  // Another's transaction may have begun later and yet been done before.
  const at = earlier && earlier.declared_at > scope.now ? earlier.declared_at : scope.now;
  if (earlier) await retire(scope, earlier, at);
  const golden = newId();
  await tables(scope)
    .insertInto('golden_run')
    .values({
      id: golden,
      organization: scope.organization,
      run_id: run.id,
      model: run.equipment_model,
      program,
      bands: JSON.stringify(bands),
      note: note ?? null,
      declared_by: scope.actor.label,
      declared_at: at,
      retired_by: null,
      retired_at: null,
    })
    .execute();
  await appendEvent(scope, {
    type: 'production.golden_declared',
    record: run.equipment_id,
    private: true,
    body: { golden, run: run.id, key: run.key, model: run.equipment_model, program: run.program },
  });
  return getGolden(scope, golden);
}

/** Throws `golden_runs.already_retired`. */
export async function retireGolden(scope: Scope, id: string): Promise<GoldenRunView> {
  const row = await visibleGolden(scope, id, 'locked');
  if (row.retired_at !== null) throw goldenRunErrors.already_retired({ at: row.retired_at.toISOString() });
  await retire(scope, row, scope.now);
  return getGolden(scope, id);
}

async function retire(scope: Scope, row: GoldenRow, at: Date): Promise<void> {
  await tables(scope).updateTable('golden_run').set({ retired_by: scope.actor.label, retired_at: at }).where('id', '=', row.id).execute();
  const run = await visibleRun(scope, row.run_id);
  await appendEvent(scope, {
    type: 'production.golden_retired',
    record: run.equipment_id,
    private: true,
    body: { golden: row.id, run: run.id, key: run.key, model: row.model, program: row.program || null },
  });
}

export async function getGolden(scope: Scope, id: string): Promise<GoldenRunView> {
  return viewOf(scope, await visibleGolden(scope, id));
}

export async function listGolden(scope: Scope, { limit, cursor, model, retired }: z.output<typeof goldenListInput>) {
  const rows = await pageOfGolden(scope, { model, retired, after: decodeCursor(cursor), limit });
  const views = new Map<string, GoldenRunView>();
  for (const row of rows) views.set(row.id, await viewOf(scope, row));
  return page(
    rows,
    limit,
    (row) => ({ key: row.declared_at.toISOString(), id: row.id }),
    (row) => views.get(row.id) as GoldenRunView,
  );
}

/**
 * Both runs are laid on each other at their start, for a program is a course over time: nothing is stretched, so that a step
 * that came late shows as a distance. Throws `golden_runs.none_declared`, `model_differs`, `not_started`,
 * `too_many_samples`.
 */
export async function compareRuns(scope: Scope, input: z.output<typeof compareRunsInput>): Promise<ComparisonView> {
  const run = await visibleRun(scope, input.run);
  const golden = input.with === undefined ? await goldenOf(scope, run) : null;
  const other = await visibleRun(scope, golden?.run_id ?? input.with ?? '');
  if (other.equipment_model !== run.equipment_model)
    throw goldenRunErrors.model_differs({ run: run.key, model: run.equipment_model, other: other.equipment_model });
  const bands = (golden?.bands ?? {}) as Record<string, number>;
  const [curves, goldenCurves] = [await curvesOf(scope, run), await curvesOf(scope, other)];
  return {
    run: summarize(run),
    with: summarize(other),
    golden: golden?.id ?? null,
    longerByMs: lengthOf(run) === null || lengthOf(other) === null ? null : Number(lengthOf(run)) - Number(lengthOf(other)),
    signals: [...curves].flatMap(([signal, { unit, series }]) => {
      const against = goldenCurves.get(signal)?.series;
      if (!against) return [];
      const band = bands[signal] ?? null;
      return [
        {
          signal,
          unit,
          curve: thinned(series, drawnPoints),
          golden: thinned(against, drawnPoints),
          band,
          ...deviation(series, against, band),
        },
      ];
    }),
  };
}

async function goldenOf(scope: Scope, run: NamedRun): Promise<GoldenRow> {
  const golden = await inForce(scope, run.equipment_model, run.program ?? '');
  if (!golden) throw goldenRunErrors.none_declared({ model: run.equipment_model, program: run.program ?? '–' });
  return golden;
}

const lengthOf = ({ started_at, ended_at }: NamedRun): number | null =>
  started_at === null || ended_at === null ? null : ended_at.getTime() - started_at.getTime();

/** Numbers of the run by signal, in ms since its start; a signal without any is left out, and so are texts and booleans. */
async function curvesOf(scope: Scope, run: NamedRun): Promise<Map<string, { unit: string; series: SampleSeries }>> {
  if (run.started_at === null) throw goldenRunErrors.not_started({ run: run.key });
  const start = run.started_at.getTime();
  // What a device measured as it said that the run ended is of the run; what ended it by rule no longer is.
  const lastIncluded = run.rule_id === null ? 1 : 0;
  const numbers = (await readSignals(scope, run.equipment_id)).filter(({ kind }) => kind === 'number');
  const { series, whole } = await runSamples(
    scope,
    { equipment: run.equipment_id, from: start, to: (run.ended_at ?? scope.now).getTime() + lastIncluded },
    numbers.map(({ signal }) => signal),
    mostCompared,
  );
  if (!whole) throw goldenRunErrors.too_many_samples({ run: run.key, most: mostCompared });
  return new Map(
    numbers.flatMap(({ signal, unit }) => {
      const { ts = [], value = [] } = series[signal] ?? {};
      return ts.length === 0 ? [] : [[signal, { unit, series: { ts: ts.map((at) => at - start), value } }]];
    }),
  );
}

/** Until the transaction ends nobody else declares one of this model and program, not even its first. */
async function lockInForce(scope: Scope, model: string, program: string): Promise<GoldenRow | undefined> {
  const name = `production.golden_run:${scope.organization}:${model}:${program}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(scope.tx);
  return inForce(scope, model, program, 'locked');
}

async function inForce(scope: Scope, model: string, program: string, lock?: 'locked'): Promise<GoldenRow | undefined> {
  let rows = tables(scope)
    .selectFrom('golden_run')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('model', '=', model)
    .where('program', '=', program)
    .where('retired_at', 'is', null);
  if (lock) rows = rows.forNoKeyUpdate();
  return rows.executeTakeFirst();
}

async function visibleGolden(scope: Scope, id: string, lock?: 'locked'): Promise<GoldenRow> {
  let rows = tables(scope).selectFrom('golden_run').selectAll().where('id', '=', id);
  if (lock) rows = rows.forNoKeyUpdate();
  const row = await rows.executeTakeFirst();
  if (!row) throw requestErrors.not_found({ kind: 'golden run' });
  return row;
}

interface GoldenFilter {
  readonly model: string | undefined;
  readonly retired: boolean;
  readonly after: Keyset | null;
  readonly limit: number;
}

async function pageOfGolden(scope: Scope, { model, retired, after, limit }: GoldenFilter): Promise<GoldenRow[]> {
  let rows = tables(scope).selectFrom('golden_run').selectAll().where('organization', '=', scope.organization);
  if (model !== undefined) rows = rows.where('model', '=', model);
  if (!retired) rows = rows.where('retired_at', 'is', null);
  if (after) rows = rows.where(sql<boolean>`(declared_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  return rows
    .orderBy('declared_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

async function viewOf(scope: Scope, row: GoldenRow): Promise<GoldenRunView> {
  return {
    id: row.id,
    model: row.model,
    program: row.program || null,
    run: summarize(await visibleRun(scope, row.run_id)),
    bands: row.bands as Record<string, number>,
    note: row.note,
    declaredBy: row.declared_by,
    declaredAt: row.declared_at.toISOString(),
    retiredBy: row.retired_by,
    retiredAt: row.retired_at?.toISOString() ?? null,
  };
}
