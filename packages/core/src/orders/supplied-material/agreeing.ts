import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { quantity } from '../../measure/index.js';
import type { OrderRow } from '../order/repository.js';
import type { SuppliedEventBody } from './events.js';
import { insertMaterial } from './repository.js';

interface Agreed {
  readonly line: string | null;
  readonly description: string;
  readonly unit: string;
  readonly perUnit: string | null;
  readonly lossPercent: string | null;
  readonly inProcess: boolean;
}

/** Says that the buyer provides this; gives its id. */
export async function agreeMaterial(scope: Scope, order: OrderRow, agreed: Agreed): Promise<string> {
  const material = await insertMaterial(scope, { order: order.id, ...agreed });
  const body: SuppliedEventBody<'supplied.agreed'> = { material, description: agreed.description, unit: quantity('0', agreed.unit).unit };
  await appendEvent(scope, { type: 'supplied.agreed', record: order.id, body });
  return material;
}
