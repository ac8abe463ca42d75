import { useFormat } from '../app/platform.js';
import { Icon } from '../design/icon.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import type { Evaluation } from './run-lines.js';

export function EvaluatedValues({ values }: { readonly values: Evaluation['values'] }) {
  const { say } = useWords();
  const format = useFormat();
  return (
    <div className="tiles">
      {values.map(({ name, words, value, unit }) => (
        <div key={name} className="tile" data-value={name}>
          <span className="label">{say(words)}</span>
          <span className="value">
            {format.number(Number(value.toPrecision(4)))} <span className="unit small">{measuredUnit(unit)}</span>
          </span>
        </div>
      ))}
    </div>
  );
}

/** What was looked at, each with its whole sentence. */
export function Findings({ findings }: { readonly findings: Evaluation['findings'] }) {
  const { t, say } = useWords();
  return (
    <ul className="findings">
      {findings.map(({ code, words, holds }) => (
        <li key={code} className={holds ? 'holds' : 'fails'} data-finding={code}>
          <Icon name={holds ? 'check' : 'close'} />
          <span>
            <span className="visually-hidden">{t(holds ? 'finding.holds' : 'finding.fails')}: </span>
            {say(words)}
          </span>
        </li>
      ))}
    </ul>
  );
}
