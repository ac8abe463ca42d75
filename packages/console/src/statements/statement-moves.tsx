import { useState } from 'react';
import { useMay } from '../app/permissions.js';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import type { Action } from '../design/menu.js';
import { HeadMoves } from '../design/move-buttons.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { statements as phrases } from '../words/areas/statements.js';
import { useWords } from '../words/words.js';
import { ProposalDialog } from './proposal-dialog.js';
import type { Statement } from './statement-page.js';

type Move = Statement['moves'][number]['move'];
const ofLines = ['dispute', 'withdraw_dispute', 'adjust', 'exclude'] as const;
type OfStatement = Exclude<Move, (typeof ofLines)[number]>;

const permissionOf: Readonly<Record<OfStatement, string>> = {
  refresh: 'orders.statements.draft',
  send: 'orders.statements.draft',
  cancel: 'orders.statements.draft',
  deduct: 'orders.statements.agree',
  add: 'orders.statements.agree',
  confirm: 'orders.statements.agree',
  pay: 'orders.statements.pay',
  refuse_payment: 'orders.statements.pay',
  acknowledge: 'orders.statements.pay',
};
const isOfStatement = (move: Move): move is OfStatement => move in permissionOf;
const confirmAll = phrases['statements.confirmAll'];
const main: readonly OfStatement[] = ['send', 'confirm', 'pay', 'acknowledge'];
const taking: readonly OfStatement[] = ['cancel', 'refuse_payment'];

export function StatementMoves({ statement, more }: { readonly statement: Statement; readonly more: readonly Action[] }) {
  const may = useMay();
  const [opened, setOpened] = useState<OfStatement | null>(null);
  const close = () => setOpened(null);
  const moves = statement.moves.flatMap(({ move, words }) =>
    isOfStatement(move) && may(permissionOf[move]) ? [{ move, words: move === 'confirm' ? confirmAll : words }] : [],
  );
  return (
    <>
      <HeadMoves
        moves={moves}
        main={main}
        primary={main.find((each) => moves.some(({ move }) => move === each))}
        dangerous={taking}
        more={more}
        onChoose={setOpened}
      />
      {opened === 'deduct' || opened === 'add' ? <ProposalDialog statement={statement} kind={opened} onDone={close} /> : null}
      {opened && opened !== 'deduct' && opened !== 'add' ? <MoveDialog statement={statement} move={opened} onDone={close} /> : null}
    </>
  );
}

interface MoveDialogProps {
  readonly statement: Statement;
  readonly move: Exclude<OfStatement, 'deduct' | 'add'>;
  readonly onDone: () => void;
}

function MoveDialog({ statement: { id, version, moves }, move, onDone }: MoveDialogProps) {
  const { t, say } = useWords();
  const [reason, setReason] = useState('');
  const [paidOn, setPaidOn] = useState('');
  const [reference, setReference] = useState('');
  const command = useCommand((yunfab, _: null, options) => {
    const on = { statement: id, version };
    const { statements } = yunfab.orders;
    if (move === 'refresh') return statements.refresh(on, options);
    if (move === 'send') return statements.send(on, options);
    if (move === 'confirm') return statements.confirm(on, options);
    if (move === 'acknowledge') return statements.acknowledge(on, options);
    if (move === 'pay') return statements.pay({ ...on, paidOn, reference }, options);
    return move === 'cancel' ? statements.cancel({ ...on, reason }, options) : statements.refusePayment({ ...on, reason }, options);
  }, touchedByMoves);
  const words = moves.find((each) => each.move === move)?.words;
  const label = move === 'confirm' ? say(confirmAll) : words ? say(words) : move;
  const wrong = fieldProblems(command.problem);
  const needsReason = move === 'cancel' || move === 'refuse_payment';
  return (
    <MoveForm
      title={label}
      effect={t(`statements.effect.${move}`)}
      submit={label}
      danger={needsReason}
      ready={(!needsReason || reason.trim() !== '') && (move !== 'pay' || (paidOn !== '' && reference.trim() !== ''))}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    >
      {move === 'pay' ? (
        <>
          <Field label={t('statements.paidOn')} problem={wrong['paidOn']}>
            {(input) => (
              <input {...input} type="date" className="input" value={paidOn} onChange={(event) => setPaidOn(event.target.value)} />
            )}
          </Field>
          <Field label={t('statements.reference')} problem={wrong['reference']}>
            {(input) => <input {...input} className="input" value={reference} onChange={(event) => setReference(event.target.value)} />}
          </Field>
        </>
      ) : null}
      {needsReason ? (
        <Field label={t('orders.reason')} problem={wrong['reason']}>
          {(input) => <textarea {...input} className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
      ) : null}
    </MoveForm>
  );
}
