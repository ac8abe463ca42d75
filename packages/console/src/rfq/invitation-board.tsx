import { useAddressPart } from '../app/address.js';
import type { Client } from '../app/client.js';
import { SteadyListTable } from '../app/list-table.js';
import { useList } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import type { Column } from '../design/record-table.js';
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
          <SteadyListTable
            list={list}
            of={String(state)}
            label={t('rfq.invitations')}
            columns={columns}
            keyOf={(invitation) => invitation.id}
            open={(invitation) => `/invitations/${invitation.id}`}
            none={
              <Empty title={t('rfq.noInvitations')} what={t('rfq.noInvitationsWhat')} sdk="await yunfab.orders.rfq.invitations.list({})" />
            }
          />
        </div>
      </div>
    </>
  );
}

export function toneOfInvitation({ state, standing }: Pick<InvitationSummary, 'state' | 'standing'>): 'open' | 'good' | 'quiet' {
  if (state === 'quoted') return 'good';
  return state === 'invited' && standing === 'open' ? 'open' : 'quiet';
}
