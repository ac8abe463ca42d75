import { useState } from 'react';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';

const schemes = ['own', 'serial', 'batch', 'gtin', 'sgtin'] as const;

interface IdentifierDialogProps {
  readonly thing: string;
  readonly name: string;
  readonly onDone: () => void;
}

/** Calls a lot or a unit by one more number of the organization's own. */
export function IdentifierDialog({ thing, name, onDone }: IdentifierDialogProps) {
  const { t } = useWords();
  const [scheme, setScheme] = useState<string>('own');
  const [value, setValue] = useState('');
  const command = useCommand(
    (yunfab, input: { scheme: string; value: string }, options) => yunfab.lifecycle.identifiers.assign({ thing, ...input }, options),
    ['lifecycle.units', 'lifecycle.lots', 'lifecycle.identify'],
  );
  const wrong = fieldProblems(command.problem);
  return (
    <MoveForm
      title={t('identifier.addTitle', { thing: name })}
      effect={t(scheme === 'own' ? 'identifier.ownEffect' : 'identifier.sharedEffect')}
      submit={t('identifier.add')}
      ready={value.trim() !== ''}
      command={command}
      onSubmit={() => void command.run({ scheme, value: value.trim() }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('identifier.scheme')} problem={wrong['scheme']}>
        {(input) => (
          <select {...input} className="input" value={scheme} onChange={(event) => setScheme(event.target.value)}>
            {schemes.map((each) => (
              <option key={each} value={each}>
                {t(`scheme.${each}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('identifier.value')} problem={wrong['value']}>
        {(input) => <input {...input} required className="input mono" value={value} onChange={(event) => setValue(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}
