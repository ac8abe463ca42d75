import { useAddressPart } from '../app/address.js';
import type { Client } from '../app/client.js';
import { SteadyListTable } from '../app/list-table.js';
import { useList } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';

type CaseSummary = Awaited<ReturnType<Client['service']['cases']['list']>>['items'][number];

const sides = ['reporter', 'resolver'] as const;
const states = ['open', 'accepted', 'in_progress', 'resolved', 'rejected', 'reopened', 'closed', 'overdue'] as const;

/** Cases of either side, last changed first. */
export function CaseList() {
  const { t, say } = useWords();
  const [side, setSide] = useAddressPart('side', sides);
  const [state, setState] = useAddressPart('state', states);
  const filter = { ...(side ? { side } : {}), ...(state === 'overdue' ? { overdue: true } : state ? { state } : {}) };
  const list = useList(['service.cases.list', filter], (yunfab, page, options) =>
    yunfab.service.cases.list({ ...filter, ...page }, options),
  );
  useListKeys();
  return (
    <>
      <PageHead title={t('cases.title')} />
      <div className="stack">
        <div className="actions" style={{ gap: '8px 20px' }}>
          <Chips
            label={t('orders.filterSide')}
            value={side}
            onChoose={setSide}
            choices={[
              { value: null, words: t('orders.bothSides') },
              ...sides.map((each) => ({ value: each, words: t(`cases.as.${each}`) })),
            ]}
          />
          <Chips
            label={t('orders.filterState')}
            value={state}
            onChoose={setState}
            choices={[
              { value: null, words: t('orders.allStates') },
              ...states.map((each) => ({ value: each, words: t(`caseState.${each}`) })),
            ]}
          />
        </div>
        <div className="panel">
          <SteadyListTable
            list={list}
            of={`${side}/${state}`}
            label={t('cases.title')}
            keyOf={(each) => each.id}
            open={(each) => `/cases/${each.id}`}
            columns={[
              { name: 'number', words: t('orders.number'), cell: (each) => each.number },
              {
                name: 'counterparty',
                words: t('orders.counterparty'),
                cell: (each) => <span className="one-line">{say(counterpartyOf(each).name)}</span>,
              },
              { name: 'thing', words: t('cases.about'), cell: (each) => each.thing.code },
              { name: 'kind', words: t('cases.kind'), wide: true, cell: (each) => say(each.kindWords) },
              {
                name: 'state',
                words: t('orders.state'),
                cell: (each) => <Badge state={each.state} words={each.stateWords} tone={caseTone(each)} />,
              },
              {
                name: 'due',
                words: t('cases.dueBy'),
                cell: (each) => (
                  <>
                    <Moment at={each.dueBy} />
                    {each.overdue ? <span className="soft small"> {t('caseState.overdue')}</span> : null}
                  </>
                ),
              },
              { name: 'owner', words: t('cases.owner'), wide: true, cell: (each) => each.owner ?? '–' },
              { name: 'changed', words: t('orders.changed'), wide: true, cell: (each) => <Moment at={each.changedAt} /> },
            ]}
            none={
              <Empty
                title={t('cases.none')}
                what={t('cases.noneWhat')}
                sdk="await yunfab.service.cases.open({ thing: unit, kind: 'failure', symptom })"
              />
            }
          />
        </div>
      </div>
    </>
  );
}

/** The other side; for a reader of neither side, the resolver. */
export const counterpartyOf = ({ side, reporter, resolver }: Pick<CaseSummary, 'side' | 'reporter' | 'resolver'>) =>
  side === 'resolver' ? reporter : resolver;

export function caseTone({ state, overdue }: Pick<CaseSummary, 'state' | 'overdue'>): 'good' | 'bad' | 'open' {
  if (overdue) return 'bad';
  return state === 'resolved' || state === 'closed' ? 'good' : 'open';
}
