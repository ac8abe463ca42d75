import { useAddressPart } from '../app/address.js';
import type { Client } from '../app/client.js';
import { SteadyListTable } from '../app/list-table.js';
import { useList } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import type { Column } from '../design/record-table.js';
import { Moment, Money } from '../design/time.js';
import { useWords } from '../words/words.js';

type QuotationSummary = Awaited<ReturnType<Client['commerce']['quotations']['list']>>['items'][number];

const sides = ['supplier', 'buyer'] as const;
const states = ['draft', 'sent', 'accepted', 'declined', 'expired'] as const;

/** Quotations given and received, last changed first. */
export function QuotationBoard() {
  const { t, say } = useWords();
  const [side, setSide] = useAddressPart('side', sides);
  const [state, setState] = useAddressPart('state', states);
  const filter = { ...(side ? { side } : {}), ...(state ? { state } : {}) };
  const list = useList(['commerce.quotations.list', filter], (yunfab, page, options) =>
    yunfab.commerce.quotations.list({ ...filter, ...page }, options),
  );
  useListKeys();

  const columns: readonly [Column<QuotationSummary>, ...Column<QuotationSummary>[]] = [
    { name: 'number', words: t('orders.number'), cell: ({ number, revision }) => `${number} / ${revision}` },
    {
      name: 'counterparty',
      words: t('orders.counterparty'),
      cell: (quotation) => (
        <>
          <span className="one-line">{counterpartyOf(quotation, say)}</span>
          <span className="soft small">{t(quotation.side === 'buyer' ? 'quotations.fromThem' : 'quotations.toThem')}</span>
        </>
      ),
    },
    {
      name: 'state',
      words: t('orders.state'),
      cell: (quotation) => <Badge state={quotation.state} words={quotation.stateWords} tone={toneOf(quotation.state)} />,
    },
    {
      name: 'delivery',
      words: t('quotations.delivery'),
      wide: true,
      cell: ({ delivery }) => (delivery ? `${delivery.incoterm} ${delivery.place}` : '–'),
    },
    { name: 'total', words: t('orders.total'), number: true, cell: (quotation) => <Money {...quotation.total} /> },
    { name: 'until', words: t('quotations.validUntil'), wide: true, cell: (quotation) => <Moment at={quotation.validUntil} /> },
    { name: 'changed', words: t('orders.changed'), wide: true, cell: (quotation) => <Moment at={quotation.changedAt} /> },
  ];

  return (
    <>
      <PageHead title={t('quotations.title')} />
      <div className="stack">
        <div className="actions" style={{ gap: '8px 20px' }}>
          <Chips
            label={t('orders.filterSide')}
            value={side}
            onChoose={setSide}
            choices={[
              { value: null, words: t('orders.bothSides') },
              { value: 'supplier', words: t('quotations.given') },
              { value: 'buyer', words: t('quotations.received') },
            ]}
          />
          <Chips
            label={t('orders.filterState')}
            value={state}
            onChoose={setState}
            choices={[
              { value: null, words: t('orders.allStates') },
              ...states.map((each) => ({ value: each, words: t(`quotationState.${each}`) })),
            ]}
          />
        </div>
        <div className="panel">
          <SteadyListTable
            list={list}
            of={`${side}/${state}`}
            label={t('quotations.title')}
            columns={columns}
            keyOf={(quotation) => quotation.id}
            open={(quotation) => `/quotations/${quotation.id}`}
            none={
              <Empty
                title={t('quotations.none')}
                what={t('quotations.noneWhat')}
                sdk="await yunfab.commerce.quotations.draft({ number: 'Q-1', buyer: 'voyager', currency: 'USD', validUntil: '2027-01-31T00:00:00Z', lines: [{ description: '…', quantity: { value: '100', unit: 'H87' }, unitPrice: '16.67' }] })"
              />
            }
          />
        </div>
      </div>
    </>
  );
}

interface Sides {
  readonly side: QuotationSummary['side'];
  readonly supplier: QuotationSummary['supplier'];
  readonly buyer: QuotationSummary['buyer'];
  readonly contact: QuotationSummary['contact'];
}

/** Who is on the other side: an organization, or someone outside the platform. */
export function counterpartyOf({ side, supplier, buyer, contact }: Sides, say: (words: { en: string; zh: string }) => string): string {
  if (side === 'buyer') return say(supplier.name);
  if (buyer) return say(buyer.name);
  return [contact?.company, contact?.name].filter(Boolean).join(' · ') || '–';
}

/** What was sent waits, what was accepted is good, what ran out is a warning. */
export function toneOf(state: QuotationSummary['state']): 'open' | 'note' | 'good' | 'warn' | 'quiet' {
  return ({ draft: 'quiet', sent: 'open', accepted: 'good', declined: 'quiet', expired: 'warn' } as const)[state];
}
