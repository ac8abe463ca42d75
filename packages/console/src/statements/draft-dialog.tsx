import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { useWords } from '../words/words.js';

type DraftInput = Parameters<Client['orders']['statements']['draft']>[0];
const currencies = ['CNY', 'USD', 'EUR', 'GBP', 'HKD', 'JPY', 'KRW', 'AUD', 'SGD'] as const;

/** The last whole month, which is what most statements are of. */
function lastMonth(): { readonly from: string; readonly to: string } {
  const today = new Date();
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: day(Date.UTC(today.getFullYear(), today.getMonth() - 1, 1)), to: day(Date.UTC(today.getFullYear(), today.getMonth(), 0)) };
}

/** Gives the new statement's id, or null when it was given up. */
export function DraftDialog({ onDone }: { readonly onDone: (statement: string | null) => void }) {
  const { t } = useWords();
  const [side, setSide] = useState<'supplier' | 'buyer'>('supplier');
  const [other, setOther] = useState('');
  const [period, setPeriod] = useState(lastMonth);
  const [currency, setCurrency] = useState<DraftInput['currency']>('CNY');
  const [number, setNumber] = useState('');
  const command = useCommand((yunfab, _: null, options) => {
    const input = { ...period, currency };
    return side === 'buyer'
      ? yunfab.orders.statements.request({ ...input, supplier: other.trim() }, options)
      : yunfab.orders.statements.draft({ ...input, buyer: other.trim(), ...(number.trim() ? { number: number.trim() } : {}) }, options);
  }, touchedByMoves);
  const wrong = fieldProblems(command.problem);
  return (
    <MoveForm
      title={t('statements.draft')}
      effect={t('statements.draftEffect')}
      submit={t('statements.submitDraft')}
      ready={other.trim() !== '' && period.from !== '' && period.to !== ''}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone(done.id))}
      onCancel={() => onDone(null)}
    >
      <Field label={t('statements.draftAs')}>
        {(input) => (
          <select
            {...input}
            className="input"
            value={side}
            onChange={(event) => setSide(event.target.value === 'buyer' ? 'buyer' : 'supplier')}
          >
            <option value="supplier">{t('statements.asSupplier')}</option>
            <option value="buyer">{t('statements.asBuyer')}</option>
          </select>
        )}
      </Field>
      <Field label={t('statements.counterparty')} problem={wrong['buyer'] ?? wrong['supplier']}>
        {(input) => <input {...input} className="input" value={other} onChange={(event) => setOther(event.target.value)} />}
      </Field>
      {(['from', 'to'] as const).map((edge) => (
        <Field key={edge} label={t(`statements.${edge}`)} problem={wrong[edge]}>
          {(input) => (
            <input
              {...input}
              type="date"
              className="input"
              value={period[edge]}
              onChange={(event) => setPeriod({ ...period, [edge]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Field label={t('statements.currency')}>
        {(input) => (
          <select
            {...input}
            className="input"
            value={currency}
            onChange={(event) => setCurrency(event.target.value as DraftInput['currency'])}
          >
            {currencies.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        )}
      </Field>
      {side === 'supplier' ? (
        <Field label={t('form.optional', { field: t('statements.ownNumber') })} problem={wrong['number']}>
          {(input) => <input {...input} className="input" value={number} onChange={(event) => setNumber(event.target.value)} />}
        </Field>
      ) : null}
    </MoveForm>
  );
}
