import { useState } from 'react';
import { useFieldProblems } from '../app/error-words.js';
import { useAsk, useCommand, useFormat, usePlatform } from '../app/platform.js';
import { SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { Order } from './order-page.js';
import { type ShipmentDetail as Detail, depthOf } from './package-ticks.js';

type Difference = Detail['differences'][number];
type Answer = Difference['moves'][number];

/** Papers, packages, receipt differences and inspections of one shipment. */
export function ShipmentDetails({ order, shipment }: { readonly order: Order; readonly shipment: string }) {
  const asked = useAsk(['orders.shipments.get', { order: order.id, shipment }], (yunfab, options) =>
    yunfab.orders.shipments.get({ order: order.id, shipment }, options),
  );
  if (!asked.answer) return asked.pending ? <SkeletonRows rows={2} /> : null;
  const detail = asked.answer;
  return (
    <div className="stack" style={{ gap: 12 }} data-shipment={detail.number}>
      <Papers detail={detail} />
      <Remarks detail={detail} />
      {detail.differences.length > 0 ? <Differences order={order} detail={detail} /> : null}
      {detail.packages.length > 0 ? <Packages detail={detail} /> : null}
      {detail.inspections.length > 0 ? <Inspections detail={detail} /> : null}
    </div>
  );
}

function Papers({ detail }: { readonly detail: Detail }) {
  const { t, language } = useWords();
  const { organization } = usePlatform();
  const query = new URLSearchParams({ organization: organization.code, language: language === 'zh' ? 'zh' : 'both' });
  const link = (kind: string) => `/api/papers/${kind}/${detail.order}/${detail.id}.pdf?${query}`;
  return (
    <div className="actions">
      <strong>{detail.number}</strong>
      <a className="button" href={link('delivery-note')} target="_blank" rel="noreferrer" data-paper="delivery-note">
        {t('delivery.deliveryNote')}
      </a>
      {detail.packages.length > 0 ? (
        <a className="button" href={link('packing-list')} target="_blank" rel="noreferrer" data-paper="packing-list">
          {t('delivery.packingList')}
        </a>
      ) : null}
    </div>
  );
}

/** What the table of shipments cannot say of a line. */
function Remarks({ detail }: { readonly detail: Detail }) {
  const { t } = useWords();
  const format = useFormat();
  const remarks = detail.lines.flatMap(({ id, lot, description, quantity, claimed, corrects }) => [
    ...(Number(claimed) > 0
      ? [
          {
            id: `${id} claimed`,
            text: `${lot?.code ?? description}: ${t('delivery.claimed', { quantity: format.quantity(claimed, quantity.unit) })}`,
          },
        ]
      : []),
    ...(corrects
      ? [
          {
            id: `${id} corrects`,
            text: `${lot?.code ?? description}: ${format.quantity(quantity.value, quantity.unit)} ${t('delivery.correction')}`,
          },
        ]
      : []),
  ]);
  return remarks.map(({ id, text }) => (
    <p key={id} className="soft">
      {text}
    </p>
  ));
}

function Packages({ detail }: { readonly detail: Detail }) {
  const { t, say } = useWords();
  const format = useFormat();
  const lots = new Map(detail.lines.map((line) => [line.id, line.lot?.code ?? line.description]));
  return (
    <details>
      <summary>{`${t('delivery.packages')} (${detail.packages.length})`}</summary>
      <ul className="stack" style={{ gap: 4 }}>
        {detail.packages.map((each) => (
          <li key={each.id} style={{ paddingInlineStart: depthOf(each, detail.packages) * 16 }}>
            {say(each.typeWords)} <span className="mono">{each.sscc ? `SSCC ${each.number}` : each.number}</span>{' '}
            <span className="soft">
              {[
                ...each.contents.map(
                  (content) => `${lots.get(content.shipmentLine)}: ${format.quantity(content.quantity.value, content.quantity.unit)}`,
                ),
                ...(each.grossKg ? [`${t('delivery.grossKg')} ${each.grossKg}`] : []),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Differences({ order, detail }: { readonly order: Order; readonly detail: Detail }) {
  const { t, say } = useWords();
  const format = useFormat();
  const [answering, setAnswering] = useState<{ readonly difference: Difference; readonly answer: Answer } | null>(null);
  const lots = new Map(detail.lines.map((line) => [line.id, line.lot?.code ?? line.description]));
  return (
    <div>
      <h3>{t('delivery.differences')}</h3>
      <ul className="stack" style={{ gap: 8 }}>
        {detail.differences.map((each) => (
          <li key={each.id} className="actions" data-difference={each.state}>
            <Badge state={each.state} words={each.stateWords} />
            <span>
              {say(each.kindWords)} {format.quantity(each.quantity.value, each.quantity.unit)} · {lots.get(each.shipmentLine)}
              {each.reasonWords ? ` · ${say(each.reasonWords)}` : ''}
              {each.note ? ` · ${each.note}` : ''}
              {each.answer ? ` → ${each.answer}` : ''}
            </span>
            <span className="soft">
              <Moment at={each.reportedAt} />
            </span>
            {each.moves.map((answer) => (
              <Button
                key={answer.move}
                look={answer.move === 'acknowledge' ? 'primary' : 'plain'}
                data-answer={answer.move}
                onClick={() => setAnswering({ difference: each, answer })}
              >
                {say(answer.words)}
              </Button>
            ))}
          </li>
        ))}
      </ul>
      {answering ? <AnswerDialog order={order} {...answering} onDone={() => setAnswering(null)} /> : null}
    </div>
  );
}

const effects = {
  acknowledge: 'delivery.acknowledgeEffect',
  contest: 'delivery.contestEffect',
  withdraw: 'delivery.withdrawEffect',
} as const;

interface AnswerProps {
  readonly order: Order;
  readonly difference: Difference;
  readonly answer: Answer;
  readonly onDone: () => void;
}

function AnswerDialog({ order, difference, answer: { move, words }, onDone }: AnswerProps) {
  const { t, say } = useWords();
  const [said, setSaid] = useState('');
  const command = useCommand((yunfab, text: string, options) => {
    const on = { order: order.id, version: order.version, difference: difference.id };
    const { acknowledge, contest, withdraw } = yunfab.orders.differences;
    if (move === 'contest') return contest({ ...on, reason: text }, options);
    return (move === 'acknowledge' ? acknowledge : withdraw)({ ...on, ...(text === '' ? {} : { note: text }) }, options);
  }, touchedByMoves);
  const wrong = useFieldProblems(command.problem);
  return (
    <MoveForm
      title={`${say(words)}: ${say(difference.kindWords)}`}
      effect={t(effects[move])}
      submit={say(words)}
      danger={move === 'contest'}
      ready={move !== 'contest' || said.trim() !== ''}
      command={command}
      onSubmit={() => void command.run(said.trim()).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field
        label={move === 'contest' ? t('orders.reason') : t('form.optional', { field: t('delivery.remark') })}
        hint={t('move.reasonShown')}
        problem={wrong['reason'] ?? wrong['note']}
      >
        {(input) => <textarea {...input} className="input" value={said} onChange={(event) => setSaid(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}

function Inspections({ detail }: { readonly detail: Detail }) {
  const { t, say } = useWords();
  const format = useFormat();
  const lots = new Map(detail.lines.map((line) => [line.id, line.lot?.code ?? line.description]));
  return (
    <details>
      <summary>{`${t('delivery.inspections')} (${detail.inspections.length})`}</summary>
      <ul className="stack" style={{ gap: 4 }}>
        {detail.inspections.map(({ id, shipmentLine, inspectedAt, accepted, conceded, rejected, rejection, concession, sampling }) => {
          const parts = [
            [t('ledger.accepted'), accepted],
            [t('delivery.conceded'), conceded],
            [t('ledger.rejected'), rejected],
          ] as const;
          return (
            <li key={id}>
              <Moment at={inspectedAt} /> · {lots.get(shipmentLine)} ·{' '}
              {parts
                .filter(([, { value }]) => Number(value) > 0)
                .map(([label, { value, unit }]) => `${label} ${format.quantity(value, unit)}`)
                .join(', ')}
              <span className="soft">
                {concession
                  ? ` · ${concession.reason}${Number(concession.priceReduction) > 0 ? ` (−${concession.priceReduction} %)` : ''}`
                  : ''}
                {rejection ? ` · ${say(rejection.codeWords)}: ${rejection.reason}` : ''}
                {sampling
                  ? ` · ${sampling.standard} ${sampling.level} AQL ${sampling.aql} ${sampling.codeLetter} n=${sampling.sampleSize} Ac=${sampling.acceptAt} Re=${sampling.rejectAt} d=${sampling.nonconforming}`
                  : ''}
              </span>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
