import { useState } from 'react';
import { useAsk, useFormat } from '../app/platform.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { Facts, Panel } from '../design/panel.js';
import { Moment, Money } from '../design/time.js';
import { useWords } from '../words/words.js';
import type { Invitation } from './invitation-page.js';
import { toneOfQuote } from './suppliers-panel.js';

type Quote = NonNullable<Invitation['quote']>;

/** One quote, any revision of it; every amount as the platform reckons it at the quantities asked for. */
export function QuotePanel({ quote, lines }: { readonly quote: Quote; readonly lines: NonNullable<Invitation['content']>['lines'] }) {
  const { t } = useWords();
  const format = useFormat();
  const [revision, setRevision] = useState<number | null>(null);
  const input = { quote: quote.id, ...(revision === null ? {} : { revision }) };
  const { answer } = useAsk(['orders.rfq.quotes.get', input], (yunfab, options) => yunfab.orders.rfq.quotes.get(input, options), {
    enabled: revision !== null,
  });
  const shown = revision === null ? quote : (answer ?? quote);
  return (
    <Panel
      title={`${t('rfq.quote')} ${quote.number} / ${shown.revision}`}
      aside={<Badge state={quote.state} words={quote.stateWords} tone={toneOfQuote(quote.state)} />}
    >
      <div className="stack">
        {quote.revisions.length > 1 ? (
          <Chips
            label={t('rfq.revisions')}
            value={String(shown.revision)}
            onChoose={(chosen) => setRevision(Number(chosen))}
            choices={quote.revisions.map((each) => ({
              value: String(each.revision),
              words: t('quotations.revision', { revision: each.revision }),
            }))}
          />
        ) : null}
        {shown.lines.map((line) => {
          const unit = lines.find(({ id }) => id === line.line)?.quantity.unit;
          return (
            <div key={line.line} data-line={line.position}>
              <h3>
                {line.position === null ? '' : `${line.position}. `}
                {line.description}
              </h3>
              <p>
                {line.prices.map(({ from, unitPrice }) => (
                  <span key={from} className="nowrap" style={{ marginInlineEnd: 16 }}>
                    <span className="soft">
                      {t('rfq.fromQuantity', { from: unit ? format.quantity(from, unit) : format.number(from) })}
                    </span>{' '}
                    <Money {...unitPrice} />
                  </span>
                ))}
              </p>
              <p className="soft small">
                {t('rfq.tooling')} <Money {...line.tooling} /> · {t('rfq.leadDays')} {t('rfq.inDays', { days: line.leadDays })}
                {line.minimumLot === null ? '' : ` · ${t('rfq.minimumOf', { minimum: format.number(line.minimumLot) })}`}
              </p>
            </div>
          );
        })}
        <Facts
          facts={[
            { label: t('rfq.validUntil'), value: <Moment at={shown.validUntil} /> },
            { label: t('rfq.incoterm'), value: `${shown.delivery.rule} ${shown.delivery.place}` },
            { label: t('rfq.freight'), value: <Money {...shown.freight} /> },
            { label: t('rfq.taxRate'), value: `${format.number(shown.taxRate)} %` },
            { label: t('rfq.paymentDays'), value: t('rfq.inDays', { days: shown.paymentDays }) },
            { label: t('rfq.submitted'), value: <Moment at={shown.submittedAt} /> },
            shown.note ? { label: t('orders.note'), value: shown.note } : null,
          ]}
        />
      </div>
    </Panel>
  );
}
