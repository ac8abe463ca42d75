import { useState } from 'react';
import { useCommand, useFormat } from '../app/platform.js';
import { Button } from '../design/button.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { configurationLines } from './configuration-lines.js';
import type { Configuration } from './configuration-panel.js';
import { ConfigurationTable } from './configuration-table.js';
import { JsonField } from './json-field.js';
import { readJsonObject } from './json-text.js';
import { ParameterFields } from './parameter-fields.js';
import { type Parameter, type ParameterProblem, readParameters, type Typed, typedOf } from './parameters.js';

type Fields = Readonly<Record<string, unknown>>;

interface ConfigurationEditorProps {
  readonly device: string;
  readonly parameters: readonly Parameter[] | null;
  /** What is desired now; it may become another while one writes. */
  readonly current: Configuration['desired'];
  readonly first: Fields;
  readonly onStale: () => void;
  readonly onDone: () => void;
}

/**
 * Sets the next version. What was written stays when somebody else was faster: it is shown where it differs from theirs, and is
 * set only after the writer has said to go on from there.
 */
export function ConfigurationEditor({ device, parameters, current, first, onStale, onDone }: ConfigurationEditorProps) {
  const { t } = useWords();
  const [base, setBase] = useState(current?.version ?? 0);
  const [json, setJson] = useState(() => JSON.stringify(first, null, 2));
  const [typed, setTyped] = useState<Typed>(() => typedOf(first));
  const [wrong, setWrong] = useState<Readonly<Record<string, ParameterProblem>>>({});
  const command = useCommand(
    (yunfab, input: { version: number; configuration: Record<string, unknown> }, options) =>
      yunfab.equipment.configuration.set({ device, ...input }, options),
    ['equipment.configuration'],
  );
  const free = readJsonObject(json);
  const draft: Fields | null = parameters ? readParameters(parameters, typed).values : free.value;
  const newer = current && current.version > base ? current : null;
  const submit = async () => {
    if (parameters) setWrong(readParameters(parameters, typed).wrong ?? {});
    if (draft === null) return;
    if (await command.run({ version: base, configuration: { ...draft } })) onDone();
    else onStale();
  };
  const goOn = () => {
    setBase(newer?.version ?? base);
    command.reset();
  };
  const staleAndShown = newer !== null && command.problem?.code === 'equipment.configuration_stale';
  return (
    <MoveForm
      wide
      title={t('configuration.editOf', { device })}
      effect={t('configuration.effect')}
      submit={t('configuration.set', { version: base + 1 })}
      ready={newer === null && (parameters !== null || free.problem === null)}
      command={{ busy: command.busy, problem: staleAndShown ? null : command.problem }}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      {parameters ? (
        <ParameterFields parameters={parameters} typed={typed} wrong={wrong} onType={setTyped} />
      ) : (
        <JsonField label={t('configuration.json')} rows={12} text={json} problem={free.problem} onChange={setJson} />
      )}
      {newer ? <Newer newer={newer} draft={draft} parameters={parameters} onGoOn={goOn} /> : null}
    </MoveForm>
  );
}

interface NewerProps {
  readonly newer: NonNullable<Configuration['desired']>;
  readonly draft: Fields | null;
  readonly parameters: readonly Parameter[] | null;
  readonly onGoOn: () => void;
}

function Newer({ newer, draft, parameters, onGoOn }: NewerProps) {
  const { t } = useWords();
  const format = useFormat();
  const version = newer.version;
  const said = { who: newer.setBy, version, when: format.moment(newer.setAt) };
  const differs = draft !== null && configurationLines(newer.configuration, draft).some((line) => line.differs);
  return (
    <div className="notice warn" role="alert" data-stale={version}>
      <div>
        <p>{t(draft !== null && !differs ? 'configuration.staleSame' : 'configuration.stale', said)}</p>
        {draft === null ? null : (
          <ConfigurationTable
            onlyDifferences
            parameters={parameters}
            label={t('configuration.differs')}
            left={{ words: t('configuration.theirs', { version }), configuration: newer.configuration }}
            right={{ words: t('configuration.yours'), configuration: draft }}
          />
        )}
        <div className="actions">
          <Button onClick={onGoOn}>{t('configuration.goOn', { version })}</Button>
        </div>
      </div>
    </div>
  );
}
