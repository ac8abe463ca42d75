import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useAsk, useFormat } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { CalendarDate, Moment } from '../design/time.js';
import { TermsLinks } from '../duties/terms-links.js';
import { useWords } from '../words/words.js';
import { AskedLines } from './asked-lines.js';
import { ComparisonPanel } from './comparison-panel.js';
import { BuyerQuestions } from './questions-panel.js';
import { toneOfRfq } from './rfq-board.js';
import { RfqMoves } from './rfq-moves.js';
import { RfqTimeline } from './rfq-timeline.js';
import { SuppliersPanel } from './suppliers-panel.js';

export type Rfq = Awaited<ReturnType<Client['orders']['rfq']['get']>>;

/** What a move of a request puts out of date. */
export const touchedByRfq = ['orders.rfq.get', 'orders.rfq.list', 'orders.rfq.compare', 'orders.rfq.timeline', 'orders.list'] as const;

/** One request, for its buyer: who answered, what was asked, the comparison and the award. */
export function RfqPage({ rfq: id }: { readonly rfq: string }) {
  const asked = useAsk(['orders.rfq.get', { rfq: id }], (yunfab, options) => yunfab.orders.rfq.get({ rfq: id }, options));
  return (
    <Screen asked={asked}>
      {(rfq) => (
        <>
          <RfqHead rfq={rfq} />
          <div className="stack">
            <RfqFacts rfq={rfq} />
            {rfq.invitations.length > 0 ? <SuppliersPanel rfq={rfq} /> : null}
            {rfq.invitations.some(({ quote }) => quote) ? <ComparisonPanel rfq={rfq} /> : null}
            {rfq.awards.length > 0 ? <Awards rfq={rfq} /> : null}
            <AskedLines record={rfq.id} lines={rfq.lines} />
            {rfq.questions.length > 0 || rfq.answers.length > 0 ? <BuyerQuestions rfq={rfq} /> : null}
            <RfqTimeline of={{ rfq: id }} />
          </div>
        </>
      )}
    </Screen>
  );
}

function RfqHead({ rfq }: { readonly rfq: Rfq }) {
  const { t } = useWords();
  return (
    <PageHead
      title={`${rfq.number} · ${rfq.title}`}
      badge={<Badge state={rfq.state} words={rfq.stateWords} tone={toneOfRfq(rfq.state)} />}
      crumbs={<Link href="/rfqs">{t('rfq.title')}</Link>}
    >
      <RfqMoves rfq={rfq} />
    </PageHead>
  );
}

function RfqFacts({ rfq }: { readonly rfq: Rfq }) {
  const { t } = useWords();
  return (
    <Panel title={t('rfq.head')}>
      <Facts
        facts={[
          { label: t('rfq.respondBy'), value: <Moment at={rfq.respondBy} /> },
          { label: t('orders.currency'), value: rfq.currency },
          { label: t('rfq.incoterm'), value: rfq.delivery ? `${rfq.delivery.rule} ${rfq.delivery.place}` : '–' },
          { label: t('rfq.wantedOn'), value: rfq.wantedOn ? <CalendarDate on={rfq.wantedOn} /> : '–' },
          rfq.paymentDays === null ? null : { label: t('rfq.paymentDays'), value: t('rfq.inDays', { days: rfq.paymentDays }) },
          { label: t('rfq.confidentiality'), value: rfq.confidentiality ? rfq.confidentiality.version : t('rfq.noTerms') },
          rfq.terms.length > 0 && { label: t('rfq.contractTerms'), value: <TermsLinks terms={rfq.terms} /> },
          rfq.note ? { label: t('orders.note'), value: rfq.note } : null,
          rfq.reason ? { label: t('orders.reason'), value: rfq.reason } : null,
        ]}
      />
    </Panel>
  );
}

/** The award ledger: every share, and what orders gave back. */
function Awards({ rfq }: { readonly rfq: Rfq }) {
  const { t, say } = useWords();
  const format = useFormat();
  const reasons: Readonly<Record<string, string>> = {
    declined: t('rfq.gaveBack.declined'),
    withdrawn: t('rfq.gaveBack.withdrawn'),
    reduced: t('rfq.gaveBack.reduced'),
  };
  return (
    <Panel title={t('rfq.awards')} flush>
      <RecordTable
        label={t('rfq.awards')}
        rows={rfq.awards}
        keyOf={(award) => award.id}
        open={(award) => `/orders/${award.order}`}
        columns={[
          { name: 'line', words: t('orders.lines'), cell: ({ line }) => lineOf(rfq, line) },
          { name: 'supplier', words: t('orders.supplier'), cell: ({ supplier }) => say(supplier.name) },
          {
            name: 'quantity',
            words: t('orders.quantity'),
            number: true,
            cell: ({ quantity }) => format.quantity(quantity.value, quantity.unit),
          },
          { name: 'reason', words: t('orders.reason'), wide: true, cell: ({ reason }) => (reason ? (reasons[reason] ?? reason) : '') },
          { name: 'by', words: t('rfq.by'), wide: true, cell: ({ by }) => (by === 'order' ? t('rfq.byOrder') : by) },
          { name: 'at', words: t('rfq.at'), wide: true, cell: ({ at }) => <Moment at={at} /> },
        ]}
      />
    </Panel>
  );
}

function lineOf(rfq: Rfq, id: string): string {
  const line = rfq.lines.find((each) => each.id === id);
  return line ? `${line.position}. ${line.description}` : '–';
}
