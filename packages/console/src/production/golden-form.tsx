import { type ReactNode, useState } from 'react';
import { useAsk, useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm } from '../orders/move-form.js';
import { useSignalWords } from '../verticals/models.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';

interface GoldenFormProps {
  readonly title: string;
  /** Null until one is chosen. */
  readonly run: string | null;
  readonly program: string | null;
  readonly equipment: { readonly id: string; readonly model: string };
  /** Signals that the run has samples of; all of the equipment when left out. */
  readonly measured?: readonly string[];
  /** As they were around the golden run before. */
  readonly bands?: Readonly<Record<string, number>>;
  readonly onDone: () => void;
  readonly children?: ReactNode;
}

/** Makes a run the golden one of its model and program, with the bands around its curves. */
export function GoldenForm({ title, run, program, equipment, measured, bands: before = {}, onDone, children }: GoldenFormProps) {
  const { t } = useWords();
  const wordsOf = useSignalWords(equipment.model);
  const detail = useAsk(['equipment.get', { equipment: equipment.id }], (yunfab, options) =>
    yunfab.equipment.get({ equipment: equipment.id }, options),
  );
  const [bands, setBands] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(Object.entries(before).map(([signal, band]) => [signal, String(band)])),
  );
  const [note, setNote] = useState('');
  const command = useCommand(
    (yunfab, input: { run: string; bands: Record<string, number>; note?: string }, options) =>
      yunfab.production.goldenRuns.declare(input, options),
    ['production'],
  );
  const numbers = (detail.answer?.signals ?? []).filter(({ name, kind }) => kind === 'number' && (measured?.includes(name) ?? true));
  const given = Object.entries(bands).filter(([, band]) => band.trim() !== '');
  const ready = run !== null && given.every(([, band]) => Number(band) > 0);
  const problems = fieldProblems(command.problem);
  const submit = () => {
    if (run === null) return;
    void command
      .run({
        run,
        bands: Object.fromEntries(given.map(([signal, band]) => [signal, Number(band)])),
        ...(note.trim() ? { note: note.trim() } : {}),
      })
      .then((done) => done && onDone());
  };
  return (
    <MoveForm
      title={title}
      effect={t('golden.effect', { program: program ?? t('golden.noProgram') })}
      submit={t('golden.submit')}
      ready={ready}
      command={command}
      onSubmit={submit}
      onCancel={onDone}
    >
      {children}
      {numbers.map(({ name, unit }) => (
        <Field
          key={name}
          label={t('golden.bandOf', { signal: wordsOf(name), unit: measuredUnit(unit) })}
          problem={problems[`bands.${name}`]}
        >
          {(input) => (
            <input
              {...input}
              className="input"
              type="number"
              min="0"
              step="any"
              value={bands[name] ?? ''}
              onChange={(event) => setBands((now) => ({ ...now, [name]: event.target.value }))}
            />
          )}
        </Field>
      ))}
      <Field label={t('golden.note')} problem={problems['note']}>
        {(input) => <input {...input} className="input" maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}
