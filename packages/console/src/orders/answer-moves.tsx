import { useState } from 'react';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { useWords } from '../words/words.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { MoveProps } from './moves.js';

export function AcceptDialog({ order, onDone }: MoveProps) {
  const { t, say } = useWords();
  const [ownNumber, setOwnNumber] = useState('');
  const [privateNote, setPrivateNote] = useState('');
  const command = useCommand(
    (yunfab, input: { ownNumber?: string; privateNote?: string }, options) =>
      yunfab.orders.accept({ order: order.id, version: order.version, ...input }, options),
    touchedByMoves,
  );
  const wrong = fieldProblems(command.problem);
  const submit = async () => {
    const input = {
      ...(ownNumber.trim() ? { ownNumber: ownNumber.trim() } : {}),
      ...(privateNote.trim() ? { privateNote: privateNote.trim() } : {}),
    };
    if (await command.run(input)) onDone();
  };
  return (
    <MoveForm
      title={t('move.accept', { number: order.number })}
      effect={t('move.acceptEffect', { buyer: say(order.buyer.name) })}
      submit={t('move.acceptSubmit')}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <Field label={t('orders.ownNumber')} hint={t('move.ownNumberHint')} problem={wrong['ownNumber']}>
        {(input) => <input {...input} className="input" value={ownNumber} onChange={(event) => setOwnNumber(event.target.value)} />}
      </Field>
      <Field label={t('orders.privateNote')} hint={t('orders.privateNoteHint')} problem={wrong['privateNote']}>
        {(input) => <textarea {...input} className="input" value={privateNote} onChange={(event) => setPrivateNote(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}

export function DeclineDialog({ order, onDone }: MoveProps) {
  const { t, say } = useWords();
  const [reason, setReason] = useState('');
  const command = useCommand(
    (yunfab, input: { reason: string }, options) => yunfab.orders.decline({ order: order.id, version: order.version, ...input }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      danger
      title={t('move.decline', { number: order.number })}
      effect={t('move.declineEffect', { buyer: say(order.buyer.name) })}
      submit={t('move.declineSubmit')}
      ready={reason.trim() !== ''}
      command={command}
      onSubmit={() => void command.run({ reason: reason.trim() }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('orders.reason')} hint={t('move.reasonShown')} problem={fieldProblems(command.problem)['reason']}>
        {(input) => <textarea {...input} required className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}

export function WithdrawDialog({ order, onDone }: MoveProps) {
  const { t, say } = useWords();
  const [reason, setReason] = useState('');
  const command = useCommand(
    (yunfab, input: { reason?: string }, options) => yunfab.orders.withdraw({ order: order.id, version: order.version, ...input }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      danger
      title={t('move.withdraw', { number: order.number })}
      effect={t('move.withdrawEffect', { supplier: say(order.supplier.name) })}
      submit={t('move.withdrawSubmit')}
      command={command}
      onSubmit={() => void command.run(reason.trim() ? { reason: reason.trim() } : {}).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field
        label={t('form.optional', { field: t('orders.reason') })}
        hint={t('move.reasonShown')}
        problem={fieldProblems(command.problem)['reason']}
      >
        {(input) => <textarea {...input} className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}

export function CloseDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.orders.close({ order: order.id, version: order.version }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      title={t('move.close', { number: order.number })}
      effect={t('move.closeEffect')}
      submit={t('move.closeSubmit')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}

export function SettleDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.orders.settle({ order: order.id, version: order.version }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      title={t('move.settle', { number: order.number })}
      effect={t('move.settleEffect')}
      submit={t('move.settleSubmit')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
