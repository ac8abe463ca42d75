import { Facts, Panel } from '../design/panel.js';
import { CalendarDate, Moment, Money } from '../design/time.js';
import { useWords } from '../words/words.js';
import type { Order } from './order-page.js';

export function OrderFacts({ order }: { readonly order: Order }) {
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
          order.tax.amount !== '0' ? { label: t('orders.tax'), value: <Money {...order.tax} /> } : null,
          order.incoterms
            ? { label: t('orders.incoterms'), value: `${order.incoterms.rule} ${order.incoterms.place} (${say(order.incoterms.words)})` }
            : null,
          order.paymentDays === null ? null : { label: t('orders.paymentDays'), value: t('orders.days', { count: order.paymentDays }) },
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
