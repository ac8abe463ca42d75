import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand, usePlatform } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Moment } from '../design/time.js';
import { FilesPanel } from '../files/files-panel.js';
import { MoveForm } from '../orders/move-form.js';
import { Specification } from '../orders/specification.js';
import { useWords } from '../words/words.js';
import { BomPanel } from './bom-panel.js';

export type Revision = Awaited<ReturnType<Client['engineering']['revisions']['get']>>;
type Move = Revision['moves'][number];

export function RevisionPage({ revision: id }: { readonly revision: string }) {
  const asked = useAsk(['engineering.revisions.get', { revision: id }], (yunfab, options) =>
    yunfab.engineering.revisions.get({ revision: id }, options),
  );
  return <Screen asked={asked}>{(revision) => <RevisionView revision={revision} />}</Screen>;
}

function RevisionView({ revision }: { readonly revision: Revision }) {
  const { t, say } = useWords();
  const may = useMay();
  const { organization } = usePlatform();
  const [opened, setOpened] = useState<Move | null>(null);
  return (
    <>
      <PageHead
        title={`${revision.item.number} / ${revision.label}`}
        badge={<Badge state={revision.state} words={revision.stateWords} />}
        crumbs={
          <>
            <Link href="/items">{t('items.title')}</Link>
            <span aria-hidden="true">/</span>
            <Link href={`/items/${revision.item.id}`}>{revision.item.number}</Link>
          </>
        }
        below={<p className="soft">{say(revision.item.name)}</p>}
      >
        <CompareWith revision={revision} />
        {may('engineering.release')
          ? revision.moves.map((each) => (
              <Button
                key={each.move}
                look={each.move === 'release' ? 'primary' : 'danger'}
                data-move={each.move}
                onClick={() => setOpened(each)}
              >
                {say(each.words)}
              </Button>
            ))
          : null}
      </PageHead>
      <div className="with-side">
        <div className="stack">
          <BomPanel revision={revision} />
          <RoutingPanel operations={revision.operations} />
          <FilesPanel record={revision.id} mayAttach={revision.owner.code === organization.code} />
        </div>
        <Panel title={t('revisions.facts')}>
          <Facts
            facts={[
              { label: t('items.owner'), value: say(revision.owner.name) },
              { label: t('revisions.copiedFrom'), value: revision.copiedFrom ?? '–' },
              revision.note ? { label: t('revisions.note'), value: revision.note } : null,
              { label: t('jobs.created'), value: <Moment at={revision.createdAt} /> },
              { label: t('revisions.createdBy'), value: revision.createdBy },
              revision.releasedAt ? { label: t('revisions.releasedAt'), value: <Moment at={revision.releasedAt} /> } : null,
              revision.releasedBy ? { label: t('revisions.releasedBy'), value: revision.releasedBy } : null,
              revision.contentHash
                ? { label: t('revisions.hash'), value: <code title={revision.contentHash}>{revision.contentHash.slice(0, 16)}…</code> }
                : null,
            ]}
          />
          {revision.specification ? <Specification specification={revision.specification} /> : null}
        </Panel>
      </div>
      {opened ? <MoveRevisionDialog revision={revision} move={opened} onDone={() => setOpened(null)} /> : null}
    </>
  );
}

function RoutingPanel({ operations }: { readonly operations: Revision['operations'] }) {
  const { t, say } = useWords();
  return (
    <Panel title={t('routing.title')} flush>
      {operations.length === 0 ? (
        <p className="soft body">{t('routing.none')}</p>
      ) : (
        <RecordTable
          label={t('routing.title')}
          rows={operations}
          keyOf={({ position }) => String(position)}
          columns={[
            {
              name: 'operation',
              words: t('jobs.operation'),
              cell: ({ position, name }) => (
                <>
                  <span className="soft">{position}</span> {say(name)}
                </>
              ),
            },
            { name: 'center', words: t('routing.workCenter'), cell: ({ workCenter }) => workCenter },
            { name: 'setup', words: t('routing.setup'), number: true, wide: true, cell: ({ setupSeconds }) => `${setupSeconds} s` },
            { name: 'run', words: t('routing.run'), number: true, cell: ({ runSeconds }) => `${runSeconds} s` },
            {
              name: 'outside',
              words: t('routing.subcontractable'),
              wide: true,
              cell: ({ subcontractable }) => t(subcontractable ? 'yes' : 'no'),
            },
          ]}
        />
      )}
    </Panel>
  );
}

/** Another revision of the item, to see what differs. */
function CompareWith({ revision }: { readonly revision: Revision }) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const { answer } = useAsk(['engineering.revisions.list', { item: revision.item.id }], (yunfab, options) =>
    yunfab.engineering.revisions.list({ item: revision.item.id }, options),
  );
  const others = (answer?.revisions ?? []).filter(({ id }) => id !== revision.id);
  if (others.length === 0) return null;
  return (
    <Field label={t('compare.with')}>
      {(input) => (
        <select
          {...input}
          className="input"
          value=""
          onChange={(event) => (event.target.value ? navigate(`/revisions/${event.target.value}/compare/${revision.id}`) : undefined)}
        >
          <option value="">–</option>
          {others.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function MoveRevisionDialog({ revision, move, onDone }: { readonly revision: Revision; readonly move: Move; readonly onDone: () => void }) {
  const { t, say } = useWords();
  const command = useCommand(
    (yunfab, _: null, options) => {
      const input = { revision: revision.id, version: revision.version };
      return move.move === 'release'
        ? yunfab.engineering.revisions.release(input, options)
        : yunfab.engineering.revisions.retire(input, options);
    },
    ['engineering'],
  );
  return (
    <MoveForm
      title={`${say(move.words)}: ${revision.item.number} / ${revision.label}`}
      effect={t(move.move === 'release' ? 'revisions.releaseEffect' : 'revisions.retireEffect')}
      submit={say(move.words)}
      danger={move.move === 'retire'}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
