import { useState } from 'react';
import { useAsk, useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { useWords } from '../words/words.js';
import { ChangeDifferences } from './changes-panel.js';
import { MoveForm, touchedByMoves } from './move-form.js';
import type { MoveProps } from './moves.js';

const kinds = ['terms', 'cancellation', 'short_close'] as const;

export function ProposeChangeDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const format = useFormat();
  const [kind, setKind] = useState<(typeof kinds)[number]>('terms');
  const [reason, setReason] = useState('');
  const [dueOn, setDueOn] = useState(order.dueOn);
  const [lines, setLines] = useState<Readonly<Record<string, { quantity?: string; unitPrice?: string }>>>({});
  const command = useCommand((yunfab, asked: typeof kind, options) => {
    const on = { order: order.id, version: order.version, reason: reason.trim() };
    if (asked !== 'terms') return yunfab.orders.changes.proposeEnd({ ...on, kind: asked }, options);
    const changed = Object.entries(lines).map(([line, terms]) => ({ line, ...terms }));
    const terms = { ...(dueOn === order.dueOn ? {} : { dueOn }), ...(changed.length > 0 ? { lines: changed } : {}) };
    return yunfab.orders.changes.propose({ ...on, terms }, options);
  }, touchedByMoves);
  const wrong = fieldProblems(command.problem);
  const set = (line: string, field: 'quantity' | 'unitPrice', value: string) => {
    const { [field]: _before, ...rest } = lines[line] ?? {};
    setLines({ ...lines, [line]: value.trim() ? { ...rest, [field]: value.trim() } : rest });
  };
  return (
    <MoveForm
      wide
      title={t('orderChanges.proposeTitle', { number: order.number })}
      effect={t('orderChanges.proposeEffect')}
      submit={t('orderChanges.submit')}
      ready={reason.trim() !== ''}
      command={command}
      onSubmit={() => void command.run(kind).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('orderChanges.kind')}>
        {(input) => (
          <select {...input} className="input" value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>
            {kinds.map((each) => (
              <option key={each} value={each}>
                {t(`orderChanges.kind.${each}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {kind === 'terms' ? (
        <>
          <Field label={t('orders.due')} problem={wrong['terms.dueOn']}>
            {(input) => <input {...input} type="date" className="input" value={dueOn} onChange={(event) => setDueOn(event.target.value)} />}
          </Field>
          {order.lines.map((line, index) => (
            <div key={line.id} className="form-row">
              <Field
                label={t('orderChanges.quantityOf', { line: line.description })}
                hint={t('orderChanges.quantityHint', { now: format.quantity(line.progress.ordered, line.quantity.unit) })}
                problem={wrong[`terms.lines.${index}.quantity`]}
              >
                {(input) => (
                  <input
                    {...input}
                    className="input"
                    inputMode="decimal"
                    value={lines[line.id]?.quantity ?? ''}
                    onChange={(event) => set(line.id, 'quantity', event.target.value)}
                  />
                )}
              </Field>
              <Field
                label={t('orderChanges.priceOf', { line: line.description })}
                hint={t('orderChanges.priceHint', { now: format.money(line.unitPrice.amount, line.unitPrice.currency) })}
                problem={wrong[`terms.lines.${index}.unitPrice`]}
              >
                {(input) => (
                  <input
                    {...input}
                    className="input"
                    inputMode="decimal"
                    value={lines[line.id]?.unitPrice ?? ''}
                    onChange={(event) => set(line.id, 'unitPrice', event.target.value)}
                  />
                )}
              </Field>
            </div>
          ))}
        </>
      ) : null}
      <Field label={t('orders.reason')} hint={t('move.reasonShown')} problem={wrong['reason']}>
        {(input) => <textarea {...input} required className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}

export function AcceptChangeDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const asked = useAsk(['orders.changes.list', { order: order.id }], (yunfab, options) =>
    yunfab.orders.changes.list({ order: order.id }, options),
  );
  const change = asked.answer?.items.find(({ id }) => id === order.change?.id);
  const command = useCommand(
    (yunfab, id: string, options) => yunfab.orders.changes.accept({ order: order.id, version: order.version, change: id }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      wide
      title={t('orderChanges.acceptTitle', { number: change?.number ?? '' })}
      effect={change?.reason ?? t('orderChanges.acceptEffect')}
      submit={t('orderChanges.acceptSubmit')}
      ready={change !== undefined}
      command={command}
      onSubmit={() => void command.run(change?.id ?? '').then((done) => done && onDone())}
      onCancel={onDone}
    >
      {change ? <ChangeDifferences order={order} differences={change.differences} /> : null}
      <p className="soft">{t('orderChanges.acceptEffect')}</p>
    </MoveForm>
  );
}

export function DeclineChangeDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const change = order.change?.id ?? '';
  const command = useCommand(
    (yunfab, why: string, options) =>
      yunfab.orders.changes.decline({ order: order.id, version: order.version, change, reason: why }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      danger
      title={t('orderChanges.declineTitle')}
      effect={t('orderChanges.declineEffect')}
      submit={t('orderChanges.declineSubmit')}
      ready={reason.trim() !== ''}
      command={command}
      onSubmit={() => void command.run(reason.trim()).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('orders.reason')} hint={t('move.reasonShown')} problem={fieldProblems(command.problem)['reason']}>
        {(input) => <textarea {...input} required className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}

export function WithdrawChangeDialog({ order, onDone }: MoveProps) {
  const { t } = useWords();
  const change = order.change?.id ?? '';
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.orders.changes.withdraw({ order: order.id, version: order.version, change }, options),
    touchedByMoves,
  );
  return (
    <MoveForm
      danger
      title={t('orderChanges.withdrawTitle')}
      effect={t('orderChanges.withdrawEffect')}
      submit={t('orderChanges.withdrawSubmit')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
