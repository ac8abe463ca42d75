import { useState } from 'react';
import { useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { minus } from '../format/decimal.js';
import { useWords } from '../words/words.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { MoveProps } from './moves.js';
import { QuantityInput } from './quantity-input.js';

const rejectionCodes = ['appearance', 'dimension', 'function', 'material', 'documents', 'packaging', 'mixed_up', 'other'] as const;
type RejectionCode = (typeof rejectionCodes)[number];

interface Judged {
  readonly accepted: string;
  readonly conceded: string;
  readonly concession: string;
  readonly priceReduction: string;
  readonly rejected: string;
  readonly reasonCode: RejectionCode;
  readonly reason: string;
}

const nothing: Judged = { accepted: '', conceded: '', concession: '', priceReduction: '', rejected: '', reasonCode: 'other', reason: '' };

/** A line as the platform takes it. */
function inspectedLine(shipmentLine: string, { accepted, conceded, concession, priceReduction, rejected, reasonCode, reason }: Judged) {
  const rejects = Number(rejected) > 0;
  const concedes = Number(conceded) > 0;
  return {
    shipmentLine,
    accepted: accepted.trim() || '0',
    conceded: conceded.trim() || '0',
    ...(concedes ? { concession: { reason: concession.trim(), priceReduction: priceReduction.trim() || '0' } } : {}),
    rejected: rejected.trim() || '0',
    ...(rejects ? { reasonCode } : {}),
    ...(reason.trim() ? { reason: reason.trim() } : {}),
  };
}

/** Accepts, concedes or rejects what was received and not yet judged. */
export function InspectDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const format = useFormat();
  const waiting = order.shipments
    .flatMap((shipment) =>
      shipment.lines.map((line) => ({ shipment, line, left: minus(line.received, line.accepted, line.conceded, line.rejected) })),
    )
    .filter(({ left }) => Number(left) > 0);
  const [judged, setJudged] = useState<Readonly<Record<string, Judged>>>({});
  const of = (line: string, left: string): Judged => judged[line] ?? { ...nothing, accepted: left };
  const command = useCommand(
    (yunfab, input: { lines: ReturnType<typeof inspectedLine>[] }, options) =>
      yunfab.orders.inspect({ order: order.id, version: order.version, ...input }, options),
    touchedByMoves,
  );
  const wrong = fieldProblems(command.problem);
  const lines = waiting
    .map(({ line, left }) => inspectedLine(line.id, of(line.id, left)))
    .filter(({ accepted, conceded, rejected }) => [accepted, conceded, rejected].some((value) => Number(value) !== 0));
  const problemOf = (line: string, field: string) =>
    wrong[`lines.${lines.findIndex(({ shipmentLine }) => shipmentLine === line)}.${field}`];
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
      {waiting.map(({ shipment, line, left }) => {
        const draft = of(line.id, left);
        const set = (part: Partial<Judged>) => change(line.id, left, part);
        return (
          <fieldset key={line.id} className="form" style={{ gap: 8 }}>
            <legend>
              <strong>{t('move.lotOfShipment', { lot: line.lot?.code ?? '–', shipment: shipment.number })}</strong>{' '}
              <span className="soft">{t('move.toInspect', { quantity: format.quantity(left, line.quantity.unit) })}</span>
            </legend>
            <div className="form-row">
              <QuantityInput
                label={t('ledger.accepted')}
                problem={problemOf(line.id, 'accepted')}
                value={draft.accepted}
                onChange={(accepted) => set({ accepted })}
              />
              <QuantityInput
                label={t('delivery.conceded')}
                problem={problemOf(line.id, 'conceded')}
                value={draft.conceded}
                onChange={(conceded) => set({ conceded })}
              />
              <QuantityInput
                label={t('ledger.rejected')}
                problem={problemOf(line.id, 'rejected')}
                value={draft.rejected}
                onChange={(rejected) => set({ rejected })}
              />
            </div>
            {Number(draft.conceded) > 0 ? (
              <div className="form-row">
                <Field
                  label={t('delivery.concessionReason')}
                  hint={t('move.reasonShown')}
                  problem={problemOf(line.id, 'concession.reason') ?? problemOf(line.id, 'concession')}
                >
                  {(input) => (
                    <input
                      {...input}
                      className="input"
                      value={draft.concession}
                      onChange={(event) => set({ concession: event.target.value })}
                    />
                  )}
                </Field>
                <QuantityInput
                  label={t('delivery.priceReduction')}
                  problem={problemOf(line.id, 'concession.priceReduction')}
                  value={draft.priceReduction}
                  onChange={(priceReduction) => set({ priceReduction })}
                />
              </div>
            ) : null}
            {Number(draft.rejected) > 0 ? (
              <div className="form-row">
                <Field label={t('delivery.rejectionCode')} problem={problemOf(line.id, 'reasonCode')}>
                  {(input) => (
                    <select
                      {...input}
                      className="input"
                      value={draft.reasonCode}
                      onChange={(event) => set({ reasonCode: event.target.value as RejectionCode })}
                    >
                      {rejectionCodes.map((code) => (
                        <option key={code} value={code}>
                          {t(`delivery.code.${code}`)}
                        </option>
                      ))}
                    </select>
                  )}
                </Field>
                <Field label={t('orders.reason')} hint={t('move.reasonShown')} problem={problemOf(line.id, 'reason')}>
                  {(input) => (
                    <input {...input} className="input" value={draft.reason} onChange={(event) => set({ reason: event.target.value })} />
                  )}
                </Field>
              </div>
            ) : null}
          </fieldset>
        );
      })}
    </MoveForm>
  );
}
