import type { z } from 'zod';
import { organizationByCode } from '../../access/index.js';
import { decodeCursor, page } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { canonical, Decimal, dayOf } from '../../measure/index.js';
import { leastBuyers, leastOrders, type ScoreMetric, scoreMetrics, scoreMetricWords } from './criteria.js';
import { ratingErrors } from './errors.js';
import { meanGrades, type Period, pageOfScoreItems, publishedScore, scoreSums } from './repository.js';
import type * as schema from './schema.js';

type In<Schema extends z.ZodType> = z.output<Schema>;

const dayMs = 86_400_000;
const longestDays = 366;

/** What the ledger says of a supplier, through the orders that the asking organization is a party of. */
export const scores = {
  async score(scope: Scope, input: In<typeof schema.scoreInput>): Promise<schema.ScoreView> {
    const { supplier, period } = await asked(scope, input);
    const metrics: schema.ScoreView['metrics'] = [];
    for (const metric of scoreMetrics) metrics.push(await metricOf(scope, metric, period));
    return {
      supplier: { code: supplier.code, name: supplier.name },
      since: period.since,
      until: period.until,
      of: period.buyer === null ? 'own' : 'bought',
      metrics,
      ratings: await meanGrades(scope, period),
    };
  },

  async evidence(scope: Scope, input: In<typeof schema.scoreEvidenceInput>): Promise<In<typeof schema.scoreEvidenceSchema>> {
    const { metric, limit, cursor } = input;
    const { period } = await asked(scope, input);
    const rows = await pageOfScoreItems(scope, metric, period, { after: decodeCursor(cursor), limit });
    return page(
      rows,
      limit,
      (row) => ({ key: row.at.toISOString(), id: row.id }),
      (row) => ({
        at: row.at.toISOString(),
        order: { id: row.order_id, number: row.number },
        about: row.id,
        unit: row.unit,
        numerator: canonical(row.part),
        denominator: canonical(row.whole),
      }),
    );
  },

  async published(scope: Scope, { supplier: code }: In<typeof schema.publishedScoreInput>): Promise<schema.PublishedScoreView> {
    const supplier = await organizationOf(scope, code);
    const row = await publishedScore(scope, supplier.id);
    return {
      supplier: { code: supplier.code, name: supplier.name },
      score: row
        ? {
            ...{ since: row.since, until: row.until, orders: row.orders_from, buyers: row.buyers_from },
            ...{ onTimePercent: row.on_time_percent, acceptedPercent: row.accepted_percent, rejectedPpm: row.rejected_ppm },
            ...{ responseHours: row.response_hours, delivery: row.delivery, quality: row.quality, communication: row.communication },
            publishedAt: row.published_at.toISOString(),
          }
        : null,
      leastOrders,
      leastBuyers,
    };
  },
};

async function organizationOf(scope: Scope, code: string) {
  const found = await organizationByCode(scope, code);
  if (!found) throw ratingErrors.organization_unknown({ code });
  return found;
}

async function asked(
  scope: Scope,
  input: { readonly supplier: string; readonly since?: string | undefined; readonly until?: string | undefined },
) {
  const supplier = await organizationOf(scope, input.supplier);
  const today = dayOf(scope.now);
  const until = input.until ?? today;
  const since = input.since ?? new Date(Date.parse(until) - 365 * dayMs).toISOString().slice(0, 10);
  if (since > until || Date.parse(until) - Date.parse(since) > longestDays * dayMs) throw ratingErrors.period_invalid({ since, until });
  const buyer = supplier.id === scope.organization ? null : scope.organization;
  return { supplier, period: { supplier: supplier.id, buyer, since, until, today } satisfies Period };
}

async function metricOf(scope: Scope, metric: ScoreMetric, period: Period): Promise<schema.ScoreView['metrics'][number]> {
  const sums = await scoreSums(scope, metric, period);
  const items = sums.reduce((sum, each) => sum + each.items, 0);
  const rateOf = ({ part, whole }: { readonly part: string; readonly whole: string }) => new Decimal(part).dividedBy(whole);
  const weighted = sums.reduce((sum, each) => sum.plus(rateOf(each).times(each.items)), new Decimal(0));
  return {
    metric,
    words: scoreMetricWords[metric].name,
    rule: scoreMetricWords[metric].rule,
    items,
    byUnit: sums.map((each) => ({
      unit: each.unit,
      items: each.items,
      numerator: canonical(each.part),
      denominator: canonical(each.whole),
      rate: rateOf(each).toFixed(6),
    })),
    rate: items === 0 ? null : weighted.dividedBy(items).toFixed(6),
  };
}
