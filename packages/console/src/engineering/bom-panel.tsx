import { useState } from 'react';
import { Link } from 'wouter';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand, useFormat, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Screen, SkeletonRows } from '../app/states.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import type { Revision } from './revision-page.js';

/** The whole structure below a revision, with what a quantity of it takes. */
export function BomPanel({ revision }: { readonly revision: Revision }) {
  const { t, say } = useWords();
  const format = useFormat();
  const may = useMay();
  const [quantity, setQuantity] = useState('1');
  const [adding, setAdding] = useState(false);
  const asking = /^(0|[1-9]\d{0,11})(\.\d{1,6})?$/.test(quantity) && Number(quantity) > 0 ? quantity : '1';
  const asked = useAsk(
    ['engineering.bom.explode', { revision: revision.id, version: revision.version, quantity: asking }],
    (yunfab, options) => yunfab.engineering.bom.explode({ revision: revision.id, quantity: asking }, options),
  );
  const editable = revision.own && revision.state === 'draft' && may('engineering.edit');
  return (
    <>
      <Panel title={t('bom.title')} flush aside={editable ? <Button onClick={() => setAdding(true)}>{t('bom.add')}</Button> : undefined}>
        <Screen nested asked={asked} skeleton={<SkeletonRows rows={3} />}>
          {({ lines }) =>
            lines.length === 0 ? (
              <p className="soft body">{t('bom.none')}</p>
            ) : (
              <RecordTable
                label={t('bom.title')}
                rows={lines}
                keyOf={({ path }) => path}
                columns={[
                  {
                    name: 'item',
                    words: t('bom.component'),
                    cell: ({ level, path, line }) => (
                      <span style={{ paddingInlineStart: (level - 1) * 16 }}>
                        <span className="soft small">{path}</span> <Link href={`/items/${line.item.id}`}>{line.item.number}</Link>{' '}
                        {line.phantom ? <span className="soft small">{t('bom.phantom')}</span> : null}
                      </span>
                    ),
                  },
                  { name: 'name', words: t('items.name'), wide: true, cell: ({ line }) => say(line.item.name) },
                  {
                    name: 'revision',
                    words: t('revisions.label'),
                    cell: ({ revision: below }) => (below ? <Link href={`/revisions/${below.id}`}>{below.label}</Link> : '–'),
                  },
                  {
                    name: 'per',
                    words: t('bom.perUnit'),
                    number: true,
                    cell: ({ line }) => (
                      <>
                        <Amount value={line.quantity.value} unit={line.quantity.unit} />
                        {line.scrapPercent === '0' ? null : <span className="soft small"> +{line.scrapPercent} %</span>}
                      </>
                    ),
                  },
                  {
                    name: 'required',
                    words: t('bom.required'),
                    number: true,
                    cell: ({ required, line }) => <Amount value={required} unit={line.quantity.unit} />,
                  },
                  {
                    name: 'designators',
                    words: t('bom.designators'),
                    wide: true,
                    cell: ({ line }) => <span className="small">{line.designators.join(' ')}</span>,
                  },
                  ...(editable
                    ? [
                        {
                          name: 'remove',
                          words: <span className="visually-hidden">{t('moves')}</span>,
                          cell: ({ level, line }: (typeof lines)[number]) =>
                            level === 1 ? <RemoveLine revision={revision} line={line.id} /> : null,
                        },
                      ]
                    : []),
                ]}
              />
            )
          }
        </Screen>
      </Panel>
      {asked.answer && asked.answer.lines.length > 0 ? (
        <Panel
          title={t('bom.totals')}
          flush
          aside={
            <label className="actions small">
              {t('bom.forQuantity')} ({format.unit(revision.item.unit)})
              <input
                className="input number"
                style={{ width: 96 }}
                inputMode="decimal"
                value={quantity}
                onChange={(event) => setQuantity(event.target.value)}
              />
            </label>
          }
        >
          <RecordTable
            label={t('bom.totals')}
            rows={asked.answer.totals}
            keyOf={({ item }) => item.id}
            open={({ item }) => `/items/${item.id}`}
            columns={[
              { name: 'item', words: t('bom.component'), cell: ({ item }) => item.number },
              { name: 'name', words: t('items.name'), wide: true, cell: ({ item }) => say(item.name) },
              { name: 'places', words: t('bom.places'), number: true, cell: ({ places }) => places },
              {
                name: 'required',
                words: t('bom.required'),
                number: true,
                cell: ({ required, item }) => <Amount value={required} unit={item.unit} />,
              },
            ]}
          />
        </Panel>
      ) : null}
      {adding ? <AddLineDialog revision={revision} onDone={() => setAdding(false)} /> : null}
    </>
  );
}

