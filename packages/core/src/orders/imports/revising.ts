import type { Scope } from '../../database/index.js';
import { add, canonical, compare, money, subtract } from '../../measure/index.js';
import type { Specification } from '../../production/index.js';
import { pricedLine, scheduled } from '../agreement/pricing.js';
import { type OrderOrigin, proposeOrder, specified } from '../agreement/proposing.js';
import { agreedTotals } from '../changes/applying.js';
import { reduce, relinquish } from '../ledger/relinquishing.js';
import { enter, insertLines, type LineRow, linesOf, updateLine } from '../ledger/repository.js';
import { beginMove, finishMove } from '../order/moves.js';
import { clearSchedule, insertSchedule, type ScheduleRow, scheduleOf } from '../order/plan-repository.js';
import { annotateOwnSide, type OrderRow } from '../order/repository.js';
import { orderStateWords } from '../order/words.js';
import type { OrderPorts } from '../service.js';
import { importsErrors } from './errors.js';
import type { KnownOrder } from './known.js';
import type { PutInput, PutOutcome } from './schema.js';

type Ports = Pick<OrderPorts, 'specifications'>;
type LineInput = PutInput['lines'][number];

/** What putting an order would do, by reading alone. */
export interface Assessment {
  readonly outcome: PutOutcome;
  readonly order: OrderRow | null;
  /** Names of what of the shared order would become another; empty when only one's own side changes. */
  readonly fields: readonly string[];
  readonly privateNote: boolean;
}

/**
 * Errors: `imports.not_yours`, `.fixed` (supplier and currency stay), `.awarded`, `.passed_on`, and `.agreed` once the order is not just
 * proposed and the input would change it; an order that is as the input says is unchanged in every state.
 */
export function assess(known: KnownOrder | undefined, input: PutInput): Assessment {
  if (!known) return { outcome: 'created', order: null, fields: [], privateNote: false };
  const { ownNumber: number } = input;
  if (known.role !== 'buyer') throw importsErrors.not_yours({ number });
  requireSame(known, input);
  const { order } = known;
  const fields = differing(known, input);
  const privateNote = input.privateNote !== undefined && (input.privateNote || null) !== known.privateNote;
  if (fields.length > 0) {
    const names = { number, fields: fields.join(', ') };
    if (order.state !== 'proposed') {
      const { en, zh } = orderStateWords[order.state];
      throw importsErrors.agreed({ ...names, state: order.state, stateEn: en.toLowerCase(), stateZh: zh });
    }
    if (order.quote_id !== null) throw importsErrors.awarded(names);
    if (known.servesAnother) throw importsErrors.passed_on(names);
  }
  return { outcome: fields.length > 0 || privateNote ? 'updated' : 'unchanged', order, fields, privateNote };
}

/** Makes the order of this own number, or makes it what the input says; the same input again changes nothing. */
export async function putOrder(
  scope: Scope,
  known: KnownOrder | undefined,
  input: PutInput,
  ports: Ports,
  origin: OrderOrigin = {},
): Promise<{ readonly outcome: PutOutcome; readonly order: OrderRow }> {
  const given = { ...input, lines: input.lines.map((line) => specified(line, ports.specifications)) };
  const { outcome, order, fields, privateNote } = assess(known, given);
  if (order === null) return { outcome, order: await proposeOrder(scope, input, ports, origin) };
  if (privateNote) await annotateOwnSide(scope, order.id, { private_note: input.privateNote || null });
  if (fields.length > 0) await revise(scope, order, given);
  return { outcome, order };
}

function requireSame({ order, supplier }: KnownOrder, input: PutInput): void {
  const number = input.ownNumber;
  if (supplier !== input.supplier) throw importsErrors.fixed({ number, fieldEn: 'supplier', fieldZh: '供应商', was: supplier });
  if (order.currency !== input.currency) throw importsErrors.fixed({ number, fieldEn: 'currency', fieldZh: '币种', was: order.currency });
}

function differing({ order, lines: all, schedule }: KnownOrder, input: PutInput): string[] {
  const fields: string[] = [];
  const incoterms = input.incoterms;
  if (order.due_on !== input.dueOn) fields.push('dueOn');
  if (input.note !== undefined && (input.note || null) !== order.note) fields.push('note');
  if (input.paymentDays !== undefined && input.paymentDays !== order.payment_days) fields.push('paymentDays');
  if (incoterms && (incoterms.rule !== order.incoterms || incoterms.place !== order.incoterms_place)) fields.push('incoterms');
  const lines = standing(all);
  if (lines.length !== input.lines.length) fields.push('lines');
  for (const [index, line] of lines.entries()) {
    const given = input.lines[index];
    if (given) fields.push(...lineDiffers(line, given, schedule).map((field) => `lines.${index}.${field}`));
  }
  return fields;
}

/** A line that was taken out keeps its place in the order, with nothing ordered of it; in a canceled order that is true of every line. */
function standing(lines: readonly LineRow[]): readonly LineRow[] {
  const ordered = lines.filter(({ ordered: left }) => compare(left, '0') > 0);
  return ordered.length > 0 ? ordered : lines;
}

