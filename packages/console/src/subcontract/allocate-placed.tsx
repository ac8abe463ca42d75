import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useAsk, useCommand, useFormat, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { ProblemNotice } from '../app/states.js';
import { Field } from '../design/field.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import type { Order } from '../orders/order-page.js';
import { QuantityInput } from '../orders/quantity-input.js';
import { useWords } from '../words/words.js';
import type { Subcontract } from './allocation-panel.js';

type Input = Parameters<Client['orders']['subcontract']['allocate']>[0];

/** States in which an order that one has placed still brings goods. */
export const delivering: readonly string[] = ['proposed', 'confirmed', 'in_production', 'in_delivery', 'on_hold', 'disputed'];

interface AllocatePlacedProps {
  readonly order: Order;
  readonly line: Subcontract['lines'][number];
  readonly onDone: () => void;
}

/** Lets an order that was placed before serve a line of this one. */
export function AllocatePlaced({ order, line, onDone }: AllocatePlacedProps) {
  const { t, say } = useWords();
  const format = useFormat();
  const [text, setText] = useState('');
  const [placed, setPlaced] = useState('');
  const [given, setGiven] = useState({ subLine: '', quantity: line.own, from: '', to: '' });
  const filter = { side: 'buyer' as const, ...(text.trim() ? { text: text.trim() } : {}) };
  const orders = useList(['orders.list', filter], (yunfab, page, options) => yunfab.orders.list({ ...filter, ...page }, options));
  const found = orders.items.filter(({ state, id }) => delivering.includes(state) || id === placed);
  const { answer } = useAsk(['orders.get', { order: placed }], (yunfab, options) => yunfab.orders.get({ order: placed }, options), {
    enabled: placed !== '',
  });
  const lines = answer?.lines.filter(({ quantity }) => quantity.unit === line.allocated.unit) ?? [];
  const subLine = given.subLine || (lines[0]?.id ?? '');
  const command = useCommand((yunfab, input: Input, options) => yunfab.orders.subcontract.allocate(input, options), touchedByMoves);
  const wrong = fieldProblems(command.problem);
  const submit = async () => {
    const input: Input = {
      ...{ order: order.id, version: order.version, line: line.line, subLine, quantity: given.quantity.trim() },
      ...(given.from && given.to ? { operations: { from: Number(given.from), to: Number(given.to) } } : {}),
    };
    if (await command.run(input)) onDone();
  };
  const position = (name: 'from' | 'to') => (
    <Field label={t('form.optional', { field: t(`subcontract.${name}`) })} problem={wrong[`operations.${name}`]}>
      {(input) => (
        <input
          {...input}
          className="input number"
          inputMode="numeric"
          value={given[name]}
          onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <MoveForm
      wide
      title={t('allocate.title', { line: line.position })}
      effect={t('allocate.effect')}
      submit={t('allocate.submit')}
      ready={subLine !== '' && given.quantity.trim() !== ''}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      {orders.problem ? <ProblemNotice problem={orders.problem} onRetry={orders.again} /> : null}
      <div className="form-row">
        <Field label={t('form.optional', { field: t('allocate.find') })} hint={t('allocate.findHint')}>
          {(input) => <input {...input} className="input" value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
        <Field label={t('allocate.order')}>
          {(input) => (
            <select
              {...input}
              name="placed"
              className="input"
              value={placed}
              onChange={(event) => {
                setPlaced(event.target.value);
                setGiven({ ...given, subLine: '' });
              }}
            >
              <option value="">{t(found.length > 0 ? 'allocate.choose' : 'allocate.none')}</option>
              {found.map((each) => (
                <option key={each.id} value={each.id}>
                  {[each.ownNumber ?? each.number, say(each.counterparty.name), each.description].join(' · ')}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {placed && answer ? (
        <Field
          label={t('allocate.subLine')}
          hint={lines.length === 0 ? t('allocate.otherUnit', { unit: format.unit(line.allocated.unit) }) : undefined}
          problem={wrong['subLine']}
        >
          {(input) => (
            <select {...input} className="input" value={subLine} onChange={(event) => setGiven({ ...given, subLine: event.target.value })}>
              {lines.map((each) => (
                <option key={each.id} value={each.id}>
                  {`${each.position} · ${each.description} · ${format.quantity(each.progress.ordered, each.quantity.unit)}`}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      <div className="form-row">
        <QuantityInput
          label={t('subcontract.quantity')}
          unit={line.allocated.unit}
          value={given.quantity}
          hint={t('subcontract.left', { quantity: format.quantity(line.own, line.allocated.unit) })}
          problem={wrong['quantity']}
          onChange={(quantity) => setGiven({ ...given, quantity })}
        />
        {position('from')}
        {position('to')}
      </div>
    </MoveForm>
  );
}
