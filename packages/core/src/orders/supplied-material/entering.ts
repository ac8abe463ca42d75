import type { RecordId, Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { findLots } from '../../lifecycle/index.js';
import { canonical, quantity } from '../../measure/index.js';
import type { OrderRow } from '../order/repository.js';
import type { SuppliedEventBody } from './events.js';
import { insertSupplied, type MaterialRow } from './repository.js';
import type { SuppliedKind } from './states.js';

interface Entered {
  readonly kind: SuppliedKind;
  readonly lot: RecordId;
  readonly quantity: string;
  readonly reason: string | null;
  readonly byIssue?: boolean;
}

/** Writes an entry and tells both sides. */
export async function entered(scope: Scope, order: Pick<OrderRow, 'id'>, material: MaterialRow, entry: Entered): Promise<void> {
  await insertSupplied(scope, { material, ...entry, quantity: canonical(entry.quantity) });
  const [lot] = await findLots(scope, [entry.lot]);
  const body: SuppliedEventBody<'supplied.sent'> = {
    ...{ material: material.id, description: material.description, lotCode: lot?.code ?? '', reason: entry.reason },
    quantity: quantity(entry.quantity, material.unit),
  };
  await appendEvent(scope, { type: `supplied.${entry.kind}`, record: order.id, body });
}
