import { newId, type RecordId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { subject } from './evaluation.js';
import { insertRun, lockRunByKey, updateRun } from './run-repository.js';

/** What a run works for. */
export interface RunBinding {
  readonly job: RecordId;
  readonly operation: string;
  readonly lot: RecordId;
}

interface RunMessage {
  readonly equipment: RecordId;
  readonly key: string;
  readonly at: Date;
}

type Bind = () => Promise<RunBinding | null>;
/** How long after its end a run still gets samples; null: nobody evaluates it. */
type Tail = () => Promise<number | null>;

/** Idempotent by equipment and key; also when the end came first. */
export async function runStarted(
  scope: Scope,
  message: RunMessage & { readonly program: string | null },
  bind: Bind,
  tail: Tail,
): Promise<void> {
  const { equipment, key, at, program } = message;
  const run = await lockRunByKey(scope, equipment, key);
  if (run?.started_at) return;
  const id = run?.id ?? newId();
  if (run) {
    await updateRun(scope, id, { started_at: at, seen_at: at, program, evaluate_at: dueAt(run.ended_at ?? at, await tail()) });
  } else {
    const bound = await bind();
    await insertRun(scope, {
      id,
      equipment_id: equipment,
      key,
      program,
      state: 'running',
      started_at: at,
      ended_at: null,
      seen_at: at,
      operation_id: bound?.operation ?? null,
      lot_id: bound?.lot ?? null,
      evaluate_at: null,
    });
    await appendEvent(scope, {
      type: 'production.run_started',
      ...subject(bound?.job ?? null, equipment),
      body: { run: id, key, equipment, program },
    });
  }
}

/** The units leave the equipment at the end of the run, so the end decides which operation and lot it belongs to. */
export async function runEnded(scope: Scope, { equipment, key, at }: RunMessage, bind: Bind, tail: Tail): Promise<void> {
  const run = await lockRunByKey(scope, equipment, key);
  if (run?.ended_at) return;
  const bound = await bind();
  const id = run?.id ?? newId();
  if (run) {
    await updateRun(scope, id, {
      state: 'ended',
      ended_at: at,
      evaluate_at: dueAt(at, await tail()),
      ...(bound ? { operation_id: bound.operation, lot_id: bound.lot } : {}),
    });
  } else {
    await insertRun(scope, {
      id,
      equipment_id: equipment,
      key,
      program: null,
      state: 'ended',
      started_at: null,
      ended_at: at,
      seen_at: at,
      operation_id: bound?.operation ?? null,
      lot_id: bound?.lot ?? null,
      evaluate_at: null,
    });
  }
  await appendEvent(scope, {
    type: 'production.run_ended',
    ...subject(bound?.job ?? null, equipment),
    body: { run: id, key, equipment, endedBySilence: false },
  });
}

const dueAt = (endedAt: Date, tailMs: number | null): Date | null => (tailMs === null ? null : new Date(endedAt.getTime() + tailMs));
