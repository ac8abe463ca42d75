import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { ListTable } from '../app/list-table.js';
import { useAsk, useFormat, useList } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount, CalendarDate, Moment } from '../design/time.js';
import { useWords } from '../words/words.js';

type Score = Awaited<ReturnType<Client['orders']['ratings']['score']>>;
type Metric = Score['metrics'][number];

/** The score card of a supplier: evidence from the ledger, opinions apart from it, and what the platform publishes. */
export function ScorePage({ supplier }: { readonly supplier: string }) {
  const asked = useAsk(['orders.ratings.score', { supplier }], (yunfab, options) => yunfab.orders.ratings.score({ supplier }, options));
  return <Screen asked={asked}>{(score) => <ScoreCard score={score} />}</Screen>;
}

function ScoreCard({ score }: { readonly score: Score }) {
  const { t, say } = useWords();
  const format = useFormat();
  const [opened, setOpened] = useState<Metric | null>(null);
  const value = ({ metric, rate }: Metric): string => {
    if (rate === null) return '–';
    if (metric === 'response') return t('ratings.hours', { hours: format.number(Number(rate), 1) });
    if (metric === 'rejection') return t('ratings.ppm', { ppm: format.number(Math.round(Number(rate) * 1_000_000)) });
    return `${format.number(Number(rate) * 100, 1)} %`;
  };
  return (
    <>
      <PageHead
        title={say(score.supplier.name)}
        crumbs={<span>{t('ratings.scoreOf')}</span>}
        below={
          <p className="soft">
            {t(`ratings.of.${score.of}`)} · {t('ratings.period', { since: format.date(score.since), until: format.date(score.until) })}
          </p>
        }
      />
      <div className="stack">
        <Panel title={t('ratings.score')} flush>
          <RecordTable
            label={t('ratings.score')}
            rows={score.metrics}
            keyOf={({ metric }) => metric}
            columns={[
              {
                name: 'metric',
                words: t('ratings.metric'),
                cell: (each) => (
                  <>
                    <strong>{say(each.words)}</strong>
                    <p className="soft small" style={{ maxWidth: 520, whiteSpace: 'normal' }}>
                      {say(each.rule)}
                    </p>
                  </>
                ),
              },
              { name: 'value', words: t('ratings.rateValue'), number: true, cell: (each) => <strong>{value(each)}</strong> },
              { name: 'items', words: t('ratings.counted'), number: true, cell: (each) => format.number(each.items) },
              {
                name: 'sums',
                words: t('ratings.sums'),
                cell: (each) =>
                  each.byUnit.map(({ unit, numerator, denominator }) => (
                    <div key={unit} className="nowrap">
                      {each.metric === 'response' ? (
                        `${format.number(numerator, 1)} / ${format.number(denominator)}`
                      ) : (
                        <>
                          {format.number(numerator)} / <Amount value={denominator} unit={unit} />
                        </>
                      )}
                    </div>
                  )),
              },
              {
                name: 'evidence',
                words: <span className="visually-hidden">{t('ratings.evidence')}</span>,
                cell: (each) =>
                  each.items > 0 ? (
                    <Button onClick={() => setOpened(each)} aria-label={t('ratings.evidenceOf', { metric: say(each.words) })}>
                      {t('ratings.evidence')}
                    </Button>
                  ) : null,
              },
            ]}
          />
        </Panel>
        <Panel title={t('ratings.opinions')}>
          <Facts
            facts={[
              { label: t('ratings.count'), value: format.number(score.ratings.count) },
              { label: t('ratings.delivery'), value: score.ratings.delivery ?? '–' },
              { label: t('ratings.quality'), value: score.ratings.quality ?? '–' },
              { label: t('ratings.communication'), value: score.ratings.communication ?? '–' },
            ]}
          />
        </Panel>
        <Published supplier={score.supplier.code} names={score.metrics} />
      </div>
      {opened ? <Evidence score={score} metric={opened} onClose={() => setOpened(null)} /> : null}
    </>
  );
}

function Published({ supplier, names }: { readonly supplier: string; readonly names: Score['metrics'] }) {
  const { t, say } = useWords();
  const format = useFormat();
  const { answer } = useAsk(['orders.ratings.published', { supplier }], (yunfab, options) =>
    yunfab.orders.ratings.published({ supplier }, options),
  );
  if (!answer) return null;
  const { score, leastOrders, leastBuyers } = answer;
  const named = (metric: Metric['metric']) => {
    const words = names.find((each) => each.metric === metric)?.words;
    return words ? say(words) : metric;
  };
  const percent = (value: number | null) => (value === null ? '–' : `${value} %`);
  return (
    <Panel title={t('ratings.published')}>
      {score ? (
        <Facts
          facts={[
            {
              label: t('ratings.period', { since: format.date(score.since), until: format.date(score.until) }),
              value: t('ratings.publishedFor', { orders: String(score.orders), buyers: String(score.buyers) }),
            },
            { label: named('on_time'), value: percent(score.onTimePercent) },
            { label: named('acceptance'), value: percent(score.acceptedPercent) },
            {
              label: named('rejection'),
              value: score.rejectedPpm === null ? '–' : t('ratings.ppm', { ppm: format.number(score.rejectedPpm) }),
            },
            {
              label: named('response'),
              value: score.responseHours === null ? '–' : t('ratings.hours', { hours: format.number(score.responseHours) }),
            },
            { label: t('ratings.delivery'), value: score.delivery ?? '–' },
            { label: t('ratings.quality'), value: score.quality ?? '–' },
            { label: t('ratings.communication'), value: score.communication ?? '–' },
          ]}
        />
      ) : (
        <p className="soft">{t('ratings.notPublished', { orders: String(leastOrders), buyers: String(leastBuyers) })}</p>
      )}
    </Panel>
  );
}

function Evidence({ score, metric, onClose }: { readonly score: Score; readonly metric: Metric; readonly onClose: () => void }) {
  const { t, say } = useWords();
  const format = useFormat();
  const filter = { supplier: score.supplier.code, metric: metric.metric, since: score.since, until: score.until };
  const list = useList(['orders.ratings.evidence', filter], (yunfab, page, options) =>
    yunfab.orders.ratings.evidence({ ...filter, ...page }, options),
  );
  const amount = (value: string, unit: string) =>
    metric.metric === 'response' ? format.number(value, 2) : <Amount value={value} unit={unit} />;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('ratings.evidenceOf', { metric: say(metric.words) })}
      what={say(metric.rule)}
      wide
    >
      <ListTable
        list={list}
        skeletonRows={4}
        none={<p className="soft">{t('ratings.noItems')}</p>}
        label={t('ratings.evidence')}
        keyOf={(each) => `${each.about}${each.at}`}
        columns={[
          { name: 'order', words: t('ratings.item'), cell: (each) => <Link href={`/orders/${each.order.id}`}>{each.order.number}</Link> },
          {
            name: 'at',
            words: t('ratings.at'),
            cell: (each) => (metric.metric === 'on_time' ? <CalendarDate on={dayOf(each.at)} /> : <Moment at={each.at} />),
          },
          { name: 'part', words: t('ratings.part'), number: true, cell: (each) => amount(each.numerator, each.unit) },
          { name: 'whole', words: t('ratings.whole'), number: true, cell: (each) => amount(each.denominator, each.unit) },
        ]}
      />
    </Dialog>
  );
}

/** A due day is given as its beginning in the platform's calendar, UTC+8. */
const dayOf = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
