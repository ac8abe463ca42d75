import { z } from 'zod';
import type { RecordId, Scope } from '../../database/index.js';
import { type DeviceEvent, findEquipment } from '../../equipment/index.js';
import { add, canonical, Decimal, fitsUnit } from '../../measure/index.js';
import { countUnits, lotAt, openJobLot } from '../jobs/counting.js';
import {
  itemOf,
  type LotWindow,
  lockOperations,
  lotsOfOperations,
  operationsOfJobs,
  operationsOnEquipment,
  type RunningOperation,
} from '../jobs/job-repository.js';
import type { ProducedUnits, ProgressSink } from '../jobs/progress.js';
import type { RunEvaluators } from '../runs/evaluators.js';
import { type RunBinding, runEnded, runStarted } from '../runs/run-messages.js';
import { insertUnused } from '../runs/run-repository.js';

const units = z.number().min(0).max(1e9).default(0);
const runKey = z.union([z.string().min(1).max(200), z.number()]).transform(String);

/** What production reads in a device event's body; other fields are the device's own business. */
const messages = {
  count: z.object({ good: units, scrap: units }),
  run_started: z.object({
    run: runKey,
    program: z
      .union([z.string().max(200), z.number()])
      .transform(String)
      .nullish(),
  }),
  run_ended: z.object({ run: runKey }),
} as const;

export interface ProjectionPorts {
  readonly evaluators: RunEvaluators;
  readonly progress: ProgressSink;
}

/** What one batch knows of the floor: operations by equipment and time, and their lots. */
interface Floor {
  readonly operations: readonly RunningOperation[];
  readonly lots: LotWindow[];
  /** Every operation of the job orders that work there: they share their lots. */
  readonly together: ReadonlyMap<string, readonly string[]>;
}

interface Tally {
  readonly operation: RunningOperation;
  readonly lot: RecordId;
  good: string;
  scrap: string;
  messages: number;
  readonly devices: Set<string>;
}

/**
 * Applies taken device events: runs begin and end, counts are summed by operation and lot and reach the order once a
 * batch. What cannot be used is kept with the reason. The caller's transaction also removes the events, so each takes
 * effect exactly once.
 */
export async function applyDeviceEvents(scope: Scope, events: readonly DeviceEvent[], ports: ProjectionPorts): Promise<void> {
  const known = events
    .filter((event) => event.type in messages)
    .sort((a, b) => a.ts.getTime() - b.ts.getTime() || (a.seq ?? 0) - (b.seq ?? 0));
  if (known.length === 0) return;
  const floor = await lockFloor(scope, known, ports.progress);
  const tallies = new Map<string, Tally>();
  for (const event of known) {
    const unused = event.type === 'count' ? await tally(scope, floor, tallies, event) : await applyRun(scope, floor, event, ports);
    if (unused) await insertUnused(scope, event, unused);
  }
  const produced: ProducedUnits[] = [];
  for (const { operation, lot, good, scrap, messages: count, devices } of tallies.values()) {
    const units = await countUnits(
      scope,
      { id: operation.job_order_id, orderLine: operation.order_line, final: operation.final },
      { operation: operation.id, lot, good, scrap, evidence: 'device', messages: count, reason: null, by: [...devices].sort().join(', ') },
    );
    if (units) produced.push(units);
  }
  if (produced.length > 0) await ports.progress.produced(scope, produced);
}

async function lockFloor(scope: Scope, events: readonly DeviceEvent[], progress: ProgressSink): Promise<Floor> {
  const equipment = [...new Set(events.map((event) => event.equipment))];
  const first = events[0] as DeviceEvent;
  const last = events.at(-1) as DeviceEvent;
  const operations = await operationsOnEquipment(scope, equipment, first.ts, last.ts);
  await progress.lock(scope, [...new Set(operations.flatMap(({ order_line }) => (order_line === null ? [] : [order_line])))]);
  const together = await operationsOfJobs(scope, [...new Set(operations.map((operation) => operation.job_order_id))]);
  const ids = [...together.values()].flat();
  await lockOperations(scope, ids);
  return { operations, together, lots: await lotsOfOperations(scope, ids) };
}

