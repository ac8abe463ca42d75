import { useFormat } from '../app/platform.js';
import { Field } from '../design/field.js';
import { useWords } from '../words/words.js';
import type { Order } from './order-page.js';
import { isCounted, QuantityInput, retyped, serialsIn, type TradeUnit } from './quantity-input.js';

export const shortageReasons = ['lost', 'miscounted', 'damaged'] as const;
type ShortageReason = (typeof shortageReasons)[number];

/** What is typed of one line of a receipt; empty where nothing differs. */
export interface ReceivedDraft {
  readonly quantity: string;
  /** Of every quantity here. */
  readonly unit: string;
  readonly missing: string;
  readonly reason: ShortageReason;
  readonly units: string;
  readonly surplus: string;
  readonly damaged: string;
  readonly note: string;
}

export const received = (quantity: string, unit: string): ReceivedDraft => ({
  quantity,
  unit,
  missing: '',
  reason: 'lost',
  units: '',
  surplus: '',
  damaged: '',
  note: '',
});

const given = (value: string) => (value.trim() !== '' && Number(value) !== 0 ? value.trim() : null);

/** A line as the platform takes it; null when nothing is told of it. */
export function receivedLine(shipmentLine: string, { quantity, unit, missing, reason, units, surplus, damaged, note }: ReceivedDraft) {
  const remark = note.trim() ? { note: note.trim() } : {};
  const serials = serialsIn(units);
  const line = {
    shipmentLine,
    quantity: given(quantity) ?? '0',
    unit: unit as TradeUnit,
    ...(given(missing)
      ? { missing: { quantity: missing.trim(), reason, ...(serials.length > 0 ? { units: serials } : {}), ...remark } }
      : {}),
    ...(given(surplus) ? { surplus: { quantity: surplus.trim(), ...remark } } : {}),
    ...(given(damaged) ? { damaged: { quantity: damaged.trim(), ...remark } } : {}),
  };
  return given(quantity) || given(missing) || given(surplus) ? line : null;
}

interface ReceiveLineProps {
  readonly line: Order['shipments'][number]['lines'][number];
  readonly left: string;
  readonly draft: ReceivedDraft;
  readonly problem: (field: string) => string | undefined;
  readonly onChange: (part: Partial<ReceivedDraft>) => void;
}

/** What came of one line, and below it, closed until it is needed, how that differs from the delivery note. */
export function ReceiveLine({ line, left, draft, problem, onChange }: ReceiveLineProps) {
  const { t } = useWords();
  const format = useFormat();
  const base = line.quantity.unit;
  const { unit } = draft;
  return (
    <div className="stack" style={{ gap: 8 }}>
      <QuantityInput
        label={t('move.arrivedOfLot', { lot: line.lot?.code ?? '–' })}
        hint={t('move.underway', { quantity: format.quantity(left, base) })}
        problem={problem('quantity')}
        unit={unit}
        choose={{
          base,
          onChange: (next) =>
            onChange({
              unit: next,
              quantity: retyped(draft.quantity, unit, next),
              missing: retyped(draft.missing, unit, next),
              surplus: retyped(draft.surplus, unit, next),
              damaged: retyped(draft.damaged, unit, next),
            }),
        }}
        value={draft.quantity}
        onChange={(quantity) => onChange({ quantity })}
      />
      <details data-differs={line.id}>
        <summary>{t('delivery.differs')}</summary>
        <div className="form" style={{ gap: 8, marginTop: 8 }}>
          <div className="form-row">
            <QuantityInput
              label={t('delivery.missing')}
              problem={problem('missing.quantity')}
              unit={unit}
              value={draft.missing}
              onChange={(missing) => onChange({ missing })}
            />
            <Field label={t('delivery.missingReason')} problem={problem('missing.reason')}>
              {(input) => (
                <select
                  {...input}
                  className="input"
                  value={draft.reason}
                  onChange={(event) => onChange({ reason: event.target.value as ShortageReason })}
                >
                  {shortageReasons.map((reason) => (
                    <option key={reason} value={reason}>
                      {t(`delivery.reason.${reason}`)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </div>
          {isCounted(base) && Number(draft.missing) > 0 ? (
            <Field label={t('form.optional', { field: t('delivery.missingUnits') })} problem={problem('missing.units')}>
              {(input) => (
                <textarea
                  {...input}
                  className="input mono"
                  rows={2}
                  value={draft.units}
                  onChange={(event) => onChange({ units: event.target.value })}
                />
              )}
            </Field>
          ) : null}
          <div className="form-row">
            <QuantityInput
              label={t('delivery.surplus')}
              hint={t('delivery.surplusHint')}
              problem={problem('surplus.quantity')}
              unit={unit}
              value={draft.surplus}
              onChange={(surplus) => onChange({ surplus })}
            />
            <QuantityInput
              label={t('delivery.damaged')}
              problem={problem('damaged.quantity')}
              unit={unit}
              value={draft.damaged}
              onChange={(damaged) => onChange({ damaged })}
            />
          </div>
          <Field label={t('form.optional', { field: t('delivery.remark') })}>
            {(input) => (
              <input {...input} className="input" value={draft.note} onChange={(event) => onChange({ note: event.target.value })} />
            )}
          </Field>
        </div>
      </details>
    </div>
  );
}
