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
  const [at, setAt] = useState<Readonly<Record<string, string>>>({});
  const input = { rfq: rfq.id, quantities: Object.entries(at).map(([line, quantity]) => ({ line, quantity })) };
  const asked = useAsk(['orders.rfq.compare', input], (yunfab, options) => yunfab.orders.rfq.compare(input, options));
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
        {(comparison) => (
          <ComparisonTable rfq={rfq} comparison={comparison} onQuantity={(line, quantity) => setAt({ ...at, [line]: quantity })} />
        )}
      </Screen>
      {missing ? <RateDialog from={missing} to={rfq.currency} onDone={() => setMissing(null)} /> : null}
    </Panel>
  );
}

interface ComparisonTableProps {
  readonly rfq: Rfq;
  readonly comparison: Comparison;
  readonly onQuantity: (line: string, quantity: string) => void;
}

function ComparisonTable({ rfq, comparison, onQuantity }: ComparisonTableProps) {
  const { t, say } = useWords();
  const { offers, lines } = comparison;
  const tooled = offers.some(({ offer }) => offer && isSome(offer.tooling));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard
    <div className="table-room" role="group" aria-label={t('rfq.comparison')} tabIndex={0}>
      <table className="table compared">
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
                <AskedQuantity
                  line={line}
                  asked={rfq.lines.find(({ id }) => id === line.line)}
                  onChoose={(quantity) => onQuantity(line.line, quantity)}
                />
              </th>
              {offers.map(({ invitation }) => (
                <td key={invitation} className="number">
                  <LineCell line={line} offer={line.offers.find((each) => each.invitation === invitation)} />
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
              <br />
              <span className="soft small plain">{t('rfq.landedOf')}</span>
            </th>
            {offers.map(({ invitation, offer }) => (
              <td key={invitation} className="number">
                {offer ? <LandedCell offer={offer} tooled={tooled} /> : '–'}
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

type ComparedLine = Comparison['lines'][number];

const isSome = ({ amount }: { readonly amount: string }): boolean => Number(amount) > 0;

/** The quantity that is compared; where further ones were asked, another is chosen here. */
function AskedQuantity({
  line: { position, quantity },
  asked,
  onChoose,
}: {
  readonly line: ComparedLine;
  readonly asked: Rfq['lines'][number] | undefined;
  readonly onChoose: (quantity: string) => void;
}) {
  const { t } = useWords();
  const format = useFormat();
  const quantities = asked ? [asked.quantity.value, ...asked.breaks.filter((each) => each !== asked.quantity.value)] : [];
  if (quantities.length < 2) return <span className="soft small plain">{format.quantity(quantity.value, quantity.unit)}</span>;
  return (
    <select
      className="input small"
      style={{ width: 'auto' }}
      aria-label={t('rfq.comparedAt', { position })}
      value={quantity.value}
      onChange={(event) => onChoose(event.target.value)}
    >
      {quantities.map((each) => (
        <option key={each} value={each}>
          {format.quantity(each, quantity.unit)}
        </option>
      ))}
    </select>
  );
}

function LineCell({ line, offer }: { readonly line: ComparedLine; readonly offer: ComparedLine['offers'][number] | undefined }) {
  const { t } = useWords();
  const format = useFormat();
  if (!offer) return <span className="soft">{t('rfq.notQuoted')}</span>;
  const tooled = line.offers.some(({ tooling }) => isSome(tooling));
  return (
    <>
      <Best marked={offer.best} words={t(tooled ? 'rfq.lowestTooled' : 'rfq.lowest')}>
        <Money {...offer.unitPrice} />
      </Best>
      <br />
      <span className="soft small">
        <Money {...offer.amount} />
        {isSome(offer.tooling) ? (
          <>
            {' + '}
            {t('rfq.row.tooling')} <Money {...offer.tooling} />
          </>
        ) : null}
        {offer.compared && offer.compared.currency !== offer.amount.currency ? (
          <>
            {' ≈ '}
            <Money {...offer.compared} />
          </>
        ) : null}
      </span>
      <br />
      <span className="soft small">
        {t('rfq.inDays', { days: offer.leadDays })}
        {offer.belowMinimumLot && offer.minimumLot !== null ? ` · ${t('rfq.minimumOf', { minimum: format.number(offer.minimumLot) })}` : ''}
      </span>
    </>
  );
}

function LandedCell({ offer, tooled }: { readonly offer: Offer; readonly tooled: boolean }) {
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
      <Best marked={offer.best} words={t(tooled ? 'rfq.lowestLandedTooled' : 'rfq.lowestLanded')}>
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

function Best({ marked, words, children }: { readonly marked: boolean; readonly words: string; readonly children: ReactNode }) {
  if (!marked) return children;
  return (
    <>
      <Badge state="best" words={words} tone="good" />
      <br />
      {children}
    </>
  );
}
