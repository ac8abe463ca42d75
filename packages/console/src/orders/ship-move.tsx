import { useState } from 'react';
import { useFieldProblems } from '../app/error-words.js';
import { useAsk, useCommand, useFormat } from '../app/platform.js';
import { Empty, SkeletonRows } from '../app/states.js';
import { Field } from '../design/field.js';
import { converted } from '../format/conversion.js';
import { minus } from '../format/decimal.js';
import { useWords } from '../words/words.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { MoveProps } from './moves.js';
import { type PackageDraft, PackagesEditor, packagesOf } from './packages-editor.js';
import { useLotsOfOrder } from './production-of-order.js';
import { isCounted, QuantityInput, retyped, serialsIn, type TradeUnit } from './quantity-input.js';

/** Released lots of this order and how much of each goes. */
export function ShipDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const format = useFormat();
  const { lots, pending } = useLotsOfOrder(order.id);
  const [quantities, setQuantities] = useState<Readonly<Record<string, string>>>({});
  const [units, setUnits] = useState<Readonly<Record<string, string>>>({});
  const [serials, setSerials] = useState<Readonly<Record<string, string>>>({});
  const [number, setNumber] = useState('');
  const [note, setNote] = useState('');
  const [packages, setPackages] = useState<readonly PackageDraft[]>([]);
  const command = useCommand(
    (
      yunfab,
      input: {
        number?: string;
        note?: string;
        lines: { line: string; lot: string; quantity: string; unit: TradeUnit; units?: string[] }[];
        packages?: ReturnType<typeof packagesOf>;
      },
      options,
    ) => yunfab.orders.ship({ order: order.id, version: order.version, ...input }, options),
    touchedByMoves,
  );
  const wrong = useFieldProblems(command.problem);
  const bought = useAsk(['orders.subcontract', { order: order.id }], (yunfab, options) =>
    yunfab.orders.subcontract.of({ order: order.id }, options),
  );
  const ready = [...lots.map(({ lot, job }) => ({ lot, line: job.orderLine })), ...(bought.answer?.lots ?? [])]
    .filter(({ lot, line }) => lot.state === 'released' && line !== null)
    .map(({ lot, line }) => ({ lot, line: line ?? '', left: minus(minus(lot.quantity, lot.shipped), lot.used) }))
    .filter(({ left }) => Number(left) > 0);
  const waiting = lots.filter(({ lot }) => lot.state === 'open' || lot.state === 'closed');
  const unitOf = ({ id, unit }: (typeof ready)[number]['lot']) => (units[id] ?? unit) as TradeUnit;
  const lines = ready
    .map(({ lot, line, left }) => {
      const named = serialsIn(serials[lot.id] ?? '');
      const quantity = (quantities[lot.id] ?? left).trim();
      return { line, lot: lot.id, quantity, unit: unitOf(lot), ...(named.length > 0 ? { units: named } : {}) };
    })
    .filter(({ quantity }) => quantity !== '' && Number(quantity) !== 0);
  const problemOf = (lot: string, field: string) => wrong[`lines.${lines.findIndex((line) => line.lot === lot)}.${field}`];
  const going = lines.map(({ lot }) => lot);
  const packed = packages.length > 0 ? { packages: packagesOf(packages, going) } : {};
  const submit = async () => {
    const input = { ...(number.trim() ? { number: number.trim() } : {}), ...(note.trim() ? { note: note.trim() } : {}), ...packed, lines };
    if (await command.run(input)) onDone();
  };
  return (
    <MoveForm
      wide
      title={t('move.ship', { number: order.ownNumber ?? order.number })}
      effect={t('move.shipEffect')}
      submit={t('move.shipSubmit')}
      ready={lines.length > 0}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      {pending ? <SkeletonRows rows={3} /> : null}
      {!pending && ready.length === 0 ? (
        <Empty
          title={t('move.noReleasedLot')}
          what={t('move.noReleasedLotWhat', { lots: waiting.map(({ lot }) => lot.code).join(', ') || '–' })}
        />
      ) : null}
      {ready.map(({ lot, left }) => (
        <div key={lot.id} className="stack" style={{ gap: 8 }}>
          <QuantityInput
            label={t('move.fromLot', { lot: lot.code })}
            hint={t('move.leftInLot', { quantity: format.quantity(left, lot.unit) })}
            problem={problemOf(lot.id, 'quantity')}
            unit={unitOf(lot)}
            choose={{
              base: lot.unit,
              onChange: (unit) => {
                setQuantities({ ...quantities, [lot.id]: retyped(quantities[lot.id] ?? left, unitOf(lot), unit) });
                setUnits({ ...units, [lot.id]: unit });
              },
            }}
            value={quantities[lot.id] ?? left}
            onChange={(value) => setQuantities({ ...quantities, [lot.id]: value })}
          />
          {isCounted(lot.unit) && converted(quantities[lot.id] ?? left, unitOf(lot), lot.unit) !== left ? (
            <Field
              label={t('form.optional', { field: t('move.serials') })}
              hint={t('move.serialsWhat')}
              problem={problemOf(lot.id, 'units')}
            >
              {(input) => (
                <textarea
                  {...input}
                  className="input mono"
                  rows={3}
                  value={serials[lot.id] ?? ''}
                  onChange={(event) => setSerials({ ...serials, [lot.id]: event.target.value })}
                />
              )}
            </Field>
          ) : null}
        </div>
      ))}
      {lines.length > 0 ? (
        <PackagesEditor
          goods={lines.flatMap(({ lot: id, quantity }) => {
            const lot = ready.find((each) => each.lot.id === id)?.lot;
            return lot ? [{ lot: id, code: lot.code, unit: unitOf(lot), quantity }] : [];
          })}
          packages={packages}
          problems={wrong}
          onChange={setPackages}
        />
      ) : null}
      <div className="form-row">
        <Field label={t('form.optional', { field: t('shipments.number') })} hint={t('move.madeWhenEmpty')} problem={wrong['number']}>
          {(input) => <input {...input} className="input" value={number} onChange={(event) => setNumber(event.target.value)} />}
        </Field>
        <Field label={t('form.optional', { field: t('orders.note') })} problem={wrong['note']}>
          {(input) => <input {...input} className="input" value={note} onChange={(event) => setNote(event.target.value)} />}
        </Field>
      </div>
    </MoveForm>
  );
}
