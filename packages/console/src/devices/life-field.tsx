import { Field } from '../design/field.js';
import { useWords } from '../words/words.js';

const lives = [60, 300, 3600, 28_800, 86_400, 604_800, 2_592_000] as const;
export type Life = (typeof lives)[number];

interface LifeFieldProps {
  readonly label: string;
  /** The lives that are offered, in seconds. */
  readonly from: Life;
  readonly to: Life;
  readonly value: Life;
  readonly onChange: (seconds: Life) => void;
}

/** How long a thing holds. */
export function LifeField({ label, from, to, value, onChange }: LifeFieldProps) {
  const { t } = useWords();
  return (
    <Field label={label}>
      {(input) => (
        <select
          {...input}
          className="input"
          value={value}
          onChange={(event) => onChange(lives.find((each) => String(each) === event.target.value) ?? value)}
        >
          {lives
            .filter((each) => each >= from && each <= to)
            .map((each) => (
              <option key={each} value={each}>
                {t(`lifeS.${each}`)}
              </option>
            ))}
        </select>
      )}
    </Field>
  );
}
