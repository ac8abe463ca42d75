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
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import { ChangeMoveDialog } from './change-moves.js';

export type Change = Awaited<ReturnType<Client['engineering']['changes']['get']>>;
export type ChangeMove = Change['moves'][number];

const dangerous: readonly ChangeMove['move'][] = ['decline', 'reject', 'cancel'];

export function ChangePage({ change: id }: { readonly change: string }) {
  const asked = useAsk(['engineering.changes.get', { change: id }], (yunfab, options) =>
    yunfab.engineering.changes.get({ change: id }, options),
  );
  return <Screen asked={asked}>{(change) => <ChangeView change={change} />}</Screen>;
}

function ChangeView({ change }: { readonly change: Change }) {
  const { t, say } = useWords();
  return (
    <>
      <PageHead
        title={`${change.number} ${change.title}`}
        badge={<Badge state={change.state} words={change.stateWords} />}
        crumbs={
          <>
            <Link href="/changes">{t('changes.title')}</Link>
            <span aria-hidden="true">/</span>
            <span>{say(change.owner.name)}</span>
          </>
        }
        below={
          <p className={change.waitingFor.own ? 'awaited own' : 'soft'} data-waiting>
            {say(change.waitingFor.words)}
          </p>
        }
      >
        <ChangeMoves change={change} />
      </PageHead>
      <div className="with-side">
        <div className="stack">
          <Panel title={t('changes.affected')} flush>
            <RecordTable
              label={t('changes.affected')}
              rows={change.affected}
              keyOf={({ revision }) => revision.id}
              open={({ revision }) => `/revisions/${revision.id}`}
              columns={[
                { name: 'revision', words: t('revisions.label'), cell: ({ revision }) => `${revision.item.number} / ${revision.label}` },
                { name: 'name', words: t('items.name'), wide: true, cell: ({ revision }) => say(revision.item.name) },
                { name: 'effect', words: t('changes.effect'), cell: ({ effectWords }) => say(effectWords) },
                {
                  name: 'state',
                  words: t('orders.state'),
                  cell: ({ revision }) => <Badge state={revision.state} words={revision.stateWords} />,
                },
                {
                  name: 'hash',
                  words: t('revisions.hash'),
                  wide: true,
                  cell: ({ contentHash }) => (contentHash ? <code title={contentHash}>{contentHash.slice(0, 12)}…</code> : '–'),
                },
              ]}
            />
          </Panel>
          {change.requests.length > 0 ? (
            <Panel title={t(change.side === 'owner' ? 'changes.answers' : 'changes.ourAnswer')} flush>
              <RecordTable
                label={t('changes.answers')}
                rows={change.requests}
                keyOf={({ id }) => id}
                columns={[
                  { name: 'partner', words: t('changes.partner'), cell: ({ partner }) => say(partner.name) },
                  { name: 'answer', words: t('changes.answer'), cell: (each) => <Badge state={each.answer} words={each.answerWords} /> },
                  {
                    name: 'required',
                    words: t('changes.required'),
                    wide: true,
                    cell: ({ required }) => t(required ? 'yes' : 'no'),
                  },
                  { name: 'reason', words: t('orders.reason'), cell: ({ reason }) => reason ?? '–' },
                  {
                    name: 'at',
                    words: t('changes.answeredAt'),
                    wide: true,
                    cell: ({ answeredAt }) => (answeredAt ? <Moment at={answeredAt} /> : '–'),
                  },
                ]}
              />
            </Panel>
          ) : null}
        </div>
        <Panel title={t('changes.facts')}>
          <p style={{ whiteSpace: 'pre-line' }}>{change.reason}</p>
          <Facts
            facts={[
              { label: t('items.owner'), value: say(change.owner.name) },
              { label: t('revisions.createdBy'), value: change.createdBy },
              { label: t('jobs.created'), value: <Moment at={change.createdAt} /> },
              change.releasedAt ? { label: t('revisions.releasedAt'), value: <Moment at={change.releasedAt} /> } : null,
            ]}
          />
        </Panel>
      </div>
    </>
  );
}

/** The moves of this side, from the platform's transition table, with the reason when one is blocked. */
function ChangeMoves({ change }: { readonly change: Change }) {
  const { say } = useWords();
  const [opened, setOpened] = useState<ChangeMove | null>(null);
  const blocked = change.moves.find(({ allowed, reason }) => !allowed && reason?.code !== 'engineering.already_answered');
  const [first] = change.moves.filter(({ move, allowed }) => allowed && !dangerous.includes(move));
  return (
    <div>
      <div className="actions end">
        {change.moves.map((each) => (
          <Button
            key={each.move}
            look={each.move === first?.move ? 'primary' : dangerous.includes(each.move) ? 'danger' : 'plain'}
            data-move={each.move}
            aria-disabled={!each.allowed}
            onClick={() => (each.allowed ? setOpened(each) : undefined)}
          >
            {say(each.words)}
          </Button>
        ))}
      </div>
      {blocked?.reason ? (
        <p className="soft small" style={{ textAlign: 'end', marginTop: 4 }}>
          {say(blocked.reason.words)}
        </p>
      ) : null}
      {opened ? (
        <ChangeMoveDialog change={change} move={opened} danger={dangerous.includes(opened.move)} onDone={() => setOpened(null)} />
      ) : null}
    </div>
  );
}
