import { useAddressPart } from '../app/address.js';
import type { Client } from '../app/client.js';
import { useList } from '../app/platform.js';
import { Empty, ProblemNotice, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { MoreButton, NewBar } from '../design/list-foot.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { type Column, RecordTable } from '../design/record-table.js';
import { useSteadyRows } from '../design/steady-rows.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';

type InvitationSummary = Awaited<ReturnType<Client['orders']['rfq']['invitations']['list']>>['items'][number];

const states = ['invited', 'quoted', 'declined'] as const;

/** What this organization was asked to quote, last changed first. */
export function InvitationBoard() {
  const { t, say } = useWords();
  const [state, setState] = useAddressPart('state', states);
  const filter = state ? { state } : {};
  const list = useList(['orders.rfq.invitations.list', filter], (yunfab, page, options) =>
    yunfab.orders.rfq.invitations.list({ ...filter, ...page }, options),
  );
  const { rows, fresh, showAll } = useSteadyRows(String(state), list.items, (invitation) => invitation.id);
  useListKeys();

  const columns: readonly [Column<InvitationSummary>, ...Column<InvitationSummary>[]] = [
    { name: 'number', words: t('orders.number'), cell: ({ number }) => number },
    { name: 'buyer', words: t('orders.buyer'), cell: ({ buyer }) => <span className="one-line">{say(buyer.name)}</span> },
    { name: 'title', words: t('rfq.subject'), cell: ({ title }) => <span className="one-line">{title}</span> },
    {
      name: 'state',
      words: t('orders.state'),
      cell: (invitation) => <Badge state={invitation.state} words={invitation.stateWords} tone={toneOfInvitation(invitation)} />,
    },
    {
      name: 'standing',
      words: t('rfq.standing'),
      wide: true,
      cell: ({ standingWords, overdue, standing }) => (overdue && standing === 'open' ? t('rfq.overdue') : say(standingWords)),
    },
    { name: 'respond', words: t('rfq.respondBy'), wide: true, cell: ({ respondBy }) => <Moment at={respondBy} /> },
    { name: 'changed', words: t('orders.changed'), wide: true, cell: ({ changedAt }) => <Moment at={changedAt} /> },
  ];

  return (
    <>
      <PageHead title={t('rfq.invitations')} />
      <div className="stack">
        <Chips
          label={t('orders.filterState')}
          value={state}
          onChoose={setState}
          choices={[
            { value: null, words: t('orders.allStates') },
            ...states.map((each) => ({ value: each, words: t(`rfq.invitationState.${each}`) })),
          ]}
        />
        <div className="panel">
          <NewBar count={fresh} onShow={showAll} />
          {list.problem ? (
            <div className="body">
              <ProblemNotice problem={list.problem} onRetry={list.again} />
            </div>
          ) : null}
          {list.pending ? (
            <SkeletonRows />
          ) : rows.length > 0 ? (
            <RecordTable
              label={t('rfq.invitations')}
              columns={columns}
              rows={rows}
              keyOf={(invitation) => invitation.id}
              open={(invitation) => `/invitations/${invitation.id}`}
            />
          ) : list.problem ? null : (
            <Empty title={t('rfq.noInvitations')} what={t('rfq.noInvitationsWhat')} sdk="await yunfab.orders.rfq.invitations.list({})" />
          )}
          <MoreButton list={list} />
        </div>
      </div>
    </>
  );
}

export function toneOfInvitation({ state, standing }: Pick<InvitationSummary, 'state' | 'standing'>): 'open' | 'good' | 'quiet' {
  if (state === 'quoted') return 'good';
  return state === 'invited' && standing === 'open' ? 'open' : 'quiet';
}
