import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm } from '../orders/move-form.js';
import { type Phrase, useWords } from '../words/words.js';
import type { ServiceCase } from './case-page.js';

export type CaseMove = ServiceCase['moves'][number]['move'];

/** What a move asks for besides the case: a text for each, all needed but those that are optional. */
const asked: Readonly<Record<CaseMove, readonly { readonly name: string; readonly words: Phrase; readonly optional?: boolean }[]>> = {
  accept: [
    { name: 'owner', words: 'cases.owner', optional: true },
    { name: 'note', words: 'orders.note', optional: true },
  ],
  start: [{ name: 'note', words: 'orders.note', optional: true }],
  resolve: [
    { name: 'cause', words: 'cases.cause' },
    { name: 'resolution', words: 'cases.resolution' },
  ],
  reject: [{ name: 'reason', words: 'orders.reason' }],
  reopen: [{ name: 'reason', words: 'orders.reason' }],
  close: [{ name: 'note', words: 'orders.note', optional: true }],
};

type Texts = Readonly<Record<string, string>>;

/** The fields of a move are those that `asked` names for it; the platform checks them. */
function send(
  yunfab: Client,
  found: ServiceCase,
  move: CaseMove,
  texts: Texts,
  options: Parameters<Client['service']['cases']['close']>[1],
) {
  const on = { case: found.id, version: found.version };
  const { cause = '', resolution = '', reason = '', ...optional } = texts;
  const { cases } = yunfab.service;
  if (move === 'resolve') return cases.resolve({ ...on, cause, resolution }, options);
  if (move === 'reject') return cases.reject({ ...on, reason }, options);
  if (move === 'reopen') return cases.reopen({ ...on, reason }, options);
  return cases[move]({ ...on, ...optional }, options);
}

export function MoveDialog({ found, move, onDone }: { readonly found: ServiceCase; readonly move: CaseMove; readonly onDone: () => void }) {
  const { t } = useWords();
  const [texts, setTexts] = useState<Texts>({});
  const command = useCommand((yunfab, given: Texts, options) => send(yunfab, found, move, given, options), ['service', 'lifecycle']);
  const filled = Object.fromEntries(Object.entries(texts).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]])));
  const problems = fieldProblems(command.problem);
  return (
    <MoveForm
      danger={move === 'reject'}
      title={t(`caseMove.${move}`, { number: found.number })}
      effect={t(`caseMove.${move}Effect`)}
      submit={t(`caseMove.${move}Submit`)}
      ready={asked[move].every(({ name, optional }) => optional === true || name in filled)}
      command={command}
      onSubmit={() => void command.run(filled).then((done) => done && onDone())}
      onCancel={onDone}
    >
      {asked[move].map(({ name, words, optional }) => (
        <Field key={name} label={t(words)} problem={problems[name]}>
          {(input) => (
            <textarea
              {...input}
              name={name}
              required={!optional}
              className="input"
              value={texts[name] ?? ''}
              onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </MoveForm>
  );
}
