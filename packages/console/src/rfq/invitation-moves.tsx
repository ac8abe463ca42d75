import { useState } from 'react';
import { useMay } from '../app/permissions.js';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { HeadMoves } from '../design/move-buttons.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { type Invitation, touchedByInvitations } from './invitation-page.js';
import { QuoteForm } from './quote-form.js';
import { TextField } from './terms-fields.js';

type Move = Invitation['moves'][number]['move'];

interface MoveProps {
  readonly invitation: Invitation;
  readonly onDone: () => void;
}

const main: readonly Move[] = ['quote', 'revise', 'ask'];
const taking: readonly Move[] = ['decline', 'withdraw'];

/** The supplier's moves, from the platform's transition table; accepting the terms stands beside the terms. */
export function InvitationMoves({ invitation }: { readonly invitation: Invitation }) {
  const may = useMay();
  const [opened, setOpened] = useState<Move | null>(null);
  if (!may('orders.rfq.quote')) return null;
  const shown = invitation.moves.filter(({ move }) => move !== 'accept_confidentiality');
  const close = () => setOpened(null);
  return (
    <div className="actions end">
      <HeadMoves
        moves={shown}
        main={main}
        primary={shown.find(({ move, allowed }) => move === 'quote' && allowed)?.move}
        dangerous={taking}
        onChoose={setOpened}
      />
      {opened === 'ask' ? <AskDialog invitation={invitation} onDone={close} /> : null}
      {opened === 'decline' ? <DeclineDialog invitation={invitation} onDone={close} /> : null}
      {opened === 'withdraw' ? <WithdrawDialog invitation={invitation} onDone={close} /> : null}
      {opened === 'quote' || opened === 'revise' ? <QuoteForm invitation={invitation} onDone={close} /> : null}
    </div>
  );
}

function AskDialog({ invitation, onDone }: MoveProps) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const on = { invitation: invitation.id, version: invitation.version };
  const command = useCommand(
    (yunfab, input: { text: string }, options) => yunfab.orders.rfq.invitations.ask({ ...on, ...input }, options),
    touchedByInvitations,
  );
  return (
    <MoveForm
      title={t('rfq.ask')}
      effect={t('rfq.askEffect')}
      submit={t('rfq.ask')}
      ready={text.trim() !== ''}
      command={command}
      onSubmit={() => void command.run({ text: text.trim() }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <TextField long label={t('rfq.question')} value={text} problem={fieldProblems(command.problem)['text']} onChange={setText} />
    </MoveForm>
  );
}

function DeclineDialog({ invitation, onDone }: MoveProps) {
  const { t, say } = useWords();
  const [reason, setReason] = useState('');
  const on = { invitation: invitation.id, version: invitation.version };
  const command = useCommand(
    (yunfab, input: { reason: string }, options) => yunfab.orders.rfq.invitations.decline({ ...on, ...input }, options),
    touchedByInvitations,
  );
  return (
    <MoveForm
      danger
      title={t('rfq.decline')}
      effect={t('rfq.declineEffect', { buyer: say(invitation.buyer.name) })}
      submit={t('rfq.decline')}
      ready={reason.trim() !== ''}
      command={command}
      onSubmit={() => void command.run({ reason: reason.trim() }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <TextField label={t('orders.reason')} value={reason} problem={fieldProblems(command.problem)['reason']} onChange={setReason} />
    </MoveForm>
  );
}

function WithdrawDialog({ invitation, onDone }: MoveProps) {
  const { t } = useWords();
  const { quote } = invitation;
  const command = useCommand(
    (yunfab, input: { quote: string; version: number }, options) => yunfab.orders.rfq.quotes.withdraw(input, options),
    touchedByInvitations,
  );
  if (!quote) return null;
  return (
    <MoveForm
      danger
      title={t('rfq.withdraw', { number: quote.number })}
      effect={t('rfq.withdrawEffect')}
      submit={t('rfq.withdrawSubmit')}
      command={command}
      onSubmit={() => void command.run({ quote: quote.id, version: quote.version }).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
