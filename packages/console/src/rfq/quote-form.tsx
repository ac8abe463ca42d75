import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { type Invitation, touchedByInvitations } from './invitation-page.js';
import { type Priced, pricedLine, pricedLineInput, QuoteLineForm } from './quote-line.js';
import { type Currency, CurrencyField, DeliveryFields, type DeliveryTerms, instantOf, localOf, TextField } from './terms-fields.js';

type QuoteContent = Omit<Parameters<Client['orders']['rfq']['quotes']['revise']>[0], 'quote' | 'version'>;

/** A first quote, or a new revision of the one there is; lines left without a price are not quoted. */
export function QuoteForm({ invitation, onDone }: { readonly invitation: Invitation; readonly onDone: () => void }) {
  const { t } = useWords();
  const format = useFormat();
  const { quote, content } = invitation;
  const [head, setHead] = useState({
    number: '',
    paymentDays: String(quote?.paymentDays ?? content?.paymentDays ?? 30),
    taxRate: quote?.taxRate ?? '13',
    freight: quote?.freight.amount ?? '0',
    validUntil: quote && !quote.expired ? localOf(quote.validUntil).slice(0, 10) : '',
    note: quote?.note ?? '',
  });
  const [currency, setCurrency] = useState<Currency>(quote?.currency ?? content?.currency ?? 'CNY');
  const [delivery, setDelivery] = useState<DeliveryTerms>(quote?.delivery ?? content?.delivery ?? { rule: 'DAP', place: '' });
  const [lines, setLines] = useState<readonly Priced[]>(() => (content?.lines ?? []).map((line) => pricedLine(line, quote)));
  const command = useCommand(
    (yunfab, input: QuoteContent, options) =>
      quote
        ? yunfab.orders.rfq.quotes.revise({ quote: quote.id, version: quote.version, ...input }, options)
        : yunfab.orders.rfq.quotes.submit(
            { invitation: invitation.id, version: invitation.version, number: head.number.trim(), ...input },
            options,
          ),
    touchedByInvitations,
  );
  const wrong = fieldProblems(command.problem);
  const set = (part: Partial<typeof head>) => setHead({ ...head, ...part });
  const quoted = lines.filter(({ prices }) => prices.some(({ unitPrice }) => unitPrice.trim() !== ''));
  const submit = () =>
    command.run({
      currency,
      delivery: { rule: delivery.rule || 'DAP', place: delivery.place.trim() },
      paymentDays: Number(head.paymentDays),
      taxRate: head.taxRate.trim(),
      freight: head.freight.trim() || '0',
      // The chosen day counts to its end, where the person is.
      validUntil: instantOf(`${head.validUntil}T23:59:59`),
      ...(head.note.trim() ? { note: head.note.trim() } : {}),
      lines: quoted.map(pricedLineInput),
    });
  return (
    <MoveForm
      wide
      title={t(quote ? 'rfq.reviseQuote' : 'rfq.newQuote')}
      effect={t('rfq.quoteEffect')}
      submit={t('rfq.quoteSubmit')}
      ready={head.validUntil !== '' && quoted.length > 0 && (quote !== null || head.number.trim() !== '')}
      command={command}
      onSubmit={() => void submit().then((done) => done && onDone())}
      onCancel={onDone}
    >
      <div className="form-row">
        {quote ? null : (
          <TextField label={t('rfq.quoteNumber')} value={head.number} problem={wrong['number']} onChange={(number) => set({ number })} />
        )}
        <TextField
          label={t('rfq.validUntil')}
          type="date"
          value={head.validUntil}
          problem={wrong['validUntil']}
          onChange={(validUntil) => set({ validUntil })}
        />
        <CurrencyField value={currency} problem={wrong['currency']} onChange={setCurrency} />
      </div>
      <div className="form-row">
        <DeliveryFields value={delivery} wrong={wrong} onChange={setDelivery} />
        <TextField
          label={t('rfq.freight')}
          unit={currency}
          value={head.freight}
          problem={wrong['freight']}
          onChange={(freight) => set({ freight })}
        />
      </div>
      <div className="form-row">
        <TextField
          label={t('rfq.paymentDays')}
          unit={t('rfq.days')}
          value={head.paymentDays}
          problem={wrong['paymentDays']}
          onChange={(paymentDays) => set({ paymentDays })}
        />
        <TextField
          label={t('rfq.taxRate')}
          unit="%"
          value={head.taxRate}
          problem={wrong['taxRate']}
          onChange={(taxRate) => set({ taxRate })}
        />
      </div>
      {lines.map((line, index) => (
        <QuoteLineForm
          key={line.line}
          priced={line}
          currency={currency}
          unit={format.unit(line.unit)}
          wrong={(field) => wrong[`lines.${quoted.indexOf(line)}.${field}`]}
          onChange={(part) => setLines(lines.map((each, at) => (at === index ? { ...each, ...part } : each)))}
        />
      ))}
      <TextField
        long
        label={t('form.optional', { field: t('orders.note') })}
        value={head.note}
        problem={wrong['note']}
        onChange={(note) => set({ note })}
      />
    </MoveForm>
  );
}
