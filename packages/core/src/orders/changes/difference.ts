import { canonical, compare } from '../../measure/index.js';
import type { LineRow } from '../ledger/repository.js';
import type { MilestoneRow, Scheduled, ScheduleRow } from '../order/plan-repository.js';
import type { OrderRow } from '../order/repository.js';
import { changesErrors } from './errors.js';
import type { ChangeTerms, Difference, LineChange } from './schema.js';

type Json = Difference['before'];

/** An order as its terms are compared. */
export interface AgreedOrder {
  readonly order: Pick<OrderRow, 'due_on' | 'incoterms' | 'incoterms_place' | 'payment_days'>;
  readonly lines: readonly LineRow[];
  readonly schedule: readonly ScheduleRow[];
  readonly milestones: readonly MilestoneRow[];
}

/**
 * What the terms would change of the order, in the order of its lines; values that are equal are left out.
 * Throws `changes.line_twice`, `changes.milestone_unknown`; a line that the order lacks is the caller's to refuse.
 */
export function differencesOf(agreed: AgreedOrder, terms: ChangeTerms): Difference[] {
  const { order } = agreed;
  const whole = (field: string, before: Json, after: Json | undefined) => differing({ line: null, position: null, field, before, after });
  const incoterms = order.incoterms === null ? null : { rule: order.incoterms, place: order.incoterms_place };
  return [
    ...whole('dueOn', order.due_on, terms.dueOn),
    ...whole('incoterms', incoterms, terms.incoterms),
    ...whole('paymentDays', order.payment_days, terms.paymentDays),
    ...changedMilestones(agreed.milestones, terms),
    ...(terms.lines ?? []).flatMap((change, index, all) => {
      const line = agreed.lines.find(({ id }) => id === change.line);
      if (!line) return [];
      if (all.findIndex((each) => each.line === change.line) !== index) throw changesErrors.line_twice({ line: line.position });
      return lineDifferences(line, agreed.schedule, change);
    }),
    ...(terms.addLines ?? []).map((line, index) => ({
      ...{ line: null, position: agreed.lines.length + index + 1, field: 'line', before: null },
      after: line as unknown as Json,
    })),
  ];
}

function lineDifferences(line: LineRow, schedule: readonly ScheduleRow[], change: LineChange): Difference[] {
  const of = { line: line.id, position: line.position };
  const text = (field: string, before: Json, after: Json | undefined) => differing({ ...of, field, before, after });
  const number = (field: string, before: string, after: string | undefined) =>
    differing({ ...of, field, before: canonical(before), after: after === undefined ? undefined : canonical(after) });
  const parts = schedule.filter((part) => part.line_id === line.id).map((part) => ({ dueOn: part.due_on, quantity: part.quantity }));
  if (change.quantity !== undefined && compare(change.quantity, '0') === 0)
    return [{ ...of, field: 'line', before: line.description, after: null }];
  return [
    ...text('description', line.description, change.description),
    ...specificationDifferences(of, line.specification, change.specification),
    ...number('quantity', line.ordered, change.quantity),
    ...number('unitPrice', line.unit_price, change.unitPrice),
    ...text('dueOn', line.due_on, change.dueOn),
    ...number('taxRate', line.tax_rate, change.taxRate),
    ...number('overTolerance', line.over_tolerance, change.overTolerance),
    ...number('underTolerance', line.under_tolerance, change.underTolerance),
    ...text('schedule', inOrder(parts), change.schedule && inOrder(change.schedule)),
  ];
}

const inOrder = (schedule: readonly Scheduled[]): Json =>
  schedule.map(({ dueOn, quantity }) => ({ dueOn, quantity: canonical(quantity) })).sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));

type Of = Pick<Difference, 'line' | 'position'>;
type Specified = Exclude<LineRow['specification'], string>;

/** Field by field, however deep, so that a person sees what of a configured product is another. */
function specificationDifferences(of: Of, before: LineRow['specification'], after: LineChange['specification']): Difference[] {
  if (after === undefined) return [];
  const was = (before as Specified) ?? { schema: null, value: {} };
  return [
    ...differing({ ...of, field: 'specification', before: was.schema, after: after.schema }),
    ...deep(was.value as Json, after.value as Json, 'specification', of),
  ];
}

const isPlain = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);

function deep(before: Json, after: Json, field: string, of: Of): Difference[] {
  if (!isPlain(before) || !isPlain(after)) return differing({ ...of, field, before, after });
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => deep(before[name] ?? null, after[name] ?? null, `${field}.${name}`, of));
}

function changedMilestones(
  milestones: readonly MilestoneRow[],
  { milestones: changed = [], addMilestones = [] }: ChangeTerms,
): Difference[] {
  const none = { line: null, position: null, field: 'milestone' };
  return [
    ...changed.flatMap(({ milestone, name, dueOn }) => {
      const row = milestones.find(({ id, reached_at }) => id === milestone && reached_at === null);
      if (!row) throw changesErrors.milestone_unknown({ milestone });
      const before = { name: row.name, dueOn: row.due_on };
      return differing({ ...none, before, after: { name: name ?? row.name, dueOn: dueOn ?? row.due_on } });
    }),
    ...addMilestones.map((after) => ({ ...none, before: null, after })),
  ];
}

function differing({ after, ...rest }: Omit<Difference, 'after'> & { readonly after: Json | undefined }): Difference[] {
  return after === undefined || JSON.stringify(rest.before) === JSON.stringify(after) ? [] : [{ ...rest, after }];
}
