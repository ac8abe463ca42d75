import { useState } from 'react';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveButtons } from '../design/move-buttons.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import type { Quotation } from './quotation-page.js';
import { ReviseDialog } from './revise-dialog.js';

type Move = Quotation['moves'][number]['move'];

/** What the dialog of any move is given. */
export interface QuotationMoveProps {
  readonly quotation: Quotation;
  readonly onDone: () => void;
}

/** What a move of a quotation puts out of date: acceptance makes an order, and moves the lead behind it. */
export const touchedByQuotations = ['commerce', 'orders'] as const;

const taking: readonly Move[] = ['decline', 'record_decline'];

/** The moves of this side, from the platform's transition table. */
export function QuotationMoves({ quotation }: { readonly quotation: Quotation }) {
  const [opened, setOpened] = useState<Move | null>(null);
  const [first] = quotation.moves.filter(({ move }) => move !== 'revise' && !taking.includes(move));
  const close = () => setOpened(null);
  return (
    <div className="actions end">
      <MoveButtons moves={quotation.moves} primary={first?.move} dangerous={taking} onChoose={setOpened} />
      {opened === 'send' ? <SendDialog quotation={quotation} onDone={close} /> : null}
      {opened === 'revise' ? <ReviseDialog quotation={quotation} onDone={close} /> : null}
      {opened === 'accept' ? <AcceptDialog quotation={quotation} onDone={close} /> : null}
      {opened === 'decline' ? <DeclineDialog quotation={quotation} onDone={close} /> : null}
      {opened === 'record_acceptance' ? <AnswerDialog quotation={quotation} answer="accepted" onDone={close} /> : null}
      {opened === 'record_decline' ? <AnswerDialog quotation={quotation} answer="declined" onDone={close} /> : null}
    </div>
  );
}

function SendDialog({ quotation, onDone }: QuotationMoveProps) {
  const { t, say } = useWords();
  const { id, version, number, buyer, contact } = quotation;
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.commerce.quotations.send({ quotation: id, version }, options),
    touchedByQuotations,
  );
  return (
    <MoveForm
      title={t('quotations.send', { number })}
      effect={
        buyer ? t('quotations.sendEffect', { buyer: say(buyer.name) }) : t('quotations.sendOutside', { contact: contact?.name ?? '' })
      }
      submit={t('quotations.sendSubmit')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}

function AcceptDialog({ quotation, onDone }: QuotationMoveProps) {
  const { t, say } = useWords();
  const { id, version, revision, number, supplier } = quotation;
  const [ownNumber, setOwnNumber] = useState('');
  const [dueOn, setDueOn] = useState('');
  const command = useCommand(
    (yunfab, input: { ownNumber: string; dueOn: string }, options) =>
      yunfab.commerce.quotations.accept({ quotation: id, version, revision, ...input }, options),
    touchedByQuotations,
  );
  const wrong = fieldProblems(command.problem);
  return (
    <MoveForm
      title={t('quotations.accept', { number })}
      effect={t('quotations.acceptEffect', { supplier: say(supplier.name) })}
      submit={t('quotations.acceptSubmit')}
      ready={ownNumber.trim() !== '' && dueOn !== ''}
      command={command}
      onSubmit={() => void command.run({ ownNumber: ownNumber.trim(), dueOn }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('orders.ownNumber')} problem={wrong['ownNumber']}>
        {(input) => (
          <input {...input} required className="input" value={ownNumber} onChange={(event) => setOwnNumber(event.target.value)} />
        )}
      </Field>
      <Field label={t('orders.due')} problem={wrong['dueOn']}>
        {(input) => (
          <input {...input} required type="date" className="input" value={dueOn} onChange={(event) => setDueOn(event.target.value)} />
        )}
      </Field>
    </MoveForm>
  );
}

function DeclineDialog({ quotation, onDone }: QuotationMoveProps) {
  const { t, say } = useWords();
  const { id, version, number, supplier } = quotation;
  const [reason, setReason] = useState('');
  const command = useCommand(
    (yunfab, input: { reason: string }, options) => yunfab.commerce.quotations.decline({ quotation: id, version, ...input }, options),
    touchedByQuotations,
  );
  return (
    <MoveForm
      danger
      title={t('quotations.decline', { number })}
      effect={t('quotations.declineEffect', { supplier: say(supplier.name) })}
      submit={t('quotations.declineSubmit')}
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

function AnswerDialog({ quotation, answer, onDone }: QuotationMoveProps & { readonly answer: 'accepted' | 'declined' }) {
  const { t } = useWords();
  const { id, version, number, contact } = quotation;
  const [reason, setReason] = useState('');
  const command = useCommand(
    (yunfab, input: { reason?: string }, options) =>
      yunfab.commerce.quotations.recordAnswer({ quotation: id, version, answer, ...input }, options),
    touchedByQuotations,
  );
  const accepted = answer === 'accepted';
  return (
    <MoveForm
      danger={!accepted}
      title={t(accepted ? 'quotations.recordAcceptance' : 'quotations.recordDecline', { number })}
      effect={t('quotations.recordEffect', { contact: contact?.name ?? '' })}
      submit={t('quotations.recordSubmit')}
      command={command}
      onSubmit={() => void command.run(reason.trim() ? { reason: reason.trim() } : {}).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('form.optional', { field: t('orders.reason') })} problem={fieldProblems(command.problem)['reason']}>
        {(input) => <textarea {...input} className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}
