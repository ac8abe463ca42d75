import { useState } from 'react';
import { useAsk, useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Field } from '../design/field.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { QuantityInput } from '../orders/quantity-input.js';
import { useWords } from '../words/words.js';
import type { Material } from './supplied-panel.js';

export type MaterialMove = 'send' | 'receive' | 'use' | 'scrap' | 'return' | 'writeOff';

interface MaterialEntryProps {
  readonly order: string;
  readonly material: Material;
  readonly move: MaterialMove;
  readonly onDone: () => void;
}

/** One entry about a lot of the buyer's material. */
export function MaterialEntry({ order, material, move, onDone }: MaterialEntryProps) {
  const { t } = useWords();
  const format = useFormat();
  const lots = useLots(material, move);
  const [chosen, setChosen] = useState('');
  const [quantity, setQuantity] = useState('');
  const [reason, setReason] = useState('');
  const command = useCommand((yunfab, input: { lot: string; quantity: string; reason: string }, options) => {
    const { reason: said, ...what } = { order, material: material.id, version: material.version, ...input };
    const noted = said ? { note: said } : {};
    const { suppliedMaterial } = yunfab.orders;
    if (move === 'send') return suppliedMaterial.send({ ...what, ...noted }, options);
    if (move === 'receive') return suppliedMaterial.receive({ ...what, ...noted }, options);
    if (move === 'return') return suppliedMaterial.return({ ...what, ...noted }, options);
    return suppliedMaterial[move]({ ...what, reason: said }, options);
  }, touchedByMoves);
  const wrong = fieldProblems(command.problem);
  const lot = chosen || (lots.length === 1 ? (lots[0]?.lot ?? '') : '');
  const needsReason = move === 'use' || move === 'scrap' || move === 'writeOff';
  return (
    <MoveForm
      danger={move === 'writeOff'}
      title={`${t(`supplied.${move}`)} · ${material.description}`}
      effect={t(move === 'writeOff' ? 'supplied.writeOffEffect' : 'supplied.entryEffect')}
      submit={t(`supplied.${move}`)}
      ready={lot !== '' && quantity.trim() !== '' && (!needsReason || reason.trim() !== '')}
      command={command}
      onSubmit={() => void command.run({ lot, quantity: quantity.trim(), reason: reason.trim() }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field
        label={t('supplied.lot')}
        hint={lots.length === 0 ? t('supplied.noLots', { unit: format.unit(material.unit) }) : undefined}
        problem={wrong['lot']}
      >
        {(input) => (
          <select {...input} className="input" value={lot} onChange={(event) => setChosen(event.target.value)}>
            <option value="">{t('supplied.chooseLot')}</option>
            {lots.map((each) => (
              <option key={each.lot} value={each.lot}>
                {each.code}
              </option>
            ))}
          </select>
        )}
      </Field>
      <QuantityInput
        label={t('subcontract.quantity')}
        unit={material.unit}
        value={quantity}
        problem={wrong['quantity']}
        onChange={setQuantity}
      />
      <Field
        label={needsReason ? t('orders.reason') : t('form.optional', { field: t('orders.note') })}
        problem={wrong['reason'] ?? wrong['note']}
      >
        {(input) => <input {...input} className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}

/** The lots that were provided; to send, those of one's own that are released, or under way. */
function useLots(material: Material, move: MaterialMove): readonly { readonly lot: string; readonly code: string }[] {
  const state = material.inProcess ? 'open' : 'released';
  const { answer } = useAsk(
    ['lifecycle.lots.list', { state, limit: 100 }],
    (yunfab, options) => yunfab.lifecycle.lots.list({ state, limit: 100 }, options),
    { enabled: move === 'send' },
  );
  if (move !== 'send') return material.lots.map(({ lot, code }) => ({ lot, code: code ?? lot }));
  return (answer?.items ?? []).filter(({ unit }) => unit === material.unit).map(({ id, code }) => ({ lot: id, code }));
}
