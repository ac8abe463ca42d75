import { useState } from 'react';
import { Link } from 'wouter';
import { useAddressParts } from '../app/address.js';
import type { Client } from '../app/client.js';
import { ListTable } from '../app/list-table.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand, useFormat, useList } from '../app/platform.js';
import { Empty, ProblemNotice, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Chips } from '../design/chips.js';
import { Field } from '../design/field.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { useModelWords, useSignalWords } from '../verticals/models.js';
import { useWords } from '../words/words.js';
import { GoldenForm } from './golden-form.js';
import { runName } from './run-lines.js';

type Golden = Awaited<ReturnType<Client['production']['goldenRuns']['list']>>['items'][number];

/** The runs that others of the same model of equipment and program are measured by: whose choice, and why. */
export function GoldenList() {
  const { t, say } = useWords();
  const format = useFormat();
  const modelWords = useModelWords();
  const manage = useMay()('production.goldenRuns');
  const [{ model, show }, setFilter] = useAddressParts(['model', 'show']);
  const filter = { retired: show === 'all', ...(model ? { model } : {}) };
  const list = useList(['production.goldenRuns.list', filter], (yunfab, page, options) =>
    yunfab.production.goldenRuns.list({ ...filter, ...page }, options),
  );
  const [replacing, setReplacing] = useState<Golden | null>(null);
  const [retiring, setRetiring] = useState<Golden | null>(null);
  useListKeys();
  return (
    <>
      <PageHead
        title={t('goldens.title')}
        crumbs={<Link href="/runs">{t('run.title')}</Link>}
        below={<p className="soft">{t('goldens.what')}</p>}
      />
      <div className="stack">
        <div className="actions">
          <Chips<string>
            label={t('rules.show')}
            value={show === 'all' ? show : null}
            onChoose={(chosen) => setFilter({ model, show: chosen ?? '' })}
            choices={[
              { value: null, words: t('rules.inForce') },
              { value: 'all', words: t('goldens.retiredToo') },
            ]}
          />
          {model ? (
            <Button onClick={() => setFilter({ model: '', show })}>{t('goldens.everyModel', { model: modelWords(model) })}</Button>
          ) : null}
        </div>
        <div className="panel">
          <ListTable
            list={list}
            skeletonRows={4}
            label={t('goldens.title')}
            keyOf={({ id }) => id}
            open={({ run }) => `/runs/${run.id}`}
            columns={[
              { name: 'program', words: t('run.program'), cell: ({ program }) => program ?? t('golden.noProgram') },
              {
                name: 'model',
                words: t('equipment.model'),
                wide: true,
                cell: (golden) => modelWords(golden.model),
              },
              {
                name: 'run',
                words: t('run.run'),
                wide: true,
                cell: ({ run }) => (
                  <>
                    {runName(run, say, format)}
                    <div className="soft small">{run.equipment.name}</div>
                  </>
                ),
              },
              { name: 'bands', words: t('golden.band'), wide: true, cell: (golden) => <Bands golden={golden} /> },
              {
                name: 'by',
                words: t('goldens.by'),
                cell: ({ declaredBy, declaredAt }) => (
                  <>
                    {declaredBy}
                    <div className="soft small">
                      <Moment at={declaredAt} />
                    </div>
                  </>
                ),
              },
              { name: 'note', words: t('golden.note'), cell: ({ note }) => note ?? <span className="soft">–</span> },
              {
                name: 'state',
                words: t('goldens.state'),
                cell: ({ retiredAt, retiredBy }) =>
                  retiredAt === null ? (
                    <Badge state="in_force" tone="good" words={t('rules.isInForce')} />
                  ) : (
                    <>
                      <Badge state="retired" words={t('goldens.retired')} />
                      <div className="soft small">
                        {retiredBy} · <Moment at={retiredAt} />
                      </div>
                    </>
                  ),
              },
              ...(manage
                ? [
                    {
                      name: 'moves',
                      words: <span className="visually-hidden">{t('goldens.moves')}</span>,
                      cell: (golden: Golden) =>
                        golden.retiredAt === null ? (
                          <div className="actions end">
                            <Button onClick={() => setReplacing(golden)}>{t('goldens.replace')}</Button>
                            <Button look="danger" onClick={() => setRetiring(golden)}>
                              {t('goldens.retire')}
                            </Button>
                          </div>
                        ) : null,
                    },
                  ]
                : []),
            ]}
            none={
              <Empty
                title={t('goldens.none')}
                what={t('goldens.noneWhat')}
                sdk="await yunfab.production.goldenRuns.declare({ run, bands: { … }, note: '…' })"
              >
                <Link className="button" href="/runs">
                  {t('run.title')}
                </Link>
              </Empty>
            }
          />
        </div>
      </div>
      {replacing ? <ReplaceForm golden={replacing} onDone={() => setReplacing(null)} /> : null}
      {retiring ? <RetireForm golden={retiring} onDone={() => setRetiring(null)} /> : null}
    </>
  );
}

