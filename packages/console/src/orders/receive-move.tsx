import { useState } from 'react';
import { useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { minus } from '../format/decimal.js';
import { useWords } from '../words/words.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { MoveProps } from './moves.js';

/** What arrived of a shipment. */
export function ReceiveDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const format = useFormat();
  const underway = order.shipments.filter((shipment) =>
    shipment.lines.some((line) => Number(minus(line.quantity.value, line.received)) > 0),
  );
  const [chosen, setChosen] = useState(underway[0]?.id ?? '');
  const [quantities, setQuantities] = useState<Readonly<Record<string, string>>>({});
  const [note, setNote] = useState('');
  const command = useCommand(
    (yunfab, input: { shipment: string; note?: string; lines: { shipmentLine: string; quantity: string }[] }, options) =>
      yunfab.orders.receive({ order: order.id, version: order.version, ...input }, options),
    touchedByMoves,
  );
  const wrong = fieldProblems(command.problem);
  const shipment = underway.find(({ id }) => id === chosen);
  const open = (shipment?.lines ?? [])
    .map((line) => ({ line, left: minus(line.quantity.value, line.received) }))
    .filter(({ left }) => Number(left) > 0);
  const lines = open
    .map(({ line, left }) => ({ shipmentLine: line.id, quantity: (quantities[line.id] ?? left).trim() }))
    .filter(({ quantity }) => quantity !== '' && Number(quantity) !== 0);
  const submit = async () => {
    if (await command.run({ shipment: chosen, ...(note.trim() ? { note: note.trim() } : {}), lines })) onDone();
  };
  return (
    <MoveForm
      wide
      title={t('move.receive', { number: order.ownNumber ?? order.number })}
      effect={t('move.receiveEffect')}
      submit={t('move.receiveSubmit')}
      ready={lines.length > 0}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      {underway.length > 1 ? (
        <Field label={t('shipments.number')}>
          {(input) => (
            <select {...input} className="input" value={chosen} onChange={(event) => setChosen(event.target.value)}>
              {underway.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.number}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      {open.map(({ line, left }, index) => (
        <Field
          key={line.id}
          label={t('move.arrivedOfLot', { lot: line.lot?.code ?? '–' })}
          hint={t('move.underway', { quantity: format.quantity(left, line.quantity.unit) })}
          problem={wrong[`lines.${index}.quantity`]}
        >
          {(input) => (
            <div className="with-unit">
              <input
                {...input}
                className="input number"
                inputMode="decimal"
                value={quantities[line.id] ?? left}
                onChange={(event) => setQuantities({ ...quantities, [line.id]: event.target.value })}
              />
              <span className="unit">{format.unit(line.quantity.unit)}</span>
            </div>
          )}
        </Field>
      ))}
      <Field label={t('form.optional', { field: t('orders.note') })} problem={wrong['note']}>
        {(input) => <input {...input} className="input" value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}
