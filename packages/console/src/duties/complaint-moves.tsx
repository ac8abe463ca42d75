import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import type { Complaint } from './complaint-page.js';

export type ComplaintMove = Complaint['moves'][number]['move'];

const outcomes = ['upheld', 'partly_upheld', 'dismissed'] as const;
type Outcome = (typeof outcomes)[number];

/** What a move asks for: a text that must be there or may be, the person who handles it, the outcome. */
const asks: Readonly<
  Record<ComplaintMove, { readonly text?: 'needed' | 'optional'; readonly owner?: 'needed' | 'optional'; readonly outcome?: true }>
> = {
  acknowledge: { owner: 'optional', text: 'optional' },
  assign: { owner: 'needed' },
  answer: { text: 'needed' },
  accept: { text: 'optional' },
  escalate: { text: 'needed' },
  decide: { outcome: true, text: 'needed' },
  close: { text: 'optional' },
  withdraw: { text: 'optional' },
  remark: { text: 'needed' },
};

interface Given {
  readonly text: string;
  readonly owner: string;
  readonly outcome: Outcome;
}

function send(yunfab: Client, found: Complaint, move: ComplaintMove, given: Given, options: { readonly idempotencyKey: string }) {
  const on = { complaint: found.id, version: found.version };
  const text = given.text.trim();
  const owner = given.owner.trim();
  const maybe = text === '' ? {} : { text };
  const { complaints } = yunfab.orders;
  if (move === 'acknowledge') return complaints.acknowledge({ ...on, ...maybe, ...(owner === '' ? {} : { owner }) }, options);
  if (move === 'assign') return complaints.assign({ ...on, owner }, options);
  if (move === 'decide') return complaints.decide({ ...on, text, outcome: given.outcome }, options);
  if (move === 'answer' || move === 'escalate' || move === 'remark') return complaints[move]({ ...on, text }, options);
  return complaints[move]({ ...on, ...maybe }, options);
}

export function ComplaintMoveDialog({
  found,
  move,
  onDone,
}: {
  readonly found: Complaint;
  readonly move: ComplaintMove;
  readonly onDone: () => void;
}) {
  const { t, say } = useWords();
  const [given, setGiven] = useState<Given>({ text: '', owner: '', outcome: 'upheld' });
  const command = useCommand((yunfab, input: Given, options) => send(yunfab, found, move, input, options), ['orders']);
  const problems = fieldProblems(command.problem);
  const asked = asks[move];
  const words = found.moves.find((each) => each.move === move)?.words ?? { en: move, zh: move };
  const ready = (asked.text !== 'needed' || given.text.trim() !== '') && (asked.owner !== 'needed' || given.owner.trim() !== '');
  const label = (needed: boolean, field: string) => (needed ? field : t('form.optional', { field }));
  return (
    <MoveForm
      danger={move === 'withdraw'}
      title={`${say(words)}: ${found.number}`}
      effect={t(`complaints.effect.${move}`)}
      submit={say(words)}
      ready={ready}
      command={command}
      onSubmit={() => void command.run(given).then((done) => done && onDone())}
      onCancel={onDone}
    >
      {asked.outcome ? (
        <Field label={t('complaints.outcome')} problem={problems['outcome']}>
          {(input) => (
            <select
              {...input}
              className="input"
              value={given.outcome}
              onChange={(event) => setGiven({ ...given, outcome: event.target.value as Outcome })}
            >
              {outcomes.map((each) => (
                <option key={each} value={each}>
                  {t(`complaints.outcome.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      {asked.owner ? (
        <Field label={label(asked.owner === 'needed', t('complaints.owner'))} problem={problems['owner']}>
          {(input) => (
            <input
              {...input}
              className="input"
              value={given.owner}
              onChange={(event) => setGiven({ ...given, owner: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      {asked.text ? (
        <Field label={label(asked.text === 'needed', t('orders.note'))} problem={problems['text']}>
          {(input) => (
            <textarea
              {...input}
              rows={5}
              className="input"
              value={given.text}
              onChange={(event) => setGiven({ ...given, text: event.target.value })}
            />
          )}
        </Field>
      ) : null}
    </MoveForm>
  );
}
