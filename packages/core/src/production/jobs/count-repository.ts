import { sql } from 'kysely';
import type { RecordId, Scope } from '../../database/index.js';
import type { ProductionTables } from '../tables.js';
import type { EvidenceKind } from './evidence.js';

const tables = (scope: Scope) => scope.tx.withTables<ProductionTables>();

export interface NewCount {
  readonly operation: string;
  readonly lot: RecordId;
  readonly good: string;
  readonly scrap: string;
  /** Into rework. */
  readonly rework?: string;
  /** Out of rework. */
  readonly resolved?: string;
  readonly evidence: EvidenceKind;
  readonly messages: number | null;
  readonly whilePaused?: boolean;
  readonly reason: string | null;
  /** Of the organization's list. */
  readonly reasonCode?: string | null;
  /** The earlier operation that the rework goes back to. */
  readonly returnedTo?: string | null;
  /** Device codes, or the person's label. */
  readonly by: string;
}

/** Writes the count and adds it to the operation and to the operation's lot. */
export async function insertCount(scope: Scope, id: string, count: NewCount): Promise<void> {
  const { operation, lot, good, scrap, evidence, messages, reason, by } = count;
  const { rework = '0', resolved = '0', whilePaused = false, reasonCode = null, returnedTo = null } = count;
  await tables(scope)
    .insertInto('operation_count')
    .values({
      id,
      organization: scope.organization,
      operation_id: operation,
      lot_id: lot,
      good,
      scrap,
      rework,
      resolved,
      while_paused: whilePaused,
      evidence,
      messages,
      reason,
      reason_code: reasonCode,
      returned_to: returnedTo,
      counted_by: by,
      counted_at: scope.now,
    })
    .execute();
  const byHand = evidence !== 'device';
  await tables(scope)
    .updateTable('operation')
    .set({
      good: sql`good + ${good}::numeric`,
      scrap: sql`scrap + ${scrap}::numeric`,
      rework: sql`rework + ${rework}::numeric`,
      rework_open: sql`rework_open + ${rework}::numeric - ${resolved}::numeric`,
      counted_while_paused: sql`counted_while_paused + ${whilePaused ? good : '0'}::numeric + ${whilePaused ? scrap : '0'}::numeric + ${whilePaused ? rework : '0'}::numeric`,
      reports: sql`reports + ${Number(good) > 0 ? (messages ?? 1) : 0}::bigint`,
      good_by_hand: sql`good_by_hand + ${byHand ? good : '0'}::numeric`,
      scrap_by_hand: sql`scrap_by_hand + ${byHand ? scrap : '0'}::numeric`,
    })
    .where('id', '=', operation)
    .execute();
  if (returnedTo !== null)
    await tables(scope)
      .updateTable('operation')
      .set({ rework_returned: sql`rework_returned + ${rework}::numeric` })
      .where('id', '=', returnedTo)
      .execute();
  await tables(scope)
    .updateTable('operation_lot')
    .set({ good: sql`good + ${good}::numeric`, scrap: sql`scrap + ${scrap}::numeric` })
    .where('operation_id', '=', operation)
    .where('lot_id', '=', lot)
    .execute();
}

/** What is in rework at the operation now. */
export async function reworkOpenAt(scope: Scope, operation: string): Promise<string> {
  const row = await tables(scope).selectFrom('operation').select('rework_open').where('id', '=', operation).executeTakeFirst();
  return row?.rework_open ?? '0';
}