function lineDiffers(line: LineRow, given: LineInput, schedule: readonly ScheduleRow[]): string[] {
  const decimal = (was: string, now: string | undefined) => now !== undefined && compare(was, now) !== 0;
  const spoken = schedule.filter(({ line_id }) => line_id === line.id);
  return Object.entries({
    description: line.description !== given.description,
    unit: line.unit !== given.quantity.unit,
    quantity: decimal(line.quantity, given.quantity.value),
    unitPrice: decimal(line.unit_price, given.unitPrice),
    taxRate: decimal(line.tax_rate, given.taxRate),
    overTolerance: decimal(line.over_tolerance, given.overTolerance),
    underTolerance: decimal(line.under_tolerance, given.underTolerance),
    dueOn: given.dueOn !== undefined && given.dueOn !== line.due_on,
    specification: given.specification !== undefined && ordered(given.specification) !== ordered(line.specification),
    schedule:
      given.schedule !== undefined &&
      scheduleText(given.schedule) !== scheduleText(spoken.map(({ due_on, quantity }) => ({ dueOn: due_on, quantity }))),
  })
    .filter(([, differs]) => differs)
    .map(([field]) => field);
}

const scheduleText = (parts: readonly { readonly dueOn: string; readonly quantity: string }[]): string =>
  parts
    .map(({ dueOn, quantity }) => `${dueOn} ${canonical(quantity)}`)
    .sort()
    .join();

const ordered = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

async function revise(scope: Scope, seen: OrderRow, input: PutInput): Promise<void> {
  const { order, next } = await beginMove(scope, { order: seen.id, version: seen.version }, 'revise');
  const schedule = await scheduleOf(scope, [order.id]);
  const lines = standing(await linesOf(scope, [order.id]));
  // A line keeps its unit: from the first that has another on, lines are taken out and put in anew.
  const firstOther = lines.findIndex((line, index) => input.lines[index] && line.unit !== input.lines[index]?.quantity.unit);
  const kept = firstOther < 0 ? Math.min(lines.length, input.lines.length) : firstOther;
  for (const [index, line] of lines.entries()) {
    const given = input.lines[index];
    if (index >= kept) await relinquish(scope, line, canonical(line.ordered), 'revised');
    else if (given && lineDiffers(line, given, schedule).length > 0) await reviseLine(scope, order, line, given);
  }
  const all = await linesOf(scope, [order.id]);
  const added = input.lines.slice(kept).map((line, index) => pricedLine(line, all.length + index + 1, order.currency));
  if (added.length > 0) {
    await insertLines(
      scope,
      order.id,
      added.map(({ schedule: _schedule, ...line }) => line),
    );
    await insertSchedule(scope, order.id, added);
    await enter(
      scope,
      order.id,
      added.map(({ id, quantity }) => ({ line: id, kind: 'ordered' as const, quantity, evidence: 'agreement' as const })),
    );
  }
  const totals = await agreedTotals(scope, order);
  const change = {
    ...totals,
    due_on: input.dueOn,
    ...(input.note === undefined ? {} : { note: input.note || null }),
    ...(input.paymentDays === undefined ? {} : { payment_days: input.paymentDays }),
    ...(input.incoterms ? { incoterms: input.incoterms.rule, incoterms_place: input.incoterms.place } : {}),
  };
  const body = { total: money(totals.total, order.currency), dueOn: input.dueOn };
  await finishMove(scope, { order, next }, 'orders.revised', body, undefined, change);
}

async function reviseLine(scope: Scope, order: OrderRow, line: LineRow, given: LineInput): Promise<void> {
  const more = subtract(given.quantity.value, line.ordered);
  if (compare(more, '0') > 0) {
    await updateLine(scope, line.id, { quantity: add(line.quantity, more) });
    await enter(scope, order.id, [{ line: line.id, kind: 'ordered', quantity: more, evidence: 'agreement', reason: 'revised' }]);
  } else if (compare(more, '0') < 0) {
    const less = subtract('0', more);
    await reduce(scope, line, less, 'revised');
    await updateLine(scope, line.id, { quantity: subtract(line.quantity, less) });
  }
  await updateLine(scope, line.id, {
    description: given.description,
    unit_price: canonical(given.unitPrice),
    ...(given.taxRate === undefined ? {} : { tax_rate: canonical(given.taxRate) }),
    ...(given.overTolerance === undefined ? {} : { over_tolerance: canonical(given.overTolerance) }),
    ...(given.underTolerance === undefined ? {} : { under_tolerance: canonical(given.underTolerance) }),
    ...(given.dueOn === undefined ? {} : { due_on: given.dueOn }),
    ...(given.specification === undefined
      ? {}
      : { specification: given.specification as Specification, specification_version: line.specification_version + 1 }),
  });
  if (given.schedule === undefined && compare(more, '0') === 0) return;
  await clearSchedule(scope, line.id);
  const { value: quantity, unit } = given.quantity;
  const parts = scheduled(given.schedule ?? [], { position: line.position, quantity, unit });
  await insertSchedule(scope, order.id, [{ id: line.id, schedule: parts }]);
}
