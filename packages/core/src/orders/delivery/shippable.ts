import { canonical, convert, Decimal, fitsUnit } from '../../measure/index.js';
import type { LineRow } from '../ledger/repository.js';
import { ordersErrors } from '../order/errors.js';
import type { OpenMove } from '../order/moves.js';
import { inStock, shippable } from '../order/states.js';

/**
 * A quantity in the unit of the line, exactly; throws `measure.not_convertible` and `measure.not_exact` with both units, and
 * `orders.not_whole`.
 */
export function inUnitOf(line: Pick<LineRow, 'unit'>, value: string, unit: string | undefined): string {
  const converted = canonical(convert(value, unit ?? line.unit, line.unit));
  requireWhole(converted, line);
  return converted;
}

/** Whether so much of the line may be shipped: no more than is owed and tolerated, and no more than was produced. */
export function requireShippable(line: LineRow, asked: string): void {
  const { position, ordered, shipped, rejected, returned, produced, over_tolerance } = line;
  const numbers = { line: position, asked: canonical(asked), shipped: canonical(shipped) };
  const most = shippable(line);
  if (most.lt(asked)) {
    const left = canonical(Decimal.max(most, 0).toDecimalPlaces(6, Decimal.ROUND_DOWN));
    const more = { rejected: canonical(rejected), returned: canonical(returned), tolerance: canonical(over_tolerance) };
    throw ordersErrors.ships_more_than_owed({ ...numbers, ...more, left, ordered: canonical(ordered) });
  }
  if (inStock(line).lt(asked)) {
    throw ordersErrors.ships_more_than_produced({ ...numbers, left: canonical(inStock(line)), produced: canonical(produced) });
  }
}

export function lineOf({ lines }: Pick<OpenMove, 'lines'>, id: string): LineRow {
  const line = lines.find((candidate) => candidate.id === id);
  if (!line) throw ordersErrors.line_unknown({ line: id });
  return line;
}

export function requireWhole(value: string, line: Pick<LineRow, 'unit'>): void {
  if (!fitsUnit(value, line.unit)) throw ordersErrors.not_whole({ value, unit: line.unit });
}
