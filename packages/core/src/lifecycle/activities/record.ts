import type { z } from 'zod';
import { createRecord, type NewParty, organizationByCode } from '../../access/index.js';
import { requestErrors } from '../../commands/index.js';
import { newId, type OrganizationId, type RecordId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { add, canonical, compare, fitsUnit } from '../../measure/index.js';
import { lifecycleErrors } from '../errors.js';
import { requireNoCycle } from '../genealogy/cycles.js';
import { countIntoLot } from '../lots/lots.js';
import { codeOf, findThings, type Thing } from '../things.js';
import type { UnitRow } from '../units/repository.js';
import { heldUnits, moveUnits } from '../units/units.js';
import { type ActivityRule, activityRules } from './kinds.js';
import {
  type ActivityRow,
  endInstallation,
  insertActivity,
  insertActivityThings,
  insertEdges,
  type NewEdge,
  type Part,
} from './repository.js';
import { type NewActivity, recordActivityInput } from './schema.js';
import { consumeFromLot, inTheirLots, leaveStock, shipLot, shipSingly, visibleLots } from './stock.js';

type Input = z.output<typeof recordActivityInput>;

interface Named extends Part {
  readonly what: Thing;
  /** Whether the caller said how much. */
  readonly counted: boolean;
}

/** What is about to happen: read, locked and checked. */
interface Plan {
  readonly input: Input;
  readonly rule: ActivityRule;
  readonly activity: Pick<ActivityRow, 'id' | 'kind' | 'at'>;
  readonly inputs: readonly Named[];
  readonly outputs: readonly Named[];
  readonly receiver: OrganizationId | null;
}

/**
 * Records what happened to lots and units, with all that follows: quantities leave and enter lots, units change their states
 * and hands, the genealogy grows and ends. The parties are the performer, the receiver and those that it is shared with.
 * Errors: `request.not_found` for a thing that is hidden or absent, and those of lifecycle that name what is wrong.
 */
export async function recordActivity(scope: Scope, given: NewActivity): Promise<RecordId> {
  const plan = await planActivity(scope, recordActivityInput.parse(given));
  const { activity, rule } = plan;
  const edges = await edgesOf(scope, plan);
  await writeActivity(scope, plan);
  await insertEdges(scope, activity, edges);
  await takeInputs(scope, plan);
  await giveOutputs(scope, plan);
  if (rule.genealogy === 'forward') await replaceAtPositions(scope, plan);
  const body = { kind: activity.kind, inputs: plan.inputs.length, outputs: plan.outputs.length };
  await appendEvent(scope, { type: 'lifecycle.activity_recorded', record: activity.id, body });
  return activity.id;
}

async function planActivity(scope: Scope, input: Input): Promise<Plan> {
  const rule = activityRules[input.kind];
  requireShape(input, rule);
  const at = input.at === undefined ? scope.now : new Date(input.at);
  if (at > scope.now) throw lifecycleErrors.activity_in_future({ at: at.toISOString(), now: scope.now.toISOString() });
  const receiver = input.receiver === undefined ? null : await organizationOf(scope, input.receiver);
  const things = await lockedThings(
    scope,
    [...input.inputs, ...input.outputs].map(({ thing }) => thing),
  );
  const named = (role: Part['role']) => input[`${role}s`].map((each) => nameThing(things, role, each));
  const plan = {
    input,
    rule,
    activity: { id: newId<'record'>(), kind: input.kind, at },
    inputs: named('input'),
    outputs: named('output'),
    receiver,
  };
  requireOnce(plan);
  requireOwnOutputs(scope, plan);
  requireConserved(plan);
  if (input.kind !== 'inspected') await heldUnits(scope, unitsIn([...plan.inputs, ...plan.outputs]));
  return plan;
}

function requireShape({ kind, inputs, outputs, receiver }: Input, rule: ActivityRule): void {
  const least = rule.inputs === 'optional' ? 0 : 1;
  const most = rule.inputs === 'one' ? 1 : Number.POSITIVE_INFINITY;
  if (inputs.length < least || inputs.length > most || (rule.outputs === 'required') !== outputs.length > 0)
    throw lifecycleErrors.activity_shape({ kind, inputs: inputs.length, outputs: outputs.length });
  if ((kind === 'shipped') !== (receiver !== undefined)) throw lifecycleErrors.receiver_of_shipment({ kind });
}

async function organizationOf(scope: Scope, code: string): Promise<OrganizationId> {
  const found = await organizationByCode(scope, code);
  if (!found) throw requestErrors.not_found({ kind: 'organization' });
  return found.id;
}

/** What is named, as it is now: own lots locked first, then the units that are held, each in the order of their ids. */
async function lockedThings(scope: Scope, ids: readonly string[]): Promise<Map<string, Thing>> {
  const things = await findThings(scope, ids);
  if (ids.some((id) => !things.has(id))) throw requestErrors.not_found({ kind: 'lot or unit' });
  const lots = [...things.values()].filter(({ kind }) => kind === 'lot').map(({ row }) => row.id);
  for (const row of await visibleLots(scope, lots)) things.set(row.id, { kind: 'lot', row });
  return things;
}

function nameThing(things: ReadonlyMap<string, Thing>, role: Part['role'], given: Input['inputs'][number]): Named {
  const what = things.get(given.thing);
  if (!what) throw requestErrors.not_found({ kind: 'lot or unit' });
  const unit = what.kind === 'lot' ? what.row.unit : 'H87';
  const quantity = what.kind === 'unit' ? '1' : (given.quantity ?? '0');
  if (what.kind === 'unit' && given.quantity !== undefined && compare(given.quantity, '1') !== 0)
    throw lifecycleErrors.unit_is_one({ unit: what.row.serial, quantity: given.quantity });
  if (!fitsUnit(quantity, unit)) throw lifecycleErrors.not_whole({ value: quantity, unit });
  return {
    role,
    thing: what.row.id,
    quantity: canonical(quantity),
    unit,
    position: given.position ?? null,
    what,
    counted: given.quantity !== undefined,
  };
}

/** A unit is named once; nothing comes out of itself. */
function requireOnce({ inputs, outputs }: Plan): void {
  const seen = new Set<string>();
  for (const { what, role } of [...inputs, ...outputs]) {
    const other = role === 'output' && inputs.some((input) => input.thing === what.row.id);
    if (other || (what.kind === 'unit' && seen.has(what.row.id))) throw lifecycleErrors.named_twice({ thing: codeOf(what) });
    seen.add(what.row.id);
  }
}

function requireOwnOutputs(scope: Scope, { outputs, input: { kind }, rule, inputs }: Plan): void {
  for (const { what } of outputs) {
    if (what.kind !== 'lot') continue;
    if (what.row.organization !== scope.organization) throw lifecycleErrors.not_the_maker({ lot: what.row.code });
    if (what.row.state !== 'open' && what.row.state !== 'closed')
      throw lifecycleErrors.wrong_state({ lot: what.row.code, state: what.row.state, event: kind });
  }
  if (!rule.consumes) return;
  const without = inputs.find(({ what, counted }) => what.kind === 'lot' && !counted);
  if (without) throw lifecycleErrors.quantity_missing({ lot: codeOf(without.what) });
}

/** Splitting and merging make nothing: what comes out is no more than what goes in. */
function requireConserved({ input: { kind }, inputs, outputs }: Plan): void {
  if (kind !== 'split' && kind !== 'merged') return;
  const units = new Set([...inputs, ...outputs].map(({ unit }) => unit));
  if (units.size > 1) throw lifecycleErrors.units_differ({ kind, units: [...units].join(', ') });
  const [into, out] = [sumOf(inputs), sumOf(outputs)];
  if (compare(out, into) > 0) throw lifecycleErrors.more_than_went_in({ kind, into, out });
}

const sumOf = (parts: readonly Named[]): string => add('0', ...parts.map(({ quantity }) => quantity));
const unitsIn = (parts: readonly Named[]): UnitRow[] => parts.flatMap(({ what }) => (what.kind === 'unit' ? [what.row] : []));

async function edgesOf(scope: Scope, { rule, inputs, outputs }: Plan): Promise<NewEdge[]> {
  if (rule.genealogy === 'none' || inputs.length === 0) return [];
  const pairs = inputs.flatMap((input) => outputs.map((output) => ({ input, output })));
  if (rule.genealogy === 'forward') {
    await requireNoCycle(scope, { inputs: inputs.map(({ thing }) => thing), outputs: outputs.map(({ thing }) => thing) });
    return pairs.map(({ input, output }) => edge(input, output, input));
  }
  // A part that was built in comes out again by the end of that; only one that nobody knew of comes from the whole.
  const fresh = pairs.filter(({ output }) => !(output.what.kind === 'unit' && output.what.row.state === 'installed'));
  if (fresh.length > 0)
    await requireNoCycle(scope, { inputs: fresh.map(({ input }) => input.thing), outputs: fresh.map(({ output }) => output.thing) });
  return fresh.map(({ input, output }) => edge(input, output, output));
}

const edge = (input: Named, output: Named, measured: Named): NewEdge => ({
  input: input.thing,
  output: output.thing,
  quantity: measured.quantity,
  unit: measured.unit,
  position: measured.position,
});

async function writeActivity(scope: Scope, { input, activity, inputs, outputs, receiver }: Plan): Promise<void> {
  const shared = new Set<OrganizationId>(receiver ? [receiver] : []);
  for (const code of input.sharedWith) shared.add(await organizationOf(scope, code));
  shared.delete(scope.organization);
  const parties: NewParty[] = [
    { organization: scope.organization, role: 'performer' },
    ...[...shared].map((organization) => ({ organization, role: organization === receiver ? 'receiver' : 'partner' })),
  ];
  await createRecord(scope, { id: activity.id, kind: 'activity', parties });
  await insertActivity(scope, {
    ...activity,
    place: input.place ?? null,
    receiver,
    equipment_id: input.equipment ?? null,
    run_id: input.run ?? null,
    note: input.note ? input.note : null,
    details: input.details,
  });
  await insertActivityThings(scope, activity, [...inputs, ...outputs]);
}

async function takeInputs(scope: Scope, { input: { kind }, rule, inputs, receiver }: Plan): Promise<void> {
  if (!rule.consumes) return;
  const units = unitsIn(inputs);
  if (kind === 'shipped' && receiver) {
    const lots = inputs.flatMap(({ what, quantity }) => (what.kind === 'lot' ? [{ lot: what.row, taken: quantity }] : []));
    const lying = await inTheirLots(scope, units);
    for (const { lot, taken } of lots) {
      const named = lying.filter((each) => each.lot === lot.id).map(({ unit }) => unit.id);
      await shipLot(scope, lot, { taken, receiver, units: named.length > 0 ? named : undefined });
    }
    const withTheirLot = new Set<string>(lots.map(({ lot }) => lot.id));
    await shipSingly(
      scope,
      units.filter(({ id }) => !lying.some(({ unit, lot }) => unit.id === id && withTheirLot.has(lot))),
      receiver,
    );
    return;
  }
  for (const { what, quantity } of inputs) if (what.kind === 'lot') await consumeFromLot(scope, what.row, quantity);
  if (rule.inputEvent === null) return;
  await leaveStock(scope, units);
  await moveUnits(scope, units, rule.inputEvent);
}

async function giveOutputs(scope: Scope, { activity, rule, inputs, outputs }: Plan): Promise<void> {
  for (const { what, counted, quantity } of outputs) if (what.kind === 'lot' && counted) await countIntoLot(scope, what.row.id, quantity);
  if (rule.genealogy !== 'reverse') return;
  const whole = inputs.find(({ what }) => what.kind === 'unit');
  for (const { what, thing } of outputs) {
    if (what.kind !== 'unit' || what.row.state !== 'installed') continue;
    const ended = whole ? await endInstallation(scope, whole.thing, { part: thing }, activity) : 0;
    if (ended === 0) throw lifecycleErrors.not_installed({ part: what.row.serial, whole: whole ? codeOf(whole.what) : '–' });
  }
}

/** What sat where a new part is put has been replaced by it. */
async function replaceAtPositions(scope: Scope, { input: { kind }, activity, inputs, outputs }: Plan): Promise<void> {
  if (kind !== 'installed' && kind !== 'serviced') return;
  for (const whole of outputs) {
    if (whole.what.kind !== 'unit') continue;
    for (const { position } of inputs) if (position !== null) await endInstallation(scope, whole.thing, { position }, activity);
  }
}
