import { requestErrors } from '../../../commands/index.js';
import type { Scope } from '../../../database/index.js';
import { canonical, quantity } from '../../../measure/index.js';
import { type LineRow, type ListedShipmentLine, linesOf, shipmentLinesOf, shipmentsOf } from '../../ledger/repository.js';
import { findOrder, findOwnSide, type OrderRow } from '../../order/repository.js';
import type { OrderSide } from '../../order/states.js';
import { claimedMissing, type DifferenceRow, differencesOf } from '../differences/repository.js';
import type { DifferenceView } from '../differences/schema.js';
import {
  delivering,
  differenceKindWords,
  differenceMoves,
  differenceMoveWords,
  differenceStateWords,
  nextDifferenceState,
  shortageReasonWords,
} from '../differences/states.js';
import { rejectionCodeWords } from '../inspection/reasons.js';
import { type InspectionRow, inspectionsOf } from '../inspection/repository.js';
import type { Sampling } from '../inspection/sampling.js';
import type { InspectionView } from '../inspection/schema.js';
import { viewPackages } from '../packaging/packages.js';
import type { ShipmentDetail } from './schema.js';

/** What the asking organization may see of a shipment; throws `request.not_found` when order or shipment is hidden or absent. */
export async function openShipment(scope: Scope, { order: id, shipment: of }: { readonly order: string; readonly shipment: string }) {
  const order = await findOrder(scope, id);
  const shipments = order ? await shipmentsOf(scope, order.id) : [];
  const shipment = shipments.find((each) => each.id === of);
  if (!order || !shipment) throw requestErrors.not_found({ kind: order ? 'shipment' : 'order' });
  const lines = await linesOf(scope, [order.id]);
  const shipped = await shipmentLinesOf(scope, order.id);
  return { order, shipment, shipments, lines, shipped };
}

export async function shipmentDetail(scope: Scope, input: { readonly order: string; readonly shipment: string }): Promise<ShipmentDetail> {
  const { order, shipment, lines, shipped } = await openShipment(scope, input);
  const side = (await findOwnSide(scope, order.id))?.role ?? null;
  const byId = new Map(lines.map((line) => [line.id, line]));
  const claimed = await claimedMissing(scope, order.id);
  const rows = shipped.filter((row) => row.shipment_id === shipment.id);
  const unitOf = (line: string) => byId.get(line)?.unit ?? 'H87';
  const differences = (await differencesOf(scope, order.id)).filter((each) => each.shipment_id === shipment.id);
  const inspections = await inspectionsOf(
    scope,
    rows.map(({ id }) => id),
  );
  return {
    id: shipment.id,
    order: order.id,
    orderNumber: order.number,
    number: shipment.number,
    note: shipment.note,
    shippedAt: shipment.shipped_at.toISOString(),
    lines: rows.map((row) => viewLine(row, byId.get(row.line_id), claimed.get(row.id) ?? '0')),
    packages: await viewPackages(scope, order.id, shipment.id),
    differences: differences.map((each) => viewDifference(each, unitOf(each.line_id), order, side)),
    inspections: inspections.map((each) => viewInspection(each, unitOf(each.line_id))),
  };
}

function viewLine(row: ListedShipmentLine, line: LineRow | undefined, claimed: string): ShipmentDetail['lines'][number] {
  return {
    id: row.id,
    line: row.line_id,
    position: line?.position ?? 0,
    description: line?.description ?? '',
    lot: row.lot_code === null ? null : { id: row.lot_id, code: row.lot_code },
    quantity: quantity(row.quantity, line?.unit ?? 'H87'),
    shipped: canonical(row.shipped),
    received: canonical(row.received),
    claimed: canonical(claimed),
    accepted: canonical(row.accepted),
    conceded: canonical(row.conceded),
    rejected: canonical(row.rejected),
    returned: canonical(row.returned),
    corrects: row.corrects,
  };
}

function viewDifference(row: DifferenceRow, unit: string, order: OrderRow, side: OrderSide | null): DifferenceView {
  const possible = side === null ? [] : differenceMoves.filter((move) => nextDifferenceState(row.state, move, side) !== null);
  return {
    id: row.id,
    shipment: row.shipment_id,
    shipmentLine: row.shipment_line_id,
    line: row.line_id,
    kind: row.kind,
    kindWords: differenceKindWords[row.kind],
    reason: row.reason,
    reasonWords: row.reason === null ? null : shortageReasonWords[row.reason],
    quantity: quantity(row.quantity, unit),
    units: row.units,
    note: row.note,
    state: row.state,
    stateWords: differenceStateWords[row.state],
    reportedAt: row.reported_at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
    answer: row.answer,
    moves: !delivering.includes(order.state) ? [] : possible.map((move) => ({ move, words: differenceMoveWords[move] })),
  };
}

function viewInspection(row: InspectionRow, unit: string): InspectionView {
  return {
    id: row.id,
    shipmentLine: row.shipment_line_id,
    line: row.line_id,
    accepted: quantity(row.accepted, unit),
    conceded: quantity(row.conceded, unit),
    rejected: quantity(row.rejected, unit),
    rejection:
      row.rejection_code === null
        ? null
        : { code: row.rejection_code, codeWords: rejectionCodeWords[row.rejection_code], reason: row.rejection_reason ?? '' },
    concession: row.concession_reason === null ? null : { reason: row.concession_reason, priceReduction: canonical(row.price_reduction) },
    sampling: row.sampling as Sampling | null,
    inspectedAt: row.inspected_at.toISOString(),
  };
}
