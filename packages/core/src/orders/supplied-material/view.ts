import { organizationNames } from '../../access/index.js';
import type { Scope } from '../../database/index.js';
import { add, canonical, Decimal, quantity } from '../../measure/index.js';
import { linesOf } from '../ledger/repository.js';
import type { OrderRow } from '../order/repository.js';
import { lotBalances, type MaterialRow, materialsOf, newestEntries, type SuppliedEntryRow } from './repository.js';
import type { SuppliedView } from './schema.js';
import { onTheWay, type SuppliedBalance, unaccounted, withSupplier } from './states.js';
import { suppliedKindWords } from './words.js';

type MaterialView = SuppliedView['materials'][number];

const mostEntries = 200;

export async function viewSupplied(scope: Scope, order: OrderRow): Promise<SuppliedView> {
  const materials = await materialsOf(scope, order.id);
  if (materials.length === 0) return { order: order.id, materials: [] };
  const lots = await lotBalances(
    scope,
    materials.map(({ id }) => id),
  );
  const entries = await newestEntries(scope, order.id, mostEntries + 1);
  const shown = entries.slice(0, mostEntries);
  const names = await organizationNames(scope, [order.buyer, order.supplier]);
  const produced = new Map((await linesOf(scope, [order.id])).map((line) => [line.id, line.produced]));
  const viewEntry = (row: SuppliedEntryRow, unit: string): MaterialView['entries'][number] => ({
    id: row.id,
    kind: row.kind,
    kindWords: suppliedKindWords[row.kind],
    quantity: quantity(row.quantity, unit),
    lot: row.lot_id,
    reverses: row.reverses,
    byIssue: row.by_issue,
    reason: row.reason,
    organization: names.get(row.organization) ?? { code: '', name: { en: '', zh: '' } },
    by: row.entered_by,
    at: row.entered_at.toISOString(),
  });
  return {
    order: order.id,
    materials: materials.map((material) => ({
      id: material.id,
      version: material.version,
      line: material.line_id,
      description: material.description,
      unit: quantity('0', material.unit).unit,
      perUnit: material.per_unit === null ? null : canonical(material.per_unit),
      lossPercent: material.loss_percent === null ? null : canonical(material.loss_percent),
      inProcess: material.in_process,
      balance: viewBalance(material),
      consumption: consumptionOf(material, material.line_id === null ? null : (produced.get(material.line_id) ?? null)),
      lots: lots
        .filter(({ material_id }) => material_id === material.id)
        .map((lot) => ({ lot: lot.lot_id, code: lot.code, balance: viewBalance(lot) })),
      entries: shown.filter(({ material_id }) => material_id === material.id).map((row) => viewEntry(row, material.unit)),
      cut: entries.length > mostEntries,
    })),
  };
}

function viewBalance(balance: SuppliedBalance): MaterialView['balance'] {
  return {
    sent: canonical(balance.sent),
    received: canonical(balance.received),
    used: canonical(balance.used),
    scrapped: canonical(balance.scrapped),
    returned: canonical(balance.returned),
    writtenOff: canonical(balance.written_off),
    onTheWay: canonical(onTheWay(balance)),
    withSupplier: canonical(withSupplier(balance)),
    open: canonical(unaccounted(balance)),
  };
}

/** What the good units should have taken beside what is gone; sums rounded to six decimals. */
export function consumptionOf(
  { per_unit, loss_percent, used, scrapped }: Pick<MaterialRow, 'per_unit' | 'loss_percent' | 'used' | 'scrapped'>,
  goodUnits: string | null,
): MaterialView['consumption'] {
  if (per_unit === null || goodUnits === null) return null;
  const expected = new Decimal(goodUnits).times(per_unit);
  const allowed = expected.times(new Decimal(loss_percent ?? '0').dividedBy(100).plus(1));
  const actual = new Decimal(add(used, scrapped));
  const rounded = (value: Decimal) => canonical(value.toDecimalPlaces(6));
  return {
    goodUnits: canonical(goodUnits),
    expected: rounded(expected),
    allowed: rounded(allowed),
    actual: rounded(actual),
    excess: rounded(Decimal.max(0, actual.minus(allowed))),
    loss: expected.isZero() ? null : actual.minus(expected).dividedBy(expected).times(100).toDecimalPlaces(2).toFixed(),
  };
}
