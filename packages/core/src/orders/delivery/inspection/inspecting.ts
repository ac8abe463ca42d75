import type { z } from 'zod';
import { newId, type Scope } from '../../../database/index.js';
import { atField } from '../../../errors/index.js';
import { add, canonical, compare, quantity } from '../../../measure/index.js';
import { enter, type LineRow, type ListedShipmentLine, type NewEntry } from '../../ledger/repository.js';
import { ordersErrors } from '../../order/errors.js';
import type { OrderEventBody } from '../../order/events.js';
import { beginMove, finishMove } from '../../order/moves.js';
import type { inspectInput, OrderView } from '../../order/schema.js';
import { uninspected } from '../../order/states.js';
import { creditKept } from '../../subcontract/credit.js';
import { deliveredLines, entryOf } from '../delivered.js';
import { deliveryErrors } from '../errors.js';
import { inUnitOf, lineOf } from '../shippable.js';
import { insertInspections, type NewInspection } from './repository.js';
import { codeLetterOf, passes } from './sampling.js';
import type { InspectedLine } from './schema.js';

type Told = OrderEventBody<'orders.inspected'>['lines'][number];

interface Verdict {
  readonly line: LineRow;
  readonly row: ListedShipmentLine;
  readonly accepted: string;
  readonly conceded: string;
  readonly rejected: string;
}

/** Accepts, concedes and rejects what was received, each by quantity with its reason. */
export async function inspect(scope: Scope, input: z.output<typeof inspectInput>): Promise<OrderView> {
  const move = await beginMove(scope, input, 'inspect');
  const rows = await deliveredLines(scope, move.order.id);
  const entries: NewEntry[] = [];
  const inspections: NewInspection[] = [];
  const told = input.lines.map((given, at): Told => {
    const row = rows.get(given.shipmentLine);
    if (!row) throw ordersErrors.shipment_unknown({ shipment: given.shipmentLine, field: `lines.${at}.shipmentLine` });
    const verdict = atField(`lines.${at}.accepted`, () => verdictOf(given, row, lineOf(move, row.line_id)));
    requirePlan(given, `lines.${at}`);
    rows.set(row.id, withVerdict(row, verdict));
    const made = entriesOf(verdict, given);
    entries.push(...made);
    inspections.push(inspectionOf(verdict, given, made.find(({ kind }) => kind === 'conceded')?.id ?? null));
    return tell(verdict, given);
  });
  await enter(scope, move.order.id, entries);
  await insertInspections(scope, move.order.id, inspections);
  await creditKept(scope, move.order, entries);
  return finishMove(scope, move, 'orders.inspected', { lines: told });
}

function verdictOf(given: InspectedLine, row: ListedShipmentLine, line: LineRow): Verdict {
  const [accepted, conceded, rejected] = [given.accepted, given.conceded, given.rejected].map((value) =>
    inUnitOf(line, value, given.unit),
  ) as [string, string, string];
  const asked = add(accepted, conceded, rejected);
  const left = uninspected(row);
  if (left.lt(asked)) {
    const numbers = { received: row.received, accepted: row.accepted, conceded: row.conceded, rejected: row.rejected };
    const shown = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, canonical(value)]));
    throw ordersErrors.inspects_more_than_received({ line: line.position, shipmentLine: row.id, ...shown, asked, left: canonical(left) });
  }
  return { line, row, accepted, conceded, rejected };
}

/** A plan that contradicts its standard, or its own finding, is not recorded. */
function requirePlan({ sampling, accepted }: InspectedLine, at: string): void {
  if (!sampling) return;
  const { standard, level, lotSize, codeLetter, nonconforming, acceptAt } = sampling;
  if (standard !== 'other' && level === 'II' && codeLetter !== codeLetterOf(lotSize))
    throw deliveryErrors.code_letter_differs({
      ...{ lotSize, right: codeLetterOf(lotSize), given: codeLetter },
      field: `${at}.sampling.codeLetter`,
    });
  if (!passes(sampling) && isPositive(accepted))
    throw deliveryErrors.sample_fails({ nonconforming, acceptAt, accepted, field: `${at}.accepted` });
}

const withVerdict = (row: ListedShipmentLine, { accepted, conceded, rejected }: Verdict): ListedShipmentLine => ({
  ...row,
  accepted: add(row.accepted, accepted),
  conceded: add(row.conceded, conceded),
  rejected: add(row.rejected, rejected),
});

function entriesOf({ row, accepted, conceded, rejected }: Verdict, { reason, concession }: InspectedLine): NewEntry[] {
  const made: NewEntry[] = [];
  if (isPositive(accepted)) made.push(entryOf(row, 'accepted', accepted, null));
  if (isPositive(conceded)) made.push({ ...entryOf(row, 'conceded', conceded, concession?.reason ?? null), id: newId() });
  if (isPositive(rejected)) made.push(entryOf(row, 'rejected', rejected, reason ?? null));
  return made;
}

function inspectionOf({ row, line, ...verdict }: Verdict, given: InspectedLine, concededEntry: string | null): NewInspection {
  const rejects = isPositive(verdict.rejected);
  return {
    id: newId(),
    shipment_line_id: row.id,
    line_id: line.id,
    ...verdict,
    rejection_code: rejects ? (given.reasonCode ?? 'other') : null,
    rejection_reason: rejects ? (given.reason ?? null) : null,
    concession_reason: given.concession?.reason ?? null,
    price_reduction: given.concession?.priceReduction ?? '0',
    conceded_entry: concededEntry,
    sampling: given.sampling ?? null,
  };
}

function tell({ row, line, accepted, conceded, rejected }: Verdict, { reason, reasonCode, concession }: InspectedLine): Told {
  return {
    line: line.id,
    shipmentLine: row.id,
    accepted: quantity(accepted, line.unit),
    conceded: quantity(conceded, line.unit),
    rejected: quantity(rejected, line.unit),
    reasonCode: isPositive(rejected) ? (reasonCode ?? 'other') : null,
    reason: reason ?? null,
    concession: concession ?? null,
  };
}

const isPositive = (value: string): boolean => compare(value, '0') > 0;
