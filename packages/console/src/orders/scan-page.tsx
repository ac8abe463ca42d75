import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import type { Client } from '../app/client.js';
import { useAsk, useFormat } from '../app/platform.js';
import { isNotFound } from '../app/problem.js';
import { Empty, ProblemNotice, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { ScanField } from '../design/scan-field.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import type { Order } from './order-page.js';
import { ReceiveDialog } from './receive-move.js';

type Found = Awaited<ReturnType<Client['orders']['packages']['find']>>['items'][number];

/** For whoever stands at the dock: scan a package, see what it is, confirm that it came. */
export function ScanPage() {
  const { t } = useWords();
  const code = new URLSearchParams(useSearch()).get('code') ?? '';
  const [, navigate] = useLocation();
  const [receiving, setReceiving] = useState<{ readonly order: Order; readonly found: Found } | null>(null);
  const asked = useAsk(['orders.packages.find', { code }], (yunfab, options) => yunfab.orders.packages.find({ code }, options), {
    enabled: code !== '',
  });
  const { answer, problem } = asked;
  const unknown = problem !== null && isNotFound(problem);
  return (
    <>
      <PageHead title={t('scan.title')} below={<p className="soft">{t('scan.what')}</p>} />
      <div className="stack">
        <ScanField
          label={t('scan.field')}
          hint={t('scan.hint')}
          problem={unknown ? t('scan.unknown', { code }) : undefined}
          listens={receiving === null}
          onScan={(scanned) => navigate(`/packages?code=${encodeURIComponent(scanned)}`)}
        />
        {problem && !unknown ? <ProblemNotice problem={problem} onRetry={asked.again} /> : null}
        {asked.pending ? <SkeletonRows rows={4} /> : null}
        {code === '' ? (
          <Empty
            title={t('scan.nothing')}
            what={t('scan.nothingWhat')}
            sdk="await yunfab.orders.packages.find({ code: '(00)340123451111111111' })"
          />
        ) : null}
        {answer?.items.map((found) => (
          <FoundPackage key={found.package.id} found={found} onReceive={(order) => setReceiving({ order, found })} />
        ))}
      </div>
      {receiving ? (
        <ReceiveDialog
          order={receiving.order}
          scanned={{ shipment: receiving.found.shipment, package: receiving.found.package.id }}
          onDone={() => setReceiving(null)}
        />
      ) : null}
    </>
  );
}

function FoundPackage({ found, onReceive }: { readonly found: Found; readonly onReceive: (order: Order) => void }) {
  const { t, say } = useWords();
  const format = useFormat();
  const { answer: order } = useAsk(['orders.get', { order: found.order }], (yunfab, options) =>
    yunfab.orders.get({ order: found.order }, options),
  );
  const shipment = order?.shipments.find(({ id }) => id === found.shipment);
  const underway = shipment?.lines.some(({ shipped, received }) => Number(received) < Number(shipped)) ?? false;
  const receive = order?.moves.find(({ move }) => move === 'receive');
  return (
    <Panel
      title={`${say(found.package.typeWords)} ${found.package.number}`}
      aside={order ? <Badge state={order.state} words={order.stateWords} /> : undefined}
    >
      <div className="stack" data-found={found.package.number}>
        <Facts
          facts={[
            {
              label: t('scan.order'),
              value: <Link href={`/orders/${found.order}`}>{order?.ownNumber ?? found.orderNumber}</Link>,
            },
            order
              ? {
                  label: t(order.side === 'buyer' ? 'orders.supplier' : 'orders.buyer'),
                  value: say(order[order.side === 'buyer' ? 'supplier' : 'buyer'].name),
                }
              : null,
            { label: t('shipments.number'), value: found.shipmentNumber },
            { label: t('shipments.at'), value: <Moment at={found.shippedAt} /> },
            shipment
              ? {
                  label: t('scan.received'),
                  value: shipment.lines
                    .map(({ received, shipped, quantity }) => `${format.number(received)} / ${format.quantity(shipped, quantity.unit)}`)
                    .join(' · '),
                }
              : null,
            found.package.grossKg ? { label: t('delivery.grossKg'), value: found.package.grossKg } : null,
          ]}
        />
        {order && shipment ? <Contents found={found} order={order} shipment={shipment} /> : <SkeletonRows rows={2} />}
        {receive && underway ? (
          <div className="actions">
            <Button
              look="primary"
              data-move="receive"
              aria-disabled={!receive.allowed}
              onClick={() => (receive.allowed && order ? onReceive(order) : undefined)}
            >
              {say(receive.words)}
            </Button>
            {receive.reason ? <span className="soft small">{say(receive.reason.words)}</span> : null}
          </div>
        ) : null}
        {shipment && !underway ? <p className="soft">{t('scan.allReceived')}</p> : null}
      </div>
    </Panel>
  );
}

interface ContentsProps {
  readonly found: Found;
  readonly order: Order;
  readonly shipment: Order['shipments'][number];
}

/** What the package holds, itself and in the packages inside it. */
function Contents({ found, order, shipment }: ContentsProps) {
  const { t, say } = useWords();
  const format = useFormat();
  const goodsOf = (shipmentLine: string) => {
    const line = shipment.lines.find(({ id }) => id === shipmentLine);
    const ordered = order.lines.find(({ id }) => id === line?.line);
    return [ordered?.description, line?.lot ? t('scan.lot', { lot: line.lot.code }) : null].filter(Boolean).join(' · ');
  };
  return (
    <ul className="ticks">
      {[found.package, ...found.within].map((each) => (
        <li key={each.id}>
          {each.id === found.package.id ? null : (
            <strong>
              {say(each.typeWords)} <span className="mono">{each.number}</span>{' '}
            </strong>
          )}
          {each.contents.map(({ shipmentLine, quantity, serials }) => (
            <div key={shipmentLine}>
              {format.quantity(quantity.value, quantity.unit)} · {goodsOf(shipmentLine)}
              {serials.length > 0 ? <span className="soft mono"> {serials.join(', ')}</span> : null}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
