import { sql } from 'kysely';
import type { RecordId, Scope } from '../../database/index.js';
import { compare, subtract } from '../../measure/index.js';
import { lockHolding, lockLots, updateHolding, updateLot } from '../lots/repository.js';
import { findThings } from '../things.js';
import { heldUnits, moveUnits } from '../units/units.js';

/** One input of an own activity that went in by mistake. */
export interface ReturnedInput {
  readonly activity: RecordId;
  readonly thing: RecordId;
  /** As it was recorded. */
  readonly quantity: string;
}

/**
 * Takes back what an own activity put in: the genealogy says until when it was in, the quantity is left in its lot again, a
 * unit is out. The activity stays as it was recorded. Throws `lifecycle.not_held` for a unit that has gone to somebody else.
 */
export async function returnInput(scope: Scope, { activity, thing, quantity }: ReturnedInput): Promise<void> {
  const found = (await findThings(scope, [thing])).get(thing);
  if (found?.kind === 'unit') await moveUnits(scope, await heldUnits(scope, [found.row]), 'remove');
  else await putBack(scope, thing, quantity);
  await sql`select core.end_activity_inputs(${activity}, ${thing}, ${scope.now})`.execute(scope.tx);
}

async function putBack(scope: Scope, lot: RecordId, quantity: string): Promise<void> {
  const less = (consumed: string) => (compare(consumed, quantity) < 0 ? '0' : subtract(consumed, quantity));
  const [own] = await lockLots(scope, [lot]);
  if (own) {
    await updateLot(scope, lot, { consumed: less(own.consumed), version: own.version });
    return;
  }
  const holding = await lockHolding(scope, lot);
  if (holding) await updateHolding(scope, lot, less(holding.consumed));
}
