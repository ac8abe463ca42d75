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
import { useLotsOfOrder } from '../orders/production-of-order.js';
import { useWords } from '../words/words.js';
import { AllocatePlaced, delivering } from './allocate-placed.js';
import { CreateSubOrder } from './create-sub-order.js';
import { EndOperations } from './end-operations.js';
import { ReleaseAllocation } from './release-allocation.js';
import { TakeIn, takable } from './take-in.js';

export type Subcontract = Awaited<ReturnType<Client['orders']['subcontract']['of']>>;
export type Allocation = Subcontract['allocations'][number];

export function useSubcontract(order: string) {
  return useAsk(['orders.subcontract', { order }], (yunfab, options) => yunfab.orders.subcontract.of({ order }, options));
}

/** Who makes what, and what an order of one's own helps to make: the contractor's own knowledge, and empty for everybody else. */
export function AllocationPanel({ order }: { readonly order: Order }) {
  const { t } = useWords();
  const { answer } = useSubcontract(order.id);
  const [giving, setGiving] = useState<{ readonly line: string; readonly to: 'new' | 'placed' } | null>(null);
  if (!answer || (order.side !== 'supplier' && answer.serves.length === 0)) return null;
  const chosen = answer.lines.find((each) => each.line === giving?.line);
  const open = ['confirmed', 'in_production', 'in_delivery'].includes(order.state);
  const free = open && order.side === 'supplier' && answer.lines.some(({ own }) => Number(own) > 0);
  if (!free && [answer.allocations, answer.lots, answer.serves].every(({ length }) => length === 0)) return null;
  return (
    <Panel title={t('subcontract.title')} aside={<span className="soft small">{t('subcontract.onlyYours')}</span>} flush>
      {answer.serves.length > 0 ? <Serves order={order} serves={answer.serves} /> : null}
      {order.side === 'supplier' ? <Allocations answer={answer} order={order.id} /> : null}
      {open
        ? answer.lines
            .filter(({ own }) => Number(own) > 0)
            .map((each) => (
              <p key={each.line} className="actions" style={{ padding: '8px 16px' }}>
                <span>
                  {each.position} · {each.description}
                </span>
                <span className="soft">{t('subcontract.ownWork')}</span>
                <Amount value={each.own} unit={each.allocated.unit} />
                <Button data-move="subcontract" onClick={() => setGiving({ line: each.line, to: 'new' })}>
                  {t('subcontract.create')}
                </Button>
                <Button data-move="allocate" onClick={() => setGiving({ line: each.line, to: 'placed' })}>
                  {t('allocate.open')}
                </Button>
              </p>
            ))
        : null}
      {chosen && giving?.to === 'new' ? <CreateSubOrder order={order} line={chosen} onDone={() => setGiving(null)} /> : null}
      {chosen && giving?.to === 'placed' ? <AllocatePlaced order={order} line={chosen} onDone={() => setGiving(null)} /> : null}
    </Panel>
  );
}

function Allocations({ answer, order }: { readonly answer: Subcontract; readonly order: string }) {
  const { t, say } = useWords();
  const [released, setReleased] = useState<Allocation | null>(null);
  const [ended, setEnded] = useState<Allocation | null>(null);
  const { jobs } = useLotsOfOrder(order);
  const standing = ({ job, subOrder }: Allocation) =>
    job !== null &&
    !delivering.includes(subOrder.state) &&
    jobs.some(({ id, operations }) => id === job.job && operations.some(isOutside(job.operation)));
  const position = (id: string) => answer.lines.find(({ line }) => line === id)?.position ?? '';
  const live = (row: Allocation) => Number(minus(row.quantity, row.released, row.credited)) > 0;
  if (answer.allocations.length === 0 && answer.lots.length === 0) return null;
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
            cell: (row) => (
              <span className="actions">
                {live(row) ? (
                  <Button data-move="release-allocation" onClick={() => setReleased(row)}>
                    {t('subcontract.release')}
                  </Button>
                ) : null}
                {standing(row) ? (
                  <Button data-move="end-operations" onClick={() => setEnded(row)}>
                    {t('endOperations.submit')}
                  </Button>
                ) : null}
              </span>
            ),
          },
        ]}
      />
      {answer.lots.length > 0 ? (
        <RecordTable
          label={t('subcontract.lots')}
          rows={answer.lots}
          keyOf={({ lot }) => lot.id}
          open={({ lot }) => `/lots/${lot.id}`}
          columns={[
            { name: 'lot', words: t('subcontract.lots'), cell: ({ lot }) => lot.code },
            { name: 'line', words: t('subcontract.line'), cell: (row) => position(row.line) },
            { name: 'state', words: t('orders.state'), cell: ({ lot }) => <Badge state={lot.state} words={lot.stateWords} /> },
            {
              name: 'quantity',
              words: t('subcontract.delivered'),
              number: true,
              cell: ({ lot }) => <Amount value={lot.quantity} unit={lot.unit} />,
            },
            {
              name: 'shipped',
              words: t('ledger.shipped'),
              number: true,
              cell: ({ lot }) => <Amount value={lot.shipped} unit={lot.unit} />,
            },
          ]}
        />
      ) : null}
      {released ? <ReleaseAllocation order={order} allocation={released} onDone={() => setReleased(null)} /> : null}
      {ended ? <EndOperations allocation={ended} onDone={() => setEnded(null)} /> : null}
    </>
  );
}

const isOutside =
  (id: string) =>
  (operation: { readonly id: string; readonly state: string; readonly outside: object | null }): boolean =>
    operation.id === id && operation.outside !== null && operation.state !== 'done' && operation.state !== 'canceled';

function Serves({ order, serves }: { readonly order: Order; readonly serves: Subcontract['serves'] }) {
  const { t } = useWords();
  const [taken, setTaken] = useState<Subcontract['serves'][number] | null>(null);
  const open = (each: Subcontract['serves'][number]) =>
    each.operations === null && Number(minus(each.quantity, each.released, each.credited)) > 0 && takable(order, each).length > 0;
  return (
    <ul className="plain" style={{ padding: '8px 16px' }}>
      {serves.map((each) => (
        <li key={each.allocation} className="actions">
          <span className="soft">{t('subcontract.serves')}</span>
          <Link href={`/orders/${each.order.id}`}>{each.order.number}</Link>
          <span>
            {each.position} · {each.description}
          </span>
          <Amount value={minus(each.quantity, each.released)} unit={each.unit} />
          <span className="soft">{t('subcontract.delivered')}</span>
          <Amount value={each.credited} unit={each.unit} />
          {open(each) ? (
            <Button data-move="take-in" onClick={() => setTaken(each)}>
              {t('takeIn.submit')}
            </Button>
          ) : null}
        </li>
      ))}
      {taken ? <TakeIn order={order} served={taken} onDone={() => setTaken(null)} /> : null}
    </ul>
  );
}
