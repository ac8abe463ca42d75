import { useState } from 'react';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useAsk } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount, Moment } from '../design/time.js';
import { Specification } from '../orders/specification.js';
import { useWords } from '../words/words.js';
import { CloseLotDialog, CompleteJobDialog, CountByHandDialog, OpenLotDialog } from './job-moves.js';
import { MaterialsPanel } from './materials-panel.js';
import { OperationsPanel } from './operations-panel.js';
import { RunsTable } from './runs-table.js';

export type Job = Awaited<ReturnType<Client['production']['jobs']['get']>>;
type Move = 'open' | 'count' | 'complete' | { readonly close: Job['lots'][number]['lot'] };

export function JobPage({ job: id }: { readonly job: string }) {
  const asked = useAsk(['production.jobs.get', { job: id }], (yunfab, options) => yunfab.production.jobs.get({ job: id }, options));
  return <Screen asked={asked}>{(job) => <JobView job={job} />}</Screen>;
}

function JobView({ job }: { readonly job: Job }) {
  const { t } = useWords();
  const [move, setMove] = useState<Move | null>(null);
  const done = () => setMove(null);
  const going = job.state === 'in_progress';
  return (
    <>
      <PageHead
        title={t('jobs.named', { job: job.code })}
        badge={<Badge state={job.state} words={job.stateWords} />}
        crumbs={
          <>
            <Link href="/jobs">{t('jobs.title')}</Link>
            <span aria-hidden="true">/</span>
            {job.order ? <Link href={`/orders/${job.order}`}>{t('jobs.itsOrder')}</Link> : <span>{job.description}</span>}
          </>
        }
        below={<p className="soft">{job.description}</p>}
      >
        {going ? (
          <>
            <Button onClick={() => setMove('open')}>{t('jobs.openLot')}</Button>
            <Button onClick={() => setMove('count')}>{t('jobs.countByHand')}</Button>
            <Button onClick={() => setMove('complete')}>{t('jobs.complete')}</Button>
          </>
        ) : null}
      </PageHead>
      <div className="with-side">
        <div className="stack">
          <OperationsPanel job={job} />
          <Panel title={t('production.lots')} flush>
            <RecordTable
              label={t('production.lots')}
              rows={job.lots}
              keyOf={({ lot }) => lot.id}
              open={({ lot }) => `/lots/${lot.id}`}
              columns={[
                { name: 'lot', words: t('lots.code'), cell: ({ lot }) => lot.code },
                { name: 'state', words: t('orders.state'), cell: ({ lot }) => <Badge state={lot.state} words={lot.stateWords} /> },
                {
                  name: 'good',
                  words: t('production.good'),
                  number: true,
                  cell: ({ lot, good }) => <Amount value={good} unit={lot.unit} />,
                },
                {
                  name: 'scrap',
                  words: t('production.scrap'),
                  number: true,
                  wide: true,
                  cell: ({ lot, scrap }) => <Amount value={scrap} unit={lot.unit} />,
                },
                {
                  name: 'shipped',
                  words: t('ledger.shipped'),
                  number: true,
                  wide: true,
                  cell: ({ lot }) => <Amount value={lot.shipped} unit={lot.unit} />,
                },
                {
                  name: 'move',
                  words: <span className="visually-hidden">{t('moves')}</span>,
                  cell: ({ lot }) =>
                    lot.state === 'open' ? <Button onClick={() => setMove({ close: lot })}>{t('jobs.closeLot')}</Button> : null,
                },
              ]}
            />
          </Panel>
          <MaterialsPanel job={job} />
          <RunsTable title={t('run.title')} filter={{ job: job.id }} />
        </div>
        <div className="stack">
          <Panel title={t('jobs.facts')}>
            <Facts
              facts={[
                { label: t('jobs.planned'), value: <Amount value={job.quantity} unit={job.unit} /> },
                { label: t('production.good'), value: <Amount value={job.good} unit={job.unit} /> },
                { label: t('production.scrap'), value: <Amount value={job.scrap} unit={job.unit} /> },
                job.revision
                  ? { label: t('jobs.revision'), value: <Link href={`/revisions/${job.revision}`}>{t('jobs.openRevision')}</Link> }
                  : null,
                { label: t('jobs.created'), value: <Moment at={job.createdAt} /> },
                job.completedAt ? { label: t('jobs.completedAt'), value: <Moment at={job.completedAt} /> } : null,
              ]}
            />
            {job.specification ? <Specification specification={job.specification} /> : null}
          </Panel>
        </div>
      </div>
      {move === 'open' ? <OpenLotDialog job={job} onDone={done} /> : null}
      {move === 'count' ? <CountByHandDialog job={job} onDone={done} /> : null}
      {move === 'complete' ? <CompleteJobDialog job={job} onDone={done} /> : null}
      {typeof move === 'object' && move ? <CloseLotDialog job={job} lot={move.close} onDone={done} /> : null}
    </>
  );
}
