import { useState } from 'react';
import { useLocation } from 'wouter';
import { ListTable } from '../app/list-table.js';
import { useMay } from '../app/permissions.js';
import { useCommand, useFormat, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Empty } from '../app/states.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { Moment } from '../design/time.js';
import { UnitField } from '../design/unit-field.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';

const kinds = ['part', 'assembly', 'material', 'tool', 'document'] as const;

export function ItemList() {
  const { t, say } = useWords();
  const format = useFormat();
  const may = useMay();
  const [search, setSearch] = useState('');
  const [making, setMaking] = useState(false);
  const filter = search.trim() ? { search: search.trim() } : {};
  const list = useList(['engineering.items.list', filter], (yunfab, page, options) =>
    yunfab.engineering.items.list({ ...filter, ...page }, options),
  );
  useListKeys();
  return (
    <>
      <PageHead title={t('items.title')}>
        {may('engineering.edit') ? (
          <Button look="primary" icon="plus" onClick={() => setMaking(true)}>
            {t('items.create')}
          </Button>
        ) : null}
      </PageHead>
      <div className="stack">
        <Field label={t('items.search')}>
          {(input) => (
            <input {...input} className="input" type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
          )}
        </Field>
        <div className="panel">
          <ListTable
            list={list}
            label={t('items.title')}
            keyOf={(item) => item.id}
            open={(item) => `/items/${item.id}`}
            columns={[
              { name: 'number', words: t('items.number'), cell: (item) => item.number },
              { name: 'name', words: t('items.name'), cell: (item) => say(item.name) },
              { name: 'kind', words: t('items.kind'), cell: (item) => say(item.kindWords) },
              { name: 'unit', words: t('items.unit'), wide: true, cell: (item) => format.unit(item.unit) },
              { name: 'created', words: t('jobs.created'), wide: true, cell: (item) => <Moment at={item.createdAt} /> },
            ]}
            none={
              <Empty
                title={t('items.none')}
                what={t('items.noneWhat')}
                sdk="await yunfab.engineering.items.create({ number, kind: 'part', name, unit: 'H87' })"
              />
            }
          />
        </div>
      </div>
      {making ? <CreateItemDialog onDone={() => setMaking(false)} /> : null}
    </>
  );
}

function CreateItemDialog({ onDone }: { readonly onDone: () => void }) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const [number, setNumber] = useState('');
  const [en, setEn] = useState('');
  const [zh, setZh] = useState('');
  const [kind, setKind] = useState<string>(kinds[0]);
  const [unit, setUnit] = useState('H87');
  const command = useCommand(
    (yunfab, input: Parameters<typeof yunfab.engineering.items.create>[0], options) => yunfab.engineering.items.create(input, options),
    ['engineering'],
  );
  const wrong = fieldProblems(command.problem);
  const submit = async () => {
    const name = { en: en.trim() || zh.trim(), zh: zh.trim() || en.trim() };
    const made = await command.run({ number: number.trim(), kind, name, unit: unit as 'H87' });
    if (made) navigate(`/items/${made.id}`);
  };
  return (
    <MoveForm
      title={t('items.create')}
      effect={t('items.createEffect')}
      submit={t('items.create')}
      ready={number.trim() !== '' && (en.trim() !== '' || zh.trim() !== '')}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <div className="form-row">
        <Field label={t('items.number')} problem={wrong['number']}>
          {(input) => <input {...input} required className="input" value={number} onChange={(event) => setNumber(event.target.value)} />}
        </Field>
        <Field label={t('items.kind')} problem={wrong['kind']}>
          {(input) => (
            <select {...input} className="input" value={kind} onChange={(event) => setKind(event.target.value)}>
              {kinds.map((each) => (
                <option key={each} value={each}>
                  {t(`itemKind.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <div className="form-row">
        <Field label={t('items.nameEn')} problem={wrong['name.en']}>
          {(input) => <input {...input} className="input" value={en} onChange={(event) => setEn(event.target.value)} />}
        </Field>
        <Field label={t('items.nameZh')} problem={wrong['name.zh']}>
          {(input) => <input {...input} className="input" value={zh} onChange={(event) => setZh(event.target.value)} />}
        </Field>
      </div>
      <UnitField label={t('items.unit')} value={unit} problem={wrong['unit']} onChange={setUnit} />
    </MoveForm>
  );
}
