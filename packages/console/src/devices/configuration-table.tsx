import { Badge } from '../design/badge.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import { configurationLines } from './configuration-lines.js';
import type { Parameter } from './parameters.js';

interface Side {
  readonly words: string;
  /** Null: not known. */
  readonly configuration: Readonly<Record<string, unknown>> | null;
}

interface ConfigurationTableProps {
  readonly label: string;
  readonly parameters: readonly Parameter[] | null;
  readonly left: Side;
  readonly right: Side;
  readonly onlyDifferences?: boolean;
}

/** Two configurations side by side, each difference marked; nothing where neither has a setting. */
export function ConfigurationTable({ label, parameters, left, right, onlyDifferences = false }: ConfigurationTableProps) {
  const { t, say } = useWords();
  const lines = configurationLines(left.configuration, right.configuration).filter(({ differs }) => differs || !onlyDifferences);
  if (lines.length === 0) return null;
  const parameterAt = (path: string) => parameters?.find(({ name }) => path === `/${name}`);
  return (
    <div className="table-room" role="group" aria-label={label} tabIndex={0}>
      <table className="table configuration">
        <thead>
          <tr>
            <th scope="col">{t('configuration.key')}</th>
            <th scope="col">{left.words}</th>
            <th scope="col">{right.words}</th>
            {onlyDifferences ? null : (
              <th scope="col">
                <span className="visually-hidden">{t('configuration.differs')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const parameter = parameterAt(line.path);
            const unit = measuredUnit(parameter?.unit ?? '');
            return (
              <tr key={line.path} data-setting={line.path} data-differs={line.differs || undefined}>
                <th scope="row">
                  {parameter ? say(parameter.words) : <span className="mono">{line.name}</span>}
                  {unit ? <span className="unit"> ({unit})</span> : null}
                </th>
                <td>
                  <Setting json={line.left} parameter={parameter} />
                </td>
                <td>
                  <Setting json={line.right} parameter={parameter} />
                </td>
                {onlyDifferences ? null : (
                  <td className="mark">{line.differs ? <Badge state="differs" tone="warn" words={t('configuration.differs')} /> : null}</td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A value by what the model calls it, otherwise as JSON. */
function Setting({ json, parameter }: { readonly json: string | null; readonly parameter: Parameter | undefined }) {
  const { say, t } = useWords();
  if (json === null) return <span className="soft">–</span>;
  const value: unknown = JSON.parse(json);
  const choice = typeof value === 'string' ? parameter?.choices?.[value] : undefined;
  if (choice) return say(choice);
  if (parameter && typeof value === 'boolean') return t(value ? 'parameters.yes' : 'parameters.no');
  return <span className="mono">{json}</span>;
}
