import { useState } from 'react';
import { useCommand, usePlatform } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { MoveForm, touchedByMoves } from '../orders/move-form.js';
import { QuantityInput } from '../orders/quantity-input.js';
import { useWords } from '../words/words.js';
import type { Lot } from './lot-page.js';

interface PartProps {
  readonly lot: Lot;
  readonly onDone: () => void;
}

/** What whoever holds a lot may make of it: parts, or one with others. */
export function PartMoves({ lot }: { readonly lot: Lot }) {
  const { t } = useWords();
  const [opened, setOpened] = useState<'split' | 'merge' | null>(null);
  const done = () => setOpened(null);
  if (lot.state === 'open' || (lot.own && lot.state === 'shipped')) return null;
  return (
    <>
      <Button data-move="split" onClick={() => setOpened('split')}>
        {t('parts.split')}
      </Button>
      <Button data-move="merge" onClick={() => setOpened('merge')}>
        {t('parts.merge')}
      </Button>
      {opened === 'split' ? <SplitDialog lot={lot} onDone={done} /> : null}
      {opened === 'merge' ? <MergeDialog lot={lot} onDone={done} /> : null}
    </>
  );
}

const listed = (text: string) => text.split(/[\s,，、;；]+/).filter(Boolean);

function SplitDialog({ lot, onDone }: PartProps) {
  const { t } = useWords();
  const [given, setGiven] = useState({ code: '', quantity: '', units: '' });
  const command = useCommand(
    (yunfab, part: { quantity: string; code?: string; units?: string[] }, options) =>
      yunfab.lifecycle.lots.split({ lot: lot.id, version: lot.version, parts: [part] }, options),
    touchedByMoves,
  );
  const wrong = fieldProblems(command.problem);
  const units = listed(given.units);
  const part = {
    quantity: given.quantity.trim(),
    ...(given.code.trim() ? { code: given.code.trim() } : {}),
    ...(units.length > 0 ? { units } : {}),
  };
  return (
    <MoveForm
      title={t('parts.splitTitle', { lot: lot.code })}
      effect={t('parts.splitEffect')}
      submit={t('parts.split')}
      ready={part.quantity !== ''}
      command={command}
      onSubmit={() => void command.run(part).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <QuantityInput
        label={t('subcontract.quantity')}
        unit={lot.unit}
        value={given.quantity}
        problem={wrong['parts.0.quantity']}
        onChange={(quantity) => setGiven({ ...given, quantity })}
      />
      <Field label={t('form.optional', { field: t('parts.code') })} hint={t('move.madeWhenEmpty')} problem={wrong['parts.0.code']}>
        {(input) => (
          <input
            {...input}
            className="input mono"
            value={given.code}
            onChange={(event) => setGiven({ ...given, code: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('form.optional', { field: t('parts.units') })} hint={t('parts.unitsHint')} problem={wrong['parts.0.units']}>
        {(input) => (
          <textarea
            {...input}
            className="input mono"
            rows={3}
            value={given.units}
            onChange={(event) => setGiven({ ...given, units: event.target.value })}
          />
        )}
      </Field>
    </MoveForm>
  );
}

function MergeDialog({ lot, onDone }: PartProps) {
  const { t } = useWords();
  const { yunfab } = usePlatform();
  const [others, setOthers] = useState('');
  const [code, setCode] = useState('');
  const [unknown, setUnknown] = useState<string | null>(null);
  const command = useCommand(
    (client, lots: { lot: string; version: number }[], options) =>
      client.lifecycle.lots.merge({ lots, ...(code.trim() ? { code: code.trim() } : {}) }, options),
    touchedByMoves,
  );
  const submit = async () => {
    const lots = [{ lot: lot.id, version: lot.version }];
    for (const value of listed(others)) {
      const { items } = await yunfab.lifecycle.identify({ value });
      const found = items.find(({ thing }) => thing.kind === 'lot')?.thing.node;
      if (!found) return setUnknown(value);
      const { version } = await yunfab.lifecycle.lots.get({ lot: found });
      lots.push({ lot: found, version });
    }
    if (await command.run(lots)) onDone();
  };
  return (
    <MoveForm
      title={t('parts.mergeTitle', { lot: lot.code })}
      effect={t('parts.mergeEffect')}
      submit={t('parts.merge')}
      ready={listed(others).length > 0}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <Field label={t('parts.with')} hint={t('parts.withHint')} problem={unknown ? t('parts.unknown', { code: unknown }) : undefined}>
        {(input) => (
          <textarea
            {...input}
            className="input mono"
            rows={3}
            value={others}
            onChange={(event) => {
              setUnknown(null);
              setOthers(event.target.value);
            }}
          />
        )}
      </Field>
      <Field label={t('form.optional', { field: t('parts.code') })} hint={t('move.madeWhenEmpty')} problem={undefined}>
        {(input) => <input {...input} className="input mono" value={code} onChange={(event) => setCode(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}
