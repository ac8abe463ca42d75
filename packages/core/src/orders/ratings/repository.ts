import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { isUniqueViolation, newId, type OrganizationId, type RecordId, type Scope } from '../../database/index.js';
import type { OrderRow } from '../order/repository.js';
import type { OrderSide } from '../order/states.js';
import type { ScoreMetric } from './criteria.js';
import { ratingErrors } from './errors.js';
import type { RatingTables } from './tables.js';

export type RatingRow = Selectable<RatingTables['order_rating']>;
export type RatingRevisionRow = Selectable<RatingTables['order_rating_revision']>;

const tables = (scope: Scope) => scope.tx.withTables<RatingTables>();

interface Grades {
  readonly delivery: number;
  readonly quality: number;
  readonly communication: number;
  readonly text: string | null;
}

export async function insertRating(scope: Scope, order: OrderRow, side: OrderSide, grades: Grades): Promise<RatingRow> {
  const row = {
    ...{ id: newId(), order_id: order.id, organization: scope.organization, side, rated: side === 'buyer' ? order.supplier : order.buyer },
    ...grades,
    ...{ rated_by: scope.actor.label, rated_at: scope.now, changed_at: scope.now, reply: null, replied_by: null, replied_at: null },
  };
  try {
    return await tables(scope).insertInto('order_rating').values(row).returningAll().executeTakeFirstOrThrow();
  } catch (error) {
    if (isUniqueViolation(error, 'order_rating_once')) throw ratingErrors.already_rated({ number: order.number }, error);
    throw error;
  }
}

export async function ratingsOf(scope: Scope, order: RecordId): Promise<RatingRow[]> {
  return tables(scope).selectFrom('order_rating').selectAll().where('order_id', '=', order).orderBy('side').execute();
}

export async function revisionsOf(scope: Scope, order: RecordId): Promise<RatingRevisionRow[]> {
  return tables(scope).selectFrom('order_rating_revision').selectAll().where('order_id', '=', order).orderBy('revision', 'desc').execute();
}

export async function updateRating(
  scope: Scope,
  row: RatingRow,
  change: (Grades & { readonly rated_by: string }) | Pick<RatingRow, 'reply' | 'replied_by' | 'replied_at'>,
): Promise<void> {
  const revised = 'delivery' in change ? { revision: row.revision + 1, changed_at: scope.now } : {};
  await tables(scope)
    .updateTable('order_rating')
    .set({ ...change, ...revised })
    .where('id', '=', row.id)
    .execute();
}

/** Whether anything of the order stands accepted or conceded now. */
export async function anythingAccepted(scope: Scope, order: RecordId): Promise<boolean> {
  const { rows } = await sql<{ accepted: boolean }>`
    select exists (select 1 from core.order_line where order_id = ${order} and accepted + conceded > 0) as accepted`.execute(scope.tx);
  return rows[0]?.accepted ?? false;
}

export interface Period {
  readonly supplier: OrganizationId;
  /** Null: of every buyer that the scope sees. */
  readonly buyer: OrganizationId | null;
  readonly since: string;
  readonly until: string;
  readonly today: string;
}

const items = (metric: ScoreMetric, { supplier, buyer, since, until, today }: Period) =>
  sql`core.score_items(${metric}, ${supplier}, ${buyer}, ${since}::date, ${until}::date, ${today}::date)`;

export async function scoreSums(scope: Scope, metric: ScoreMetric, period: Period) {
  const { rows } = await sql<{ unit: string; items: number; part: string; whole: string }>`
    select unit, count(*)::integer as items, sum(part) as part, sum(whole) as whole from ${items(metric, period)} group by unit order by unit`.execute(
    scope.tx,
  );
  return rows;
}

export async function pageOfScoreItems(
  scope: Scope,
  metric: ScoreMetric,
  period: Period,
  { after, limit }: { readonly after: Keyset | null; readonly limit: number },
) {
  const { rows } = await sql<{ at: Date; id: string; order_id: string; number: string; unit: string; part: string; whole: string }>`
    select i.at, i.id, i.order_id, o.number, i.unit, i.part, i.whole
    from ${items(metric, period)} i join core.shared_order o on o.id = i.order_id
    ${after ? sql`where (i.at, i.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``}
    order by i.at desc, i.id desc limit ${limit + 1}`.execute(scope.tx);
  return rows;
}

export async function meanGrades(scope: Scope, { supplier, buyer, since, until }: Period) {
  const { rows } = await sql<{ count: number; delivery: string | null; quality: string | null; communication: string | null }>`
    select count(*)::integer as count, round(avg(delivery), 2) as delivery, round(avg(quality), 2) as quality, round(avg(communication), 2) as communication
    from core.order_rating
    where rated = ${supplier} and side = 'buyer' and (${buyer}::uuid is null or organization = ${buyer})
      and core.day_of(rated_at) between ${since}::date and ${until}::date`.execute(scope.tx);
  return rows[0] ?? { count: 0, delivery: null, quality: null, communication: null };
}

export async function publishedScore(scope: Scope, supplier: OrganizationId) {
  return tables(scope).selectFrom('supplier_score').selectAll().where('organization', '=', supplier).executeTakeFirst();
}