function operationAt({ operations }: Floor, equipment: RecordId, at: Date): RunningOperation | undefined {
  return operations.findLast(
    (operation) =>
      operation.equipment_id === equipment &&
      operation.started_at !== null &&
      operation.started_at <= at &&
      (operation.ended_at === null || at < operation.ended_at),
  );
}

/** Every good unit belongs to a lot: when none is open, the next one is opened here. */
async function lotFor(scope: Scope, floor: Floor, operation: RunningOperation, at: Date): Promise<RecordId> {
  const lot = lotAt(floor.lots, operation.id, at);
  if (lot) return lot.lot_id;
  const operations = floor.together.get(operation.job_order_id) ?? [operation.id];
  const opened = await openJobLot(scope, { operations, unit: operation.unit, item: await itemOf(scope, operation.job_order_id) });
  for (const operation_id of operations)
    floor.lots.push({
      organization: scope.organization,
      operation_id,
      lot_id: opened.id,
      opened_at: scope.now,
      closed_at: null,
      good: '0',
      scrap: '0',
      state: opened.state,
      code: opened.code,
    });
  return opened.id;
}

async function tally(scope: Scope, floor: Floor, tallies: Map<string, Tally>, event: DeviceEvent): Promise<string | null> {
  const body = messages.count.safeParse(event.body);
  if (!body.success) return `malformed count: ${z.prettifyError(body.error)}`;
  const operation = operationAt(floor, event.equipment, event.ts);
  if (!operation) return 'no operation was under way on this equipment at that time';
  const good = decimalOf(body.data.good);
  const scrap = decimalOf(body.data.scrap);
  if (!fitsUnit(good, operation.unit) || !fitsUnit(scrap, operation.unit))
    return `${good} good, ${scrap} scrap: ${operation.unit} is counted in whole numbers`;
  const lot = await lotFor(scope, floor, operation, event.ts);
  const key = `${operation.id} ${lot}`;
  const sum = tallies.get(key) ?? { operation, lot, good: '0', scrap: '0', messages: 0, devices: new Set<string>() };
  sum.good = add(sum.good, good);
  sum.scrap = add(sum.scrap, scrap);
  sum.messages += 1;
  sum.devices.add(event.device);
  tallies.set(key, sum);
  return null;
}

const decimals = 6;
const decimalOf = (value: number): string => canonical(new Decimal(value).toDecimalPlaces(decimals));

async function applyRun(scope: Scope, floor: Floor, event: DeviceEvent, { evaluators }: ProjectionPorts): Promise<string | null> {
  const bind = async (): Promise<RunBinding | null> => {
    const operation = operationAt(floor, event.equipment, event.ts);
    return operation
      ? { job: operation.job_order_id, operation: operation.id, lot: await lotFor(scope, floor, operation, event.ts) }
      : null;
  };
  if (event.type === 'run_started') {
    const body = messages.run_started.safeParse(event.body);
    if (!body.success) return `malformed run_started: ${z.prettifyError(body.error)}`;
    await runStarted(
      scope,
      { equipment: event.equipment, key: body.data.run, at: event.ts, program: body.data.program ?? null },
      bind,
      () => tailOf(scope, event.equipment, evaluators),
    );
    return null;
  }
  const body = messages.run_ended.safeParse(event.body);
  if (!body.success) return `malformed run_ended: ${z.prettifyError(body.error)}`;
  await runEnded(scope, { equipment: event.equipment, key: body.data.run, at: event.ts }, bind, () =>
    tailOf(scope, event.equipment, evaluators),
  );
  return null;
}

async function tailOf(scope: Scope, equipment: RecordId, evaluators: RunEvaluators): Promise<number | null> {
  const row = await findEquipment(scope, equipment);
  const evaluator = row ? await evaluators.find(scope, row.model) : null;
  return evaluator?.tailMs ?? null;
}
