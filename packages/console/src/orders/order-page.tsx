import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useAsk, useFormat } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { CalendarDate, Moment, Money } from '../design/time.js';
import { useWords } from '../words/words.js';
import { Moves } from './moves.js';
import { ProductionOfOrder } from './production-of-order.js';
import { LineProgress } from './progress.js';
import { Shipments } from './shipments.js';
import { Specification } from './specification.js';
import { Timeline } from './timeline.js';

export type Order = Awaited<ReturnType<Client['orders']['get']>>;

export function OrderPage({ order: id }: { readonly order: string }) {
  const asked = useAsk(['orders.get', { order: id }], (yunfab, options) => yunfab.orders.get({ order: id }, options));
  return (
    <Screen asked={asked}>
      {(order) => (
        <>
          <OrderHead order={order} />
          <div className="with-side">
            <div className="stack">
              <Lines order={order} />
              {order.side === 'supplier' ? <ProductionOfOrder order={order} /> : null}
              <Shipments order={order} />
              <OrderFacts order={order} />
            </div>
            <Timeline order={order.id} />
          </div>
        </>
      )}
    </Screen>
  );
}

function OrderHead({ order }: { readonly order: Order }) {
  const { t, say } = useWords();
  return (
    <PageHead
      title={order.ownNumber ?? order.number}
      badge={<Badge state={order.state} words={order.stateWords} />}
      crumbs={
        <>
          <Link href="/orders">{t('orders.title')}</Link>
          <span aria-hidden="true">/</span>
          <span>
            {t(order.side === 'buyer' ? 'orders.boughtFrom' : 'orders.soldTo', {
              organization: say((order.side === 'buyer' ? order.supplier : order.buyer).name),
            })}
          </span>
        </>
      }
      below={
        <p role="status" data-waiting={order.waitingFor.side ?? ''}>
          {order.waitingFor.own ? <strong className="your-move">{t('orders.yourMove')} · </strong> : null}
          <span className={order.waitingFor.own ? '' : 'soft'}>{say(order.waitingFor.words)}</span>
        </p>
      }
    >
      <Moves order={order} />
    </PageHead>
  );
}

function Lines({ order }: { readonly order: Order }) {
  const { t } = useWords();
  const format = useFormat();
  return (
    <Panel title={t('orders.lines')} aside={<Money {...order.total} />}>
      <div className="stack">
        {order.lines.map((line) => (
          <div key={line.id} className="stack" style={{ gap: 8 }} data-line={line.position}>
            <div className="actions" style={{ justifyContent: 'space-between' }}>
              <h3>{line.description}</h3>
              <span className="soft nowrap">
                <Money {...line.unitPrice} /> × {format.quantity(line.quantity.value, line.quantity.unit)} = <Money {...line.amount} />
              </span>
            </div>
            {line.specification ? <Specification specification={line.specification} /> : null}
            <LineProgress
              order={order.id}
              line={line.id}
              description={line.description}
              unit={line.quantity.unit}
              balances={line.progress}
            />
          </div>
        ))}
      </div>
    </Panel>
  );
}

function OrderFacts({ order }: { readonly order: Order }) {
  const { t, say } = useWords();
  return (
    <Panel title={t('orders.facts')}>
      <Facts
        facts={[
          { label: t('orders.buyer'), value: say(order.buyer.name) },
          { label: t('orders.supplier'), value: say(order.supplier.name) },
          { label: t('orders.buyerNumber'), value: order.number },
          { label: t('orders.ownNumber'), value: order.ownNumber ?? '–' },
          { label: t('orders.due'), value: <CalendarDate on={order.dueOn} /> },
          { label: t('orders.total'), value: <Money {...order.total} /> },
          { label: t('orders.proposedAt'), value: <Moment at={order.proposedAt} /> },
          { label: t('orders.changed'), value: <Moment at={order.changedAt} /> },
          order.note ? { label: t('orders.note'), value: order.note } : null,
          order.privateNote ? { label: t('orders.privateNote'), value: order.privateNote } : null,
          order.reason ? { label: t('orders.reason'), value: order.reason } : null,
        ]}
      />
    </Panel>
  );
}