function Bands({ golden: { model, bands } }: { readonly golden: Golden }) {
  const format = useFormat();
  const wordsOf = useSignalWords(model);
  const given = Object.entries(bands);
  if (given.length === 0) return <span className="soft">–</span>;
  return given.map(([signal, band]) => (
    <div key={signal} className="small nowrap">
      {wordsOf(signal)} ±{format.number(band)}
    </div>
  ));
}

interface GoldenMoveProps {
  readonly golden: Golden;
  readonly onDone: () => void;
}

const mostCandidates = 100;

/** Another of the newest runs of the same model and program takes its place. */
function ReplaceForm({ golden, onDone }: GoldenMoveProps) {
  const { t, say } = useWords();
  const format = useFormat();
  const [run, setRun] = useState('');
  const filter = { model: golden.model, limit: mostCandidates };
  const asked = useAsk(['production.runs.list', filter], (yunfab, options) => yunfab.production.runs.list(filter, options));
  const candidates = (asked.answer?.items ?? []).filter(
    ({ id, program, endedAt, withdrawnAt }) =>
      id !== golden.run.id && program === golden.program && endedAt !== null && withdrawnAt === null,
  );
  const chosen = candidates.find(({ id }) => id === run);
  return (
    <GoldenForm
      title={t('goldens.replaceTitle', { program: golden.program ?? t('golden.noProgram') })}
      run={chosen?.id ?? null}
      program={golden.program}
      equipment={chosen?.equipment ?? golden.run.equipment}
      bands={golden.bands}
      onDone={onDone}
    >
      {asked.problem ? <ProblemNotice problem={asked.problem} onRetry={asked.again} /> : null}
      {asked.pending ? <SkeletonRows rows={1} /> : null}
      {asked.answer && candidates.length === 0 ? <p className="soft">{t('goldens.noCandidate', { count: mostCandidates })}</p> : null}
      {candidates.length > 0 ? (
        <Field label={t('goldens.newRun')} hint={t('goldens.newRunHint', { count: mostCandidates })}>
          {(input) => (
            <select {...input} className="input" value={run} onChange={(event) => setRun(event.target.value)}>
              <option value="">{t('goldens.choose')}</option>
              {candidates.map((each) => (
                <option key={each.id} value={each.id}>
                  {[runName(each, say, format), each.equipment.name, each.verdictWords ? say(each.verdictWords) : '']
                    .filter(Boolean)
                    .join(' · ')}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
    </GoldenForm>
  );
}

function RetireForm({ golden, onDone }: GoldenMoveProps) {
  const { t } = useWords();
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.production.goldenRuns.retire({ golden: golden.id }, options),
    ['production'],
  );
  const program = golden.program ?? t('golden.noProgram');
  return (
    <MoveForm
      danger
      title={t('goldens.retireTitle', { program })}
      effect={t('goldens.retireEffect', { program })}
      submit={t('goldens.retire')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
