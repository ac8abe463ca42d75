import { useState } from 'react';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { type QuotationMoveProps, touchedByQuotations } from './quotation-moves.js';

interface Revised {
  readonly validUntil: string;
  /** Unit prices, line by line. */
  readonly prices: readonly string[];
}

/** A new revision with other prices and another validity; everything else stays, and so does the revision before. */
export function ReviseDialog({ quotation, onDone }: QuotationMoveProps) {
  const { t } = useWords();
  const { id, version, number, total, delivery, note, lines, cost } = quotation;
  const [prices, setPrices] = useState(() => lines.map(({ unitPrice }) => unitPrice.amount));
  const [until, setUntil] = useState('');
  const command = useCommand(
    (yunfab, { validUntil, prices: wanted }: Revised, options) =>
      yunfab.commerce.quotations.revise(
        {
          quotation: id,
          version,
          currency: total.currency,
          validUntil,
          ...(delivery ? { delivery } : {}),
          ...(note ? { note } : {}),
          // A costing belongs to the prices that it led to.
          ...(cost && lines.every(({ unitPrice }, index) => unitPrice.amount === wanted[index]) ? { cost } : {}),
          lines: lines.map(({ description, specification, quantity, unitPrice }, index) => ({
            description,
            quantity,
            unitPrice: wanted[index] ?? unitPrice.amount,
            ...(specification ? { specification } : {}),
          })),
        },
        options,
      ),
    touchedByQuotations,
  );
  const wrong = fieldProblems(command.problem);
  const submit = async () => {
    // The chosen day counts to its end, where the person is.
    const validUntil = new Date(`${until}T23:59:59`).toISOString();
    if (await command.run({ validUntil, prices: prices.map((price) => price.trim()) })) onDone();
  };
  return (
    <MoveForm
      title={t('quotations.revise', { number })}
      effect={t('quotations.reviseEffect')}
      submit={t('quotations.reviseSubmit')}
      ready={until !== '' && prices.every((price) => price.trim() !== '')}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      {lines.map(({ position, description }, index) => (
        <Field key={position} label={t('quotations.unitPriceOf', { description })} problem={wrong[`lines.${index}.unitPrice`]}>
          {(input) => (
            <input
              {...input}
              className="input"
              inputMode="decimal"
              value={prices[index] ?? ''}
              onChange={(event) => setPrices(prices.map((price, at) => (at === index ? event.target.value : price)))}
            />
          )}
        </Field>
      ))}
      <Field label={t('quotations.validUntil')} problem={wrong['validUntil']}>
        {(input) => (
          <input {...input} required type="date" className="input" value={until} onChange={(event) => setUntil(event.target.value)} />
        )}
      </Field>
    </MoveForm>
  );
}
