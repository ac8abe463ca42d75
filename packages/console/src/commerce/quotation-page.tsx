import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useAsk, useFormat } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { Moment, Money } from '../design/time.js';
import { Specification } from '../orders/specification.js';
import { useWords } from '../words/words.js';
import { counterpartyOf, toneOf } from './quotation-board.js';
import { QuotationMoves } from './quotation-moves.js';

export type Quotation = Awaited<ReturnType<Client['commerce']['quotations']['get']>>;

/** One quotation: the revision chosen, what it came from, and the moves of this side. */
export function QuotationPage({ quotation: id }: { readonly quotation: string }) {
  const [revision, setRevision] = useState<number | null>(null);
  const input = { quotation: id, ...(revision === null ? {} : { revision }) };
  const asked = useAsk(['commerce.quotations.get', input], (yunfab, options) => yunfab.commerce.quotations.get(input, options));
  return (
    <Screen asked={asked}>
      {(quotation) => (
        <>
          <QuotationHead quotation={quotation} />
          <div className="stack">
            {quotation.revisions.length > 1 ? <Revisions quotation={quotation} onChoose={setRevision} /> : null}
            <Lines quotation={quotation} />
            <QuotationFacts quotation={quotation} />
            {quotation.cost ? <Costing cost={quotation.cost} /> : null}
          </div>
        </>
      )}
    </Screen>
  );
}

function QuotationHead({ quotation }: { readonly quotation: Quotation }) {
  const { t, say } = useWords();
  return (
    <PageHead
      title={`${quotation.number} / ${quotation.revision}`}
      badge={<Badge state={quotation.state} words={quotation.stateWords} tone={toneOf(quotation.state)} />}
      crumbs={
        <>
          <Link href="/quotations">{t('quotations.title')}</Link>
          <span aria-hidden="true">/</span>
          <span>
            {t(quotation.side === 'buyer' ? 'quotations.receivedFrom' : 'quotations.givenTo', {
              organization: counterpartyOf(quotation, say),
            })}
          </span>
        </>
      }
    >
      <QuotationMoves quotation={quotation} />
    </PageHead>
  );
}

function Revisions({ quotation, onChoose }: { readonly quotation: Quotation; readonly onChoose: (revision: number) => void }) {
  const { t } = useWords();
  return (
    <Chips
      label={t('quotations.revisions')}
      value={String(quotation.revision)}
      onChoose={(chosen) => onChoose(Number(chosen))}
      choices={quotation.revisions.map(({ revision }) => ({ value: String(revision), words: t('quotations.revision', { revision }) }))}
    />
  );
}

function Lines({ quotation }: { readonly quotation: Quotation }) {
  const { t } = useWords();
  const format = useFormat();
  return (
    <Panel title={t('orders.lines')} aside={<Money {...quotation.total} />}>
      <div className="stack">
        {quotation.lines.map((line) => (
          <div key={line.position} className="stack" style={{ gap: 8 }} data-line={line.position}>
            <div className="actions" style={{ justifyContent: 'space-between' }}>
              <h3>{line.description}</h3>
              <span className="soft nowrap">
                <Money {...line.unitPrice} /> × {format.quantity(line.quantity.value, line.quantity.unit)} = <Money {...line.amount} />
              </span>
            </div>
            {line.specification ? <Specification specification={line.specification} /> : null}
          </div>
        ))}
      </div>
    </Panel>
  );
}

function QuotationFacts({ quotation }: { readonly quotation: Quotation }) {
  const { t, say } = useWords();
  const { delivery } = quotation;
  return (
    <Panel title={t('quotations.terms')}>
      <Facts
        facts={[
          { label: t('orders.supplier'), value: say(quotation.supplier.name) },
          { label: t('orders.buyer'), value: quotation.buyer ? say(quotation.buyer.name) : (quotation.contact?.name ?? '–') },
          { label: t('quotations.delivery'), value: delivery ? `${delivery.incoterm} ${delivery.place} (Incoterms 2020)` : '–' },
          { label: t('orders.total'), value: <Money {...quotation.total} /> },
          { label: t('quotations.validUntil'), value: <Moment at={quotation.validUntil} /> },
          { label: t('orders.changed'), value: <Moment at={quotation.changedAt} /> },
          quotation.order
            ? { label: t('quotations.order'), value: <Link href={`/orders/${quotation.order}`}>{t('quotations.openOrder')}</Link> }
            : null,
          quotation.lead
            ? { label: t('quotations.lead'), value: <Link href={`/leads/${quotation.lead}`}>{t('quotations.openLead')}</Link> }
            : null,
          quotation.note ? { label: t('orders.note'), value: quotation.note } : null,
          quotation.reason ? { label: t('orders.reason'), value: quotation.reason } : null,
        ]}
      />
    </Panel>
  );
}

/** What the supplier reckoned with, as its industry wrote it: names and values of its record, groups opened. */
function Costing({ cost }: { readonly cost: NonNullable<Quotation['cost']> }) {
  const { t } = useWords();
  const rows = flattened(cost);
  return (
    <Panel title={t('quotations.costing')} aside={<span className="soft small">{t('quotations.costingPrivate')}</span>}>
      <Facts facts={rows.map(([label, value]) => ({ label, value }))} />
    </Panel>
  );
}

function flattened(value: unknown, name = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => flattened(inner, name ? `${name}.${key}` : key));
}
