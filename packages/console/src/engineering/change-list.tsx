import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAddressPart } from '../app/address.js';
import { ListTable } from '../app/list-table.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Chips } from '../design/chips.js';
import { Field } from '../design/field.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';

const states = ['draft', 'submitted', 'approved', 'rejected', 'released', 'canceled'] as const;

export function ChangeList() {
  const { t, say } = useWords();
  const may = useMay();
  const [state, setState] = useAddressPart('state', states);
  const [drafting, setDrafting] = useState(false);
  const filter = state ? { state } : {};
  const list = useList(['engineering.changes.list', filter], (yunfab, page, options) =>
    yunfab.engineering.changes.list({ ...filter, ...page }, options),
  );
  useListKeys();
  return (
    <>
      <PageHead title={t('changes.title')}>
        {may('engineering.change') ? (
          <Button look="primary" icon="plus" onClick={() => setDrafting(true)}>
            {t('changes.draft')}
          </Button>
        ) : null}
      </PageHead>
      <div className="stack">
        <Chips
          label={t('orders.filterState')}
          value={state}
          onChoose={setState}
          choices={[
            { value: null, words: t('orders.allStates') },
            ...states.map((each) => ({ value: each, words: t(`changeState.${each}`) })),
          ]}
        />
        <div className="panel">
          <ListTable
            list={list}
            label={t('changes.title')}
            keyOf={({ id }) => id}
            open={({ id }) => `/changes/${id}`}
            columns={[
              { name: 'number', words: t('changes.number'), cell: ({ number }) => number },
              { name: 'title', words: t('changes.what'), cell: ({ title }) => title },
              { name: 'state', words: t('orders.state'), cell: (each) => <Badge state={each.state} words={each.stateWords} /> },
              { name: 'owner', words: t('items.owner'), wide: true, cell: (each) => say(each.owner.name) },
              { name: 'changed', words: t('changes.changedAt'), wide: true, cell: ({ changedAt }) => <Moment at={changedAt} /> },
            ]}
            none={
              <Empty
                title={t('changes.none')}
                what={t('changes.noneWhat')}
                sdk="await yunfab.engineering.changes.draft({ number, title, reason, affected })"
              />
            }
          />
        </div>
      </div>
      {drafting ? <DraftChangeDialog onDone={() => setDrafting(false)} /> : null}
    </>
  );
}

/** A change of the draft of one item; further revisions are added by program. */
function DraftChangeDialog({ onDone }: { readonly onDone: () => void }) {
  const { t, say } = useWords();
  const [, navigate] = useLocation();
  const [number, setNumber] = useState('');
  const [title, setTitle] = useState('');
  const [reason, setReason] = useState('');
  const [search, setSearch] = useState('');
  const [item, setItem] = useState('');
  const filter = search.trim() ? { search: search.trim() } : {};
  const items = useList(['engineering.items.list', filter], (yunfab, page, options) =>
    yunfab.engineering.items.list({ ...filter, ...page }, options),
  );
  const chosen = items.items.find(({ id }) => id === item) ?? items.items[0];
  const { answer } = useAsk(
    ['engineering.revisions.list', { item: chosen?.id ?? '' }],
    (yunfab, options) => yunfab.engineering.revisions.list({ item: chosen?.id ?? '' }, options),
    { enabled: chosen !== undefined },
  );
  const [effects, setEffects] = useState<Readonly<Record<string, boolean>>>({});
  const possible = (answer?.revisions ?? []).filter(({ own, state }) => own && state !== 'obsolete');
  const affected = possible
    .filter(({ id }) => effects[id])
    .map(({ id, state }) => ({ revision: id, effect: state === 'draft' ? ('release' as const) : ('retire' as const) }));
  const command = useCommand(
    (yunfab, input: Parameters<typeof yunfab.engineering.changes.draft>[0], options) => yunfab.engineering.changes.draft(input, options),
    ['engineering'],
  );
  const wrong = fieldProblems(command.problem);
  const submit = async () => {
    const made = await command.run({ number: number.trim(), title: title.trim(), reason: reason.trim(), affected });
    if (made) navigate(`/changes/${made.id}`);
  };
  return (
    <MoveForm
      title={t('changes.draft')}
      effect={t('changes.draftEffect')}
      submit={t('changes.draft')}
      ready={number.trim() !== '' && title.trim() !== '' && reason.trim() !== ''}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <div className="form-row">
        <Field label={t('changes.number')} problem={wrong['number']}>
          {(input) => <input {...input} required className="input" value={number} onChange={(event) => setNumber(event.target.value)} />}
        </Field>
        <Field label={t('changes.what')} problem={wrong['title']}>
          {(input) => <input {...input} required className="input" value={title} onChange={(event) => setTitle(event.target.value)} />}
        </Field>
      </div>
      <Field label={t('orders.reason')} problem={wrong['reason']}>
        {(input) => <textarea {...input} required className="input" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      <div className="form-row">
        <Field label={t('items.search')}>
          {(input) => <input {...input} className="input" value={search} onChange={(event) => setSearch(event.target.value)} />}
        </Field>
        <Field label={t('orders.item')}>
          {(input) => (
            <select {...input} className="input" value={chosen?.id ?? ''} onChange={(event) => setItem(event.target.value)}>
              {items.items.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.number} {say(each.name)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <fieldset>
        <legend>{t('changes.affected')}</legend>
        {possible.length === 0 ? <p className="soft small">{t('revisions.none')}</p> : null}
        {possible.map(({ id, label, state }) => (
          <label key={id} style={{ display: 'block' }}>
            <input
              type="checkbox"
              checked={effects[id] ?? false}
              onChange={(event) => setEffects({ ...effects, [id]: event.target.checked })}
            />{' '}
            {label} – {t(state === 'draft' ? 'changes.willRelease' : 'changes.willRetire')}
          </label>
        ))}
      </fieldset>
    </MoveForm>
  );
}
