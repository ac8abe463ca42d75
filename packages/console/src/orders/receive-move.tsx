import { useState } from 'react';
import { useFieldProblems } from '../app/error-words.js';
import { useAsk, useCommand } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Field } from '../design/field.js';
import { minus } from '../format/decimal.js';
import { useWords } from '../words/words.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { MoveProps } from './moves.js';
import { heldBy, PackageTicks } from './package-ticks.js';
import { type ReceivedDraft, ReceiveLine, received, receivedLine } from './receive-line.js';
import { withContents } from './scanned-package.js';

interface ReceiveProps extends MoveProps {
  /** The delivery and the package at hand, when one was scanned. */
  readonly scanned?: { readonly shipment: string; readonly package: string };
}

/** What arrived of a shipment: by package where there are any, by quantity always. */
export function ReceiveDialog({ order, scanned, onDone }: ReceiveProps) {
  const { t } = useWords();
  const underway = order.shipments.filter((shipment) => shipment.lines.some((line) => Number(minus(line.shipped, line.received)) > 0));
  const [chosen, setChosen] = useState(scanned?.shipment ?? underway[0]?.id ?? '');
  const [drafts, setDrafts] = useState<Readonly<Record<string, ReceivedDraft>>>({});
  const [ticks, setTicks] = useState<ReadonlySet<string> | null>(null);
  const [note, setNote] = useState('');
  const asked = useAsk(['orders.shipments.get', { order: order.id, shipment: chosen }], (yunfab, options) =>
    yunfab.orders.shipments.get({ order: order.id, shipment: chosen }, options),
  );
  const command = useCommand(
    (yunfab, input: { shipment: string; note?: string; lines: NonNullable<ReturnType<typeof receivedLine>>[] }, options) =>
      yunfab.orders.receive({ order: order.id, version: order.version, ...input }, options),
    touchedByMoves,
  );
  const wrong = useFieldProblems(command.problem);
  const shipment = underway.find(({ id }) => id === chosen);
  const packages = asked.answer?.packages ?? [];
  const ticked = ticks ?? (scanned?.shipment === chosen ? withContents(scanned.package, packages) : new Set<string>());
  const held = heldBy(ticked, packages);
  const claimed = new Map((asked.answer?.lines ?? []).map((line) => [line.id, line.claimed]));
  const open = (shipment?.lines ?? [])
    .map((line) => ({ line, left: minus(line.shipped, line.received, claimed.get(line.id) ?? '0') }))
    .filter(({ left }) => Number(left) > 0);
  const draftOf = (line: (typeof open)[number]['line'], left: string): ReceivedDraft =>
    drafts[line.id] ?? received(ticked.size > 0 ? (held.get(line.id) ?? '0') : left, line.quantity.unit);
  const lines = open.flatMap(({ line, left }) => receivedLine(line.id, draftOf(line, left)) ?? []);
  const choose = (id: string) => {
    setChosen(id);
    setTicks(null);
    setDrafts({});
  };
  const tick = (next: ReadonlySet<string>) => {
    setTicks(next);
    setDrafts({});
  };
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
            <select {...input} className="input" value={chosen} onChange={(event) => choose(event.target.value)}>
              {underway.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.number}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      {asked.answer && packages.length > 0 ? <PackageTicks detail={asked.answer} ticked={ticked} onTick={tick} /> : null}
      {asked.answer && open.length === 0 ? <Empty title={t('delivery.nothingUnderway')} what={t('delivery.nothingUnderwayWhat')} /> : null}
      {open.map(({ line, left }) => (
        <ReceiveLine
          key={line.id}
          line={line}
          left={left}
          draft={draftOf(line, left)}
          problem={(field) => wrong[`lines.${lines.findIndex(({ shipmentLine }) => shipmentLine === line.id)}.${field}`]}
          onChange={(part) => setDrafts({ ...drafts, [line.id]: { ...draftOf(line, left), ...part } })}
        />
      ))}
      <Field label={t('form.optional', { field: t('orders.note') })} problem={wrong['note']}>
        {(input) => <input {...input} className="input" value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}
