import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useAsk, useFormat } from '../app/platform.js';
import { Button } from '../design/button.js';
import { Panel } from '../design/panel.js';
import { Amount } from '../design/time.js';
import type { Order } from '../orders/order-page.js';
import { useWords } from '../words/words.js';
import { AgreeMaterial } from './agree-material.js';
import { MaterialEntry, type MaterialMove } from './material-entry.js';

export type Material = Awaited<ReturnType<Client['orders']['suppliedMaterial']['of']>>['materials'][number];

const moves: Readonly<Record<'buyer' | 'supplier', readonly MaterialMove[]>> = {
  buyer: ['send', 'writeOff'],
  supplier: ['receive', 'use', 'scrap', 'return'],
};

/** States of an order that never came about. */
const never: readonly string[] = ['declined', 'withdrawn'];

/** Whether there is anything that the move could be about, be it to take an earlier one back. */
function isTime(move: MaterialMove, { sent, received, open }: Material['balance']): boolean {
  if (move === 'send') return true;
  if (move === 'receive') return Number(sent) !== 0;
  return Number(move === 'writeOff' ? open : received) !== 0;
}

/** What the buyer provides: how much was sent, where it went, and what is still open. Both sides read the same. */
export function SuppliedPanel({ order }: { readonly order: Order }) {
  const { t } = useWords();
  const [opened, setOpened] = useState<{ readonly material: string; readonly move: MaterialMove } | 'agree' | null>(null);
  const { answer } = useAsk(['orders.suppliedMaterial', { order: order.id }], (yunfab, options) =>
    yunfab.orders.suppliedMaterial.of({ order: order.id }, options),
  );
  const providing = order.side === 'buyer' && ['proposed', 'confirmed', 'in_production', 'in_delivery', 'on_hold'].includes(order.state);
  if (!answer || (answer.materials.length === 0 && !providing)) return null;
  const entered = opened !== null && opened !== 'agree' ? opened : null;
  const material = answer.materials.find(({ id }) => id === entered?.material);
  return (
    <Panel
      title={t('supplied.title')}
      aside={
        providing ? (
          <Button data-move="agree-material" onClick={() => setOpened('agree')}>
            {t('supplied.agree')}
          </Button>
        ) : undefined
      }
    >
      {answer.materials.length === 0 ? <p className="soft">{t('supplied.none')}</p> : null}
      {answer.materials.map((each) => (
        <MaterialView
          key={each.id}
          material={each}
          moves={
            order.side === 'reader' || never.includes(order.state) ? [] : moves[order.side].filter((move) => isTime(move, each.balance))
          }
          open={(move) => setOpened({ material: each.id, move })}
        />
      ))}
      {opened === 'agree' ? <AgreeMaterial order={order} onDone={() => setOpened(null)} /> : null}
      {entered && material ? (
        <MaterialEntry order={order.id} material={material} move={entered.move} onDone={() => setOpened(null)} />
      ) : null}
    </Panel>
  );
}

interface MaterialViewProps {
  readonly material: Material;
  readonly moves: readonly MaterialMove[];
  readonly open: (move: MaterialMove) => void;
}

const sums = ['sent', 'received', 'used', 'scrapped', 'returned', 'writtenOff', 'open'] as const;

function MaterialView({ material, moves: possible, open }: MaterialViewProps) {
  const { t } = useWords();
  const format = useFormat();
  const { consumption } = material;
  return (
    <section className="stack" style={{ gap: 4, marginBottom: 16 }} data-material={material.id}>
      <div className="actions">
        <strong>{material.description}</strong>
        {material.inProcess ? <span className="soft">{t('supplied.inProcess')}</span> : null}
        {material.lots.map(({ lot, code }) => (
          <Link key={lot} href={`/lots/${lot}`}>
            {code ?? '–'}
          </Link>
        ))}
      </div>
      <div className="table-room">
        <table className="table">
          <thead>
            <tr>
              {sums.map((name) => (
                <th key={name} scope="col" className="number">
                  {t(`supplied.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              {sums.map((name) => (
                <td key={name} className="number">
                  <Amount value={material.balance[name]} unit={material.unit} />
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      {consumption?.loss ? (
        <p className="soft small">
          {Number(consumption.loss) < 0
            ? t('supplied.below', {
                actual: format.quantity(consumption.actual, material.unit),
                expected: format.quantity(consumption.expected, material.unit),
              })
            : t('supplied.within', { loss: consumption.loss, expected: format.quantity(consumption.expected, material.unit) })}
          {Number(consumption.excess) > 0 ? (
            <strong> · {t('supplied.excess', { quantity: format.quantity(consumption.excess, material.unit) })}</strong>
          ) : null}
        </p>
      ) : null}
      <div className="actions">
        {possible.map((move) => (
          <Button key={move} look={move === 'writeOff' ? 'danger' : 'plain'} data-move={`material-${move}`} onClick={() => open(move)}>
            {t(`supplied.${move}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}
