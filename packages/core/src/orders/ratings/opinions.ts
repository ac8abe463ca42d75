import type { z } from 'zod';
import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { findOrder, findOwnSide, lockOrder, type OrderRow } from '../order/repository.js';
import type { OrderSide } from '../order/states.js';
import { orderSideWords } from '../order/words.js';
import { ratingCriteria, ratingCriterionWords, revisableDays } from './criteria.js';
import { ratingErrors } from './errors.js';
import type { RatingEventBody } from './events.js';
import {
  anythingAccepted,
  insertRating,
  type RatingRevisionRow,
  type RatingRow,
  ratingsOf,
  revisionsOf,
  updateRating,
} from './repository.js';
import type * as schema from './schema.js';

type In<Schema extends z.ZodType> = z.output<Schema>;

const dayMs = 86_400_000;
const other = (side: OrderSide): OrderSide => (side === 'buyer' ? 'supplier' : 'buyer');

/** What each side thinks of the other, once something of their order has been accepted. */
export const opinions = {
  async rate(scope: Scope, { order: id, text, ...grades }: In<typeof schema.rateInput>): Promise<schema.OrderRatingsView> {
    const { order, side } = await lockedOrder(scope, id);
    if ((await ratingsOf(scope, order.id)).some((row) => row.side === side)) throw ratingErrors.already_rated({ number: order.number });
    if (!(await anythingAccepted(scope, order.id))) throw ratingErrors.nothing_accepted({ number: order.number });
    const row = await insertRating(scope, order, side, { ...grades, text: text ?? null });
    await told(scope, order, 'orders.rated', { ...row, ...grades });
    return viewRatings(scope, order);
  },

  async revise(scope: Scope, input: In<typeof schema.reviseRatingInput>): Promise<schema.OrderRatingsView> {
    const { order: id, text, revision, ...grades } = input;
    const { order, side } = await lockedOrder(scope, id);
    const row = await ratingBy(scope, order, side);
    if (row.revision !== revision) throw ratingErrors.revision_stale({ current: row.revision, sent: revision });
    if (scope.now >= revisableUntil(row))
      throw ratingErrors.too_late({ ratedOn: row.rated_at.toISOString().slice(0, 10), days: revisableDays });
    await updateRating(scope, row, { ...grades, text: text ?? null, rated_by: scope.actor.label });
    await told(scope, order, 'orders.rating_revised', { ...row, ...grades, revision: revision + 1 });
    return viewRatings(scope, order);
  },

  async answer(scope: Scope, { order: id, reply }: In<typeof schema.answerRatingInput>): Promise<schema.OrderRatingsView> {
    const { order, side } = await lockedOrder(scope, id);
    const row = await ratingBy(scope, order, other(side));
    if (row.replied_at) throw ratingErrors.already_answered({ repliedOn: row.replied_at.toISOString().slice(0, 10) });
    await updateRating(scope, row, { reply, replied_by: scope.actor.label, replied_at: scope.now });
    const body: RatingEventBody<'orders.rating_answered'> = { number: order.number, by: side, revision: row.revision };
    await appendEvent(scope, { type: 'orders.rating_answered', record: order.id, body });
    return viewRatings(scope, order);
  },

  async ofOrder(scope: Scope, id: string): Promise<schema.OrderRatingsView> {
    const order = await findOrder(scope, id);
    if (!order) throw requestErrors.not_found({ kind: 'order' });
    return viewRatings(scope, order);
  },
};

const revisableUntil = ({ rated_at }: RatingRow): Date => new Date(rated_at.getTime() + revisableDays * dayMs);

async function lockedOrder(scope: Scope, id: string): Promise<{ readonly order: OrderRow; readonly side: OrderSide }> {
  const order = await lockOrder(scope, id);
  if (!order) throw (await findOrder(scope, id)) ? ratingErrors.only_parties() : requestErrors.not_found({ kind: 'order' });
  const side = (await findOwnSide(scope, order.id))?.role;
  if (!side) throw ratingErrors.only_parties();
  return { order, side };
}

async function ratingBy(scope: Scope, order: OrderRow, side: OrderSide): Promise<RatingRow> {
  const row = (await ratingsOf(scope, order.id)).find((each) => each.side === side);
  const words = orderSideWords[side];
  if (!row) throw ratingErrors.rating_unknown({ number: order.number, sideEn: words.en, sideZh: words.zh });
  return row;
}

async function told(scope: Scope, order: OrderRow, type: 'orders.rated' | 'orders.rating_revised', row: RatingRow): Promise<void> {
  const { side: by, revision, delivery, quality, communication } = row;
  const body: RatingEventBody<typeof type> = { number: order.number, by, revision, delivery, quality, communication };
  await appendEvent(scope, { type, record: order.id, body });
}

async function viewRatings(scope: Scope, order: OrderRow): Promise<schema.OrderRatingsView> {
  const rows = await ratingsOf(scope, order.id);
  const revisions = rows.length > 0 ? await revisionsOf(scope, order.id) : [];
  const side = (await findOwnSide(scope, order.id))?.role ?? null;
  const accepted = await anythingAccepted(scope, order.id);
  const owes = side !== null && !rows.some((row) => row.side === side);
  return {
    order: order.id,
    mayRate: owes && accepted,
    waitsForAcceptance: owes && !accepted,
    items: rows.map((row) => ({
      ...given(revisions.find((each) => each.rating_id === row.id && each.revision === row.revision) ?? { ...row, rating_id: row.id }),
      side: row.side,
      criteria: ratingCriteria.map((criterion) => ({
        criterion,
        words: ratingCriterionWords[other(row.side)][criterion],
        grade: row[criterion],
      })),
      ratedAt: row.rated_at.toISOString(),
      revisableUntil: revisableUntil(row).toISOString(),
      mayRevise: row.side === side && scope.now < revisableUntil(row),
      reply: row.reply === null ? null : { text: row.reply, by: row.replied_by ?? '', at: row.replied_at?.toISOString() ?? '' },
      mayAnswer: side !== null && row.side !== side && row.reply === null,
      earlier: revisions.filter((each) => each.rating_id === row.id && each.revision < row.revision).map(given),
    })),
  };
}

const given = (row: RatingRevisionRow) => ({
  revision: row.revision,
  delivery: row.delivery,
  quality: row.quality,
  communication: row.communication,
  text: row.text,
  by: row.rated_by,
  at: row.rated_at.toISOString(),
});
