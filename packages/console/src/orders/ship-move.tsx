import { useState } from 'react';
import { useAsk, useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Empty, SkeletonRows } from '../app/states.js';
import { Field } from '../design/field.js';
import { minus } from '../format/decimal.js';
import { useWords } from '../words/words.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { MoveProps } from './moves.js';
import { type PackageDraft, PackagesEditor, packagesOf } from './packages-editor.js';
import { useLotsOfOrder } from './production-of-order.js';

/** Released lots of this order and how much of each goes. */
export function ShipDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const format = useFormat();
  const { lots, pending } = useLotsOfOrder(order.id);
  const [quantities, setQuantities] = useState<Readonly<Record<string, string>>>({});
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
        lines: { line: string; lot: string; quantity: string; units?: string[] }[];
        packages?: ReturnType<typeof packagesOf>;
      },
      options,
    ) => yunfab.orders.ship({ order: order.id, version: order.version, ...input }, options),
    touchedByMoves,
  );
  const wrong = fieldProblems(command.problem);
  const bought = useAsk(['orders.subcontract', { order: order.id }], (yunfab, options) =>
    yunfab.orders.subcontract.of({ order: order.id }, options),
  );
  const ready = [...lots.map(({ lot, job }) => ({ lot, line: job.orderLine })), ...(bought.answer?.lots ?? [])]
    .filter(({ lot, line }) => lot.state === 'released' && line !== null)
    .map(({ lot, line }) => ({ lot, line: line ?? '', left: minus(minus(lot.quantity, lot.shipped), lot.used) }))
    .filter(({ left }) => Number(left) > 0);
  const waiting = lots.filter(({ lot }) => lot.state === 'open' || lot.state === 'closed');
  const lines = ready
    .map(({ lot, line, left }) => {
      const units = (serials[lot.id] ?? '').split(/[\s,，、;；]+/).filter(Boolean);
      return { line, lot: lot.id, quantity: (quantities[lot.id] ?? left).trim(), ...(units.length > 0 ? { units } : {}) };
    })
    .filter(({ quantity }) => quantity !== '' && Number(quantity) !== 0);
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
      {ready.map(({ lot, left }, index) => (
        <div key={lot.id} className="stack" style={{ gap: 8 }}>
          <Field
            label={t('move.fromLot', { lot: lot.code })}
            hint={t('move.leftInLot', { quantity: format.quantity(left, lot.unit) })}
            problem={wrong[`lines.${index}.quantity`]}
          >
            {(input) => (
              <div className="with-unit">
                <input
                  {...input}
                  className="input number"
                  inputMode="decimal"
                  value={quantities[lot.id] ?? left}
                  onChange={(event) => setQuantities({ ...quantities, [lot.id]: event.target.value })}
                />
                <span className="unit">{format.unit(lot.unit)}</span>
              </div>
            )}
          </Field>
          {(quantities[lot.id] ?? left).trim() !== left ? (
            <Field
              label={t('form.optional', { field: t('move.serials') })}
              hint={t('move.serialsWhat')}
              problem={wrong[`lines.${index}.units`]}
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
            return lot ? [{ lot: id, code: lot.code, unit: lot.unit, quantity }] : [];
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
