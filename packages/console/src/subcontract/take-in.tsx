import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useCommand, useFormat, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoreButton } from '../design/list-foot.js';
import { minus } from '../format/decimal.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import type { Order } from '../orders/order-page.js';
import { QuantityInput } from '../orders/quantity-input.js';
import { useWords } from '../words/words.js';
import type { Subcontract } from './allocation-panel.js';

type Served = Subcontract['serves'][number];
type Delivered = Order['shipments'][number]['lines'][number];
type Input = Parameters<Client['orders']['subcontract']['credit']>[0];

const keptOf = (line: Delivered): string => minus(line.accepted, `-${line.conceded}`, line.returned);

/** Deliveries of the sub-order that were accepted for this allocation's line. */
export const takable = (order: Order, served: Served) =>
  order.shipments.flatMap(({ number, lines }) =>
    lines.filter((line) => line.line === served.subLine && Number(keptOf(line)) > 0).map((line) => ({ number, line })),
  );

/** Takes accepted goods of a sub-order into the line that it serves; units with serial numbers are named. */
export function TakeIn({ order, served, onDone }: { readonly order: Order; readonly served: Served; readonly onDone: () => void }) {
  const { t } = useWords();
  const format = useFormat();
  const deliveries = takable(order, served);
  const [chosen, setChosen] = useState(deliveries[0]?.line.id ?? '');
  const [quantity, setQuantity] = useState('');
  const [units, setUnits] = useState<readonly string[]>([]);
  const delivery = deliveries.find(({ line }) => line.id === chosen);
  const lot = delivery?.line.lot?.id;
  const command = useCommand((yunfab, input: Input, options) => yunfab.orders.subcontract.credit(input, options), touchedByMoves);
  const wrong = fieldProblems(command.problem);
  const choose = (picked: readonly string[]) => {
    setUnits(picked);
    setQuantity(picked.length > 0 ? String(picked.length) : '');
  };
  const submit = async () => {
    const input: Input = {
      ...{ order: order.id, version: order.version, shipmentLine: chosen, allocation: served.allocation, quantity: quantity.trim() },
      ...(units.length > 0 ? { units: [...units] } : {}),
    };
    if (await command.run(input)) onDone();
  };
  return (
    <MoveForm
      title={t('takeIn.title', { number: served.order.number })}
      effect={t('takeIn.effect')}
      submit={t('takeIn.submit')}
      ready={chosen !== '' && quantity.trim() !== ''}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <Field label={t('takeIn.delivery')} problem={wrong['shipmentLine']}>
        {(input) => (
          <select
            {...input}
            className="input"
            value={chosen}
            onChange={(event) => {
              setChosen(event.target.value);
              choose([]);
            }}
          >
            {deliveries.map(({ number, line }) => (
              <option key={line.id} value={line.id}>
                {[number, line.lot?.code, format.quantity(keptOf(line), line.quantity.unit)].filter(Boolean).join(' · ')}
              </option>
            ))}
          </select>
        )}
      </Field>
      {lot ? <UnitsToTake key={lot} lot={lot} chosen={units} problem={wrong['units']} onChoose={choose} /> : null}
      <QuantityInput
        label={t('subcontract.quantity')}
        unit={served.unit}
        value={quantity}
        hint={t('takeIn.open', { quantity: format.quantity(minus(served.quantity, served.released, served.credited), served.unit) })}
        problem={wrong['quantity']}
        onChange={setQuantity}
      />
    </MoveForm>
  );
}

/** States in which a unit is no longer in stock. */
const used: readonly string[] = ['installed', 'consumed', 'scrapped'];

interface UnitsToTakeProps {
  readonly lot: string;
  readonly chosen: readonly string[];
  readonly problem: string | undefined;
  readonly onChoose: (units: readonly string[]) => void;
}

/** The units with serial numbers in the received lot; nothing where it has none. */
function UnitsToTake({ lot, chosen, problem, onChoose }: UnitsToTakeProps) {
  const { t } = useWords();
  const units = useList(['lifecycle.units.list', { lot }], (yunfab, page, options) =>
    yunfab.lifecycle.units.list({ lot, ...page }, options),
  );
  const held = units.items.filter(({ held: own, state }) => own && !used.includes(state));
  if (held.length === 0) return null;
  const all = held.every(({ id }) => chosen.includes(id));
  return (
    <fieldset className="unit-choice">
      <legend>{t('takeIn.units', { chosen: chosen.length, of: held.length })}</legend>
      <label>
        <input type="checkbox" checked={all} onChange={() => onChoose(all ? [] : held.map(({ id }) => id))} /> {t('takeIn.allUnits')}
      </label>
      <div className="unit-choice-list">
        {held.map(({ id, serial }) => (
          <label key={id} className="mono">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={() => onChoose(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])}
            />{' '}
            {serial}
          </label>
        ))}
      </div>
      <MoreButton list={units} />
      {problem ? <span className="problem">{problem}</span> : null}
    </fieldset>
  );
}
