import { Link } from 'wouter';
import { useAddressPart } from '../app/address.js';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useList } from '../app/platform.js';
import { Empty, ProblemNotice, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { MoreButton, NewBar } from '../design/list-foot.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { type Column, RecordTable } from '../design/record-table.js';
import { useSteadyRows } from '../design/steady-rows.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';

type RfqSummary = Awaited<ReturnType<Client['orders']['rfq']['list']>>['items'][number];

const states = ['draft', 'open', 'awarded', 'closed', 'canceled'] as const;

/** What this organization asks its suppliers, last changed first. */
export function RfqBoard() {
  const { t } = useWords();
  const may = useMay();
  const [state, setState] = useAddressPart('state', states);
  const filter = state ? { state } : {};
  const list = useList(['orders.rfq.list', filter], (yunfab, page, options) => yunfab.orders.rfq.list({ ...filter, ...page }, options));
  const { rows, fresh, showAll } = useSteadyRows(String(state), list.items, (rfq) => rfq.id);
  useListKeys();

  const columns: readonly [Column<RfqSummary>, ...Column<RfqSummary>[]] = [
    { name: 'number', words: t('orders.number'), cell: ({ number }) => number },
    { name: 'title', words: t('rfq.subject'), cell: ({ title }) => <span className="one-line">{title}</span> },
    {
      name: 'state',
      words: t('orders.state'),
      cell: (rfq) => <Badge state={rfq.state} words={rfq.stateWords} tone={toneOfRfq(rfq.state)} />,
    },
    { name: 'quoted', words: t('rfq.answered'), number: true, cell: ({ quoted, invited }) => `${quoted} / ${invited}` },
    { name: 'respond', words: t('rfq.respondBy'), wide: true, cell: ({ respondBy }) => <Moment at={respondBy} /> },
    { name: 'changed', words: t('orders.changed'), wide: true, cell: ({ changedAt }) => <Moment at={changedAt} /> },
  ];

  return (
    <>
      <PageHead title={t('rfq.title')}>
        {may('orders.rfq.ask') ? (
          <Link className="button primary" href="/rfqs/new">
            {t('rfq.new')}
          </Link>
        ) : null}
      </PageHead>
      <div className="stack">
        <Chips
          label={t('orders.filterState')}
          value={state}
          onChoose={setState}
          choices={[
            { value: null, words: t('orders.allStates') },
            ...states.map((each) => ({ value: each, words: t(`rfq.state.${each}`) })),
          ]}
        />
        <div className="panel">
          <NewBar count={fresh} onShow={showAll} />
          {list.problem ? (
            <div className="body">
              <ProblemNotice problem={list.problem} onRetry={list.again} />
            </div>
          ) : null}
          {list.pending ? (
            <SkeletonRows />
          ) : rows.length > 0 ? (
            <RecordTable label={t('rfq.title')} columns={columns} rows={rows} keyOf={(rfq) => rfq.id} open={(rfq) => `/rfqs/${rfq.id}`} />
          ) : list.problem ? null : (
            <Empty
              title={t('rfq.none')}
              what={t('rfq.noneWhat')}
              sdk="await yunfab.orders.rfq.create({ number: 'RFQ-1', title: '…', currency: 'CNY', respondBy: '2027-01-31T00:00:00Z', lines: [{ description: '…', quantity: { value: '1000', unit: 'H87' } }] })"
            />
          )}
          <MoreButton list={list} />
        </div>
      </div>
    </>
  );
}

export function toneOfRfq(state: RfqSummary['state']): 'open' | 'note' | 'good' | 'quiet' {
  return ({ draft: 'open', open: 'note', awarded: 'good', closed: 'quiet', canceled: 'quiet' } as const)[state];
}
