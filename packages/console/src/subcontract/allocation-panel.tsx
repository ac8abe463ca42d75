import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useAsk } from '../app/platform.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount } from '../design/time.js';
import { minus } from '../format/decimal.js';
import type { Order } from '../orders/order-page.js';
import { useWords } from '../words/words.js';
import { CreateSubOrder } from './create-sub-order.js';
import { ReleaseAllocation } from './release-allocation.js';

export type Subcontract = Awaited<ReturnType<Client['orders']['subcontract']['of']>>;
export type Allocation = Subcontract['allocations'][number];

export function useSubcontract(order: string) {
  return useAsk(['orders.subcontract', { order }], (yunfab, options) => yunfab.orders.subcontract.of({ order }, options));
}

/** Who makes what, and what an order of one's own helps to make: the contractor's own knowledge, and empty for everybody else. */
export function AllocationPanel({ order }: { readonly order: Order }) {
  const { t } = useWords();
  const { answer } = useSubcontract(order.id);
  const [line, setLine] = useState<string | null>(null);
  if (!answer || (order.side !== 'supplier' && answer.serves.length === 0)) return null;
  const chosen = answer.lines.find((each) => each.line === line);
  const giving = ['confirmed', 'in_production', 'in_delivery'].includes(order.state);
  return (
    <Panel title={t('subcontract.title')} aside={<span className="soft small">{t('subcontract.onlyYours')}</span>} flush>
      {answer.serves.length > 0 ? <Serves serves={answer.serves} /> : null}
      {order.side === 'supplier' ? <Allocations answer={answer} order={order.id} /> : null}
      {giving
        ? answer.lines
            .filter(({ own }) => Number(own) > 0)
            .map((each) => (
              <p key={each.line} className="actions" style={{ padding: '8px 16px' }}>
                <span>
                  {each.position} · {each.description}
                </span>
                <span className="soft">{t('subcontract.ownWork')}</span>
                <Amount value={each.own} unit={each.allocated.unit} />
                <Button data-move="subcontract" onClick={() => setLine(each.line)}>
                  {t('subcontract.create')}
                </Button>
              </p>
            ))
        : null}
      {chosen ? <CreateSubOrder order={order} line={chosen} onDone={() => setLine(null)} /> : null}
    </Panel>
  );
}

function Allocations({ answer, order }: { readonly answer: Subcontract; readonly order: string }) {
  const { t, say } = useWords();
  const [released, setReleased] = useState<Allocation | null>(null);
  const position = (id: string) => answer.lines.find(({ line }) => line === id)?.position ?? '';
  const live = (row: Allocation) => Number(minus(row.quantity, row.released, row.credited)) > 0;
  if (answer.allocations.length === 0) return null;
  return (
    <>
      <RecordTable
        label={t('subcontract.title')}
        rows={answer.allocations}
        keyOf={({ id }) => id}
        open={({ subOrder }) => `/orders/${subOrder.id}`}
        columns={[
          { name: 'line', words: t('subcontract.line'), cell: (row) => position(row.line) },
          { name: 'who', words: t('subcontract.who'), cell: (row) => say(row.factory.name) },
          {
            name: 'operations',
            words: t('subcontract.operations'),
            cell: ({ operations }) => (operations ? `${operations.from}–${operations.to}` : t('subcontract.allOperations')),
          },
          {
            name: 'quantity',
            words: t('subcontract.quantity'),
            number: true,
            cell: (row) => <Amount value={minus(row.quantity, row.released)} unit={row.unit} />,
          },
          {
            name: 'delivered',
            words: t('subcontract.delivered'),
            number: true,
            cell: (row) => <Amount value={row.credited} unit={row.unit} />,
          },
          {
            name: 'state',
            words: t('subcontract.subOrder'),
            cell: ({ subOrder }) => (
              <>
                {subOrder.number} <Badge state={subOrder.state} words={subOrder.stateWords} />
              </>
            ),
          },
          {
            name: 'release',
            words: '',
            cell: (row) =>
              live(row) ? (
                <Button data-move="release-allocation" onClick={() => setReleased(row)}>
                  {t('subcontract.release')}
                </Button>
              ) : null,
          },
        ]}
      />
      {released ? <ReleaseAllocation order={order} allocation={released} onDone={() => setReleased(null)} /> : null}
    </>
  );
}

function Serves({ serves }: { readonly serves: Subcontract['serves'] }) {
  const { t } = useWords();
  return (
    <ul className="plain" style={{ padding: '8px 16px' }}>
      {serves.map((each) => (
        <li key={each.allocation} className="actions">
          <span className="soft">{t('subcontract.serves')}</span>
          <Link href={`/orders/${each.order.id}`}>{each.order.number}</Link>
          <span>
            {each.position} · {each.description}
          </span>
          <Amount value={each.quantity} unit={each.unit} />
        </li>
      ))}
    </ul>
  );
}
