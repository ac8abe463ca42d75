import { useState } from 'react';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { type BothWords, useWords } from '../words/words.js';

interface PriorityDialogProps {
  readonly operation: { readonly id: string; readonly words: BothWords; readonly priority: number; readonly dueOn: string | null };
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

interface Given {
  readonly priority: number;
  readonly dueOn: string | null;
  readonly wholeJob: boolean;
}

/** Where an operation stands on the dispatch list: by its due date, then by its priority. */
export function PriorityDialog({ operation, onDone, onCancel }: PriorityDialogProps) {
  const { t, say } = useWords();
  const [priority, setPriority] = useState(String(operation.priority));
  const [dueOn, setDueOn] = useState(operation.dueOn ?? '');
  const [wholeJob, setWholeJob] = useState(false);
  const command = useCommand(
    (yunfab, given: Given, options) => yunfab.production.floor.prioritise({ operation: operation.id, ...given }, options),
    touchedByMoves,
  );
  const problems = fieldProblems(command.problem);
  const submit = async () => {
    if (await command.run({ priority: Number(priority), dueOn: dueOn || null, wholeJob })) onDone();
  };
  return (
    <MoveForm
      title={t('priority.title', { operation: say(operation.words) })}
      effect={t('priority.effect')}
      submit={t('priority.submit')}
      ready={/^\d+$/.test(priority.trim())}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onCancel}
    >
      <div className="form-row">
        <Field label={t('floor.priority')} hint={t('priority.hint')} problem={problems['priority']}>
          {(input) => (
            <input
              {...input}
              name="priority"
              className="input number"
              type="number"
              min={1}
              max={99}
              value={priority}
              onChange={(event) => setPriority(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('form.optional', { field: t('orders.due') })} problem={problems['dueOn']}>
          {(input) => <input {...input} className="input" type="date" value={dueOn} onChange={(event) => setDueOn(event.target.value)} />}
        </Field>
      </div>
      <label className="floor-check">
        <input type="checkbox" checked={wholeJob} onChange={(event) => setWholeJob(event.target.checked)} />
        <span>{t('priority.wholeJob')}</span>
      </label>
    </MoveForm>
  );
}
