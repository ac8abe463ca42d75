import { useId } from 'react';
import { Field } from '../design/field.js';
import { type Phrase, useWords } from '../words/words.js';
import {
  codeLetters,
  completed,
  levels,
  planOf,
  preferredAqls,
  type SamplingDraft,
  sampleSizeOf,
  standards,
  verdictOf,
} from './sampling-plan.js';

interface SamplingFieldsProps {
  /** Null: every item was looked at, or how is not told. */
  readonly plan: SamplingDraft | null;
  /** How many came, where that is a whole number. */
  readonly lotSize: string;
  readonly problem: (field: string) => string | undefined;
  readonly onChange: (plan: SamplingDraft | null) => void;
}

/** The sampling plan that was followed (GB/T 2828.1, ISO 2859-1), and what the sample had. */
export function SamplingFields({ plan, lotSize, problem, onChange }: SamplingFieldsProps) {
  const { t } = useWords();
  return (
    <div className="stack" style={{ gap: 8 }} data-sampling={plan ? 'on' : 'off'}>
      <label className="check">
        <input type="checkbox" checked={plan !== null} onChange={(event) => onChange(event.target.checked ? planOf(lotSize) : null)} />
        {t('sampling.by')}
      </label>
      {plan ? <Plan plan={plan} problem={problem} onChange={(typed) => onChange(completed(plan, typed))} /> : null}
    </div>
  );
}

interface PlanProps {
  readonly plan: SamplingDraft;
  readonly problem: (field: string) => string | undefined;
  readonly onChange: (typed: Partial<SamplingDraft>) => void;
}

function Plan({ plan, problem, onChange }: PlanProps) {
  const { t } = useWords();
  const aqls = useId();
  const passes = verdictOf(plan);
  const choice = (
    field: 'standard' | 'level' | 'codeLetter',
    words: Phrase,
    options: readonly (readonly [value: string, shown: string])[],
  ) => (
    <Field label={t(words)} problem={problem(field)}>
      {(input) => (
        <select {...input} className="input" value={plan[field]} onChange={(event) => onChange({ [field]: event.target.value })}>
          {options.map(([value, shown]) => (
            <option key={value} value={value}>
              {shown}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  const count = (field: 'lotSize' | 'sampleSize' | 'acceptAt' | 'rejectAt' | 'nonconforming', words: Phrase, hint?: Phrase) => (
    <Field label={t(words)} hint={hint && t(hint)} problem={problem(field) && t(`sampling.wrong.${field}`)}>
      {(input) => (
        <input
          {...input}
          className="input number"
          inputMode="numeric"
          value={plan[field]}
          onChange={(event) => onChange({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  const same = (values: readonly string[]) => values.map((value) => [value, value] as const);
  return (
    <>
      <div className="form-row">
        {choice('standard', 'sampling.standard', [...same(standards.slice(0, 2)), ['other', t('sampling.other')]])}
        {choice('level', 'sampling.level', same(levels))}
        <Field label={t('sampling.aql')} problem={problem('aql')}>
          {(input) => (
            <input
              {...input}
              className="input number"
              inputMode="decimal"
              list={aqls}
              value={plan.aql}
              onChange={(event) => onChange({ aql: event.target.value })}
            />
          )}
        </Field>
        <datalist id={aqls}>
          {preferredAqls.map((aql) => (
            <option key={aql} value={aql} />
          ))}
        </datalist>
      </div>
      <div className="form-row">
        {count('lotSize', 'sampling.lotSize')}
        {choice(
          'codeLetter',
          'sampling.codeLetter',
          codeLetters.map((letter) => [letter, `${letter} (n = ${sampleSizeOf(letter)})`]),
        )}
        {count('sampleSize', 'sampling.sampleSize')}
      </div>
      <div className="form-row">
        {count('acceptAt', 'sampling.acceptAt', 'sampling.fromTable')}
        {count('rejectAt', 'sampling.rejectAt')}
        {count('nonconforming', 'sampling.nonconforming')}
      </div>
      <p
        className={passes === false ? 'notice bad' : 'soft'}
        role="status"
        data-verdict={passes === null ? 'open' : passes ? 'passes' : 'fails'}
      >
        {t(passes === null ? 'sampling.open' : passes ? 'sampling.passes' : 'sampling.fails')}
      </p>
    </>
  );
}
