import { useState } from 'react';
import { useLocation } from 'wouter';
import { useMay } from '../app/permissions.js';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Button } from '../design/button.js';
import { HeadMoves } from '../design/move-buttons.js';
import { MoveForm } from '../orders/move-form.js';
import { SupplierField } from '../orders/supplier-field.js';
import { useWords } from '../words/words.js';
import { AwardDialog } from './award-dialog.js';
import { type Rfq, touchedByRfq } from './rfq-page.js';
import { instantOf, TextField } from './terms-fields.js';

type Move = Rfq['moves'][number]['move'];

interface MoveProps {
  readonly rfq: Rfq;
  readonly onDone: () => void;
}

/** Answering and estimating stand beside what they are about. */
const elsewhere: readonly Move[] = ['answer', 'assess'];
const main: readonly Move[] = ['open', 'award', 'conclude', 'reopen', 'revise', 'invite'];
const ending: readonly Move[] = ['close', 'cancel'];

/** The moves of the buyer, from the platform's transition table; a blocked one says why. */
export function RfqMoves({ rfq }: { readonly rfq: Rfq }) {
  const may = useMay();
  const [, navigate] = useLocation();
  const [opened, setOpened] = useState<Move | null>(null);
  const shown = rfq.moves.filter(
    ({ move }) => !elsewhere.includes(move) && may(move === 'award' || move === 'conclude' ? 'orders.rfq.award' : 'orders.rfq.ask'),
  );
  const first = shown.find(({ move, allowed }) => allowed && ['open', 'award', 'reopen'].includes(move));
  const close = () => setOpened(null);
  return (
    <div className="actions end">
      <HeadMoves
        moves={shown}
        main={main}
        primary={first?.move}
        dangerous={ending}
        onChoose={(move) => (move === 'revise' ? navigate(`/rfqs/${rfq.id}/edit`) : setOpened(move))}
      />
      {opened === 'open' || opened === 'invite' ? <InviteDialog rfq={rfq} move={opened} onDone={close} /> : null}
      {opened === 'extend' ? <ExtendDialog rfq={rfq} onDone={close} /> : null}
      {opened === 'award' ? <AwardDialog rfq={rfq} onDone={close} /> : null}
      {opened === 'conclude' || opened === 'reopen' ? <PlainDialog rfq={rfq} move={opened} onDone={close} /> : null}
      {opened === 'close' || opened === 'cancel' ? <EndDialog rfq={rfq} move={opened} onDone={close} /> : null}
    </div>
  );
}

function InviteDialog({ rfq, move, onDone }: MoveProps & { readonly move: 'open' | 'invite' }) {
  const { t } = useWords();
  const [suppliers, setSuppliers] = useState<readonly string[]>(['']);
  const { id, version } = rfq;
  const command = useCommand(
    (yunfab, input: { suppliers: string[] }, options) =>
      move === 'open'
        ? yunfab.orders.rfq.open({ rfq: id, version, ...input }, options)
        : yunfab.orders.rfq.invite({ rfq: id, version, ...input }, options),
    touchedByRfq,
  );
  const named = suppliers.map((code) => code.trim()).filter((code) => code !== '');
  const wrong = fieldProblems(command.problem);
  return (
    <MoveForm
      title={t(move === 'open' ? 'rfq.open' : 'rfq.invite')}
      effect={t('rfq.inviteEffect')}
      submit={t(move === 'open' ? 'rfq.open' : 'rfq.invite')}
      ready={named.length > 0}
      command={command}
      onSubmit={() => void command.run({ suppliers: named }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      {suppliers.map((code, index) => (
        <SupplierField
          // Their places tell them apart: nothing is taken out in between.
          key={`${index + 1}`}
          value={code}
          problem={wrong[`suppliers.${index}`]}
          onChange={(next) => setSuppliers(suppliers.map((each, at) => (at === index ? next : each)))}
        />
      ))}
      <div className="actions">
        <Button icon="plus" onClick={() => setSuppliers([...suppliers, ''])}>
          {t('rfq.oneMore')}
        </Button>
      </div>
    </MoveForm>
  );
}

function ExtendDialog({ rfq, onDone }: MoveProps) {
  const { t, say } = useWords();
  const [respondBy, setRespondBy] = useState('');
  const [only, setOnly] = useState('');
  const command = useCommand(
    (yunfab, input: { respondBy: string; suppliers?: string[] }, options) =>
      yunfab.orders.rfq.extend({ rfq: rfq.id, version: rfq.version, ...input }, options),
    touchedByRfq,
  );
  return (
    <MoveForm
      title={t('rfq.extend')}
      effect={t('rfq.extendEffect')}
      submit={t('rfq.extend')}
      ready={instantOf(respondBy) !== ''}
      command={command}
      onSubmit={() =>
        void command.run({ respondBy: instantOf(respondBy), ...(only ? { suppliers: [only] } : {}) }).then((done) => done && onDone())
      }
      onCancel={onDone}
    >
      <TextField
        label={t('rfq.respondBy')}
        type="datetime-local"
        value={respondBy}
        problem={fieldProblems(command.problem)['respondBy']}
        onChange={setRespondBy}
      />
      <label className="field">
        <span>{t('rfq.extendFor')}</span>
        <select className="input" value={only} onChange={(event) => setOnly(event.target.value)}>
          <option value="">{t('rfq.everySupplier')}</option>
          {rfq.invitations.map(({ supplier }) => (
            <option key={supplier.code} value={supplier.code}>
              {say(supplier.name)}
            </option>
          ))}
        </select>
      </label>
    </MoveForm>
  );
}

function PlainDialog({ rfq, move, onDone }: MoveProps & { readonly move: 'conclude' | 'reopen' }) {
  const { t } = useWords();
  const on = { rfq: rfq.id, version: rfq.version };
  const command = useCommand(
    (yunfab, _: null, options) => (move === 'conclude' ? yunfab.orders.rfq.conclude(on, options) : yunfab.orders.rfq.reopen(on, options)),
    touchedByRfq,
  );
  return (
    <MoveForm
      title={t(`rfq.ending.${move}`)}
      effect={t(`rfq.effect.${move}`)}
      submit={t(`rfq.ending.${move}`)}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}

function EndDialog({ rfq, move, onDone }: MoveProps & { readonly move: 'close' | 'cancel' }) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const on = { rfq: rfq.id, version: rfq.version };
  const command = useCommand(
    (yunfab, said: string, options) =>
      move === 'cancel'
        ? yunfab.orders.rfq.cancel({ ...on, reason: said }, options)
        : yunfab.orders.rfq.close({ ...on, ...(said ? { reason: said } : {}) }, options),
    touchedByRfq,
  );
  return (
    <MoveForm
      danger
      title={t(`rfq.ending.${move}`)}
      effect={t(`rfq.effect.${move}`)}
      submit={t(`rfq.ending.${move}`)}
      ready={move === 'close' || reason.trim() !== ''}
      command={command}
      onSubmit={() => void command.run(reason.trim()).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <TextField label={t('orders.reason')} value={reason} problem={fieldProblems(command.problem)['reason']} onChange={setReason} />
    </MoveForm>
  );
}
