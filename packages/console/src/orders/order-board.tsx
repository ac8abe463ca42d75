import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { SteadyListTable } from '../app/list-table.js';
import { useMay } from '../app/permissions.js';
import { useList } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Icon } from '../design/icon.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import type { Column } from '../design/record-table.js';
import { CalendarDate, Moment, Money } from '../design/time.js';
import { useWords } from '../words/words.js';
import { ExportOrders } from './list-export.js';
import { OrderFilters, useOrderFilter } from './list-filters.js';
import { ProgressGlance } from './progress.js';

type OrderSummary = Awaited<ReturnType<Client['orders']['list']>>['items'][number];

export function OrderBoard() {
  const { t, say } = useWords();
  const filter = useOrderFilter();
  const { input, filtered } = filter;
  const list = useList(['orders.list', input], (yunfab, page, options) => yunfab.orders.list({ ...input, ...page }, options));
  const may = useMay();
  useListKeys();

  const columns: readonly [Column<OrderSummary>, ...Column<OrderSummary>[]] = [
    {
      name: 'number',
      words: t('orders.number'),
      cell: (order) => order.ownNumber ?? order.number,
    },
    {
      name: 'item',
      words: t('orders.item'),
      wide: true,
      cell: (order) => (
        <>
          {order.description}
          {order.lineCount > 1 ? <span className="soft"> {t('orders.moreLines', { count: order.lineCount - 1 })}</span> : null}
        </>
      ),
    },
    {
      name: 'counterparty',
      words: t('orders.counterparty'),
      cell: (order) => (
        <>
          <span className="one-line">{say(order.counterparty.name)}</span>
          <span className="soft small">{t(order.side === 'buyer' ? 'orders.theySupply' : 'orders.theyBuy')}</span>
        </>
      ),
    },
    {
      name: 'state',
      words: t('orders.state'),
      cell: (order) => <Badge state={order.state} words={order.stateWords} />,
    },
    {
      name: 'waiting',
      words: t('orders.waiting'),
      wide: true,
      cell: (order) =>
        order.waitingFor.own ? (
          <strong className="your-move">{t('orders.yourMove')}</strong>
        ) : (
          <span className="soft">{say(order.waitingFor.words)}</span>
        ),
    },
    { name: 'progress', words: t('orders.progress'), number: true, cell: (order) => <ProgressGlance progress={order.progress} /> },
    { name: 'total', words: t('orders.total'), number: true, wide: true, cell: (order) => <Money {...order.total} /> },
    { name: 'due', words: t('orders.due'), wide: true, cell: (order) => <CalendarDate on={order.dueOn} /> },
    { name: 'changed', words: t('orders.changed'), wide: true, cell: (order) => <Moment at={order.changedAt} /> },
  ];

  return (
    <>
      <PageHead title={t('orders.title')}>
        <ExportOrders input={input} />
        {may('orders.import') ? (
          <Link className="button" href="/orders/import">
            {t('orders.import')}
          </Link>
        ) : null}
        {may('orders.propose') ? (
          <Link className="button primary" href="/orders/new">
            <Icon name="plus" />
            {t('orders.propose')}
          </Link>
        ) : null}
      </PageHead>
      <div className="stack">
        <OrderFilters filter={filter} />
        <div className="panel">
          <SteadyListTable
            list={list}
            of={JSON.stringify(input)}
            label={t('orders.title')}
            columns={columns}
            keyOf={(order) => order.id}
            open={(order) => `/orders/${order.id}`}
            none={<NoOrders filtered={filtered} goesOn={list.more !== null} />}
          />
        </div>
      </div>
    </>
  );
}

function NoOrders({ filtered, goesOn }: { readonly filtered: boolean; readonly goesOn: boolean }) {
  const { t } = useWords();
  if (goesOn) return <Empty title={t('orders.noneFiltered')} what={t('orders.searchGoesOn')} />;
  if (filtered) return <Empty title={t('orders.noneFiltered')} what={t('orders.noneFilteredWhat')} />;
  return (
    <Empty
      title={t('orders.none')}
      what={t('orders.noneWhat')}
      sdk="await yunfab.orders.propose({ supplier: 'shanhai', ownNumber: 'PO-1', currency: 'CNY', dueOn: '2026-12-31', lines: [{ description: '…', quantity: { value: '100', unit: 'H87' }, unitPrice: '315.00' }] })"
      command="curl -X POST $YUNFAB_URL/api/v1/orders -H 'Authorization: Bearer yf_…' -H 'Idempotency-Key: 1' --json @order.json"
    />
  );
}
