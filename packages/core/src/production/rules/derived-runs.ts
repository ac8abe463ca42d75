import { newId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { withdrawRelease } from '../../lifecycle/index.js';
import type { ProjectionPorts } from '../devices/device-events.js';
import { bindingAt, lockFloor } from '../devices/working-floor.js';
import { subject } from '../runs/evaluation.js';
import { tailOf } from '../runs/evaluators.js';
import type { RunBinding } from '../runs/run-messages.js';
import { findRun, insertRun, keepBounds, type RunRow, runsOfRule, updateRun } from '../runs/run-repository.js';
import type { RuleRow } from './rule-repository.js';
import type { WalkedRun } from './walk.js';

/** All runs that begin in a stretch of time, as its samples say now. */
export interface DerivedRuns {
  /** Unix ms. */
  readonly from: number;
  /** Null: to the end of all samples. */
  readonly to: number | null;
  readonly runs: readonly WalkedRun[];
}

/** Read by whoever received units of the lot already, so it names neither run nor equipment. */
const noLongerThere =
  'By later measurements a process run of this lot did not take place as it was judged. / 根据补传数据，该批次的一个生产过程与评价时不符。';

/**
 * Makes what is stored equal to what was derived. A run is the one that began at the same instant, else the one that it
 * overlaps most: it keeps its id, and its earlier bounds and evaluations. One that nothing is left of is withdrawn, never deleted.
 */
export async function settleRuns(scope: Scope, rule: RuleRow, { from, to, runs }: DerivedRuns, ports: ProjectionPorts): Promise<void> {
  const derived = to === null ? runs : runs.filter(({ startedAt }) => startedAt < to);
  const range = { from: new Date(from), to: to === null ? null : new Date(to) };
  const seen = differences(derived, await runsOfRule(scope, rule.id, range));
  if (seen.changed.length === 0 && seen.gone.length === 0) return;
  // The floor before the runs, as everybody locks them; bounds change under the lock of the rule alone, so the differences stay.
  const bind = await binding(scope, rule, seen.changed, ports);
  const { changed, gone } = differences(derived, await runsOfRule(scope, rule.id, range, 'locked'));
  const tailMs = await tailOf(scope, rule.equipment_id, ports.evaluators);
  for (const row of gone) await withdraw(scope, row);
  for (const { run, row } of changed) {
    if (row) await move(scope, rule, run, row, bind, tailMs);
    else await record(scope, rule, run, bind, tailMs);
  }
}

interface Pair {
  readonly run: WalkedRun;
  readonly row: RunRow | undefined;
}

function differences(derived: readonly WalkedRun[], stored: readonly RunRow[]) {
  const pairs = paired(derived, stored);
  return {
    changed: pairs.filter(({ run, row }) => !row || !same(run, row)),
    gone: stored.filter((row) => row.withdrawn_at === null && !pairs.some((pair) => pair.row === row)),
  };
}

function paired(derived: readonly WalkedRun[], stored: readonly RunRow[]): Pair[] {
  const byStart = new Map(stored.map((row) => [row.started_at?.getTime(), row]));
  const free = new Set(stored.filter((row) => row.withdrawn_at === null));
  for (const { startedAt } of derived) free.delete(byStart.get(startedAt) as RunRow);
  return derived.map((run) => {
    const began = byStart.get(run.startedAt);
    if (began) return { run, row: began };
    const [closest] = [...free].filter((row) => overlap(run, row) > 0).sort((a, b) => overlap(run, b) - overlap(run, a));
    if (closest) free.delete(closest);
    return { run, row: closest };
  });
}

function overlap(run: WalkedRun, row: RunRow): number {
  const end = Math.min(run.endedAt ?? Number.MAX_SAFE_INTEGER, row.ended_at?.getTime() ?? Number.MAX_SAFE_INTEGER);
  return end - Math.max(run.startedAt, row.started_at?.getTime() ?? Number.MAX_SAFE_INTEGER);
}

const sameBounds = (run: WalkedRun, row: RunRow): boolean =>
  run.startedAt === row.started_at?.getTime() && run.endedAt === (row.ended_at?.getTime() ?? null) && run.program === row.program;
const same = (run: WalkedRun, row: RunRow): boolean =>
  row.withdrawn_at === null && sameBounds(run, row) && run.endedBySilence === row.ended_by_silence;

type Bind = (run: WalkedRun) => Promise<RunBinding | null>;

/** The units leave the equipment at the end of the run, so the end decides what it worked for, as soon as there is one. */
async function binding(scope: Scope, rule: RuleRow, pairs: readonly Pair[], { progress }: ProjectionPorts): Promise<Bind> {
  const instantOf = ({ startedAt, endedAt }: WalkedRun) => endedAt ?? startedAt;
  const instants = pairs.map(({ run }) => instantOf(run));
  if (instants.length === 0) return async () => null;
  const range = { from: new Date(Math.min(...instants)), to: new Date(Math.max(...instants)) };
  const floor = await lockFloor(scope, [rule.equipment_id], range, progress);
  return (run) => bindingAt(scope, floor, rule.equipment_id, new Date(instantOf(run)));
}

function columnsOf(rule: RuleRow, run: WalkedRun, tailMs: number | null) {
  const startedAt = new Date(run.startedAt);
  return {
    key: `${rule.code}@${startedAt.toISOString()}`,
    program: run.program,
    state: run.endedAt === null ? ('running' as const) : ('ended' as const),
    started_at: startedAt,
    ended_at: run.endedAt === null ? null : new Date(run.endedAt),
    ended_by_silence: run.endedBySilence,
    seen_at: startedAt,
    evaluate_at: run.endedAt === null || tailMs === null ? null : new Date(run.endedAt + tailMs),
  };
}

async function record(scope: Scope, rule: RuleRow, run: WalkedRun, bind: Bind, tailMs: number | null): Promise<void> {
  const id = newId();
  const bound = await bind(run);
  const bounds = columnsOf(rule, run, tailMs);
  await insertRun(scope, {
    id,
    rule_id: rule.id,
    equipment_id: rule.equipment_id,
    operation_id: bound?.operation ?? null,
    lot_id: bound?.lot ?? null,
    ...bounds,
  });
  const { record: on, private: hidden } = subject(bound?.job ?? null, rule.equipment_id);
  const body = { run: id, key: bounds.key, equipment: rule.equipment_id };
  await appendEvent(scope, { type: 'production.run_started', record: on, private: hidden, body: { ...body, program: run.program } });
  const { endedAt, endedBySilence } = run;
  if (endedAt !== null)
    await appendEvent(scope, { type: 'production.run_ended', record: on, private: hidden, body: { ...body, endedBySilence } });
}

/** A run that only went on to its end has no history; everything else that was said of it is kept. */
async function move(scope: Scope, rule: RuleRow, run: WalkedRun, row: RunRow, bind: Bind, tailMs: number | null): Promise<void> {
  if (row.withdrawn_at === null && sameBounds(run, row)) {
    await updateRun(scope, row.id, { ended_by_silence: run.endedBySilence });
    return;
  }
  const wasUnderWay =
    row.withdrawn_at === null &&
    row.ended_at === null &&
    row.started_at?.getTime() === run.startedAt &&
    (row.program ?? run.program) === run.program;
  if (!wasUnderWay) await keepBounds(scope, row);
  const bound = (await bind(run)) ?? { operation: row.operation_id, lot: row.lot_id, job: null };
  if (row.verdict === 'pass' && row.lot_id !== null && row.lot_id !== bound.lot) await withdrawRelease(scope, row.lot_id, noLongerThere);
  const bounds = columnsOf(rule, run, tailMs);
  await updateRun(scope, row.id, {
    ...bounds,
    operation_id: bound.operation,
    lot_id: bound.lot,
    withdrawn_at: null,
    checks: 0,
    ...(wasUnderWay ? {} : { verdict: null }),
  });
  const { record: on, private: hidden } = subject((await findRun(scope, row.id))?.job_id ?? null, rule.equipment_id);
  const body = { run: row.id, key: bounds.key, equipment: rule.equipment_id };
  if (!wasUnderWay) {
    const before = { key: row.key, startedAt: row.started_at?.toISOString() ?? '', endedAt: row.ended_at?.toISOString() ?? null };
    await appendEvent(scope, { type: 'production.run_moved', record: on, private: hidden, body: { ...body, before } });
  } else if (run.endedAt !== null) {
    const { endedBySilence } = run;
    await appendEvent(scope, { type: 'production.run_ended', record: on, private: hidden, body: { ...body, endedBySilence } });
  }
}

async function withdraw(scope: Scope, row: RunRow): Promise<void> {
  await keepBounds(scope, row);
  await updateRun(scope, row.id, { withdrawn_at: scope.now, evaluate_at: null });
  if (row.verdict === 'pass' && row.lot_id !== null) await withdrawRelease(scope, row.lot_id, noLongerThere);
  const { record: on, private: hidden } = subject((await findRun(scope, row.id))?.job_id ?? null, row.equipment_id);
  const body = { run: row.id, key: row.key, equipment: row.equipment_id };
  await appendEvent(scope, { type: 'production.run_withdrawn', record: on, private: hidden, body });
}
