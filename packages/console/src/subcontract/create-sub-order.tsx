import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import type { Order } from '../orders/order-page.js';
import { useLotsOfOrder } from '../orders/production-of-order.js';
import { SupplierField } from '../orders/supplier-field.js';
import { useWords } from '../words/words.js';
import type { Subcontract } from './allocation-panel.js';

type Input = Parameters<Client['orders']['subcontract']['create']>[0];

interface CreateSubOrderProps {
  readonly order: Order;
  readonly line: Subcontract['lines'][number];
  readonly onDone: () => void;
}

/** An order to another factory for part of a line, some of its operations, or one operation of a job order. */
export function CreateSubOrder({ order, line, onDone }: CreateSubOrderProps) {
  const { t, say } = useWords();
  const format = useFormat();
  const { jobs } = useLotsOfOrder(order.id);
  const [factory, setFactory] = useState('');
  const [given, setGiven] = useState({
    ...{ quantity: line.own, unitPrice: '', dueOn: order.dueOn, description: line.description, ownNumber: '' },
    ...{ from: '', to: '', outside: '' },
  });
  const command = useCommand((yunfab, input: Input, options) => yunfab.orders.subcontract.create(input, options), touchedByMoves);
  const wrong = fieldProblems(command.problem);
  const outside = jobs
    .filter(({ orderLine, state }) => orderLine === line.line && state === 'in_progress')
    .flatMap((job) =>
      job.operations
        .filter(({ state }) => state === 'todo' || state === 'ready')
        .map((operation) => ({ key: `${job.id}/${operation.id}`, words: `${job.code} · ${operation.position} ${say(operation.words)}` })),
    );
  const submit = async () => {
    const [job, operation] = given.outside.split('/');
    const input: Input = {
      ...{ order: order.id, version: order.version, line: line.line, factory: factory.trim(), quantity: given.quantity.trim() },
      ...{ unitPrice: given.unitPrice.trim(), currency: order.currency as Input['currency'], dueOn: given.dueOn },
      ...(given.description.trim() ? { description: given.description.trim() } : {}),
      ...(given.ownNumber.trim() ? { ownNumber: given.ownNumber.trim() } : {}),
      ...(job && operation ? { job: { job, operation } } : {}),
      ...(given.from && given.to && !operation ? { operations: { from: Number(given.from), to: Number(given.to) } } : {}),
    };
    if (await command.run(input)) onDone();
  };
  const text = (name: keyof typeof given, label: string, more: { hint?: string; type?: string; number?: boolean } = {}) => (
    <Field label={label} {...(more.hint ? { hint: more.hint } : {})} problem={wrong[name]}>
      {(input) => (
        <input
          {...input}
          className={more.number ? 'input number' : 'input'}
          type={more.type ?? 'text'}
          value={given[name]}
          onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <MoveForm
      wide
      title={t('subcontract.createTitle', { line: line.position })}
      effect={t('subcontract.createEffect')}
      submit={t('subcontract.create')}
      ready={factory.trim() !== '' && given.quantity.trim() !== '' && given.unitPrice.trim() !== ''}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <SupplierField value={factory} problem={wrong['factory']} onChange={setFactory} />
      {text('description', t('subcontract.description'))}
      <div className="form-row">
        {text('quantity', t('subcontract.quantity'), {
          number: true,
          hint: t('subcontract.left', { quantity: format.quantity(line.own, line.allocated.unit) }),
        })}
        {text('unitPrice', t('subcontract.price'), { number: true, hint: order.currency })}
        {text('dueOn', t('subcontract.due'), { type: 'date' })}
      </div>
      {outside.length > 0 ? (
        <Field label={t('form.optional', { field: t('subcontract.outside') })} problem={wrong['job']}>
          {(input) => (
            <select
              {...input}
              className="input"
              value={given.outside}
              onChange={(event) => setGiven({ ...given, outside: event.target.value })}
            >
              <option value="">{t('subcontract.noOutside')}</option>
              {outside.map(({ key, words }) => (
                <option key={key} value={key}>
                  {words}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      <div className="form-row">
        {given.outside ? null : text('from', t('form.optional', { field: t('subcontract.from') }), { number: true })}
        {given.outside ? null : text('to', t('form.optional', { field: t('subcontract.to') }), { number: true })}
        {text('ownNumber', t('form.optional', { field: t('subcontract.number') }), { hint: t('move.madeWhenEmpty') })}
      </div>
    </MoveForm>
  );
}
