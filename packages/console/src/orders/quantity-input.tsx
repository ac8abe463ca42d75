import { useFormat } from '../app/platform.js';
import { Field } from '../design/field.js';

interface QuantityInputProps {
  readonly label: string;
  readonly unit?: string;
  readonly value: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly onChange: (value: string) => void;
}

/** A decimal with its unit beside it. */
export function QuantityInput({ label, unit, value, hint, problem, onChange }: QuantityInputProps) {
  const format = useFormat();
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(input) => (
        <div className={unit ? 'with-unit' : ''}>
          <input {...input} className="input number" inputMode="decimal" value={value} onChange={(event) => onChange(event.target.value)} />
          {unit ? <span className="unit">{format.unit(unit)}</span> : null}
        </div>
      )}
    </Field>
  );
}

/** Serial numbers as people paste them: by line, blank or comma. */
export const serialsIn = (text: string): string[] => text.split(/[\s,，、;；]+/).filter(Boolean);
