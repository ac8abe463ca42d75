import { useFormat } from '../app/platform.js';
import { Panel } from '../design/panel.js';
import { Money } from '../design/time.js';
import { LineOutlook } from '../floor/line-outlook.js';
import { useWords } from '../words/words.js';
import type { Order } from './order-page.js';
import { LineProgress } from './progress.js';
import { Specification } from './specification.js';

type Line = Order['lines'][number];

export function OrderLines({ order }: { readonly order: Order }) {
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
                <Money {...line.unitPrice} /> × {format.quantity(line.progress.ordered, line.quantity.unit)} = <Money {...line.amount} />
              </span>
            </div>
            <LineTerms line={line} />
            {line.specification ? <Specification specification={line.specification} /> : null}
            <LineProgress
              order={order.id}
              line={line.id}
              description={line.description}
              unit={line.quantity.unit}
              balances={line.progress}
            />
            <LineOutlook outlook={line.outlook} />
          </div>
        ))}
      </div>
    </Panel>
  );
}

/** What is agreed of the line beside quantity and price; nothing when nothing is. */
function LineTerms({ line }: { readonly line: Line }) {
  const { t } = useWords();
  const format = useFormat();
  const parts = line.schedule.map(({ dueOn, quantity }) => `${format.date(dueOn)}: ${format.number(quantity)}`);
  const terms = [
    line.dueOn && parts.length === 0 ? `${t('orders.due')} ${format.date(line.dueOn)}` : null,
    parts.length > 0 ? `${t('orders.schedule')} ${parts.join(' · ')}` : null,
    line.overTolerance !== '0' || line.underTolerance !== '0'
      ? `${t('orders.tolerance')} +${format.number(line.overTolerance)} % / −${format.number(line.underTolerance)} %`
      : null,
    line.taxRate !== '0' ? `${t('orders.tax')} ${format.number(line.taxRate)} %` : null,
    line.relinquished !== '0' ? `${t('orders.relinquished')} ${format.quantity(line.relinquished, line.quantity.unit)}` : null,
  ].filter((term) => term !== null);
  return terms.length > 0 ? <p className="soft small">{terms.join('  ·  ')}</p> : null;
}
