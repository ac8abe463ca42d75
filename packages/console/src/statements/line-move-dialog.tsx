import { useState } from 'react';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { type BothWords, useWords } from '../words/words.js';
import type { Statement, StatementLine } from './statement-page.js';

interface LineMoveDialogProps {
  readonly statement: Statement;
  readonly line: StatementLine;
  readonly move: 'dispute' | 'withdraw_dispute' | 'adjust' | 'exclude';
  readonly words: BothWords;
  readonly onDone: () => void;
}

/** Disputes, adjusts or leaves out one line. */
export function LineMoveDialog({ statement, line, move, words, onDone }: LineMoveDialogProps) {
  const { t, say } = useWords();
  const [reason, setReason] = useState('');
  const [figure, setFigure] = useState('');
  const byQuantity = line.kind === 'goods';
  const command = useCommand((yunfab, _: null, options) => {
    const on = { statement: statement.id, version: statement.version, line: line.id };
    const { statements } = yunfab.orders;
    if (move === 'withdraw_dispute') return statements.withdrawDispute(on, options);
    if (move === 'dispute') return statements.dispute({ ...on, reason }, options);
    if (move === 'exclude') return statements.exclude({ ...on, reason }, options);
    return statements.adjust({ ...on, reason, ...(byQuantity ? { quantity: figure } : { amount: figure }) }, options);
  }, touchedByMoves);
  const wrong = fieldProblems(command.problem);
  const needsReason = move !== 'withdraw_dispute';
  return (
    <MoveForm
      title={t('statements.lineMove', { move: say(words), line: line.position })}
      effect={t(`statements.effect.${move}`)}
      submit={say(words)}
      danger={move === 'dispute'}
      ready={(!needsReason || reason.trim() !== '') && (move !== 'adjust' || figure.trim() !== '')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    >
      {move === 'adjust' ? (
        <Field label={t(byQuantity ? 'statements.newQuantity' : 'statements.newAmount')} problem={wrong['quantity'] ?? wrong['amount']}>
          {(input) => (
            <input
              {...input}
              className="input"
              inputMode="decimal"
              value={figure}
              onChange={(event) => setFigure(event.target.value.trim())}
            />
          )}
        </Field>
      ) : null}
      {needsReason ? (
        <Field label={t('orders.reason')} problem={wrong['reason']}>
          {(input) => <textarea {...input} className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
      ) : null}
    </MoveForm>
  );
}
