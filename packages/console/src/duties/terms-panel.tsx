import { useState } from 'react';
import type { Client } from '../app/client.js';
import { ListTable } from '../app/list-table.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand, useList } from '../app/platform.js';
import { fieldProblems } from '../app/problem.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Chips } from '../design/chips.js';
import { Field } from '../design/field.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { type Phrase, useWords } from '../words/words.js';
import { TermsText } from './terms-text.js';

type Terms = Awaited<ReturnType<Client['orders']['terms']['list']>>['items'][number];
type Open = 'draft' | { readonly move: 'read' | 'edit' | 'publish' | 'retire'; readonly terms: Terms };

const touched = ['orders'];

/** The library: own versions and drafts, and what the operator has published for everyone. */
export function TermsPanel() {
  const { t, say } = useWords();
  const manage = useMay()('orders.terms.manage');
  const [from, setFrom] = useState<'own' | 'platform'>('own');
  const list = useList(['orders.terms.list', { from }], (yunfab, page, options) => yunfab.orders.terms.list({ from, ...page }, options));
  const [open, setOpen] = useState<Open | null>(null);
  const done = () => setOpen(null);
  const movesOf = ({ state }: Terms) =>
    from === 'platform' ? [] : state === 'draft' ? (['edit', 'publish'] as const) : state === 'published' ? (['retire'] as const) : [];
  return (
    <Panel
      title={t('admin.terms')}
      flush
      aside={
        manage ? (
          <Button icon="plus" onClick={() => setOpen('draft')}>
            {t('terms.draft')}
          </Button>
        ) : undefined
      }
    >
      <div className="body">
        <Chips
          label={t('terms.filter')}
          value={from}
          onChoose={(chosen) => setFrom(chosen ?? 'own')}
          choices={[
            { value: 'own', words: t('terms.own') },
            { value: 'platform', words: t('terms.platform') },
          ]}
        />
      </div>
      <ListTable
        list={list}
        skeletonRows={4}
        label={t('admin.terms')}
        keyOf={(each) => each.id}
        columns={[
          {
            name: 'title',
            words: t('terms.name'),
            cell: (each) => (
              <Button look="quiet" onClick={() => setOpen({ move: 'read', terms: each })}>
                {say(each.title)}
              </Button>
            ),
          },
          {
            name: 'code',
            words: t('terms.code'),
            cell: (each) => `${each.code} · ${t('terms.version', { number: String(each.number) })}`,
          },
          {
            name: 'state',
            words: t('orders.state'),
            cell: (each) => <Badge state={each.state} words={t(`terms.state.${each.state}`)} />,
          },
          {
            name: 'hash',
            words: t('terms.hash'),
            wide: true,
            cell: (each) => <code title={each.sha256}>{each.sha256.slice(0, 12)}…</code>,
          },
          {
            name: 'published',
            words: t('terms.published'),
            wide: true,
            cell: (each) => (each.publishedAt ? <Moment at={each.publishedAt} /> : '–'),
          },
          {
            name: 'moves',
            words: <span className="visually-hidden">{t('moves')}</span>,
            cell: (each) =>
              manage ? (
                <span className="actions end">
                  {movesOf(each).map((move) => (
                    <Button
                      key={move}
                      look={move === 'retire' ? 'danger' : 'plain'}
                      onClick={() => setOpen({ move, terms: each })}
                      aria-label={`${t(`terms.${move}`)}: ${each.code}`}
                    >
                      {t(`terms.${move}`)}
                    </Button>
                  ))}
                </span>
              ) : null,
          },
        ]}
        none={
          <Empty
            title={t('terms.none')}
            what={t('terms.noneWhat')}
            sdk="await yunfab.orders.terms.draft({ code: 'general', title: { en, zh }, text: { en, zh } })"
          />
        }
      />
      {open === 'draft' ? <Draft onDone={done} /> : null}
      {open && open !== 'draft' && open.move === 'read' ? <TermsText terms={open.terms.id} onClose={done} /> : null}
      {open && open !== 'draft' && open.move === 'edit' ? <Edit terms={open.terms} onDone={done} /> : null}
      {open && open !== 'draft' && (open.move === 'publish' || open.move === 'retire') ? (
        <Settle terms={open.terms} move={open.move} onDone={done} />
      ) : null}
    </Panel>
  );
}

