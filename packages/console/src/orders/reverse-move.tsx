import { useState } from 'react';
import { useCommand, useFormat, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { useHere } from '../app/session.js';
import { SkeletonRows } from '../app/states.js';
import { Field } from '../design/field.js';
import { useWords } from '../words/words.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { MoveProps } from './moves.js';

const reversible: readonly string[] = ['received', 'accepted', 'conceded', 'rejected'];

/** Takes back a receipt or an inspection result of this side. */
export function ReverseDialog({ order, onDone }: MoveProps) {
  const { t, say } = useWords();
  const format = useFormat();
  const { organization } = useHere();
  const list = useList(['orders.ledger', { order: order.id }], (yunfab, page, options) =>
    yunfab.orders.ledger({ order: order.id, limit: 100, ...page }, options),
  );
  const entries = list.items.filter(
    (each) => reversible.includes(each.kind) && each.reverses === null && each.organization.code === organization.code,
  );
  const [chosen, setChosen] = useState('');
  const entry = entries.find(({ id }) => id === chosen) ?? entries[0];
  const [quantity, setQuantity] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const command = useCommand(
    (yunfab, input: { entry: string; quantity: string; reason: string }, options) =>
      yunfab.orders.reverse({ order: order.id, version: order.version, ...input }, options),
    touchedByMoves,
  );
  const wrong = fieldProblems(command.problem);
  const amount = quantity ?? entry?.quantity.value ?? '';
  return (
    <MoveForm
      danger
      title={t('move.reverse', { number: order.ownNumber ?? order.number })}
      effect={t('move.reverseEffect')}
      submit={t('move.reverseSubmit')}
      ready={entry !== undefined && reason.trim() !== ''}
      command={command}
      onSubmit={() =>
        entry && void command.run({ entry: entry.id, quantity: amount.trim(), reason: reason.trim() }).then((done) => done && onDone())
      }
      onCancel={onDone}
    >
      {list.pending ? <SkeletonRows rows={2} /> : null}
      <Field label={t('move.entry')} problem={wrong['entry']}>
        {(input) => (
          <select
            {...input}
            className="input"
            value={entry?.id ?? ''}
            onChange={(event) => {
              setChosen(event.target.value);
              setQuantity(null);
            }}
          >
            {entries.map((each) => (
              <option key={each.id} value={each.id}>
                {`${say(each.kindWords)} · ${format.quantity(each.quantity.value, each.quantity.unit)} · ${each.lot?.code ?? ''} · ${format.moment(each.at)}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('orders.quantity')} problem={wrong['quantity']}>
        {(input) => (
          <input
            {...input}
            className="input number"
            inputMode="decimal"
            value={amount}
            onChange={(event) => setQuantity(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('orders.reason')} hint={t('move.reasonShown')} problem={wrong['reason']}>
        {(input) => <textarea {...input} required className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}
