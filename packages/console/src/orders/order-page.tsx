import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useAsk } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { PageHead } from '../design/page-head.js';
import { OrderComplaints } from '../duties/order-complaints.js';
import { OrderRatings } from '../duties/order-ratings.js';
import { OrderTermsPanel } from '../duties/order-terms.js';
import { FilesPanel } from '../files/files-panel.js';
import { OrderStatements } from '../statements/order-statements.js';
import { AllocationPanel } from '../subcontract/allocation-panel.js';
import { SuppliedPanel } from '../subcontract/supplied-panel.js';
import { useWords } from '../words/words.js';
import { ChangesPanel } from './changes-panel.js';
import { Milestones } from './milestones.js';
import { Moves } from './moves.js';
import { OrderFacts } from './order-facts.js';
import { OrderLines } from './order-lines.js';
import { ProductionOfOrder } from './production-of-order.js';
import { Shipments } from './shipments.js';
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
              <OrderLines order={order} />
              <Milestones order={order} />
              {order.side === 'supplier' ? <ProductionOfOrder order={order} /> : null}
              <AllocationPanel order={order} />
              <SuppliedPanel order={order} />
              <Shipments order={order} />
              <ChangesPanel order={order} />
              <OrderStatements order={order.id} />
              <OrderTermsPanel order={order.id} />
              <OrderRatings order={order} />
              <OrderComplaints order={order} />
              <FilesPanel record={order.id} mayAttach={order.side !== 'reader'} />
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
