import { useAddressPart } from '../app/address.js';
import type { Client } from '../app/client.js';
import { SteadyListTable } from '../app/list-table.js';
import { useAsk, useList } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import type { Column } from '../design/record-table.js';
import { CalendarDate, Moment } from '../design/time.js';
import { useWords } from '../words/words.js';

type Lead = Awaited<ReturnType<Client['commerce']['leads']['list']>>['items'][number];

const states = ['new', 'contacted', 'sampled', 'quoted', 'won', 'lost'] as const;

/** Leads of the organization, last changed first, and how far they came. */
export function LeadBoard() {
  const { t, say } = useWords();
  const [state, setState] = useAddressPart('state', states);
  const filter = state ? { state } : {};
  const list = useList(['commerce.leads.list', filter], (yunfab, page, options) =>
    yunfab.commerce.leads.list({ ...filter, ...page }, options),
  );
  useListKeys();

  const columns: readonly [Column<Lead>, ...Column<Lead>[]] = [
    { name: 'who', words: t('leads.who'), cell: (lead) => <span className="one-line">{whoIs(lead) ?? t('leads.unnamed')}</span> },
    {
      name: 'state',
      words: t('orders.state'),
      cell: (lead) => <Badge state={lead.state} words={lead.stateWords} tone={leadTone(lead.state)} />,
    },
    { name: 'interest', words: t('leads.interest'), wide: true, cell: (lead) => <span className="one-line">{lead.interest}</span> },
    { name: 'source', words: t('leads.source'), wide: true, cell: (lead) => lead.campaign?.name ?? say(lead.sourceWords) },
    { name: 'owner', words: t('leads.owner'), wide: true, cell: (lead) => lead.owner ?? '–' },
    { name: 'due', words: t('leads.followUp'), cell: (lead) => (lead.followUpOn ? <CalendarDate on={lead.followUpOn} /> : '–') },
    { name: 'captured', words: t('leads.captured'), wide: true, cell: (lead) => <Moment at={lead.capturedAt} /> },
  ];

  return (
    <>
      <PageHead title={t('leads.title')} />
      <div className="stack">
        <Funnel />
        <Chips
          label={t('orders.filterState')}
          value={state}
          onChoose={setState}
          choices={[
            { value: null, words: t('orders.allStates') },
            ...states.map((each) => ({ value: each, words: t(`leadState.${each}`) })),
          ]}
        />
        <div className="panel">
          <SteadyListTable
            list={list}
            of={String(state)}
            label={t('leads.title')}
            columns={columns}
            keyOf={(lead) => lead.id}
            open={(lead) => `/leads/${lead.id}`}
            none={
              <Empty
                title={t('leads.none')}
                what={t('leads.noneWhat')}
                sdk="await yunfab.commerce.leads.capture({ leads: [{ key: crypto.randomUUID(), campaign: token, capturedAt: new Date().toISOString(), interest: '…' }] })"
              />
            }
          />
        </div>
      </div>
    </>
  );
}

function Funnel() {
  const { t } = useWords();
  const { answer } = useAsk(['commerce.leads.funnel', {}], (yunfab, options) => yunfab.commerce.leads.funnel({}, options));
  if (!answer || answer.captured === 0) return null;
  const share = (count: number) => `${count} · ${Math.round((100 * count) / answer.captured)} %`;
  return (
    <Panel title={t('leads.funnel')}>
      <Facts
        facts={[
          { label: t('leads.captured'), value: String(answer.captured) },
          { label: t('leadState.contacted'), value: share(answer.contacted) },
          { label: t('leadState.sampled'), value: share(answer.sampled) },
          { label: t('leadState.quoted'), value: share(answer.quoted) },
          { label: t('leadState.won'), value: share(answer.won) },
          { label: t('leadState.lost'), value: share(answer.lost) },
        ]}
      />
    </Panel>
  );
}

/** Company and country, else the person as far as they agreed to be known; null when nothing is known. */
export function whoIs({ company, country, contact }: Pick<Lead, 'company' | 'country' | 'contact'>): string | null {
  return [company ?? contact?.name ?? contact?.email, country].filter(Boolean).join(' · ') || null;
}

/** What is new waits, what is won is good. */
export function leadTone(state: Lead['state']): 'open' | 'note' | 'good' | 'quiet' {
  return ({ new: 'open', contacted: 'note', sampled: 'note', quoted: 'note', won: 'good', lost: 'quiet' } as const)[state];
}
