import { Link } from 'wouter';
import { useAddressPart } from '../app/address.js';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useList } from '../app/platform.js';
import { Empty, ProblemNotice, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { Icon } from '../design/icon.js';
import { MoreButton, NewBar } from '../design/list-foot.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { type Column, RecordTable } from '../design/record-table.js';
import { useSteadyRows } from '../design/steady-rows.js';
import { CalendarDate, Moment, Money } from '../design/time.js';
import { useWords } from '../words/words.js';
import { ProgressGlance } from './progress.js';

type OrderSummary = Awaited<ReturnType<Client['orders']['list']>>['items'][number];

const sides = ['buyer', 'supplier'] as const;
const states = ['proposed', 'confirmed', 'in_production', 'in_delivery', 'closed', 'declined', 'withdrawn'] as const;

export function OrderBoard() {
  const { t, say } = useWords();
  const [side, setSide] = useAddressPart('side', sides);
  const [state, setState] = useAddressPart('state', states);
  const filter = { ...(side ? { side } : {}), ...(state ? { state } : {}) };
  const list = useList(['orders.list', filter], (yunfab, page, options) => yunfab.orders.list({ ...filter, ...page }, options));
  const { rows, fresh, showAll } = useSteadyRows(`${side}/${state}`, list.items, (order) => order.id);
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
        {may('orders.propose') ? (
          <Link className="button primary" href="/orders/new">
            <Icon name="plus" />
            {t('orders.propose')}
          </Link>
        ) : null}
      </PageHead>
      <div className="stack">
        <div className="actions" style={{ gap: '8px 20px' }}>
          <Chips
            label={t('orders.filterSide')}
            value={side}
            onChoose={setSide}
            choices={[
              { value: null, words: t('orders.bothSides') },
              { value: 'buyer', words: t('orders.weBuy') },
              { value: 'supplier', words: t('orders.weSupply') },
            ]}
          />
          <Chips
            label={t('orders.filterState')}
            value={state}
            onChoose={setState}
            choices={[
              { value: null, words: t('orders.allStates') },
              ...states.map((each) => ({ value: each, words: t(`orderState.${each}`) })),
            ]}
          />
        </div>
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
            <RecordTable
              label={t('orders.title')}
              columns={columns}
              rows={rows}
              keyOf={(order) => order.id}
              open={(order) => `/orders/${order.id}`}
            />
          ) : list.problem ? null : (
            <NoOrders filtered={side !== null || state !== null} />
          )}
          <MoreButton list={list} />
        </div>
      </div>
    </>
  );
}

function NoOrders({ filtered }: { readonly filtered: boolean }) {
  const { t } = useWords();
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
