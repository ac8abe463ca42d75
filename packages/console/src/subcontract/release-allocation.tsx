import { useState } from 'react';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import type { Allocation } from './allocation-panel.js';

interface ReleaseAllocationProps {
  readonly order: string;
  readonly allocation: Allocation;
  readonly onDone: () => void;
}

/** Takes what is not delivered away from a subcontractor. */
export function ReleaseAllocation({ order, allocation, onDone }: ReleaseAllocationProps) {
  const { t, say } = useWords();
  const [reason, setReason] = useState('');
  const command = useCommand(
    (yunfab, input: { reason: string }, options) =>
      yunfab.orders.subcontract.release({ order, allocation: allocation.id, ...input }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      danger
      title={t('subcontract.releaseTitle', { factory: say(allocation.factory.name) })}
      effect={t('subcontract.releaseEffect')}
      submit={t('subcontract.release')}
      ready={reason.trim() !== ''}
      command={command}
      onSubmit={() => void command.run({ reason: reason.trim() }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('orders.reason')} problem={fieldProblems(command.problem)['reason']}>
        {(input) => <textarea {...input} required className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}
