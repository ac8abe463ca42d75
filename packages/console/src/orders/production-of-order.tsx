import { useQueries } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Client } from '../app/client.js';
import { useList, usePlatform } from '../app/platform.js';
import { Badge } from '../design/badge.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount } from '../design/time.js';
import { useWords } from '../words/words.js';
import type { Order } from './order-page.js';

type JobOfOrder = Awaited<ReturnType<Client['production']['jobs']['list']>>['items'][number];

/** The supplier's own job orders for this order; the buyer never sees them. */
export function ProductionOfOrder({ order }: { readonly order: Order }) {
  const { t } = useWords();
  const { lots, jobs } = useLotsOfOrder(order.id);
  if (jobs.length === 0) return null;
  return (
    <Panel title={t('production.ofOrder')} aside={<span className="soft small">{t('production.onlyYours')}</span>} flush>
      <RecordTable
        label={t('production.ofOrder')}
        rows={jobs}
        keyOf={(job) => job.id}
        open={(job) => `/jobs/${job.id}`}
        columns={[
          { name: 'job', words: t('production.job'), cell: (job) => job.code },
          { name: 'state', words: t('orders.state'), cell: (job) => <Badge state={job.state} words={job.stateWords} /> },
          {
            name: 'equipment',
            words: t('production.equipment'),
            cell: (job) => <EquipmentOf job={job} />,
          },
          { name: 'good', words: t('production.good'), number: true, cell: (job) => <Amount value={job.good} unit={job.unit} /> },
          {
            name: 'scrap',
            words: t('production.scrap'),
            number: true,
            wide: true,
            cell: (job) => <Amount value={job.scrap} unit={job.unit} />,
          },
        ]}
      />
      {lots.length > 0 ? (
        <RecordTable
          label={t('production.lots')}
          rows={lots}
          keyOf={({ lot }) => lot.id}
          open={({ lot }) => `/lots/${lot.id}`}
          columns={[
            { name: 'lot', words: t('lots.code'), cell: ({ lot }) => lot.code },
            { name: 'state', words: t('orders.state'), cell: ({ lot }) => <Badge state={lot.state} words={lot.stateWords} /> },
            { name: 'job', words: t('production.job'), wide: true, cell: ({ job }) => job.code },
            {
              name: 'quantity',
              words: t('production.good'),
              number: true,
              cell: ({ lot }) => <Amount value={lot.quantity} unit={lot.unit} />,
            },
            {
              name: 'shipped',
              words: t('ledger.shipped'),
              number: true,
              cell: ({ lot }) => <Amount value={lot.shipped} unit={lot.unit} />,
            },
          ]}
        />
      ) : null}
    </Panel>
  );
}

/** Every machine of a job order once; by hand where it has none. */
function EquipmentOf({ job }: { readonly job: JobOfOrder }) {
  const { t } = useWords();
  const machines = new Map(job.operations.flatMap(({ equipment }) => (equipment ? [[equipment.id, equipment.name]] : [])));
  if (machines.size === 0) return <span className="soft">{t('production.byHand')}</span>;
  return (
    <span className="actions">
      {[...machines].map(([id, name]) => (
        <Link key={id} href={`/equipment/${id}`}>
          {name}
        </Link>
      ))}
    </span>
  );
}

/** The job orders of an order and their lots. */
export function useLotsOfOrder(order: string, enabled = true) {
  const { yunfab, organization } = usePlatform();
  const jobs = useList(
    ['production.jobs.list', { order }],
    (client, page, options) => client.production.jobs.list({ order, ...page }, options),
    { enabled },
  );
  const details = useQueries({
    queries: jobs.items.map((job) => ({
      queryKey: [organization.code, 'production.jobs.get', { job: job.id }],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => yunfab.production.jobs.get({ job: job.id }, { signal }),
    })),
  });
  const lots = details.flatMap(({ data: job }) => (job ? job.lots.map(({ lot }) => ({ lot, job })) : []));
  return { jobs: jobs.items, lots, pending: jobs.pending || details.some((detail) => detail.isPending) };
}
