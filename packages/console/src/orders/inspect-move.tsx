import { useState } from 'react';
import { useFieldProblems } from '../app/error-words.js';
import { useCommand, useFormat } from '../app/platform.js';
import { Field } from '../design/field.js';
import { minus } from '../format/decimal.js';
import { useWords } from '../words/words.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { MoveProps } from './moves.js';
import type { Order } from './order-page.js';
import { QuantityInput, retyped, type TradeUnit } from './quantity-input.js';
import { SamplingFields } from './sampling-fields.js';
import { type SamplingDraft, samplingOf } from './sampling-plan.js';

const rejectionCodes = ['appearance', 'dimension', 'function', 'material', 'documents', 'packaging', 'mixed_up', 'other'] as const;
type RejectionCode = (typeof rejectionCodes)[number];

interface Judged {
  /** Of every quantity here. */
  readonly unit: string;
  readonly accepted: string;
  readonly conceded: string;
  readonly concession: string;
  readonly priceReduction: string;
  readonly rejected: string;
  readonly reasonCode: RejectionCode;
  readonly reason: string;
  readonly plan: SamplingDraft | null;
}

const nothing: Omit<Judged, 'unit'> = {
  accepted: '',
  conceded: '',
  concession: '',
  priceReduction: '',
  rejected: '',
  reasonCode: 'other',
  reason: '',
  plan: null,
};

/** A line as the platform takes it. */
function inspectedLine(
  shipmentLine: string,
  { unit, accepted, conceded, concession, priceReduction, rejected, reasonCode, reason, plan }: Judged,
) {
  const rejects = Number(rejected) > 0;
  const concedes = Number(conceded) > 0;
  return {
    shipmentLine,
    unit: unit as TradeUnit,
    accepted: accepted.trim() || '0',
    conceded: conceded.trim() || '0',
    ...(concedes ? { concession: { reason: concession.trim(), priceReduction: priceReduction.trim() || '0' } } : {}),
    rejected: rejected.trim() || '0',
    ...(rejects ? { reasonCode } : {}),
    ...(reason.trim() ? { reason: reason.trim() } : {}),
    ...(plan ? { sampling: samplingOf(plan) } : {}),
  };
}

const uninspectedOf = (order: Order) =>
  order.shipments
    .flatMap((shipment) =>
      shipment.lines.map((line) => ({ shipment, line, left: minus(line.received, line.accepted, line.conceded, line.rejected) })),
    )
    .filter(({ left }) => Number(left) > 0);
type Waiting = ReturnType<typeof uninspectedOf>[number];

/** Accepts, concedes or rejects what was received and not yet judged. */
export function InspectDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const format = useFormat();
  const waiting = uninspectedOf(order);
  const [judged, setJudged] = useState<Readonly<Record<string, Judged>>>({});
  const of = ({ line, left }: Waiting): Judged => judged[line.id] ?? { ...nothing, unit: line.quantity.unit, accepted: left };
  const command = useCommand(
    (yunfab, input: { lines: ReturnType<typeof inspectedLine>[] }, options) =>
      yunfab.orders.inspect({ order: order.id, version: order.version, ...input }, options),
    touchedByMoves,
  );
  const wrong = useFieldProblems(command.problem);
  const lines = waiting
    .map((each) => inspectedLine(each.line.id, of(each)))
    .filter(({ accepted, conceded, rejected }) => [accepted, conceded, rejected].some((value) => Number(value) !== 0));
  const problemOf = (line: string, field: string) =>
    wrong[`lines.${lines.findIndex(({ shipmentLine }) => shipmentLine === line)}.${field}`];
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
      {waiting.map((each) => {
        const { shipment, line, left } = each;
        const draft = of(each);
        const set = (part: Partial<Judged>) => setJudged({ ...judged, [line.id]: { ...draft, ...part } });
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
                unit={draft.unit}
                choose={{
                  base: line.quantity.unit,
                  onChange: (unit) =>
                    set({
                      unit,
                      accepted: retyped(draft.accepted, draft.unit, unit),
                      conceded: retyped(draft.conceded, draft.unit, unit),
                      rejected: retyped(draft.rejected, draft.unit, unit),
                    }),
                }}
                value={draft.accepted}
                onChange={(accepted) => set({ accepted })}
              />
              <QuantityInput
                label={t('delivery.conceded')}
                problem={problemOf(line.id, 'conceded')}
                unit={draft.unit}
                value={draft.conceded}
                onChange={(conceded) => set({ conceded })}
              />
              <QuantityInput
                label={t('ledger.rejected')}
                problem={problemOf(line.id, 'rejected')}
                unit={draft.unit}
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
            <SamplingFields
              plan={draft.plan}
              lotSize={left}
              problem={(field) => problemOf(line.id, `sampling.${field}`)}
              onChange={(plan) => set({ plan })}
            />
          </fieldset>
        );
      })}
    </MoveForm>
  );
}
