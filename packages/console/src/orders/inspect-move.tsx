import { useState } from 'react';
import { useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { minus } from '../format/decimal.js';
import { useWords } from '../words/words.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { MoveProps } from './moves.js';

interface Judged {
  readonly accepted: string;
  readonly rejected: string;
  readonly reason: string;
}

/** Accepts or rejects what was received and not yet judged. */
export function InspectDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const format = useFormat();
  const waiting = order.shipments
    .flatMap((shipment) => shipment.lines.map((line) => ({ shipment, line, left: minus(line.received, line.accepted, line.rejected) })))
    .filter(({ left }) => Number(left) > 0);
  const [judged, setJudged] = useState<Readonly<Record<string, Judged>>>({});
  const of = (line: string, left: string): Judged => judged[line] ?? { accepted: left, rejected: '', reason: '' };
  const command = useCommand(
    (yunfab, input: { lines: { shipmentLine: string; accepted: string; rejected: string; reason?: string }[] }, options) =>
      yunfab.orders.inspect({ order: order.id, version: order.version, ...input }, options),
    touchedByMoves,
  );
  const wrong = fieldProblems(command.problem);
  const lines = waiting
    .map(({ line, left }) => ({ id: line.id, ...of(line.id, left) }))
    .map(({ id, accepted, rejected, reason }) => ({
      shipmentLine: id,
      accepted: accepted.trim() || '0',
      rejected: rejected.trim() || '0',
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    }))
    .filter(({ accepted, rejected }) => Number(accepted) !== 0 || Number(rejected) !== 0);
  const change = (line: string, left: string, part: Partial<Judged>) => setJudged({ ...judged, [line]: { ...of(line, left), ...part } });
  return (
    <MoveForm
      wide
      title={t('move.inspect', { number: order.ownNumber ?? order.number })}
      effect={t('move.inspectEffect')}
      submit={t('move.inspectSubmit')}
      ready={lines.length > 0}
      command={command}
      onSubmit={() => void command.run({ lines }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      {waiting.map(({ shipment, line, left }, index) => (
        <fieldset key={line.id} className="form" style={{ gap: 8 }}>
          <legend>
            <strong>{t('move.lotOfShipment', { lot: line.lot?.code ?? '–', shipment: shipment.number })}</strong>{' '}
            <span className="soft">{t('move.toInspect', { quantity: format.quantity(left, line.quantity.unit) })}</span>
          </legend>
          <div className="form-row">
            <Field label={t('ledger.accepted')} problem={wrong[`lines.${index}.accepted`]}>
              {(input) => (
                <input
                  {...input}
                  className="input number"
                  inputMode="decimal"
                  value={of(line.id, left).accepted}
                  onChange={(event) => change(line.id, left, { accepted: event.target.value })}
                />
              )}
            </Field>
            <Field label={t('ledger.rejected')} problem={wrong[`lines.${index}.rejected`]}>
              {(input) => (
                <input
                  {...input}
                  className="input number"
                  inputMode="decimal"
                  value={of(line.id, left).rejected}
                  onChange={(event) => change(line.id, left, { rejected: event.target.value })}
                />
              )}
            </Field>
          </div>
          {Number(of(line.id, left).rejected) > 0 ? (
            <Field label={t('orders.reason')} hint={t('move.reasonShown')} problem={wrong[`lines.${index}.reason`]}>
              {(input) => (
                <input
                  {...input}
                  className="input"
                  value={of(line.id, left).reason}
                  onChange={(event) => change(line.id, left, { reason: event.target.value })}
                />
              )}
            </Field>
          ) : null}
        </fieldset>
      ))}
    </MoveForm>
  );
}
