import { useState } from 'react';
import { Link } from 'wouter';
import { useMay } from '../app/permissions.js';
import { useAsk } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount, Moment } from '../design/time.js';
import { isPhrase, type Phrase, useWords } from '../words/words.js';
import { ActivityTimeline } from './activity-timeline.js';
import { IdentifierDialog } from './identifier-dialog.js';
import { ThingLink, type UnitPageView } from './thing.js';

export function UnitPage({ unit: id }: { readonly unit: string }) {
  const asked = useAsk(['lifecycle.units.get', { unit: id }], (yunfab, options) => yunfab.lifecycle.units.get({ unit: id }, options));
  return <Screen asked={asked}>{(page) => <UnitView page={page} />}</Screen>;
}

function UnitView({ page }: { readonly page: UnitPageView }) {
  const { t, say } = useWords();
  const { unit, lot } = page;
  return (
    <>
      <PageHead
        title={t('unit.named', { serial: unit.serial })}
        badge={<Badge state={unit.state} words={unit.stateWords} />}
        crumbs={
          <>
            <Link href="/units">{t('unit.title')}</Link>
            <span aria-hidden="true">/</span>
            {unit.lot ? <Link href={`/lots/${unit.lot.id}`}>{unit.lot.code}</Link> : <span>{say(unit.maker.name)}</span>}
          </>
        }
      >
        <Link className="button" href={`/trace/${unit.id}`}>
          {t('trace.open')}
        </Link>
      </PageHead>
      <div className="with-side">
        <div className="stack">
          <Identifiers page={page} />
          <Parts title={t('unit.asMaintained')} none={t('unit.noParts')} parts={page.asMaintained} />
          {page.asBuilt.some(({ until }) => until !== null) ? <Parts title={t('unit.asBuilt')} parts={page.asBuilt} /> : null}
          {page.partOf.length > 0 ? <Parts title={t('unit.partOf')} parts={page.partOf} /> : null}
          {page.evidence.length > 0 ? <Evidence evidence={page.evidence} /> : null}
        </div>
        <div className="stack">
          <Panel title={t('unit.facts')}>
            <Facts
              facts={[
                { label: t('unit.item'), value: unit.itemCode || '–' },
                { label: t('lots.maker'), value: say(unit.maker.name) },
                { label: t('unit.holder'), value: say(unit.holder.name) },
                lot ? { label: t('lots.code'), value: <Link href={`/lots/${lot.id}`}>{lot.code}</Link> } : null,
                { label: t('unit.made'), value: <Moment at={unit.createdAt} /> },
                { label: t('unit.changed'), value: <Moment at={unit.changedAt} /> },
              ]}
            />
          </Panel>
          <ActivityTimeline thing={unit.id} />
        </div>
      </div>
    </>
  );
}

/** How each party calls it; one's own numbers first. */
function Identifiers({ page: { unit, identifiers } }: { readonly page: UnitPageView }) {
  const { t, say } = useWords();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      title={t('identifier.title')}
      flush={identifiers.length > 0}
      aside={may('lifecycle.record') ? <Button onClick={() => setAdding(true)}>{t('identifier.add')}</Button> : undefined}
    >
      {identifiers.length > 0 ? (
        <RecordTable
          label={t('identifier.title')}
          rows={identifiers}
          keyOf={(identifier) => identifier.id}
          columns={[
            { name: 'value', words: t('identifier.value'), cell: (identifier) => <span className="mono">{identifier.value}</span> },
            {
              name: 'scheme',
              words: t('identifier.scheme'),
              cell: ({ scheme }) => (isPhrase(`scheme.${scheme}`) ? t(`scheme.${scheme}` as Phrase) : scheme.toUpperCase()),
            },
            { name: 'whose', words: t('identifier.whose'), wide: true, cell: (identifier) => say(identifier.organization.name) },
            {
              name: 'shared',
              words: t('identifier.readBy'),
              wide: true,
              cell: ({ shared }) => t(shared ? 'identifier.readByAll' : 'identifier.readByOwn'),
            },
          ]}
        />
      ) : (
        <p className="soft">{t('identifier.none')}</p>
      )}
      {adding ? <IdentifierDialog thing={unit.id} name={unit.serial} onDone={() => setAdding(false)} /> : null}
    </Panel>
  );
}

interface PartsProps {
  readonly title: string;
  /** What stands there when there are none. */
  readonly none?: string;
  readonly parts: UnitPageView['asBuilt'];
}

export function Parts({ title, none, parts }: PartsProps) {
  const { t } = useWords();
  const over = parts.some(({ until }) => until !== null);
  return (
    <Panel title={title} flush={parts.length > 0}>
      {parts.length > 0 ? (
        <RecordTable
          label={title}
          rows={parts}
          keyOf={(part) => `${part.thing.node} ${part.position ?? ''} ${part.at} ${part.activity ?? ''}`}
          columns={[
            { name: 'part', words: t('unit.part'), cell: (part) => <ThingLink thing={part.thing} /> },
            { name: 'position', words: t('unit.position'), cell: (part) => part.position ?? '–' },
            { name: 'quantity', words: t('trace.quantity'), number: true, cell: (part) => <Amount {...part.quantity} /> },
            { name: 'at', words: t('unit.since'), wide: true, cell: (part) => <Moment at={part.at} /> },
            ...(over
              ? [
                  {
                    name: 'until',
                    words: t('trace.until'),
                    wide: true,
                    cell: (part: UnitPageView['asBuilt'][number]) => (part.until ? <Moment at={part.until} /> : '–'),
                  },
                ]
              : []),
          ]}
        />
      ) : (
        <p className="soft">{none}</p>
      )}
    </Panel>
  );
}

/** The process runs that made its lot, with what was judged of each. */
function Evidence({ evidence }: { readonly evidence: UnitPageView['evidence'] }) {
  const { t, say } = useWords();
  return (
    <Panel title={t('unit.evidence')} flush>
      <RecordTable
        label={t('unit.evidence')}
        rows={evidence}
        keyOf={(proof) => `${proof.kind} ${proof.id}`}
        columns={[
          {
            name: 'words',
            words: t('unit.proof'),
            cell: (proof) => (proof.kind === 'process_run' ? <Link href={`/runs/${proof.id}`}>{say(proof.words)}</Link> : say(proof.words)),
          },
          {
            name: 'holds',
            words: t('run.verdict'),
            cell: ({ holds }) =>
              holds === null ? '–' : <Badge state="" tone={holds ? 'good' : 'bad'} words={t(holds ? 'finding.holds' : 'finding.fails')} />,
          },
          { name: 'at', words: t('trace.at'), wide: true, cell: (proof) => (proof.at ? <Moment at={proof.at} /> : '–') },
        ]}
      />
    </Panel>
  );
}
