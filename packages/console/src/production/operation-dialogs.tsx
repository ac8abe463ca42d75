import { useState } from 'react';
import { useCommand, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import type { Job } from './job-page.js';

type Operation = Job['operations'][number];
type Move = Operation['moves'][number]['move'];

interface OperationDialogProps {
  readonly job: Job;
  readonly operation: Operation;
  readonly onDone: () => void;
}

/** What a move of an operation asks for. */
export function OperationDialog({ move, ...given }: OperationDialogProps & { readonly move: Move }) {
  if (move === 'start' || move === 'resume') return <OnEquipmentDialog move={move} {...given} />;
  if (move === 'pause') return <PauseDialog {...given} />;
  if (move === 'finish' || move === 'cancel') return <EndDialog move={move} {...given} />;
  return null;
}

function OnEquipmentDialog({ job, operation, move, onDone }: OperationDialogProps & { readonly move: 'start' | 'resume' }) {
  const { t, say } = useWords();
  const [equipment, setEquipment] = useState(operation.equipment?.id ?? '');
  const machines = useList(['equipment.list', {}], (yunfab, page, options) => yunfab.equipment.list(page, options));
  const command = useCommand(
    (yunfab, input: { equipment?: string }, options) =>
      yunfab.production.operations[move]({ job: job.id, version: job.version, operation: operation.id, ...input }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      title={t(move === 'start' ? 'jobs.startOperation' : 'floor.resumeOperation', { operation: say(operation.words) })}
      effect={t(move === 'start' ? 'jobs.startOperationEffect' : 'floor.resumeEffect')}
      submit={t(move === 'start' ? 'jobs.startOperationSubmit' : 'floor.resume')}
      command={command}
      onSubmit={() => void command.run(equipment ? { equipment } : {}).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('production.equipment')} problem={fieldProblems(command.problem)['equipment']}>
        {(input) => (
          <select {...input} className="input" value={equipment} onChange={(event) => setEquipment(event.target.value)}>
            {operation.equipment ? null : <option value="">{t('move.countByHand')}</option>}
            {machines.items.map((machine) => (
              <option key={machine.id} value={machine.id}>
                {machine.name} ({machine.code})
              </option>
            ))}
          </select>
        )}
      </Field>
    </MoveForm>
  );
}

/** Why an operation stands still, in the order in which it happens most. */
export const pauseReasons = ['break', 'setup', 'material', 'breakdown', 'quality', 'tooling', 'priority', 'other'] as const;
export type PauseReason = (typeof pauseReasons)[number];

function PauseDialog({ job, operation, onDone }: OperationDialogProps) {
  const { t, say } = useWords();
  const [reason, setReason] = useState<PauseReason>('break');
  const [note, setNote] = useState('');
  const command = useCommand(
    (yunfab, input: { reason: PauseReason; note?: string }, options) =>
      yunfab.production.operations.pause({ job: job.id, version: job.version, operation: operation.id, ...input }, options),
    touchedByMoves,
  );
  const problems = fieldProblems(command.problem);
  return (
    <MoveForm
      title={t('floor.pauseOperation', { operation: say(operation.words) })}
      effect={t('floor.pauseEffect')}
      submit={t('floor.pause')}
      command={command}
      onSubmit={() => void command.run({ reason, ...(note.trim() ? { note: note.trim() } : {}) }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('orders.reason')} problem={problems['reason']}>
        {(input) => (
          <select {...input} className="input" value={reason} onChange={(event) => setReason(event.target.value as PauseReason)}>
            {pauseReasons.map((each) => (
              <option key={each} value={each}>
                {t(`floor.pauseReason.${each}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('form.optional', { field: t('orders.note') })} problem={problems['note']}>
        {(input) => <input {...input} className="input" value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}

function EndDialog({ job, operation, move, onDone }: OperationDialogProps & { readonly move: 'finish' | 'cancel' }) {
  const { t, say } = useWords();
  const command = useCommand(
    (yunfab, _: null, options) =>
      yunfab.production.operations[move]({ job: job.id, version: job.version, operation: operation.id }, options),
    touchedByMoves,
  );
  const finish = move === 'finish';
  return (
    <MoveForm
      danger={!finish}
      title={t(finish ? 'jobs.finishOperation' : 'floor.cancelOperation', { operation: say(operation.words) })}
      effect={t(finish ? 'jobs.finishOperationEffect' : 'floor.cancelEffect')}
      submit={t(finish ? 'jobs.finishOperationSubmit' : 'floor.cancel')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
