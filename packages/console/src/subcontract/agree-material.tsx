import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { UnitField } from '../design/unit-field.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import type { Order } from '../orders/order-page.js';
import { useWords } from '../words/words.js';

type Input = Parameters<Client['orders']['suppliedMaterial']['agree']>[0];

/** What the buyer provides, with how much of it goes into a good unit. */
export function AgreeMaterial({ order, onDone }: { readonly order: Order; readonly onDone: () => void }) {
  const { t } = useWords();
  const [given, setGiven] = useState({ description: '', unit: 'KGM', line: order.lines[0]?.id ?? '', perUnit: '', lossPercent: '' });
  const command = useCommand((yunfab, input: Input, options) => yunfab.orders.suppliedMaterial.agree(input, options), touchedByMoves);
  const wrong = fieldProblems(command.problem);
  const submit = async () => {
    const input: Input = {
      ...{ order: order.id, version: order.version, description: given.description.trim(), unit: given.unit as Input['unit'] },
      ...(given.line ? { line: given.line } : {}),
      ...(given.perUnit.trim() ? { perUnit: given.perUnit.trim() } : {}),
      ...(given.perUnit.trim() && given.lossPercent.trim() ? { lossPercent: given.lossPercent.trim() } : {}),
    };
    if (await command.run(input)) onDone();
  };
  const text = (name: 'description' | 'perUnit' | 'lossPercent', label: string) => (
    <Field label={label} problem={wrong[name]}>
      {(input) => (
        <input {...input} className="input" value={given[name]} onChange={(event) => setGiven({ ...given, [name]: event.target.value })} />
      )}
    </Field>
  );
  return (
    <MoveForm
      title={t('supplied.agree')}
      effect={t('supplied.agreeEffect')}
      submit={t('supplied.agree')}
      ready={given.description.trim() !== '' && given.unit.trim() !== ''}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      {text('description', t('supplied.what'))}
      <Field label={t('subcontract.line')} problem={wrong['line']}>
        {(input) => (
          <select {...input} className="input" value={given.line} onChange={(event) => setGiven({ ...given, line: event.target.value })}>
            {order.lines.map((line) => (
              <option key={line.id} value={line.id}>
                {line.position} · {line.description}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="form-row">
        <UnitField
          label={t('supplied.unit')}
          value={given.unit}
          problem={wrong['unit']}
          onChange={(unit) => setGiven({ ...given, unit })}
        />
        {text('perUnit', t('form.optional', { field: t('supplied.perUnit') }))}
        {text('lossPercent', t('form.optional', { field: t('supplied.loss') }))}
      </div>
    </MoveForm>
  );
}
