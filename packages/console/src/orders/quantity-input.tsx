import type { Quantity } from '@yunfab/sdk';
import { useFormat } from '../app/platform.js';
import { Field } from '../design/field.js';
import { converted, unitsLike } from '../format/conversion.js';
import { useWords } from '../words/words.js';

/** A unit in which the platform takes quantities. */
export type TradeUnit = Quantity['unit'];

interface QuantityInputProps {
  readonly label: string;
  readonly unit?: string;
  /** Lets the unit be chosen among those that convert into `base`, and says how much that is. */
  readonly choose?: { readonly base: string; readonly onChange: (unit: string) => void };
  readonly value: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly onChange: (value: string) => void;
}

/** A decimal with its unit beside it. */
export function QuantityInput({ label, unit, choose, value, hint, problem, onChange }: QuantityInputProps) {
  const format = useFormat();
  const { t } = useWords();
  const like = choose ? unitsLike(choose.base) : [];
  return (
    <Field label={label} hint={[useConverted(value, unit, choose?.base), hint].filter(Boolean).join(' ') || undefined} problem={problem}>
      {(input) => (
        <div className={unit ? 'with-unit' : ''}>
          <input {...input} className="input number" inputMode="decimal" value={value} onChange={(event) => onChange(event.target.value)} />
          {unit && choose && like.length > 1 ? (
            <select
              className="unit"
              aria-label={t('delivery.unitOf', { field: label })}
              value={unit}
              onChange={(event) => choose.onChange(event.target.value)}
            >
              {like.map((code) => (
                <option key={code} value={code}>
                  {format.unit(code)}
                </option>
              ))}
            </select>
          ) : unit ? (
            <span className="unit">{format.unit(unit)}</span>
          ) : null}
        </div>
      )}
    </Field>
  );
}

/** What a quantity in a chosen unit is in that of the line; nothing while they are the same. */
function useConverted(value: string, unit: string | undefined, base: string | undefined): string | null {
  const { t } = useWords();
  const format = useFormat();
  if (!unit || !base || unit === base || !(Number(value) > 0)) return null;
  const same = converted(value, unit, base);
  return same === null
    ? t('delivery.notExact', { unit: format.unit(base) })
    : t('delivery.converted', { quantity: format.quantity(same, base) });
}

/** Serial numbers as people paste them: by line, blank or comma. */
export const serialsIn = (text: string): string[] => text.split(/[\s,，、;；]+/).filter(Boolean);

/** Units that can have serial numbers are counted one by one. */
export const isCounted = (unit: string): boolean => unit === 'H87' || unit === 'SET' || unit === 'PR';

/** What was typed in one unit, to go on in another; empty where it does not convert exactly. */
export const retyped = (value: string, from: string, to: string): string => (value.trim() === '' ? '' : (converted(value, from, to) ?? ''));
