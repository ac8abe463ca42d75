import { useState } from 'react';
import { useCommand, useFormat, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { useWords } from '../words/words.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { MoveProps } from './moves.js';

/** Job order, equipment and first lot for one line. */
export function StartDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const format = useFormat();
  const [line, setLine] = useState(order.lines[0]?.id ?? '');
  const [equipment, setEquipment] = useState('');
  const [quantity, setQuantity] = useState('');
  const [lotCode, setLotCode] = useState('');
  const machines = useList(['equipment.list', {}], (yunfab, page, options) => yunfab.equipment.list(page, options));
  const command = useCommand(
    (yunfab, input: { line: string; equipment?: string; quantity?: string; lotCode?: string }, options) =>
      yunfab.orders.start({ order: order.id, version: order.version, ...input }, options),
    touchedByMoves,
  );
  const wrong = fieldProblems(command.problem);
  const chosen = order.lines.find(({ id }) => id === line);
  const submit = async () => {
    const input = {
      line,
      ...(equipment ? { equipment } : {}),
      ...(quantity.trim() ? { quantity: quantity.trim() } : {}),
      ...(lotCode.trim() ? { lotCode: lotCode.trim() } : {}),
    };
    if (await command.run(input)) onDone();
  };
  return (
    <MoveForm
      title={t('move.start', { number: order.ownNumber ?? order.number })}
      effect={t('move.startEffect')}
      submit={t('move.startSubmit')}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      {order.lines.length > 1 ? (
        <Field label={t('orders.line')} problem={wrong['line']}>
          {(input) => (
            <select {...input} className="input" value={line} onChange={(event) => setLine(event.target.value)}>
              {order.lines.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.position}. {each.description}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      <Field label={t('production.equipment')} hint={t('move.equipmentHint')} problem={wrong['equipment']}>
        {(input) => (
          <select {...input} className="input" value={equipment} onChange={(event) => setEquipment(event.target.value)}>
            <option value="">{t('move.countByHand')}</option>
            {machines.items.map((machine) => (
              <option key={machine.id} value={machine.id}>
                {machine.name} ({machine.code})
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="form-row">
        <Field label={t('form.optional', { field: t('orders.quantity') })} hint={t('move.quantityHint')} problem={wrong['quantity']}>
          {(input) => (
            <div className="with-unit">
              <input
                {...input}
                className="input number"
                inputMode="decimal"
                value={quantity}
                onChange={(event) => setQuantity(event.target.value)}
              />
              <span className="unit">{format.unit(chosen?.quantity.unit ?? '')}</span>
            </div>
          )}
        </Field>
        <Field label={t('form.optional', { field: t('lots.code') })} hint={t('move.lotCodeHint')} problem={wrong['lotCode']}>
          {(input) => <input {...input} className="input" value={lotCode} onChange={(event) => setLotCode(event.target.value)} />}
        </Field>
      </div>
    </MoveForm>
  );
}
