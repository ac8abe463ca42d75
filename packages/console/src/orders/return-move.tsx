import { useState } from 'react';
import { useFieldProblems } from '../app/error-words.js';
import { useCommand, useFormat } from '../app/platform.js';
import { Field } from '../design/field.js';
import { converted } from '../format/conversion.js';
import { minus } from '../format/decimal.js';
import { useWords } from '../words/words.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { MoveProps } from './moves.js';
import { isCounted, QuantityInput, retyped, serialsIn, type TradeUnit } from './quantity-input.js';

interface Line {
  readonly shipmentLine: string;
  readonly quantity: string;
  readonly unit: TradeUnit;
  readonly units?: string[];
}

/** Sends back what had been accepted. */
export function ReturnDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const format = useFormat();
  const here = order.shipments
    .flatMap((shipment) =>
      shipment.lines.map((line) => ({ shipment, line, kept: minus(line.accepted, line.returned, minus('0', line.conceded)) })),
    )
    .filter(({ kept }) => Number(kept) > 0);
  const [quantities, setQuantities] = useState<Readonly<Record<string, string>>>({});
  const [units, setUnits] = useState<Readonly<Record<string, string>>>({});
  const unitOf = (line: (typeof here)[number]['line']) => (units[line.id] ?? line.quantity.unit) as TradeUnit;
  const [serials, setSerials] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState('');
  const command = useCommand(
    (yunfab, input: { reason: string; lines: Line[] }, options) =>
      yunfab.orders.return({ order: order.id, version: order.version, ...input }, options),
    touchedByMoves,
  );
  const wrong = useFieldProblems(command.problem);
  const lines = here
    .map(({ line }): Line => {
      const named = serialsIn(serials[line.id] ?? '');
      const quantity = (quantities[line.id] ?? '').trim();
      return { shipmentLine: line.id, quantity, unit: unitOf(line), ...(named.length > 0 ? { units: named } : {}) };
    })
    .filter(({ quantity }) => quantity !== '' && Number(quantity) !== 0);
  const problemOf = (line: string, field: string) =>
    wrong[`lines.${lines.findIndex(({ shipmentLine }) => shipmentLine === line)}.${field}`];
  return (
    <MoveForm
      wide
      danger
      title={t('delivery.return', { number: order.ownNumber ?? order.number })}
      effect={t('delivery.returnEffect')}
      submit={t('delivery.returnSubmit')}
      ready={lines.length > 0 && reason.trim() !== ''}
      command={command}
      onSubmit={() => void command.run({ reason: reason.trim(), lines }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      {here.map(({ shipment, line, kept }) => (
        <div key={line.id} className="stack" style={{ gap: 8 }}>
          <QuantityInput
            label={t('move.lotOfShipment', { lot: line.lot?.code ?? '–', shipment: shipment.number })}
            hint={t('delivery.kept', { quantity: format.quantity(kept, line.quantity.unit) })}
            problem={problemOf(line.id, 'quantity')}
            unit={unitOf(line)}
            choose={{
              base: line.quantity.unit,
              onChange: (unit) => {
                setQuantities({ ...quantities, [line.id]: retyped(quantities[line.id] ?? '', unitOf(line), unit) });
                setUnits({ ...units, [line.id]: unit });
              },
            }}
            value={quantities[line.id] ?? ''}
            onChange={(value) => setQuantities({ ...quantities, [line.id]: value })}
          />
          {isCounted(line.quantity.unit) &&
          Number(quantities[line.id] ?? '0') > 0 &&
          converted(quantities[line.id] ?? '', unitOf(line), line.quantity.unit) !== kept ? (
            <Field
              label={t('form.optional', { field: t('delivery.returnedUnits') })}
              hint={t('move.serialsWhat')}
              problem={problemOf(line.id, 'units')}
            >
              {(input) => (
                <textarea
                  {...input}
                  className="input mono"
                  rows={2}
                  value={serials[line.id] ?? ''}
                  onChange={(event) => setSerials({ ...serials, [line.id]: event.target.value })}
                />
              )}
            </Field>
          ) : null}
        </div>
      ))}
      <Field label={t('orders.reason')} hint={t('move.reasonShown')} problem={wrong['reason']}>
        {(input) => <textarea {...input} required className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}
