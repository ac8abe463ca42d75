import type { z } from 'zod';
import { createRecord } from '../../access/index.js';
import { requestErrors } from '../../commands/index.js';
import { newId, type RecordId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { add, canonical, compare, fitsUnit, subtract } from '../../measure/index.js';
import { insertActivity, insertActivityThings, insertEdges, type NewEdge, type Part } from '../activities/repository.js';
import { heldOf, useUp, visibleLots } from '../activities/stock.js';
import { lifecycleErrors } from '../errors.js';
import { assignIdentifiers } from '../identifiers/identifiers.js';
import type { NewIdentifier } from '../identifiers/schema.js';
import { lockUnitsOfLot, type UnitRow } from '../units/repository.js';
import { stockStates } from '../units/states.js';
import { chosenUnits } from '../units/units.js';
import { openLot, viewLots } from './lots.js';
import { placeUnits, restoreHolding } from './part-repository.js';
import type { mergedLotSchema, mergeLotsInput, splitLotInput, splitLotSchema } from './part-schema.js';
import { findLots, insertRelease, type LotRow, lockHolding, updateLot } from './repository.js';
import type { GateFinding } from './schema.js';
import { type LotState, lotEventWords, lotStateWords } from './states.js';

/** Part of a lot that the organization holds, with the units that go along. */
export interface Taken {
  readonly lot: LotRow;
  readonly quantity: string;
  readonly units: readonly UnitRow[];
}

export interface NewPart {
  readonly code?: string | undefined;
  readonly quantity: string;
  readonly units?: readonly string[] | undefined;
  readonly item?: string | null | undefined;
  readonly identifiers?: readonly NewIdentifier[] | undefined;
}

/** How the state of a lot passes to what is taken out of it: a received lot counts as released unless its maker has blocked it. */
const inherited: Readonly<Record<LotState, 'blocked' | 'closed' | 'released' | null>> = {
  open: null,
  closed: 'closed',
  blocked: 'blocked',
  released: 'released',
  shipped: 'released',
};

/**
 * Makes parts of a lot that the organization holds lots of its own, each with a code of its own; what is left stays in the lot. The
 * sum is what went in, units go with their part, and the state passes on. Only the organization learns of it, the lot's maker does
 * not. Errors: `request.not_found`, `lifecycle.version_stale`, `.not_held`, `.wrong_state`, `.holds_less`, `.not_whole`,
 * `.units_to_name`, `.units_not_of_lot`, `.code_taken`.
 */
export async function splitLot(
  scope: Scope,
  { lot: id, version, parts }: z.output<typeof splitLotInput>,
): Promise<z.infer<typeof splitLotSchema>> {
  const { lot } = await heldLot(scope, id, version);
  const made = await takeParts(scope, lot, parts);
  const [after] = await findLots(scope, [lot.id]);
  const [view, ...views] = await viewLots(scope, [after ?? lot, ...made]);
  return { lot: view as (typeof views)[number], parts: views };
}

/** As `splitLot`, for whoever moves lots within a transaction of their own and has locked the lot; gives the parts. */
export async function takeParts(scope: Scope, lot: LotRow, parts: readonly NewPart[]): Promise<LotRow[]> {
  const state = passedOn(lot, 'split');
  const taken: Taken[] = [];
  const made: { lot: LotRow; taken: Taken }[] = [];
  for (const part of parts) {
    const each = await takeFrom(scope, lot, { ...part, gone: taken });
    taken.push(each);
    const item = part.item ?? (lot.organization === scope.organization ? lot.item : null);
    made.push({ lot: await newPart(scope, { ...part, unit: lot.unit, item, state, from: [lot] }), taken: each });
  }
  await recordParts(scope, 'split', { inputs: [{ lot, quantity: sumOf(taken), units: [] }], outputs: made });
  const body = {
    code: lot.code,
    unit: lot.unit,
    parts: made.map((part) => ({ lot: part.lot.id, code: part.lot.code, quantity: part.taken.quantity })),
  };
  await appendEvent(scope, { type: 'lifecycle.lot_split', record: lot.id, private: true, body });
  return made.map((part) => part.lot);
}

/**
 * Makes lots that the organization holds, whoever made them, one lot of its own. It is blocked when one of them is, and awaits
 * release when one of them does. Errors as for `splitLot`, and `lifecycle.named_twice`, `.units_differ`, `.items_differ`.
 */
export async function mergeLots(scope: Scope, input: z.output<typeof mergeLotsInput>): Promise<z.infer<typeof mergedLotSchema>> {
  const named = new Set(input.lots.map(({ lot }) => lot));
  // Before anything is said of any of them.
  if ((await findLots(scope, [...named])).length < named.size) throw requestErrors.not_found({ kind: 'lot' });
  const sorted = [...input.lots].sort((a, b) => (a.lot < b.lot ? -1 : 1));
  const taken: Taken[] = [];
  for (const { lot: id, version, quantity, units } of sorted) {
    const { lot, left } = await heldLot(scope, id, version);
    if (named.size < input.lots.length && sorted.filter((each) => each.lot === id).length > 1)
      throw lifecycleErrors.named_twice({ thing: lot.code });
    taken.push(await takeFrom(scope, lot, { quantity: quantity ?? left, units, gone: [] }));
  }
  const lots = taken.map(({ lot }) => lot);
  requireAlike(lots);
  const states = lots.map((lot) => passedOn(lot, 'merge'));
  const state = states.includes('blocked') ? 'blocked' : states.includes('closed') ? 'closed' : 'released';
  const quantity = sumOf(taken);
  const item = lots[0]?.item ?? null;
  const made = await newPart(scope, { ...input, quantity, unit: lots[0]?.unit ?? '', item, state, from: lots });
  const all = { lot: made, quantity, units: taken.flatMap(({ units }) => units) };
  await recordParts(scope, 'merged', { inputs: taken, outputs: [{ lot: made, taken: all }] });
  const body = { code: made.code, unit: made.unit, quantity, from: lots.map(({ id, code }) => ({ lot: id, code })) };
  await appendEvent(scope, { type: 'lifecycle.lots_merged', record: made.id, private: true, body });
  const [view] = await viewLots(scope, [made]);
  return { lot: view as NonNullable<typeof view> };
}

/** A lot of which the organization holds something, locked, at the version that the caller saw, with how much is left. */
export async function heldLot(scope: Scope, id: string, version?: number): Promise<{ lot: LotRow; left: string }> {
  const [seen] = await visibleLots(scope, [id]);
  if (!seen) throw requestErrors.not_found({ kind: 'lot' });
  const left = await heldOf(scope, seen);
  // Read again: whoever waited for the lock sees what the other left.
  const [lot] = await findLots(scope, [id]);
  if (!lot) throw requestErrors.not_found({ kind: 'lot' });
  if (version !== undefined && lot.version !== version) throw lifecycleErrors.version_stale({ current: lot.version, sent: version });
  return { lot, left };
}

/** What is left of a lot to be taken without naming units: nothing when it has units with serial numbers. Locks what is held of it. */
export async function unnumberedLeft(scope: Scope, lot: RecordId): Promise<string> {
  const { left } = await heldLot(scope, lot);
  return (await lockUnitsOfLot(scope, lot, stockStates)).length > 0 ? '0' : left;
}

function passedOn(lot: LotRow, event: 'split' | 'merge') {
  const state = inherited[lot.state];
  if (state !== null) return state;
  throw lifecycleErrors.wrong_state({ lot: lot.code, state: lotStateWords[lot.state].en, event, before: lotEventWords.close.en });
}

interface Wanted {
  readonly quantity: string;
  readonly units?: readonly string[] | undefined;
  /** What was already taken in the same breath. */
  readonly gone: readonly Taken[];
}

async function takeFrom(scope: Scope, lot: LotRow, { quantity, units: named, gone }: Wanted): Promise<Taken> {
  if (!fitsUnit(quantity, lot.unit)) throw lifecycleErrors.not_whole({ value: quantity, unit: lot.unit });
  const left = subtract(await heldOf(scope, lot), sumOf(gone));
  if (compare(quantity, '0') <= 0 || compare(quantity, left) > 0)
    throw lifecycleErrors.holds_less({ lot: lot.code, left, asked: canonical(quantity), unit: lot.unit });
  const before = new Set(gone.flatMap(({ units }) => units.map(({ id }) => id)));
  const stock = (await lockUnitsOfLot(scope, lot.id, stockStates)).filter(({ id }) => !before.has(id));
  if (named === undefined && stock.length > 0 && compare(quantity, left) < 0)
    throw lifecycleErrors.units_to_name({ lot: lot.code, taken: canonical(quantity), left, units: stock.length });
  const units = named === undefined ? stock : chosenUnits(lot, stock, quantity, named);
  return { lot, quantity: canonical(quantity), units };
}

const sumOf = (taken: readonly Pick<Taken, 'quantity'>[]): string => add('0', ...taken.map(({ quantity }) => quantity));

function requireAlike(lots: readonly LotRow[]): void {
  const units = new Set(lots.map(({ unit }) => unit));
  if (units.size > 1) throw lifecycleErrors.units_differ({ kind: 'merged', units: [...units].join(', ') });
  const other = lots.find(({ item }) => item !== lots[0]?.item);
  if (other) throw lifecycleErrors.items_differ({ lot: lots[0]?.code ?? '', other: other.code });
}

interface MadePart extends Omit<NewPart, 'item'> {
  readonly unit: string;
  readonly item: string | null;
  readonly state: 'blocked' | 'closed' | 'released';
  readonly from: readonly LotRow[];
}

async function newPart(scope: Scope, { code, quantity, unit, item, state, from, identifiers = [] }: MadePart): Promise<LotRow> {
  const opened = await openLot(scope, { code: code ?? `P${newId().slice(-12).toUpperCase()}`, unit, item });
  const released = state === 'released' ? scope.now : null;
  const lot = await updateLot(scope, opened.id, {
    quantity: canonical(quantity),
    state,
    closed_at: scope.now,
    released_at: released,
    version: opened.version + 1,
  });
  if (released) await insertRelease(scope, lot.id, from.map(inheritedRelease));
  const received = from.filter(({ organization }) => organization !== scope.organization);
  const makersCodes = [...new Set(received.map((each) => each.code))].map((value) => ({ scheme: 'batch', value, shared: false }));
  await assignIdentifiers(
    scope,
    [...makersCodes, ...identifiers].map((identifier) => ({ ...identifier, thing: lot.id })),
  );
  return lot;
}

function inheritedRelease(lot: LotRow): GateFinding {
  return {
    predicate: 'lifecycle.released_before',
    predicateWords: { en: 'What it was taken from is released', zh: '来源批次已放行' },
    holds: true,
    words: { en: `Lot ${lot.code} is released.`, zh: `批次 ${lot.code} 已放行。` },
    evidence: [{ kind: 'lot', id: lot.id }],
  };
}

interface Exchange {
  readonly inputs: readonly Taken[];
  readonly outputs: readonly { readonly lot: LotRow; readonly taken: Taken }[];
}

/** The activity with its edges: from each input to each output, and from the output to the units that lie in it now. */
async function recordParts(scope: Scope, kind: 'split' | 'merged', { inputs, outputs }: Exchange): Promise<void> {
  const activity = { id: newId<'record'>(), kind, at: scope.now } as const;
  await createRecord(scope, { id: activity.id, kind: 'activity', parties: [{ organization: scope.organization, role: 'performer' }] });
  await insertActivity(scope, { ...activity, receiver: null, place: null, equipment_id: null, run_id: null, note: null, details: {} });
  const part = (role: Part['role'], { lot, quantity }: Pick<Taken, 'lot' | 'quantity'>): Part => ({
    ...{ role, thing: lot.id, quantity, unit: lot.unit, position: null },
  });
  await insertActivityThings(scope, activity, [
    ...inputs.map((each) => part('input', each)),
    ...outputs.map(({ lot, taken }) => part('output', { lot, quantity: taken.quantity })),
  ]);
  const edges: NewEdge[] = outputs.flatMap(({ lot: output, taken }) => [
    ...inputs.map(({ lot, quantity }) => edge(lot.id, output, kind === 'split' ? taken.quantity : quantity)),
    ...taken.units.map(({ id }) => ({ ...edge(output.id, output, '1'), output: id })),
  ]);
  await insertEdges(scope, activity, edges);
  for (const { lot, quantity } of inputs) await useUp(scope, lot, quantity);
  for (const { lot, taken } of outputs) {
    await placeUnits(
      scope,
      lot.id,
      taken.units.map(({ id }) => id),
    );
  }
}

const edge = (input: RecordId, { id: output, unit }: LotRow, quantity: string): NewEdge => ({
  input,
  output,
  quantity,
  unit,
  position: null,
});

/**
 * Puts part of a lot back into the received lot that it was taken from: it is in the holding again, and gone from the part. The
 * caller holds the lock of whatever made it a part. Throws `lifecycle.holds_less`.
 */
export async function putBackPart(
  scope: Scope,
  { part, source, quantity }: { part: string; source: RecordId; quantity: string },
): Promise<void> {
  const { lot, left } = await heldLot(scope, part);
  if (compare(quantity, left) > 0) throw lifecycleErrors.holds_less({ lot: lot.code, left, asked: canonical(quantity), unit: lot.unit });
  await useUp(scope, lot, quantity);
  const holding = await lockHolding(scope, source);
  if (!holding) throw lifecycleErrors.not_held({ thing: lot.code });
  await restoreHolding(scope, source, quantity);
}
