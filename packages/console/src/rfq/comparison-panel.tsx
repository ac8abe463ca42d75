import { type ReactNode, useState } from 'react';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useFormat } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Panel } from '../design/panel.js';
import { CalendarDate, Moment, Money } from '../design/time.js';
import { useWords } from '../words/words.js';
import { RateDialog } from './rate-dialog.js';
import type { Rfq } from './rfq-page.js';
import { toneOfQuote } from './suppliers-panel.js';
import type { Currency } from './terms-fields.js';

export type Comparison = Awaited<ReturnType<Client['orders']['rfq']['compare']>>;
type Offer = NonNullable<Comparison['offers'][number]['offer']>;

/** Suppliers side by side: lines above, totals below, the best of each row marked; every total at a rate that is shown. */
export function ComparisonPanel({ rfq }: { readonly rfq: Rfq }) {
  const { t } = useWords();
  const may = useMay();
  const [missing, setMissing] = useState<Currency | null>(null);
  const asked = useAsk(['orders.rfq.compare', { rfq: rfq.id }], (yunfab, options) => yunfab.orders.rfq.compare({ rfq: rfq.id }, options));
  const needed = asked.answer?.offers.find(({ offer }) => offer?.rateMissing)?.offer?.currency;
  return (
    <Panel
      title={t('rfq.comparison')}
      flush
      aside={
        needed && may('orders.rfq.ask') ? (
          <Button onClick={() => setMissing(needed)}>{t('rfq.setRate', { currency: needed })}</Button>
        ) : undefined
      }
    >
      <Screen asked={asked} nested>
        {(comparison) => <ComparisonTable comparison={comparison} />}
      </Screen>
      {missing ? <RateDialog from={missing} to={rfq.currency} onDone={() => setMissing(null)} /> : null}
    </Panel>
  );
}

function ComparisonTable({ comparison }: { readonly comparison: Comparison }) {
  const { t, say } = useWords();
  const format = useFormat();
  const { offers, lines } = comparison;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard
    <div className="table-room" role="group" aria-label={t('rfq.comparison')} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('rfq.atQuantity')}</th>
            {offers.map(({ invitation, supplier, stateWords, reason, offer }) => (
              <th key={invitation} scope="col" className="number">
                {say(supplier.name)}
                <br />
                {offer ? (
                  <Badge state={offer.state} words={offer.stateWords} tone={toneOfQuote(offer.state)} />
                ) : (
                  <span className="soft small" title={reason ?? undefined}>
                    {say(stateWords)}
                  </span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.line} data-line={line.position}>
              <th scope="row" className="main-cell">
                {line.position}. {line.description}
                <br />
                <span className="soft small">{format.quantity(line.quantity.value, line.quantity.unit)}</span>
              </th>
              {offers.map(({ invitation }) => (
                <td key={invitation} className="number">
                  <LineCell offer={line.offers.find((each) => each.invitation === invitation)} />
                </td>
              ))}
            </tr>
          ))}
          {rows.map(({ name, cell }) => (
            <tr key={name}>
              <th scope="row" className="main-cell">
                {t(`rfq.row.${name}`)}
              </th>
              {offers.map(({ invitation, offer }) => (
                <td key={invitation} className="number">
                  {offer ? cell(offer) : '–'}
                </td>
              ))}
            </tr>
          ))}
          <tr data-row="landed">
            <th scope="row" className="main-cell">
              {t('rfq.landed', { currency: comparison.currency })}
            </th>
            {offers.map(({ invitation, offer }) => (
              <td key={invitation} className="number">
                {offer ? <LandedCell offer={offer} /> : '–'}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

type RowName = 'goods' | 'tooling' | 'freight' | 'tax' | 'duty' | 'delivery' | 'lead' | 'payment' | 'valid';

const rows: readonly { readonly name: RowName; readonly cell: (offer: Offer) => ReactNode }[] = [
  { name: 'goods', cell: ({ goods }) => <Money {...goods} /> },
  { name: 'tooling', cell: ({ tooling }) => <Money {...tooling} /> },
  { name: 'freight', cell: ({ freight }) => <Money {...freight} /> },
  { name: 'tax', cell: ({ tax, taxRate }) => <Rated amount={tax} rate={taxRate} /> },
  { name: 'duty', cell: ({ duty, dutyRate }) => <Rated amount={duty} rate={dutyRate} /> },
  { name: 'delivery', cell: ({ delivery }) => `${delivery.rule} ${delivery.place}` },
  { name: 'lead', cell: ({ longestLeadDays }) => <Days days={longestLeadDays} /> },
  { name: 'payment', cell: ({ paymentDays }) => <Days days={paymentDays} /> },
  { name: 'valid', cell: ({ validUntil }) => <Moment at={validUntil} /> },
];

function Days({ days }: { readonly days: number }) {
  const { t } = useWords();
  return <>{t('rfq.inDays', { days })}</>;
}

function Rated({ amount, rate }: { readonly amount: Offer['tax']; readonly rate: string }) {
  const format = useFormat();
  return (
    <>
      <Money {...amount} /> <span className="soft small">{format.number(rate)} %</span>
    </>
  );
}

function LineCell({ offer }: { readonly offer: Comparison['lines'][number]['offers'][number] | undefined }) {
  const { t } = useWords();
  const format = useFormat();
  if (!offer) return <span className="soft">{t('rfq.notQuoted')}</span>;
  return (
    <>
      <Best marked={offer.best}>
        <Money {...offer.unitPrice} />
      </Best>
      <br />
      <span className="soft small">
        {t('rfq.inDays', { days: offer.leadDays })}
        {offer.belowMinimumLot && offer.minimumLot !== null ? ` · ${t('rfq.minimumOf', { minimum: format.number(offer.minimumLot) })}` : ''}
      </span>
    </>
  );
}

function LandedCell({ offer }: { readonly offer: Offer }) {
  const { t } = useWords();
  const format = useFormat();
  if (offer.landedInRfqCurrency === null)
    return (
      <>
        <Money {...offer.landed} />
        <br />
        <span className="soft small">{t('rfq.noRate', { currency: offer.currency })}</span>
      </>
    );
  return (
    <>
      <Best marked={offer.best}>
        <strong>
          <Money {...offer.landedInRfqCurrency} />
        </strong>
      </Best>
      {offer.rate ? (
        <>
          <br />
          <span className="soft small" title={offer.rate.source}>
            1 {offer.rate.from} = {format.number(offer.rate.rate)} {offer.rate.to} · <CalendarDate on={offer.rate.asOf} />
          </span>
        </>
      ) : null}
      {offer.missing.length > 0 ? (
        <>
          <br />
          <span className="soft small">{t('rfq.without', { lines: offer.missing.join(', ') })}</span>
        </>
      ) : null}
    </>
  );
}

function Best({ marked, children }: { readonly marked: boolean; readonly children: ReactNode }) {
  const { t } = useWords();
  if (!marked) return <>{children}</>;
  return (
    <>
      <Badge state="best" words={t('rfq.best')} tone="good" /> {children}
    </>
  );
}
