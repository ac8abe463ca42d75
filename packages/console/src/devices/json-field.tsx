import { Field } from '../design/field.js';
import { useWords } from '../words/words.js';
import type { JsonProblem } from './json-text.js';

interface JsonFieldProps {
  readonly label: string;
  readonly rows: number;
  readonly text: string;
  readonly problem: JsonProblem | null;
  readonly onChange: (text: string) => void;
}

/** A JSON object to be typed; it says while one types whether it is one. */
export function JsonField({ label, rows, text, problem, onChange }: JsonFieldProps) {
  const { t } = useWords();
  const said =
    problem?.what === 'brokenAt'
      ? t('jsonProblem.brokenAt', { line: problem.line, column: problem.column })
      : problem
        ? t(`jsonProblem.${problem.what}`)
        : undefined;
  return (
    <Field label={label} problem={said}>
      {(input) => (
        <textarea
          {...input}
          className="input mono"
          rows={rows}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
