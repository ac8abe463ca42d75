import { useState } from 'react';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { JsonField } from './json-field.js';
import { readJsonObject } from './json-text.js';
import { type Life, LifeField } from './life-field.js';
import { ParameterFields } from './parameter-fields.js';
import { type Declared, type ParameterProblem, readParameters, type Typed } from './parameters.js';

interface SendCommandProps {
  readonly device: string;
  readonly connected: boolean;
  readonly declared: readonly Declared[] | null;
  /** Told the id of the command. */
  readonly onSent: (command: string) => void;
  readonly onDone: () => void;
}

/** The form of a command: of those that the model declares, or of any where it declares nothing. */
export function SendCommand({ device, connected, declared, onSent, onDone }: SendCommandProps) {
  const { t, say } = useWords();
  const [name, setName] = useState(declared?.[0]?.name ?? '');
  const [typed, setTyped] = useState<Typed>({});
  const [json, setJson] = useState('{}');
  const [wrong, setWrong] = useState<Readonly<Record<string, ParameterProblem>>>({});
  const [life, setLife] = useState<Life>(300);
  const command = useCommand(
    (yunfab, input: { name: string; parameters: Record<string, unknown>; expiresInS: number }, options) =>
      yunfab.equipment.commands.send({ device, ...input }, options),
    ['equipment.commands'],
  );
  const model = declared?.find((each) => each.name === name);
  const free = readJsonObject(json);
  const submit = async () => {
    const read = model ? readParameters(model.parameters, typed) : { values: free.value, wrong: null };
    setWrong(read.wrong ?? {});
    if (read.values === null) return;
    const sent = await command.run({ name: name.trim(), parameters: { ...read.values }, expiresInS: life });
    if (!sent) return;
    onSent(sent.id);
    onDone();
  };
  const choose = (chosen: string) => {
    setName(chosen);
    setTyped({});
    setWrong({});
    command.reset();
  };
  return (
    <MoveForm
      title={t('commands.sendTo', { device })}
      effect={t('commands.effect')}
      submit={t('commands.send')}
      ready={name.trim() !== '' && (declared !== null || free.problem === null)}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      {connected ? null : <p className="notice warn">{t('commands.waits')}</p>}
      {declared ? (
        <Field label={t('commands.command')} hint={model?.description ? say(model.description) : undefined}>
          {(input) => (
            <select {...input} className="input" value={name} onChange={(event) => choose(event.target.value)}>
              {declared.map((each) => (
                <option key={each.name} value={each.name}>
                  {say(each.words)}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : (
        <>
          <Field label={t('commands.name')} hint={t('commands.nameHint')} problem={fieldProblems(command.problem)['name']}>
            {(input) => (
              <input
                {...input}
                required
                className="input mono"
                autoComplete="off"
                spellCheck={false}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <JsonField label={t('commands.parameters')} rows={3} text={json} problem={free.problem} onChange={setJson} />
        </>
      )}
      {model && model.parameters.length > 0 ? (
        <ParameterFields parameters={model.parameters} typed={typed} wrong={wrong} onType={setTyped} />
      ) : null}
      {model && model.parameters.length === 0 ? <p className="soft">{t('commands.noParameters')}</p> : null}
      <LifeField label={t('commands.expires')} from={60} to={86_400} value={life} onChange={setLife} />
    </MoveForm>
  );
}
