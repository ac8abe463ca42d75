import { useState } from 'react';
import { useCommand } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import type { Statement } from './statement-page.js';

const types = {
  deduct: ['nonconformance', 'late_delivery', 'price_difference', 'other'],
  add: ['tooling', 'freight', 'price_difference', 'other'],
} as const;
type Deduction = (typeof types.deduct)[number];
type Addition = (typeof types.add)[number];

interface ProposalDialogProps {
  readonly statement: Statement;
  readonly kind: 'deduct' | 'add';
  readonly onDone: () => void;
}

/** Takes off or puts on beside the goods, resting on a lot, a shipment line or an order of the statement. */
export function ProposalDialog({ statement, kind, onDone }: ProposalDialogProps) {
  const { t, say } = useWords();
  const [type, setType] = useState<string>(types[kind][0]);
  const [evidence, setEvidence] = useState('');
  const [amount, setAmount] = useState('');
  const [taxRate, setTaxRate] = useState('');
  const [reason, setReason] = useState('');
  const command = useCommand((yunfab, _: null, options) => {
    const [what, id] = evidence.split(' ');
    const input = {
      ...{ statement: statement.id, version: statement.version, reason, amount },
      ...(what && id ? { evidence: { [what]: id } } : {}),
      ...(taxRate ? { taxRate } : {}),
    };
    return kind === 'deduct'
      ? yunfab.orders.statements.deduct({ ...input, type: type as Deduction }, options)
      : yunfab.orders.statements.add({ ...input, type: type as Addition }, options);
  }, touchedByMoves);
  const wrong = fieldProblems(command.problem);
  const label = statement.moves.find(({ move }) => move === kind)?.words;
  return (
    <MoveForm
      title={label ? say(label) : kind}
      effect={t(`statements.effect.${kind}`)}
      submit={label ? say(label) : kind}
      ready={amount.trim() !== '' && reason.trim() !== ''}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('statements.type')} problem={wrong['type']}>
        {(input) => (
          <select {...input} className="input" value={type} onChange={(event) => setType(event.target.value)}>
            {types[kind].map((each) => (
              <option key={each} value={each}>
                {t(`lineType.${each}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('statements.restsOn')} problem={wrong['evidence']}>
        {(input) => (
          <select {...input} className="input" value={evidence} onChange={(event) => setEvidence(event.target.value)}>
            <option value="">{t('statements.restsOnNothing')}</option>
            {evidenceOf(statement).map(({ value, words }) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('statements.amount')} problem={wrong['amount']}>
        {(input) => (
          <input
            {...input}
            className="input"
            inputMode="decimal"
            value={amount}
            onChange={(event) => setAmount(event.target.value.trim())}
          />
        )}
      </Field>
      <Field label={t('form.optional', { field: t('statements.taxRate') })} problem={wrong['taxRate']}>
        {(input) => (
          <input
            {...input}
            className="input"
            inputMode="decimal"
            value={taxRate}
            onChange={(event) => setTaxRate(event.target.value.trim())}
          />
        )}
      </Field>
      <Field label={t('orders.reason')} problem={wrong['reason']}>
        {(input) => <textarea {...input} className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}

/** Lots, shipment lines and orders that the statement names, each once. */
function evidenceOf({ lines }: Statement): { readonly value: string; readonly words: string }[] {
  const found = new Map<string, string>();
  for (const { lot, shipment, order, description } of lines) {
    if (lot) found.set(`lot ${lot.id}`, `${lot.code} · ${description}`);
    if (shipment) found.set(`shipmentLine ${shipment.line}`, `${shipment.number} · ${description}`);
    if (order) found.set(`order ${order.id}`, order.number);
  }
  return [...found].map(([value, words]) => ({ value, words }));
}
