import { type FormEvent, useId, useState } from 'react';
import { useAddressPart, useAddressParts } from '../app/address.js';
import type { Client } from '../app/client.js';
import { useAsk } from '../app/platform.js';
import { Button } from '../design/button.js';
import { Chips } from '../design/chips.js';
import { Field } from '../design/field.js';
import { useWords } from '../words/words.js';

export type OrderListInput = NonNullable<Parameters<Client['orders']['list']>[0]>;
type OrderState = NonNullable<OrderListInput['state']>;

/** `sub`: what we buy to have work of our own orders done. */
const sides = ['buyer', 'supplier', 'sub'] as const;
const sorts = ['changed', 'due', 'number'] as const;
const free = ['text', 'with', 'from', 'to'] as const;
export const listedStates = [
  'proposed',
  'confirmed',
  'in_production',
  'in_delivery',
  'on_hold',
  'disputed',
  'closed',
  'settled',
  'declined',
  'withdrawn',
  'canceled',
  'defaulted',
] as const satisfies readonly OrderState[];

const day = /^\d{4}-\d{2}-\d{2}$/;

/** The filter of the list, kept in the address. */
export function useOrderFilter() {
  const [side, setSide] = useAddressPart('side', sides);
  const [state, setState] = useAddressPart('state', listedStates);
  const [sort, setSort] = useAddressPart('sort', sorts);
  const [typed, setTyped] = useAddressParts(free);
  const { text, with: counterparty, from, to } = typed;
  const dueFrom = day.test(from) ? from : '';
  const dueTo = day.test(to) ? to : '';
  // What is found by a text or by its due date has an order of its own.
  const sortable = text === '' && dueFrom === '' && dueTo === '';
  const input: OrderListInput = {
    ...(side === 'sub' ? { subOrders: true } : side ? { side } : {}),
    ...(state ? { state } : {}),
    ...(text ? { text } : {}),
    ...(/^[a-z0-9-]{1,40}$/.test(counterparty) ? { counterparty } : {}),
    ...(dueFrom ? { dueFrom } : {}),
    ...(dueTo ? { dueTo } : {}),
    ...(sort && sortable ? { sort } : {}),
  };
  return {
    input,
    side,
    setSide,
    state,
    setState,
    sort,
    setSort,
    typed,
    setTyped,
    sortable,
    filtered: Object.keys(input).some((key) => key !== 'sort'),
  };
}

export function OrderFilters({ filter }: { readonly filter: ReturnType<typeof useOrderFilter> }) {
  const { t } = useWords();
  const { side, setSide, state, setState, sort, setSort, typed, setTyped, sortable } = filter;
  const { counterparty } = filter.input;
  const asked = { ...(side ? { side: side === 'sub' ? ('buyer' as const) : side } : {}), ...(counterparty ? { counterparty } : {}) };
  const { answer } = useAsk(['orders.counts', asked], (yunfab, options) => yunfab.orders.counts(asked, options));
  const counts = new Map((answer?.states ?? []).map(({ state: name, count, more }) => [name, more ? `${count}+` : String(count)]));
  const shown = listedStates.filter((each) => each === state || !answer || counts.get(each) !== '0');
  return (
    <div className="stack" style={{ gap: 8 }}>
      <div className="actions" style={{ gap: '8px 20px' }}>
        <Chips
          label={t('orders.filterSide')}
          value={side}
          onChoose={setSide}
          choices={[
            { value: null, words: t('orders.bothSides') },
            { value: 'buyer', words: t('orders.weBuy') },
            { value: 'supplier', words: t('orders.weSupply') },
            { value: 'sub', words: t('orders.weSubcontract') },
          ]}
        />
        <Chips
          label={t('orders.filterState')}
          value={state}
          onChoose={setState}
          choices={[
            { value: null, words: t('orders.allStates') },
            ...shown.map((each) => ({
              value: each,
              words: [t(`orderState.${each}`), side === 'sub' ? '' : (counts.get(each) ?? '')].join(' ').trim(),
            })),
          ]}
        />
      </div>
      <Typed key={JSON.stringify(typed)} typed={typed} onSet={setTyped} />
      {sortable ? (
        <Chips
          label={t('orders.sort')}
          value={sort ?? 'changed'}
          onChoose={(chosen) => setSort(chosen === 'changed' ? null : chosen)}
          choices={sorts.map((each) => ({ value: each, words: t(`orders.sort.${each}`) }))}
        />
      ) : null}
    </div>
  );
}

type TypedParts = Readonly<Record<(typeof free)[number], string>>;

/** Asked for when the form is sent, not with every letter. */
function Typed({ typed, onSet }: { readonly typed: TypedParts; readonly onSet: (parts: TypedParts) => void }) {
  const { t, say } = useWords();
  const [draft, setDraft] = useState(typed);
  const companies = useId();
  const part = (name: keyof TypedParts) => ({
    className: 'input',
    value: draft[name],
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
  });
  const { answer } = useAsk(
    ['access.organizations.search', { text: draft.with }],
    (yunfab, options) => yunfab.access.organizations.search({ text: draft.with }, options),
    { enabled: draft.with.trim() !== '' },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSet({ ...draft, text: draft.text.trim(), with: draft.with.trim().toLowerCase() });
  };
  return (
    <form className="form-row" onSubmit={submit}>
      <Field label={t('orders.find')} hint={t('orders.findHint')}>
        {(input) => <input {...input} {...part('text')} type="search" maxLength={100} />}
      </Field>
      <Field label={t('orders.with')}>
        {(input) => (
          <>
            <input {...input} {...part('with')} list={companies} autoCapitalize="off" spellCheck={false} maxLength={40} />
            <datalist id={companies}>
              {(answer?.items ?? []).map(({ code, name }) => (
                <option key={code} value={code}>
                  {say(name)}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label={t('orders.dueFrom')}>{(input) => <input {...input} {...part('from')} type="date" />}</Field>
      <Field label={t('orders.dueTo')}>{(input) => <input {...input} {...part('to')} type="date" />}</Field>
      <div className="actions" style={{ alignSelf: 'center' }}>
        <Button type="submit" icon="search">
          {t('orders.find')}
        </Button>
        {Object.values(typed).some((value) => value !== '') ? (
          <Button look="quiet" icon="close" onClick={() => onSet({ text: '', with: '', from: '', to: '' })}>
            {t('orders.clear')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