interface Content {
  readonly titleEn: string;
  readonly titleZh: string;
  readonly textEn: string;
  readonly textZh: string;
}
const empty: Content = { titleEn: '', titleZh: '', textEn: '', textZh: '' };
const wire = ({ titleEn, titleZh, textEn, textZh }: Content) => ({ title: { en: titleEn, zh: titleZh }, text: { en: textEn, zh: textZh } });
const isWhole = (content: Content) => Object.values(content).every((text: string) => text.trim() !== '');
const fields: readonly { readonly name: keyof Content; readonly path: string; readonly words: Phrase; readonly long: boolean }[] = [
  { name: 'titleZh', path: 'title.zh', words: 'terms.titleZh', long: false },
  { name: 'titleEn', path: 'title.en', words: 'terms.titleEn', long: false },
  { name: 'textZh', path: 'text.zh', words: 'terms.textZh', long: true },
  { name: 'textEn', path: 'text.en', words: 'terms.textEn', long: true },
];

interface ContentFieldsProps {
  readonly content: Content;
  readonly problems: Readonly<Record<string, string | undefined>>;
  readonly onChange: (content: Content) => void;
}

function ContentFields({ content, problems, onChange }: ContentFieldsProps) {
  const { t } = useWords();
  return fields.map(({ name, path, words, long }) => (
    <Field key={name} label={t(words)} problem={problems[path]}>
      {(input) =>
        long ? (
          <textarea
            {...input}
            required
            rows={8}
            className="input"
            value={content[name]}
            onChange={(event) => onChange({ ...content, [name]: event.target.value })}
          />
        ) : (
          <input
            {...input}
            required
            className="input"
            value={content[name]}
            onChange={(event) => onChange({ ...content, [name]: event.target.value })}
          />
        )
      }
    </Field>
  ));
}

function Draft({ onDone }: { readonly onDone: () => void }) {
  const { t } = useWords();
  const [code, setCode] = useState('');
  const [content, setContent] = useState(empty);
  const command = useCommand(
    (yunfab, input: Parameters<Client['orders']['terms']['draft']>[0], options) => yunfab.orders.terms.draft(input, options),
    touched,
  );
  const problems = fieldProblems(command.problem);
  return (
    <MoveForm
      wide
      title={t('terms.draft')}
      effect={t('terms.draftEffect')}
      submit={t('terms.draft')}
      ready={code.trim() !== '' && isWhole(content)}
      command={command}
      onSubmit={() => void command.run({ code: code.trim(), ...wire(content) }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('terms.code')} problem={problems['code']}>
        {(input) => <input {...input} required className="input mono" value={code} onChange={(event) => setCode(event.target.value)} />}
      </Field>
      <ContentFields content={content} problems={problems} onChange={setContent} />
    </MoveForm>
  );
}

function Edit({ terms: { id }, onDone }: { readonly terms: Terms; readonly onDone: () => void }) {
  const asked = useAsk(['orders.terms.get', { terms: id }], (yunfab, options) => yunfab.orders.terms.get({ terms: id }, options));
  return asked.answer ? <Rewrite key={asked.answer.revision} terms={asked.answer} onDone={onDone} /> : null;
}

type WholeTerms = Awaited<ReturnType<Client['orders']['terms']['get']>>;

function Rewrite({ terms: { id, revision, title, text, code }, onDone }: { readonly terms: WholeTerms; readonly onDone: () => void }) {
  const { t } = useWords();
  const [content, setContent] = useState<Content>({ titleEn: title.en, titleZh: title.zh, textEn: text.en, textZh: text.zh });
  const command = useCommand(
    (yunfab, input: Content, options) => yunfab.orders.terms.edit({ terms: id, revision, ...wire(input) }, options),
    touched,
  );
  return (
    <MoveForm
      wide
      title={`${t('terms.edit')}: ${code}`}
      effect={t('terms.editEffect')}
      submit={t('terms.edit')}
      ready={isWhole(content)}
      command={command}
      onSubmit={() => void command.run(content).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <ContentFields content={content} problems={fieldProblems(command.problem)} onChange={setContent} />
    </MoveForm>
  );
}

function Settle({
  terms: { id, revision, code },
  move,
  onDone,
}: {
  readonly terms: Terms;
  readonly move: 'publish' | 'retire';
  readonly onDone: () => void;
}) {
  const { t } = useWords();
  const command = useCommand((yunfab, _: null, options) => yunfab.orders.terms[move]({ terms: id, revision }, options), touched);
  return (
    <MoveForm
      danger={move === 'retire'}
      title={`${t(`terms.${move}`)}: ${code}`}
      effect={t(`terms.${move}Effect`)}
      submit={t(`terms.${move}`)}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
