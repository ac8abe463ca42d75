import { useEffect, useState } from 'react';
import type { Client } from '../app/client.js';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm } from '../orders/move-form.js';
import { type PauseReason, pauseReasons } from '../production/operation-dialogs.js';
import { useWords } from '../words/words.js';
import { CountFields, type CountInput, noCount } from './count-fields.js';
import type { DispatchItem, FloorMove } from './floor-page.js';
import type { Operator } from './pin-dialog.js';

interface MoveDialogProps {
  readonly item: DispatchItem;
  readonly move: FloorMove;
  readonly operator: Operator;
  readonly onDone: (item: DispatchItem) => void;
  /** The person has to say again who they are. */
  readonly onIdentityEnded: () => void;
  readonly onCancel: () => void;
}

interface Details {
  readonly pause: { readonly reason: PauseReason; readonly note: string };
  readonly count: CountInput;
}

type Options = Parameters<Client['production']['floor']['finish']>[1];

function send(yunfab: Client, move: FloorMove, at: { operation: string; token: string }, { pause, count }: Details, options: Options) {
  const { floor } = yunfab.production;
  if (move === 'pause')
    return floor.pause({ ...at, reason: pause.reason, ...(pause.note.trim() ? { note: pause.note.trim() } : {}) }, options);
  if (move !== 'count') return floor[move](at, options);
  const { note, reasonCode, reworkTo, good, scrap, rework, alreadyCounted, ...rest } = count;
  return floor.count(
    {
      ...at,
      ...rest,
      good: good.trim() || '0',
      scrap: scrap.trim() || '0',
      rework: rework.trim() || '0',
      alreadyCounted: alreadyCounted.trim() || '0',
      ...(reasonCode ? { reasonCode } : {}),
      ...(reworkTo ? { reworkTo } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
    },
    options,
  );
}

/** A move of one operation by whoever identified. */
export function MoveDialog({ item, move, operator, onDone, onIdentityEnded, onCancel }: MoveDialogProps) {
  const { t, say } = useWords();
  const [reason, setReason] = useState<PauseReason>('break');
  const [note, setNote] = useState('');
  const [count, setCount] = useState<CountInput>(noCount);
  const command = useCommand((yunfab, details: Details, options) =>
    send(yunfab, move, { operation: item.operation, token: operator.token }, details, options),
  );
  const ended = command.problem?.code === 'floor.token_ended';
  useEffect(() => {
    if (ended) onIdentityEnded();
  }, [ended, onIdentityEnded]);
  const counted = [count.good, count.scrap, count.rework, count.alreadyCounted].some((value) => Number(value) > 0);
  const submit = async () => {
    const moved = await command.run({ pause: { reason, note }, count });
    if (moved) onDone(moved);
  };
  return (
    <MoveForm
      title={t(`floor.move.${move}`, { operation: say(item.words) })}
      effect={t('floor.moveBy', { name: operator.name, code: item.scanCode })}
      submit={t(`floor.submit.${move}`)}
      ready={move !== 'count' || counted}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onCancel}
    >
      {move === 'pause' ? (
        <>
          <fieldset className="floor-choices">
            <legend>{t('orders.reason')}</legend>
            {pauseReasons.map((each) => (
              <label key={each}>
                <input type="radio" name="reason" value={each} checked={reason === each} onChange={() => setReason(each)} />
                <span>{t(`floor.pauseReason.${each}`)}</span>
              </label>
            ))}
          </fieldset>
          <Field label={t('form.optional', { field: t('orders.note') })} problem={fieldProblems(command.problem)['note']}>
            {(input) => <input {...input} className="input" value={note} onChange={(event) => setNote(event.target.value)} />}
          </Field>
        </>
      ) : null}
      {move === 'count' ? <CountFields item={item} count={count} problems={fieldProblems(command.problem)} onChange={setCount} /> : null}
    </MoveForm>
  );
}
