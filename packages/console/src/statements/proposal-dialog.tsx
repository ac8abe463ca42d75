import { useState } from 'react';
import { useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Chips } from '../design/chips.js';
import { Field } from '../design/field.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { QuantityInput } from '../orders/quantity-input.js';
import { useWords } from '../words/words.js';
import type { Statement, StatementLine } from './statement-page.js';

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
  const format = useFormat();
  const [type, setType] = useState<string>(types[kind][0]);
  const [chosen, setChosen] = useState('');
  const [by, setBy] = useState<'quantity' | 'amount'>('amount');
  const [figures, setFigures] = useState({ amount: '', quantity: '', unitPrice: '', taxRate: '' });
  const [reason, setReason] = useState('');
  const evidence = evidenceOf(statement).filter(({ what }) => what !== 'order' || mayNameOrder(kind, type));
  const found = evidence.find(({ value }) => value === chosen);
  const goods = found?.line;
  const priced = by === 'quantity' && goods;
  const set = (part: Partial<typeof figures>) => setFigures({ ...figures, ...part });
  const choose = (value: string) => {
    const line = evidence.find((each) => each.value === value)?.line;
    setChosen(value);
    setBy(line ? 'quantity' : 'amount');
    set({ quantity: '', unitPrice: line?.unitPrice.amount ?? '' });
  };
  const command = useCommand((yunfab, _: null, options) => {
    const { amount, quantity, unitPrice, taxRate } = figures;
    const input = {
      ...{ statement: statement.id, version: statement.version, reason },
      ...(priced ? { quantity: { value: quantity, unit: priced.quantity.unit }, unitPrice } : { amount }),
      ...(found ? { evidence: { [found.what]: found.id } } : {}),
      ...(taxRate ? { taxRate } : {}),
    };
    return kind === 'deduct'
      ? yunfab.orders.statements.deduct({ ...input, type: type as Deduction }, options)
      : yunfab.orders.statements.add({ ...input, type: type as Addition }, options);
  }, touchedByMoves);
  const wrong = fieldProblems(command.problem);
  const label = statement.moves.find(({ move }) => move === kind)?.words;
  const figured = priced ? figures.quantity !== '' && figures.unitPrice !== '' : figures.amount !== '';
  return (
    <MoveForm
      title={label ? say(label) : kind}
      effect={t(`statements.effect.${kind}`)}
      submit={label ? say(label) : kind}
      ready={figured && reason.trim() !== '' && (found !== undefined || type === 'other')}
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
          <select {...input} className="input" value={found?.value ?? ''} onChange={(event) => choose(event.target.value)}>
            <option value="">{type === 'other' ? t('statements.restsOnNothing') : ''}</option>
            {evidence.map(({ value, words }) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      {goods ? (
        <Chips
          label={t('statements.figuredBy')}
          value={by}
          onChoose={(next) => setBy(next ?? 'amount')}
          choices={[
            { value: 'quantity', words: t('statements.byQuantity') },
            { value: 'amount', words: t('statements.bySum') },
          ]}
        />
      ) : null}
      {priced ? (
        <>
          <div className="form-row">
            <QuantityInput
              label={t('statements.quantity')}
              unit={priced.quantity.unit}
              value={figures.quantity}
              hint={t('statements.billedOf', { quantity: format.quantity(priced.quantity.value, priced.quantity.unit) })}
              problem={wrong['quantity.value'] ?? wrong['quantity']}
              onChange={(quantity) => set({ quantity: quantity.trim() })}
            />
            <Field
              label={t('statements.priceOf', { currency: statement.currency })}
              hint={t('statements.priceHint')}
              problem={wrong['unitPrice']}
            >
              {(input) => (
                <input
                  {...input}
                  className="input number"
                  inputMode="decimal"
                  value={figures.unitPrice}
                  onChange={(event) => set({ unitPrice: event.target.value.trim() })}
                />
              )}
            </Field>
          </div>
          <p className="soft small">{t('statements.reckoned')}</p>
        </>
      ) : (
        <Field label={t('statements.amountIn', { currency: statement.currency })} problem={wrong['amount']}>
          {(input) => (
            <input
              {...input}
              className="input number"
              inputMode="decimal"
              value={figures.amount}
              onChange={(event) => set({ amount: event.target.value.trim() })}
            />
          )}
        </Field>
      )}
      <Field label={t('form.optional', { field: t('statements.taxRate') })} hint={t('statements.taxRateHint')} problem={wrong['taxRate']}>
        {(input) => (
          <input
            {...input}
            className="input number"
            inputMode="decimal"
            value={figures.taxRate}
            onChange={(event) => set({ taxRate: event.target.value.trim() })}
          />
        )}
      </Field>
      <Field label={t('orders.reason')} problem={wrong['reason']}>
        {(input) => <textarea {...input} className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}

/** What nonconforms, or costs otherwise than agreed, is goods. */
const mayNameOrder = (kind: 'deduct' | 'add', type: string) => kind === 'add' || type === 'late_delivery' || type === 'other';

type Goods = StatementLine & {
  readonly quantity: NonNullable<StatementLine['quantity']>;
  readonly unitPrice: NonNullable<StatementLine['unitPrice']>;
};

interface Evidence {
  readonly what: 'lot' | 'shipmentLine' | 'order';
  readonly id: string;
  readonly value: string;
  readonly words: string;
  /** The goods that it names, by whose quantity and price it may be reckoned. */
  readonly line: Goods | undefined;
}

/** Lots, shipment lines and orders that the statement names, each once. */
function evidenceOf({ lines }: Statement): Evidence[] {
  const found = new Map<string, Evidence>();
  const name = (what: Evidence['what'], id: string, words: string, line: StatementLine | null) => {
    const value = `${what} ${id}`;
    if (!found.has(value)) found.set(value, { what, id, value, words, line: line && isGoods(line) ? line : undefined });
  };
  for (const line of lines) {
    const { lot, shipment, description } = line;
    if (lot) name('lot', lot.id, `${lot.code} · ${description}`, line);
    if (shipment) name('shipmentLine', shipment.line, `${shipment.number} · ${description}`, line);
  }
  for (const { order } of lines) if (order) name('order', order.id, order.number, null);
  return [...found.values()];
}

const isGoods = (line: StatementLine): line is Goods => line.kind === 'goods' && line.quantity !== null && line.unitPrice !== null;