/** A line as the draft takes it back. */
const given = ({ position, item, revision, quantity, scrapPercent, phantom, designators, alternates }: Revision['lines'][number]) => ({
  position,
  item: item.id,
  ...(revision ? { revision: revision.id } : {}),
  quantity,
  scrapPercent,
  phantom,
  designators: [...designators],
  alternates: alternates.map(({ id }) => id),
});

function useLines(revision: Revision) {
  return useCommand(
    (yunfab, lines: ReturnType<typeof given>[], options) =>
      yunfab.engineering.revisions.edit({ revision: revision.id, version: revision.version, lines }, options),
    ['engineering'],
  );
}

function RemoveLine({ revision, line }: { readonly revision: Revision; readonly line: string }) {
  const { t } = useWords();
  const command = useLines(revision);
  return (
    <Button
      busy={command.busy}
      onClick={() => void command.run(revision.lines.filter(({ id }) => id !== line).map(given))}
      title={command.problem?.code}
    >
      {t('bom.remove')}
    </Button>
  );
}

function AddLineDialog({ revision, onDone }: { readonly revision: Revision; readonly onDone: () => void }) {
  const { t, say } = useWords();
  const format = useFormat();
  const [search, setSearch] = useState('');
  const [item, setItem] = useState('');
  const [quantity, setQuantity] = useState('1');
  const [scrapPercent, setScrapPercent] = useState('0');
  const [designators, setDesignators] = useState('');
  const filter = search.trim() ? { search: search.trim() } : {};
  const items = useList(['engineering.items.list', filter], (yunfab, page, options) =>
    yunfab.engineering.items.list({ ...filter, ...page }, options),
  );
  const command = useLines(revision);
  const wrong = fieldProblems(command.problem);
  const choices = items.items.filter(({ id }) => id !== revision.item.id);
  const chosen = choices.find(({ id }) => id === item) ?? choices[0];
  const submit = () => {
    if (!chosen) return;
    const line = {
      position: Math.max(0, ...revision.lines.map(({ position }) => position)) + 10,
      item: chosen.id,
      quantity: { value: quantity.trim(), unit: chosen.unit },
      scrapPercent: scrapPercent.trim() || '0',
      phantom: false,
      designators: designators.split(/[\s,，]+/).filter((each) => each !== ''),
      alternates: [],
    };
    void command.run([...revision.lines.map(given), line]).then((done) => done && onDone());
  };
  return (
    <MoveForm
      title={t('bom.add')}
      effect={t('bom.addEffect')}
      submit={t('bom.add')}
      ready={chosen !== undefined}
      command={command}
      onSubmit={submit}
      onCancel={onDone}
    >
      <div className="form-row">
        <Field label={t('items.search')}>
          {(input) => <input {...input} className="input" value={search} onChange={(event) => setSearch(event.target.value)} />}
        </Field>
        <Field label={t('bom.component')} problem={wrong['item']}>
          {(input) => (
            <select {...input} className="input" value={chosen?.id ?? ''} onChange={(event) => setItem(event.target.value)}>
              {choices.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.number} {say(each.name)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <div className="form-row">
        <Field label={`${t('bom.perUnit')} (${format.unit(chosen?.unit ?? '')})`} problem={wrong['quantity']}>
          {(input) => (
            <input
              {...input}
              className="input number"
              inputMode="decimal"
              value={quantity}
              onChange={(event) => setQuantity(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('bom.scrapPercent')} problem={wrong['scrapPercent']}>
          {(input) => (
            <input
              {...input}
              className="input number"
              inputMode="decimal"
              value={scrapPercent}
              onChange={(event) => setScrapPercent(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Field label={t('form.optional', { field: t('bom.designators') })} hint={t('bom.designatorsHint')} problem={wrong['designators']}>
        {(input) => <input {...input} className="input" value={designators} onChange={(event) => setDesignators(event.target.value)} />}
      </Field>
    </MoveForm>
  );
}
