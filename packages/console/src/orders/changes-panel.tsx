import type { Client } from '../app/client.js';
import { useAsk, useFormat } from '../app/platform.js';
import { ProblemNotice } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { isPhrase, useWords } from '../words/words.js';
import type { Order } from './order-page.js';

type Change = Awaited<ReturnType<Client['orders']['changes']['list']>>['items'][number];
type Difference = Change['differences'][number];

/** What both sides agreed to change, and what waits; each with its differences. */
export function ChangesPanel({ order }: { readonly order: Order }) {
  const { t, say } = useWords();
  const asked = useAsk(['orders.changes.list', { order: order.id, version: order.version }], (yunfab, options) =>
    yunfab.orders.changes.list({ order: order.id }, options),
  );
  const items = asked.answer?.items ?? [];
  if (asked.problem) return <ProblemNotice problem={asked.problem} onRetry={asked.again} />;
  if (items.length === 0) return null;
  return (
    <Panel title={t('orderChanges.title')}>
      <div className="stack">
        {items.map((change) => (
          <section key={change.id} className="stack" style={{ gap: 8 }} data-change={change.number}>
            <div className="actions">
              <h3>{t('orderChanges.number', { number: change.number })}</h3>
              <Badge state={change.state} words={change.stateWords} />
              <span className="soft">{say(change.kindWords)}</span>
            </div>
            <p>
              “{change.reason}”{' '}
              <span className="soft small">
                {t('orderChanges.by', { side: t(change.side === 'buyer' ? 'orders.buyer' : 'orders.supplier'), who: change.proposedBy })} ·{' '}
                <Moment at={change.proposedAt} />
              </span>
            </p>
            <ChangeDifferences order={order} differences={change.differences} />
            {change.answer ? (
              <p className="soft">
                {t('orderChanges.answer')}: “{change.answer}”
              </p>
            ) : null}
          </section>
        ))}
      </div>
    </Panel>
  );
}

export function ChangeDifferences({ order, differences }: { readonly order: Order; readonly differences: readonly Difference[] }) {
  const { t } = useWords();
  const show = useShown(order);
  return (
    <div className="table-room">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('orderChanges.what')}</th>
            <th scope="col">{t('orderChanges.before')}</th>
            <th scope="col">{t('orderChanges.after')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((difference, index) => (
            <tr key={index} data-field={difference.field}>
              <td>{show.what(difference)}</td>
              <td className="soft">{show.value(difference, difference.before)}</td>
              <td>{show.value(difference, difference.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Json = Difference['before'];
const isRecord = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);
const asText = (value: Json | undefined): string => (typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value));

function useShown(order: Order) {
  const { t } = useWords();
  const format = useFormat();

  const what = ({ position, field }: Difference): string => {
    const [head = '', ...path] = field.split('.');
    const phrase = `orderChanges.field.${head}`;
    const name = `${isPhrase(phrase) ? t(phrase) : head}${path.length > 0 ? ` · ${path.join(' · ')}` : ''}`;
    return position === null ? name : t('orderChanges.line', { position, field: name });
  };

  const value = ({ line, field }: Difference, given: Json): string => {
    const of = order.lines.find(({ id }) => id === line);
    if (given === null) return '–';
    if (field === 'dueOn') return format.date(asText(given));
    if (field === 'quantity' && of) return format.quantity(asText(given), of.quantity.unit);
    if (field === 'unitPrice') return format.money(asText(given), order.currency);
    if (/Rate$|Tolerance$/.test(field)) return `${format.number(asText(given))} %`;
    if (field === 'incoterms' && isRecord(given)) return `${asText(given['rule'])} ${asText(given['place'])}`;
    if (field === 'milestone' && isRecord(given)) return `${asText(given['name'])}, ${format.date(asText(given['dueOn']))}`;
    if (field === 'line' && isRecord(given)) return asText(given['description']);
    if (field === 'schedule' && Array.isArray(given))
      return (
        given
          .map((part) => (isRecord(part) ? `${format.date(asText(part['dueOn']))}: ${format.number(asText(part['quantity']))}` : ''))
          .join('; ') || '–'
      );
    return asText(given);
  };

  return { what, value };
}
