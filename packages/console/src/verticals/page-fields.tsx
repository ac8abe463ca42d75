import { Field } from '../design/field.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import type { PageField } from './pages.js';
import { asRecordKind, RecordField } from './record-field.js';

/** What was typed, by field; turned into the procedure's input on submitting. */
export type Typed = Readonly<Record<string, string>>;

export const initialValues = (fields: readonly PageField[]): Typed =>
  Object.fromEntries(fields.map(({ name, initial }) => [name, initial === undefined ? '' : String(initial)]));

/** The procedure's input: `a.b` becomes `{ a: { b } }`; an empty optional field is left out. */
export function inputOf(fields: readonly PageField[], typed: Typed): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const field of fields) {
    const text = (typed[field.name] ?? '').trim();
    if (text === '' && (field.optional || field.kind === 'boolean')) continue;
    const path = field.name.split('.');
    let place = input;
    for (const part of path.slice(0, -1)) place = (place[part] ??= {}) as Record<string, unknown>;
    place[path.at(-1) ?? field.name] = valueOf(field, text);
  }
  return input;
}

function valueOf({ kind }: PageField, text: string): unknown {
  if (kind === 'number') return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  if (kind === 'boolean') return text === 'true';
  return text;
}

interface PageFieldsProps {
  readonly fields: readonly PageField[];
  readonly typed: Typed;
  readonly wrong: Readonly<Record<string, string>>;
  readonly onChange: (typed: Typed) => void;
}

export function PageFields({ fields, typed, wrong, onChange }: PageFieldsProps) {
  const { t, say } = useWords();
  const set = (name: string, value: string) => onChange({ ...typed, [name]: value });
  return (
    <div className="form-row">
      {fields.map((field) => {
        const { name, kind, unit, hint, optional, options } = field;
        const label = optional ? t('form.optional', { field: say(field.words) }) : say(field.words);
        return (
          <Field key={name} label={label} hint={hint ? say(hint) : undefined} problem={wrong[name]}>
            {(input) => {
              const value = typed[name] ?? '';
              if (kind === 'select' || kind === 'boolean')
                return (
                  <select {...input} className="input" value={value} onChange={(event) => set(name, event.target.value)}>
                    {value === '' || optional ? <option value="">–</option> : null}
                    {kind === 'boolean' ? (
                      <>
                        <option value="true">{t('yes')}</option>
                        <option value="false">{t('no')}</option>
                      </>
                    ) : (
                      options?.map((option) => (
                        <option key={option.value} value={option.value}>
                          {say(option.words)}
                        </option>
                      ))
                    )}
                  </select>
                );
              const record = asRecordKind(kind);
              if (record)
                return (
                  <RecordField kind={record} value={value} optional={optional ?? false} input={input} onChange={(id) => set(name, id)} />
                );
              if (kind === 'multiline')
                return <textarea {...input} className="input" rows={4} value={value} onChange={(event) => set(name, event.target.value)} />;
              const numeric = kind === 'number' || kind === 'decimal';
              const box = (
                <input
                  {...input}
                  className={numeric ? 'input number' : 'input'}
                  inputMode={numeric ? 'decimal' : undefined}
                  value={value}
                  onChange={(event) => set(name, event.target.value)}
                />
              );
              return unit ? (
                <div className="with-unit">
                  {box}
                  <span className="unit">{measuredUnit(unit)}</span>
                </div>
              ) : (
                box
              );
            }}
          </Field>
        );
      })}
    </div>
  );
}
