import { useId } from 'react';
import { useAsk } from '../app/platform.js';
import { useHere } from '../app/session.js';
import { Field } from '../design/field.js';
import { useWords } from '../words/words.js';

interface SupplierFieldProps {
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (code: string) => void;
}

/** Any organization of the register, found by name, code or identifier; what counts is its code. */
export function SupplierField({ value, problem, onChange }: SupplierFieldProps) {
  const { t, say } = useWords();
  const { organization } = useHere();
  const suggestions = useId();
  const text = value.trim();
  const { answer } = useAsk(
    ['access.organizations.search', { text }],
    (yunfab, options) => yunfab.access.organizations.search({ text }, options),
    { enabled: text !== '' },
  );
  const found = (answer?.items ?? []).filter(({ code }) => code !== organization.code);
  const exact = found.find(({ code }) => code === text);
  return (
    <Field label={t('orders.supplier')} hint={exact ? say(exact.name) : t('propose.supplierHint')} problem={problem}>
      {(input) => (
        <>
          <input
            {...input}
            required
            className="input"
            list={suggestions}
            autoCapitalize="off"
            autoComplete="off"
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <datalist id={suggestions}>
            {found.map((each) => (
              <option key={each.code} value={each.code}>
                {say(each.name)}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
