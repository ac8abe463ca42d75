import { useState } from 'react';
import { useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { GateFindings, type Lot } from './lot-page.js';

interface LotMoveProps {
  readonly lot: Lot;
  readonly onDone: () => void;
}

type Findings = Parameters<typeof GateFindings>[0]['findings'];

export function ReleaseDialog({ lot, onDone }: LotMoveProps) {
  const { t } = useWords();
  const format = useFormat();
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.lifecycle.lots.release({ lot: lot.id, version: lot.version }, options),
    touchedByMoves,
  );
  const refused =
    command.problem?.code === 'lifecycle.gate_failed' ? (command.problem.details['findings'] as Findings | undefined) : undefined;
  return (
    <MoveForm
      title={t('lots.releaseTitle', { lot: lot.code })}
      effect={t('lots.releaseEffect', { quantity: format.quantity(lot.quantity, lot.unit) })}
      submit={t('lots.release')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    >
      {refused ? <GateFindings findings={refused} /> : null}
    </MoveForm>
  );
}

export function BlockDialog(props: LotMoveProps) {
  const { t } = useWords();
  return (
    <ReasonDialog
      {...props}
      move="block"
      title={t('lots.blockTitle', { lot: props.lot.code })}
      effect={t('lots.blockEffect')}
      submit={t('lots.block')}
    />
  );
}

export function UnblockDialog(props: LotMoveProps) {
  const { t } = useWords();
  return (
    <ReasonDialog
      {...props}
      move="unblock"
      title={t('lots.unblockTitle', { lot: props.lot.code })}
      effect={t('lots.unblockEffect')}
      submit={t('lots.unblock')}
    />
  );
}

interface ReasonDialogProps extends LotMoveProps {
  readonly move: 'block' | 'unblock';
  readonly title: string;
  readonly effect: string;
  readonly submit: string;
}

function ReasonDialog({ lot, onDone, move, title, effect, submit }: ReasonDialogProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const command = useCommand(
    (yunfab, input: { reason: string }, options) => yunfab.lifecycle.lots[move]({ lot: lot.id, version: lot.version, ...input }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      danger={move === 'block'}
      title={title}
      effect={effect}
      submit={submit}
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
