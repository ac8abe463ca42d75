import type { RecordId, Scope } from '../../database/index.js';
import { findLots } from '../../lifecycle/index.js';
import { canonical, Decimal } from '../../measure/index.js';
import type { IssuedMaterial } from '../../production/index.js';
import { findOrder, type OrderRow } from '../order/repository.js';
import { entered } from './entering.js';
import { suppliedErrors } from './errors.js';
import { boundOf, insertSupplied, issuedUses, lotBalances, materialsOf } from './repository.js';
import { unaccounted, withSupplier } from './states.js';

/**
 * What goes into a job order out of a lot that a buyer provided: it is used for the order that it was provided for, and for no other.
 * Called before the lot is consumed; the order is locked. Throws `supplied.other_order`.
 */
export async function useByIssue(scope: Scope, { order: id, lot, quantity }: IssuedMaterial): Promise<void> {
  const held = await boundOf(scope, lot);
  if (!held || new Decimal(held.bound).isZero()) return;
  const order = id === null ? undefined : await findOrder(scope, id);
  let wanted = new Decimal(quantity);
  for (const material of order ? await materialsOf(scope, order.id) : []) {
    const there = (await lotBalances(scope, [material.id])).find(({ lot_id }) => lot_id === lot);
    const part = there && !material.in_process ? Decimal.min(wanted, withSupplier(there)) : new Decimal(0);
    if (!order || part.lte(0)) continue;
    await entered(scope, order, material, { kind: 'used', lot: lot as RecordId, quantity: canonical(part), reason: null, byIssue: true });
    wanted = wanted.minus(part);
  }
  if (wanted.lte(held.free)) return;
  const [row] = await findLots(scope, [lot]);
  const left = canonical(new Decimal(quantity).minus(wanted).plus(held.free));
  throw suppliedErrors.other_order({ lot: row?.code ?? '', unit: row?.unit ?? '', left, asked: canonical(quantity) });
}

/** What was issued by mistake is there again, and bound as before. Called after the lot has it back. */
export async function takeBackIssue(scope: Scope, { order, lot, quantity }: IssuedMaterial): Promise<void> {
  if (order === null) return;
  let wanted = new Decimal(quantity);
  for (const use of await issuedUses(scope, order, lot)) {
    const part = Decimal.min(wanted, use.left);
    const material = part.gt(0) ? (await materialsOf(scope, use.order_id)).find(({ id }) => id === use.material_id) : undefined;
    if (!material) continue;
    await insertSupplied(scope, {
      ...{ material, kind: 'used', lot: use.lot_id, reverses: use.id, byIssue: true, reason: 'taken back from the job order 工单退料' },
      quantity: canonical(part.negated()),
    });
    wanted = wanted.minus(part);
  }
}

/** What leaves with an operation done to it is no longer with the supplier: as much of the lots under way as ships is used. */
export async function useInProcess(scope: Scope, order: OrderRow, shipped: string): Promise<void> {
  let wanted = new Decimal(shipped);
  for (const material of (await materialsOf(scope, order.id)).filter(({ in_process }) => in_process)) {
    for (const lot of await lotBalances(scope, [material.id])) {
      const part = Decimal.min(wanted, unaccounted(lot));
      if (part.lte(0)) continue;
      const missing = part.minus(withSupplier(lot));
      const of = { lot: lot.lot_id, reason: null };
      if (missing.gt(0)) await entered(scope, order, material, { ...of, kind: 'received', quantity: canonical(missing) });
      await entered(scope, order, material, { ...of, kind: 'used', quantity: canonical(part) });
      wanted = wanted.minus(part);
    }
  }
}
