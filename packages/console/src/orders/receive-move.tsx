import { useState } from 'react';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { minus } from '../format/decimal.js';
import { useWords } from '../words/words.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { MoveProps } from './moves.js';
import { type ReceivedDraft, ReceiveLine, received, receivedLine } from './receive-line.js';

/** What arrived of a shipment. */
export function ReceiveDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const underway = order.shipments.filter((shipment) => shipment.lines.some((line) => Number(minus(line.shipped, line.received)) > 0));
  const [chosen, setChosen] = useState(underway[0]?.id ?? '');
  const [drafts, setDrafts] = useState<Readonly<Record<string, ReceivedDraft>>>({});
  const [note, setNote] = useState('');
  const command = useCommand(
    (yunfab, input: { shipment: string; note?: string; lines: NonNullable<ReturnType<typeof receivedLine>>[] }, options) =>
      yunfab.orders.receive({ order: order.id, version: order.version, ...input }, options),
    touchedByMoves,
  );
  const wrong = fieldProblems(command.problem);
  const shipment = underway.find(({ id }) => id === chosen);
  const open = (shipment?.lines ?? [])
    .map((line) => ({ line, left: minus(line.shipped, line.received) }))
    .filter(({ left }) => Number(left) > 0);
  const draftOf = (line: string, left: string): ReceivedDraft => drafts[line] ?? received(left);
  const lines = open.flatMap(({ line, left }) => receivedLine(line.id, draftOf(line.id, left)) ?? []);
  const submit = async () => {
    if (await command.run({ shipment: chosen, ...(note.trim() ? { note: note.trim() } : {}), lines })) onDone();
  };
  return (
    <MoveForm
      wide
      title={t('move.receive', { number: order.ownNumber ?? order.number })}
      effect={t('move.receiveEffect')}
      submit={t('move.receiveSubmit')}
      ready={lines.length > 0}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      {underway.length > 1 ? (
        <Field label={t('shipments.number')}>
          {(input) => (
            <select {...input} className="input" value={chosen} onChange={(event) => setChosen(event.target.value)}>
              {underway.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.number}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      {open.map(({ line, left }) => (
        <ReceiveLine
          key={line.id}
          line={line}
          left={left}
          draft={draftOf(line.id, left)}
          problem={(field) => wrong[`lines.${lines.findIndex(({ shipmentLine }) => shipmentLine === line.id)}.${field}`]}
          onChange={(part) => setDrafts({ ...drafts, [line.id]: { ...draftOf(line.id, left), ...part } })}
        />
      ))}
      <Field label={t('form.optional', { field: t('orders.note') })} problem={wrong['note']}>
        {(input) => <input {...input} className="input" value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}
