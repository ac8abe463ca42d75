import { useEffect, useRef } from 'react';
import { Field } from '../design/field.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import { useLimits } from './limits.js';
import type { Parameter, ParameterProblem, Typed } from './parameters.js';

interface ParameterFieldsProps {
  readonly parameters: readonly Parameter[];
  readonly typed: Typed;
  readonly wrong: Readonly<Record<string, ParameterProblem>>;
  readonly onType: (typed: Typed) => void;
}

/** A field for each value that a model declares, with its unit and limits; typing goes on where the first is wrong. */
export function ParameterFields({ parameters, typed, wrong, onType }: ParameterFieldsProps) {
  const { t, say } = useWords();
  const limitsOf = useLimits();
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (Object.keys(wrong).length > 0) fields.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [wrong]);
  return (
    <div className="form-row" ref={fields}>
      {parameters.map((parameter) => {
        const { name, words, unit, whole, longest, optional } = parameter;
        const limits = limitsOf(parameter);
        const problem = wrong[name];
        const called = measuredUnit(unit ?? '') ? `${say(words)} (${measuredUnit(unit ?? '')})` : say(words);
        const hints = [limits, whole ? t('parameters.whole') : ''].filter(Boolean).join(' · ');
        return (
          <Field
            key={name}
            label={optional ? t('parameters.optional', { name: called }) : called}
            hint={hints || undefined}
            problem={problem ? t(`parameterProblem.${problem}`, { limits: limits || (longest ?? '') }) : undefined}
          >
            {(input) => (
              <ParameterInput
                input={{ ...input, name }}
                parameter={parameter}
                value={typed[name] ?? ''}
                onChange={(value) => onType({ ...typed, [name]: value })}
              />
            )}
          </Field>
        );
      })}
    </div>
  );
}

interface ParameterInputProps {
  readonly input: { readonly id: string; readonly name: string };
  readonly parameter: Parameter;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function ParameterInput({ input, parameter: { kind, choices, optional }, value, onChange }: ParameterInputProps) {
  const { t, say } = useWords();
  const options =
    kind === 'boolean'
      ? [
          { value: 'true', words: t('parameters.yes') },
          { value: 'false', words: t('parameters.no') },
        ]
      : choices
        ? Object.entries(choices).map(([choice, words]) => ({ value: choice, words: say(words) }))
        : null;
  if (options)
    return (
      <select {...input} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t(optional ? 'parameters.leftOut' : 'parameters.choose')}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
    );
  return (
    <input
      {...input}
      className={kind === 'number' ? 'input number' : 'input'}
      autoComplete="off"
      spellCheck={false}
      {...(kind === 'number' ? { inputMode: 'decimal' as const } : {})}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
