import { Panel } from '../design/panel.js';
import { useWords } from '../words/words.js';
import type { Preview, PreviewInput } from './import-page.js';

type Mapping = NonNullable<PreviewInput['mapping']>;
type Defaults = NonNullable<PreviewInput['defaults']>;

interface ImportMappingProps {
  readonly preview: Preview;
  readonly mapping: Mapping;
  readonly defaults: Defaults;
  readonly onMapping: (mapping: Mapping) => void;
  readonly onDefaults: (defaults: Defaults) => void;
}

const forAll = ['supplier', 'currency', 'dueOn', 'unit'] as const;
const isForAll = (field: string): field is (typeof forAll)[number] => forAll.some((each) => each === field);

/** Which column fills which field, and what holds for all rows. */
export function ImportMapping({ preview, mapping, defaults, onMapping, onDefaults }: ImportMappingProps) {
  const { t, say } = useWords();
  const { columns, fields } = preview;
  const headingOf = (column: number) => columns[column]?.heading || t('import.unnamed', { column: column + 1 });
  const setDefault = (field: (typeof forAll)[number], value: string) => {
    const { [field]: _gone, ...rest } = defaults;
    // A value that the platform does not know is answered with what it knows.
    onDefaults(value === '' ? rest : ({ ...rest, [field]: value } as Defaults));
  };
  return (
    <Panel title={t('import.mapping')} flush>
      <div className="table-room">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('import.field')}</th>
              <th scope="col">{t('import.column')}</th>
              <th scope="col">{t('import.sample')}</th>
              <th scope="col">{t('import.forAll')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ field, words, required, column }) => (
              <tr key={field}>
                <th scope="row">
                  {say(words)} {required ? <span className="soft small">{t('import.needed')}</span> : null}
                </th>
                <td>
                  <select
                    className="input"
                    aria-label={`${say(words)}: ${t('import.column')}`}
                    value={column ?? ''}
                    onChange={(event) => onMapping({ ...mapping, [field]: event.target.value === '' ? null : Number(event.target.value) })}
                  >
                    <option value="">{t('import.none')}</option>
                    {columns.map((each, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                      <option key={index} value={index}>
                        {each.heading || t('import.unnamed', { column: index + 1 })}
                      </option>
                    ))}
                  </select>
                </td>
                <td className="soft" title={column === null ? undefined : headingOf(column)}>
                  {column === null ? '' : columns[column]?.samples.filter((text) => text !== '').join(' · ')}
                </td>
                <td>
                  {isForAll(field) ? (
                    <input
                      className="input"
                      aria-label={`${say(words)}: ${t('import.forAll')}`}
                      type={field === 'dueOn' ? 'date' : 'text'}
                      defaultValue={defaults[field] ?? ''}
                      onBlur={(event) =>
                        setDefault(
                          field,
                          field === 'currency' || field === 'unit' ? event.target.value.trim().toUpperCase() : event.target.value.trim(),
                        )
                      }
                    />
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
