import { Link } from 'wouter';
import { useAddressPart } from '../app/address.js';
import { SteadyListTable } from '../app/list-table.js';
import { useList } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { Amount, Moment } from '../design/time.js';
import { useWords } from '../words/words.js';

const states = ['in_progress', 'completed', 'canceled'] as const;

export function JobList() {
  const { t } = useWords();
  const [state, setState] = useAddressPart('state', states);
  const filter = state ? { state } : {};
  const list = useList(['production.jobs.list', filter], (yunfab, page, options) =>
    yunfab.production.jobs.list({ ...filter, ...page }, options),
  );
  useListKeys();
  return (
    <>
      <PageHead title={t('jobs.title')} />
      <div className="stack">
        <Chips
          label={t('orders.filterState')}
          value={state}
          onChoose={setState}
          choices={[
            { value: null, words: t('orders.allStates') },
            ...states.map((each) => ({ value: each, words: t(`jobState.${each}`) })),
          ]}
        />
        <div className="panel">
          <SteadyListTable
            list={list}
            of={String(state)}
            label={t('jobs.title')}
            keyOf={(job) => job.id}
            open={(job) => `/jobs/${job.id}`}
            columns={[
              { name: 'job', words: t('production.job'), cell: (job) => job.code },
              { name: 'state', words: t('orders.state'), cell: (job) => <Badge state={job.state} words={job.stateWords} /> },
              { name: 'item', words: t('orders.item'), wide: true, cell: (job) => job.description },
              {
                name: 'equipment',
                words: t('production.equipment'),
                wide: true,
                cell: (job) => {
                  const equipment = job.operations[0]?.equipment;
                  return equipment ? (
                    <Link href={`/equipment/${equipment.id}`}>{equipment.name}</Link>
                  ) : (
                    <span className="soft">{t('production.byHand')}</span>
                  );
                },
              },
              {
                name: 'good',
                words: t('production.good'),
                number: true,
                cell: (job) => (
                  <>
                    <Amount value={job.good} unit={job.unit} /> <span className="soft">/ {job.quantity}</span>
                  </>
                ),
              },
              {
                name: 'scrap',
                words: t('production.scrap'),
                number: true,
                wide: true,
                cell: (job) => <Amount value={job.scrap} unit={job.unit} />,
              },
              { name: 'created', words: t('jobs.created'), wide: true, cell: (job) => <Moment at={job.createdAt} /> },
            ]}
            none={
              <Empty
                title={t('jobs.none')}
                what={t('jobs.noneWhat')}
                sdk="await yunfab.orders.start({ order, version, line, equipment })"
              />
            }
          />
        </div>
      </div>
    </>
  );
}
