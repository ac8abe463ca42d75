import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import type { Change, ChangeMove } from './change-page.js';

interface Said {
  readonly reason: string;
  readonly required: readonly string[];
  readonly informed: readonly string[];
}

interface ChangeMoveDialogProps {
  readonly change: Change;
  readonly move: ChangeMove;
  readonly danger: boolean;
  readonly onDone: () => void;
}

/** One dialog for every move of a change; submitting names the partners, declining the reason. */
export function ChangeMoveDialog({ change, move: { move, words }, danger, onDone }: ChangeMoveDialogProps) {
  const { t, say } = useWords();
  const [reason, setReason] = useState('');
  const [required, setRequired] = useState('');
  const [informed, setInformed] = useState('');
  const command = useCommand((yunfab, said: Said, options) => send(yunfab, change, move, said, options), ['engineering']);
  const wrong = fieldProblems(command.problem);
  const codes = (text: string) => text.split(/[\s,，]+/).filter((code) => code !== '');
  return (
    <MoveForm
      title={`${say(words)}: ${change.number}`}
      effect={t(`changeEffect.${move}`)}
      submit={say(words)}
      danger={danger}
      ready={move !== 'decline' || reason.trim() !== ''}
      command={command}
      onSubmit={() =>
        void command.run({ reason: reason.trim(), required: codes(required), informed: codes(informed) }).then((done) => done && onDone())
      }
      onCancel={onDone}
    >
      {move === 'submit' ? (
        <>
          <Field label={t('changes.requiredPartners')} hint={t('changes.partnersHint')} problem={wrong['partners']}>
            {(input) => <input {...input} className="input" value={required} onChange={(event) => setRequired(event.target.value)} />}
          </Field>
          <Field label={t('form.optional', { field: t('changes.informedPartners') })}>
            {(input) => <input {...input} className="input" value={informed} onChange={(event) => setInformed(event.target.value)} />}
          </Field>
        </>
      ) : null}
      {move === 'decline' ? (
        <Field label={t('orders.reason')} problem={wrong['reason']}>
          {(input) => <textarea {...input} required className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
      ) : null}
    </MoveForm>
  );
}

function send(
  yunfab: Client,
  { id, version, requests }: Change,
  move: ChangeMove['move'],
  { reason, required, informed }: Said,
  options: { readonly idempotencyKey: string },
): Promise<unknown> {
  const { changes } = yunfab.engineering;
  const onChange = { change: id, version };
  const [own] = requests;
  const onRequest = { request: own?.id ?? '', version: own?.version ?? 1 };
  switch (move) {
    case 'submit': {
      const partners = [
        ...required.map((organization) => ({ organization })),
        ...informed.map((organization) => ({ organization, required: false })),
      ];
      return changes.submit({ ...onChange, partners }, options);
    }
    case 'acknowledge':
      return changes.acknowledge(onRequest, options);
    case 'decline':
      return changes.decline({ ...onRequest, reason }, options);
    case 'approve':
    case 'reject':
    case 'release':
    case 'cancel':
      return changes[move](onChange, options);
  }
}
