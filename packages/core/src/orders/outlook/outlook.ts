import { z } from 'zod';
import { instantSchema, wordsSchema } from '../../commands/index.js';
import type { OrganizationId, RecordId, Scope } from '../../database/index.js';
import { type Confidence, confidences, confidenceWords, type LineOutlook } from '../../production/index.js';
import type { LineRow } from '../ledger/repository.js';
import { type Against, lateReasons, lateReasonWords, standingOf } from './standing.js';

type OutlookTables = {
  order_outlook: {
    line_id: string;
    order_id: RecordId;
    supplier: OrganizationId;
    progress: string;
    eta: Date | null;
    earliest: Date | null;
    latest: Date | null;
    confidence: Confidence;
    by_hand: string;
    computed_at: Date;
  };
};

const tables = (scope: Scope) => scope.tx.withTables<OutlookTables>();

/** What becomes of a line, derived by its supplier's platform from counts and plans that stay the supplier's own. */
export const outlookSchema = z.object({
  /** Of what was ordered, over all operations; 0 to 100 with at most one decimal. */
  progressPercent: z.string(),
  /** When the last unit is expected, rounded up to the hour and never in the past; null when all are made or no rate is known. */
  eta: instantSchema.nullable(),
  /** Eight times of ten it is between these. */
  earliest: instantSchema.nullable(),
  latest: instantSchema.nullable(),
  confidence: z.enum(confidences),
  confidenceWords: wordsSchema,
  /** Days by which the line is or will be behind the day it is due, with the reason; null when it is not. */
  late: z.object({ days: z.number().int().positive(), reason: z.enum(lateReasons), reasonWords: wordsSchema }).nullable(),
  /** How much of it a person reported and no device counted; 0 to 100. */
  byHandPercent: z.string(),
  computedAt: instantSchema,
});
export type OutlookView = z.infer<typeof outlookSchema>;

/** Keeps the newest outlook of each line. What no job order was made for yet counts as not begun, and then there is no date. */
export async function keepOutlooks(scope: Scope, lines: readonly LineRow[], outlooks: readonly LineOutlook[]): Promise<void> {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const rows = outlooks.flatMap(({ orderLine, planned, progress, eta, earliest, latest, confidence, byHand }) => {
    const line = byId.get(orderLine);
    if (!line) return [];
    const ordered = Number(line.ordered);
    const whole = planned >= ordered;
    return {
      line_id: orderLine,
      order_id: line.order_id,
      supplier: scope.organization,
      progress: fraction(whole ? progress : (progress * planned) / ordered),
      eta: whole ? eta : null,
      earliest: whole ? earliest : null,
      latest: whole ? latest : null,
      confidence: whole ? confidence : ('low' as const),
      by_hand: fraction(byHand),
      computed_at: scope.now,
    };
  });
  if (rows.length === 0) return;
  await tables(scope)
    .insertInto('order_outlook')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('line_id').doUpdateSet((given) => ({
        progress: given.ref('excluded.progress'),
        eta: given.ref('excluded.eta'),
        earliest: given.ref('excluded.earliest'),
        latest: given.ref('excluded.latest'),
        confidence: given.ref('excluded.confidence'),
        by_hand: given.ref('excluded.by_hand'),
        computed_at: given.ref('excluded.computed_at'),
      })),
    )
    .execute();
}

/** Line → outlook as it stands now, of those lines that have one; `dueOn` tells the day by which all of a line is due. */
export async function outlooksOf(
  scope: Scope,
  order: RecordId,
  { dueOn, state }: { readonly dueOn: (line: string) => string; readonly state: Against['state'] },
): Promise<ReadonlyMap<string, OutlookView>> {
  const rows = await tables(scope).selectFrom('order_outlook').selectAll().where('order_id', '=', order).execute();
  return new Map(
    rows.map(({ line_id, progress, by_hand, computed_at, ...foreseen }) => {
      const against = { dueOn: dueOn(line_id), now: scope.now, state };
      const { eta, earliest, latest, confidence, late } = standingOf({ ...foreseen, progress: Number(progress) }, against);
      return [
        line_id,
        {
          progressPercent: percent(progress),
          eta: eta?.toISOString() ?? null,
          earliest: earliest?.toISOString() ?? null,
          latest: latest?.toISOString() ?? null,
          confidence,
          confidenceWords: confidenceWords[confidence],
          late: late && { ...late, reasonWords: lateReasonWords[late.reason] },
          byHandPercent: percent(by_hand),
          computedAt: computed_at.toISOString(),
        },
      ];
    }),
  );
}

const fraction = (value: number): string => Math.min(1, Math.max(0, value)).toFixed(4);
/** Rounded down: nothing is done before it is. */
const percent = (value: string): string => String(Math.floor(Number(value) * 1000) / 10);
