import { Link } from 'wouter';
import { useAddressPart } from '../app/address.js';
import type { Client } from '../app/client.js';
import { SteadyListTable } from '../app/list-table.js';
import { useMay } from '../app/permissions.js';
import { useList } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import type { Column } from '../design/record-table.js';
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
          <SteadyListTable
            list={list}
            of={String(state)}
            label={t('rfq.title')}
            columns={columns}
            keyOf={(rfq) => rfq.id}
            open={(rfq) => `/rfqs/${rfq.id}`}
            none={
              <Empty
                title={t('rfq.none')}
                what={t('rfq.noneWhat')}
                sdk="await yunfab.orders.rfq.create({ number: 'RFQ-1', title: '…', currency: 'CNY', respondBy: '2027-01-31T00:00:00Z', lines: [{ description: '…', quantity: { value: '1000', unit: 'H87' } }] })"
              />
            }
          />
        </div>
      </div>
    </>
  );
}

export function toneOfRfq(state: RfqSummary['state']): 'open' | 'note' | 'good' | 'quiet' {
  return ({ draft: 'open', open: 'note', awarded: 'good', closed: 'quiet', canceled: 'quiet' } as const)[state];
}
