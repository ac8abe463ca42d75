import { useAddressPart } from '../app/address.js';
import type { Client } from '../app/client.js';
import { ListTable } from '../app/list-table.js';
import { useList } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';

type ComplaintSummary = Awaited<ReturnType<Client['orders']['complaints']['list']>>['items'][number];

const sides = ['complainant', 'respondent', 'operator'] as const;
const states = ['filed', 'acknowledged', 'answered', 'escalated', 'decided', 'closed'] as const;

/** Complaints of every side, the most overdue first. */
export function ComplaintList() {
  const { t, say } = useWords();
  const [side, setSide] = useAddressPart('side', sides);
  const [state, setState] = useAddressPart('state', states);
  const filter = { ...(side ? { side } : {}), ...(state ? { state } : {}) };
  const list = useList(['orders.complaints.list', filter], (yunfab, page, options) =>
    yunfab.orders.complaints.list({ ...filter, ...page }, options),
  );
  useListKeys();
  return (
    <>
      <PageHead title={t('complaints.title')} />
      <div className="stack">
        <div className="actions" style={{ gap: '8px 20px' }}>
          <Chips
            label={t('orders.filterSide')}
            value={side}
            onChoose={setSide}
            choices={[
              { value: null, words: t('orders.bothSides') },
              ...sides.map((each) => ({ value: each, words: t(`complaints.side.${each}`) })),
            ]}
          />
          <Chips
            label={t('orders.filterState')}
            value={state}
            onChoose={setState}
            choices={[
              { value: null, words: t('orders.allStates') },
              ...states.map((each) => ({ value: each, words: t(`complaints.state.${each}`) })),
            ]}
          />
        </div>
        <div className="panel">
          <ListTable
            list={list}
            label={t('complaints.title')}
            keyOf={(each) => each.id}
            open={(each) => `/complaints/${each.id}`}
            columns={[
              { name: 'number', words: t('orders.number'), cell: (each) => each.number },
              {
                name: 'counterparty',
                words: t('orders.counterparty'),
                cell: (each) => <span className="one-line">{say(otherSideOf(each).name)}</span>,
              },
              { name: 'category', words: t('complaints.category'), cell: (each) => say(each.categoryWords) },
              {
                name: 'subject',
                words: t('complaints.subject'),
                wide: true,
                cell: (each) => (
                  <span className="one-line">
                    {each.order.number}
                    {each.subject.kind === 'order' ? '' : ` · ${each.subject.label}`}
                  </span>
                ),
              },
              {
                name: 'state',
                words: t('orders.state'),
                cell: (each) => <Badge state={each.state} words={each.stateWords} tone={complaintTone(each)} />,
              },
              { name: 'due', words: t('complaints.due'), cell: (each) => <Due complaint={each} /> },
              { name: 'owner', words: t('complaints.owner'), wide: true, cell: (each) => each.owner ?? '–' },
            ]}
            none={
              <Empty
                title={t('complaints.none')}
                what={t('complaints.noneWhat')}
                sdk="await yunfab.orders.complaints.file({ order, category: 'quality', text })"
              />
            }
          />
        </div>
      </div>
    </>
  );
}

/** The complainant's view shows whom it complains about; everyone else sees who complains. */
const otherSideOf = ({ side, complainant, respondent }: ComplaintSummary) => (side === 'complainant' ? respondent : complainant);

export function Due({ complaint: { dueAt, overdue } }: { readonly complaint: Pick<ComplaintSummary, 'dueAt' | 'overdue'> }) {
  const { t } = useWords();
  if (dueAt === null) return <>–</>;
  return (
    <>
      <Moment at={dueAt} />
      {overdue ? <strong className="small"> {t('complaints.overdue')}</strong> : null}
    </>
  );
}

export function complaintTone({ state, overdue }: Pick<ComplaintSummary, 'state' | 'overdue'>): 'good' | 'bad' | 'warn' | 'quiet' | 'open' {
  if (overdue) return 'bad';
  if (state === 'accepted' || state === 'closed') return 'good';
  if (state === 'withdrawn') return 'quiet';
  return state === 'escalated' ? 'warn' : 'open';
}
