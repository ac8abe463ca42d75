import { Field } from '../design/field.js';
import type { Industry } from '../verticals/pages.js';
import { useWords } from '../words/words.js';

export type SpecificationFields = Readonly<Record<string, unknown>>;

interface SpecificationFormProps {
  readonly specification: Industry['specifications'][number];
  readonly value: SpecificationFields;
  readonly wrong: (field: string) => string | undefined;
  readonly onChange: (value: SpecificationFields) => void;
}

/** The part of JSON Schema that decides what a person types into. */
interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | number)[];
}

/** The fields of an item as its industry describes them. */
export function SpecificationForm({ specification, value, wrong, onChange }: SpecificationFormProps) {
  const { t, say } = useWords();
  const properties = (specification.jsonSchema['properties'] ?? {}) as Readonly<Record<string, FieldSchema>>;
  const required = (specification.jsonSchema['required'] ?? []) as readonly string[];
  const set = (name: string, field: unknown) => {
    const { [name]: _before, ...others } = value;
    onChange(field === undefined ? others : { ...others, [name]: field });
  };
  return (
    <div className="form-row">
      {Object.entries(properties).map(([name, schema]) => {
        const words = specification.fields[name];
        const plain = words ? say(words) : name;
        const label = required.includes(name) ? plain : t('form.optional', { field: plain });
        const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
        const current = value[name];
        return (
          <Field key={name} label={label} problem={wrong(name)}>
            {(input) => {
              if (schema.enum)
                return (
                  <select
                    {...input}
                    className="input"
                    value={String(current ?? '')}
                    onChange={(event) =>
                      set(
                        name,
                        schema.enum?.find((each) => String(each) === event.target.value),
                      )
                    }
                  >
                    {required.includes(name) ? null : <option value="">–</option>}
                    {schema.enum.map((each) => (
                      <option key={each}>{each}</option>
                    ))}
                  </select>
                );
              if (type === 'boolean')
                return (
                  <select
                    {...input}
                    className="input"
                    value={current === undefined ? '' : String(current)}
                    onChange={(event) => set(name, event.target.value === '' ? undefined : event.target.value === 'true')}
                  >
                    {required.includes(name) ? null : <option value="">–</option>}
                    <option value="true">{t('yes')}</option>
                    <option value="false">{t('no')}</option>
                  </select>
                );
              const numeric = type === 'number' || type === 'integer';
              return (
                <input
                  {...input}
                  className={numeric ? 'input number' : 'input'}
                  inputMode={numeric ? 'decimal' : undefined}
                  value={
                    current === undefined || current === null ? '' : typeof current === 'object' ? JSON.stringify(current) : String(current)
                  }
                  onChange={(event) => set(name, parsed(event.target.value, numeric))}
                />
              );
            }}
          </Field>
        );
      })}
    </div>
  );
}

/** A number once it reads as one; until then what was typed, so that nothing is lost. */
function parsed(text: string, numeric: boolean): unknown {
  if (text === '') return undefined;
  if (!numeric || /[.]0*$/.test(text)) return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
