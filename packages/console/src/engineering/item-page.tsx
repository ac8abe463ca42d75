import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand, useFormat } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Screen, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount, Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';

type Listed = Awaited<ReturnType<Client['engineering']['revisions']['list']>>;

export function ItemPage({ item: id }: { readonly item: string }) {
  const asked = useAsk(['engineering.revisions.list', { item: id }], (yunfab, options) =>
    yunfab.engineering.revisions.list({ item: id }, options),
  );
  return <Screen asked={asked}>{(listed) => <ItemView listed={listed} />}</Screen>;
}

function ItemView({ listed: { item, revisions } }: { readonly listed: Listed }) {
  const { t, say } = useWords();
  const format = useFormat();
  const may = useMay();
  const [drafting, setDrafting] = useState(false);
  return (
    <>
      <PageHead
        title={`${item.number} ${say(item.name)}`}
        crumbs={
          <>
            <Link href="/items">{t('items.title')}</Link>
            <span aria-hidden="true">/</span>
            <span>{say(item.kindWords)}</span>
          </>
        }
      >
        {item.own && may('engineering.edit') ? (
          <Button look="primary" icon="plus" onClick={() => setDrafting(true)}>
            {t('revisions.draft')}
          </Button>
        ) : null}
      </PageHead>
      <div className="with-side">
        <div className="stack">
          <Panel title={t('revisions.title')} flush>
            {revisions.length === 0 ? (
              <p className="soft body">{t('revisions.none')}</p>
            ) : (
              <RecordTable
                label={t('revisions.title')}
                rows={revisions}
                keyOf={(revision) => revision.id}
                open={(revision) => `/revisions/${revision.id}`}
                columns={[
                  { name: 'label', words: t('revisions.label'), cell: (revision) => revision.label },
                  {
                    name: 'state',
                    words: t('orders.state'),
                    cell: (revision) => <Badge state={revision.state} words={revision.stateWords} />,
                  },
                  {
                    name: 'copied',
                    words: t('revisions.copiedFrom'),
                    wide: true,
                    cell: (revision) => revision.copiedFrom ?? <span className="soft">–</span>,
                  },
                  { name: 'note', words: t('revisions.note'), wide: true, cell: (revision) => revision.note ?? '' },
                  {
                    name: 'released',
                    words: t('revisions.releasedAt'),
                    cell: (revision) => (revision.releasedAt ? <Moment at={revision.releasedAt} /> : '–'),
                  },
                ]}
              />
            )}
          </Panel>
          <WhereUsed item={item.id} />
        </div>
        <Panel title={t('items.facts')}>
          <Facts
            facts={[
              { label: t('items.number'), value: item.number },
              item.own ? null : { label: t('items.ownNumber'), value: item.ownNumber ?? '–' },
              { label: t('items.owner'), value: say(item.owner.name) },
              { label: t('items.unit'), value: format.unit(item.unit) },
              { label: t('jobs.created'), value: <Moment at={item.createdAt} /> },
            ]}
          />
        </Panel>
      </div>
      {drafting ? <DraftRevisionDialog item={item.id} revisions={revisions} onDone={() => setDrafting(false)} /> : null}
    </>
  );
}

function WhereUsed({ item }: { readonly item: string }) {
  const { t, say } = useWords();
  const asked = useAsk(['engineering.items.whereUsed', { item }], (yunfab, options) =>
    yunfab.engineering.items.whereUsed({ item }, options),
  );
  return (
    <Panel title={t('items.whereUsed')} flush>
      <Screen nested asked={asked} skeleton={<SkeletonRows rows={2} />}>
        {({ uses }) =>
          uses.length === 0 ? (
            <p className="soft body">{t('items.usedNowhere')}</p>
          ) : (
            <RecordTable
              label={t('items.whereUsed')}
              rows={uses}
              keyOf={({ revision }) => revision.id}
              open={({ revision }) => `/revisions/${revision.id}`}
              columns={[
                { name: 'in', words: t('items.usedIn'), cell: (use) => `${use.item.number} / ${use.revision.label}` },
                { name: 'name', words: t('items.name'), wide: true, cell: (use) => say(use.item.name) },
                {
                  name: 'state',
                  words: t('orders.state'),
                  cell: ({ revision }) => <Badge state={revision.state} words={revision.stateWords} />,
                },
                { name: 'level', words: t('bom.level'), number: true, cell: (use) => use.level },
                {
                  name: 'quantity',
                  words: t('bom.perUnit'),
                  number: true,
                  cell: ({ quantity }) => (quantity ? <Amount value={quantity.value} unit={quantity.unit} /> : '–'),
                },
              ]}
            />
          )
        }
      </Screen>
    </Panel>
  );
}

function DraftRevisionDialog({
  item,
  revisions,
  onDone,
}: {
  readonly item: string;
  readonly revisions: Listed['revisions'];
  readonly onDone: () => void;
}) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const [label, setLabel] = useState('');
  const [copyOf, setCopyOf] = useState(revisions[0]?.id ?? '');
  const command = useCommand(
    (yunfab, input: { label: string; copyOf?: string }, options) => yunfab.engineering.revisions.create({ item, ...input }, options),
    ['engineering'],
  );
  const wrong = fieldProblems(command.problem);
  const submit = async () => {
    const made = await command.run({ label: label.trim(), ...(copyOf ? { copyOf } : {}) });
    if (made) navigate(`/revisions/${made.id}`);
  };
  return (
    <MoveForm
      title={t('revisions.draft')}
      effect={t('revisions.draftEffect')}
      submit={t('revisions.draft')}
      ready={label.trim() !== ''}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <div className="form-row">
        <Field label={t('revisions.label')} problem={wrong['label']}>
          {(input) => <input {...input} required className="input" value={label} onChange={(event) => setLabel(event.target.value)} />}
        </Field>
        <Field label={t('revisions.copiedFrom')} problem={wrong['copyOf']}>
          {(input) => (
            <select {...input} className="input" value={copyOf} onChange={(event) => setCopyOf(event.target.value)}>
              <option value="">{t('revisions.empty')}</option>
              {revisions.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.label}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
    </MoveForm>
  );
}
