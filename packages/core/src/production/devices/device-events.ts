import { z } from 'zod';
import type { RecordId, Scope } from '../../database/index.js';
import type { DeviceEvent } from '../../equipment/index.js';
import { add, canonical, compare, Decimal, fitsUnit, least } from '../../measure/index.js';
import { reasonInUse } from '../floor/reasons.js';
import { reworkOpenAt } from '../jobs/count-repository.js';
import { countUnits } from '../jobs/counting.js';
import type { ProducedUnits, ProgressSink } from '../jobs/progress.js';
import { stretchAt, type WorkedStretch } from '../jobs/stretches.js';
import { tellOutlook } from '../outlook/outlook.js';
import { type RunEvaluators, tailOf } from '../runs/evaluators.js';
import { runEnded, runStarted } from '../runs/run-messages.js';
import { insertUnused } from '../runs/run-repository.js';
import { bindingAt, type Floor, lockFloor, lotFor } from './working-floor.js';

const units = z.number().min(0).max(1e9).default(0);
const runKey = z.union([z.string().min(1).max(200), z.number()]).transform(String);

/** What production reads in a device event's body; other fields are the device's own business. */
const messages = {
  count: z.object({
    good: units,
    scrap: units,
    /** Into rework: neither good nor scrap yet. */
    rework: units,
    /** How many of good and scrap came out of rework. */
    reworked: units,
    /** A code of the organization's list of reasons for scrap and rework; one that it does not have is left out. */
    reason: z.string().max(30).nullish(),
  }),
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

interface Tally {
  readonly operation: WorkedStretch;
  readonly lot: RecordId;
  readonly reason: string | null;
  good: string;
  scrap: string;
  rework: string;
  reworked: string;
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
  const floor = await lockFloor(
    scope,
    known.map(({ equipment }) => equipment),
    { from: (known[0] as DeviceEvent).ts, to: (known.at(-1) as DeviceEvent).ts },
    ports.progress,
  );
  const tallies = new Map<string, Tally>();
  for (const event of known) {
    const unused = event.type === 'count' ? await tally(scope, floor, tallies, event) : await applyRun(scope, floor, event, ports);
    if (unused) await insertUnused(scope, event, unused);
  }
  const produced: ProducedUnits[] = [];
  for (const { operation, lot, good, scrap, rework, reworked, reason, messages: count, devices } of tallies.values()) {
    const units = await countUnits(
      scope,
      { id: operation.job_order_id, orderLine: operation.order_line, final: operation.final },
      {
        operation: operation.id,
        lot,
        good,
        scrap,
        rework,
        // A machine cannot know what people have resolved meanwhile: no more leaves rework than is there.
        resolved: compare(reworked, '0') > 0 ? least(reworked, add(await reworkOpenAt(scope, operation.id), rework)) : '0',
        evidence: 'device',
        messages: count,
        whilePaused: operation.kind === 'paused',
        reason: null,
        reasonCode: reason !== null && (await reasonInUse(scope, reason)) ? reason : null,
        by: [...devices].sort().join(', '),
      },
    );
    if (units) produced.push(units);
  }
  if (produced.length > 0) await ports.progress.produced(scope, produced);
  await tellOutlook(
    scope,
    ports.progress,
    [...tallies.values()].map(({ operation }) => operation.order_line),
  );
}

async function tally(scope: Scope, floor: Floor, tallies: Map<string, Tally>, event: DeviceEvent): Promise<string | null> {
  const body = messages.count.safeParse(event.body);
  if (!body.success) return `malformed count: ${z.prettifyError(body.error)}`;
  const operation = stretchAt(floor.stretches, event.equipment, event.ts);
  if (!operation) return 'no operation was under way on this equipment at that time';
  const { reason = null, ...counted } = body.data;
  const [good, scrap, rework, reworked] = [counted.good, counted.scrap, counted.rework, counted.reworked].map(decimalOf) as Four;
  if (![good, scrap, rework, reworked].every((value) => fitsUnit(value, operation.unit)))
    return `${good} good, ${scrap} scrap, ${rework} rework: ${operation.unit} is counted in whole numbers`;
  if (compare(reworked, add(good, scrap)) > 0)
    return `${reworked} reworked of ${add(good, scrap)}: more came out of rework than was counted`;
  const lot = await lotFor(scope, floor, operation, event.ts);
  const key = [operation.id, lot, operation.kind, reason ?? ''].join(' ');
  const sum = tallies.get(key) ?? {
    operation,
    lot,
    reason,
    good: '0',
    scrap: '0',
    rework: '0',
    reworked: '0',
    messages: 0,
    devices: new Set<string>(),
  };
  sum.good = add(sum.good, good);
  sum.scrap = add(sum.scrap, scrap);
  sum.rework = add(sum.rework, rework);
  sum.reworked = add(sum.reworked, reworked);
  sum.messages += 1;
  sum.devices.add(event.device);
  tallies.set(key, sum);
  return null;
}

type Four = [string, string, string, string];

const decimals = 6;
const decimalOf = (value: number): string => canonical(new Decimal(value).toDecimalPlaces(decimals));

async function applyRun(scope: Scope, floor: Floor, event: DeviceEvent, { evaluators }: ProjectionPorts): Promise<string | null> {
  const bind = () => bindingAt(scope, floor, event.equipment, event.ts);
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
