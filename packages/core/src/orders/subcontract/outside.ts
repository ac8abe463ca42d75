import { organizationNames } from '../../access/index.js';
import type { RecordId, Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { recordActivity, unnumberedLeft } from '../../lifecycle/index.js';
import { add, compare, quantity } from '../../measure/index.js';
import { endOutsideOf, lotsOfOrder, markOutside, operationForOrder, reportOutside, startOutside } from '../../production/index.js';
import { orderProgress } from '../ledger/progress.js';
import { findLines, type LineRow, type ListedShipmentLine, type NewEntry } from '../ledger/repository.js';
import { lockOrdersOfLines, type OrderRow } from '../order/repository.js';
import { kept } from '../order/states.js';
import { agreeMaterial } from '../supplied-material/agreeing.js';
import { inProcessLots } from '../supplied-material/repository.js';
import { subcontractErrors } from './errors.js';
import type { SubcontractEventBody } from './events.js';
import { addCredited, allocationsServedBy, type SubAllocation } from './repository.js';

/** The operation of a job order of this line; throws `subcontract.operation_of_other`. */
export async function operationOfLine(scope: Scope, line: LineRow, { job, operation }: { job: string; operation: string }) {
  const found = await operationForOrder(scope, operation);
  if (!found || found.job !== job || found.orderLine !== line.id)
    throw subcontractErrors.operation_of_other({ job, operation, line: line.position });
  return found;
}

/**
 * One operation performed elsewhere (工序外协) makes no semi-finished item: the lot under way goes out as material of the contractor
 * and comes back with the operation done; what the contractor accepts of the sub-order is the count of the operation.
 */
export async function sendOperationOut(
  scope: Scope,
  { operation, sub, subLine }: { readonly operation: string; readonly sub: OrderRow; readonly subLine: LineRow },
): Promise<void> {
  const supplier = (await organizationNames(scope, [sub.supplier])).get(sub.supplier)?.code ?? null;
  await markOutside(scope, { operation, subOrder: sub.id, supplier });
  await agreeMaterial(scope, sub, {
    ...{ line: subLine.id, description: subLine.description, unit: subLine.unit, perUnit: '1', lossPercent: null, inProcess: true },
  });
}

const ofOperations = async (scope: Scope, sub: OrderRow): Promise<(SubAllocation & { operation_id: string })[]> =>
  sub.buyer === scope.organization
    ? (await allocationsServedBy(scope, [sub.id])).flatMap((row) =>
        row.operation_id === null ? [] : [{ ...row, operation_id: row.operation_id }],
      )
    : [];

/** The lots that may go out under the sub-order: those of the lines whose operations it performs. Begins what has not begun. */
export async function beginOutside(scope: Scope, sub: OrderRow): Promise<readonly string[]> {
  const allocations = await ofOperations(scope, sub);
  await lockOrdersOfLines(
    scope,
    allocations.map(({ line_id }) => line_id),
  );
  const lots: string[] = [];
  for (const { operation_id, order_id, line_id } of allocations) {
    const operation = await operationForOrder(scope, operation_id);
    if (operation && (operation.state === 'ready' || operation.state === 'todo')) await startOutside(scope, orderProgress, operation_id);
    lots.push(...(await lotsOfOrder(scope, order_id)).filter(({ line }) => line === line_id).map(({ lot }) => lot));
  }
  return lots;
}

/**
 * What the contractor accepts is good at the operation, what it rejects is in rework there: the subcontractor owes it again, and what
 * comes back good leaves rework. The received lot goes into the one under way, so that the history goes through.
 */
export async function countOutside(scope: Scope, sub: OrderRow, entries: readonly NewEntry[]): Promise<void> {
  const allocations = await ofOperations(scope, sub);
  if (allocations.length === 0) return;
  await lockOrdersOfLines(
    scope,
    allocations.map(({ line_id }) => line_id),
  );
  for (const allocation of allocations) {
    const own = entries.filter(({ line, reverses }) => line === allocation.sub_line_id && reverses === undefined);
    const good = sumOf(own.filter(({ kind }) => kind === 'accepted' || kind === 'conceded'));
    const rework = sumOf(own.filter(({ kind }) => kind === 'rejected'));
    if (compare(add(good, rework), '0') === 0) continue;
    const report = { operation: allocation.operation_id, good, scrap: '0', rework, evidence: 'subcontractor' as const };
    await reportOutside(scope, orderProgress, { ...report, reason: sub.number });
    await addCredited(scope, allocation.id, good);
    await joinLots(scope, sub, own);
    const [line] = await findLines(scope, [allocation.line_id]);
    const body: SubcontractEventBody<'subcontract.operation_counted'> = {
      ...{ line: allocation.line_id, allocation: allocation.id, quantity: quantity(good, line?.unit ?? 'H87'), good, rework },
    };
    await appendEvent(scope, { type: 'subcontract.operation_counted', record: allocation.order_id, private: true, body });
  }
}

const sumOf = (entries: readonly NewEntry[]): string => add('0', ...entries.map((entry) => entry.quantity));

async function joinLots(scope: Scope, sub: OrderRow, entries: readonly NewEntry[]): Promise<void> {
  const [underWay] = await inProcessLots(scope, sub.id);
  if (!underWay || (underWay.state !== 'open' && underWay.state !== 'closed')) return;
  for (const { kind, lot, quantity: value } of entries) {
    if ((kind !== 'accepted' && kind !== 'conceded') || !lot) continue;
    if (compare(await unnumberedLeft(scope, lot as RecordId), value) < 0) continue;
    await recordActivity(scope, { kind: 'made', inputs: [{ thing: lot, quantity: value }], outputs: [{ thing: underWay.id }] });
  }
}

/** What was counted at an operation stays counted: acceptance is not taken back beneath it. Throws `subcontract.operation_counted`. */
export async function requireNotCounted(
  scope: Scope,
  served: readonly SubAllocation[],
  row: ListedShipmentLine,
  less: string,
): Promise<void> {
  const counted = served.filter(({ operation_id, sub_line_id }) => operation_id !== null && sub_line_id === row.line_id);
  const [line] = counted.length === 0 ? [] : await findLines(scope, [row.line_id]);
  if (!line) return;
  const credited = add('0', ...counted.map((each) => each.credited));
  if (kept(line).minus(less).gte(credited)) return;
  const operation = await operationForOrder(scope, counted[0]?.operation_id ?? '');
  throw subcontractErrors.operation_counted({ job: operation?.jobCode ?? '', position: operation?.position ?? '' });
}

/**
 * Nothing more comes back: the operations that the sub-order performs are over, what is in rework there is lost, and those that have
 * not begun are the contractor's own again.
 */
export async function endOutside(scope: Scope, sub: OrderRow): Promise<void> {
  const allocations = await ofOperations(scope, sub);
  await lockOrdersOfLines(
    scope,
    allocations.map(({ line_id }) => line_id),
  );
  for (const { operation_id } of allocations) {
    const operation = await operationForOrder(scope, operation_id);
    if (operation?.subOrder === sub.id) await endOutsideOf(scope, orderProgress, operation_id, sub.number);
  }
}
