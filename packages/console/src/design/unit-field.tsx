import { tradeUnits } from '../words/units.js';
import { useWords } from '../words/words.js';
import { Field } from './field.js';

interface UnitFieldProps {
  readonly label: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (unit: string) => void;
}

/** A choice of the units that people trade in, by name and code. */
export function UnitField({ label, value, problem, onChange }: UnitFieldProps) {
  const { language } = useWords();
  return (
    <Field label={label} problem={problem}>
      {(input) => (
        <select {...input} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
          {Object.entries(tradeUnits).map(([code, words]) => (
            <option key={code} value={code}>
              {words[language]} ({code})
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
