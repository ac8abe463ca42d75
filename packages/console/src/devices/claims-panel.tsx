import { useState } from 'react';
import type { Client } from '../app/client.js';
import { ListTable } from '../app/list-table.js';
import { useCommand, useList } from '../app/platform.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';

type Claim = Awaited<ReturnType<Client['equipment']['claims']['list']>>['items'][number];

/** The exchange of a code, and its expiry, may be noticed here only by looking. */
const lookEveryMs = 10_000;
const tones = { open: 'note', used: 'good', expired: 'quiet', canceled: 'quiet' } as const;

/** Who made which claim code of a device, and what became of it; never the code. */
export function ClaimsPanel({ device, onCreate }: { readonly device: string; readonly onCreate: () => void }) {
  const { t } = useWords();
  const list = useList(
    ['equipment.claims.list', { device }],
    (yunfab, page, options) => yunfab.equipment.claims.list({ device, limit: 5, ...page }, options),
    { everyMs: lookEveryMs },
  );
  const [withdrawing, setWithdrawing] = useState<Claim | null>(null);
  return (
    <Panel
      title={t('claims.title', { device })}
      flush
      aside={
        <Button icon="plus" onClick={onCreate}>
          {t('claims.create')}
        </Button>
      }
    >
      <p className="body soft">
        {t('claims.what')}
        {!list.pending && !list.problem && list.items.length === 0 ? ` ${t('claims.none')}` : ''}
      </p>
      <ListTable
        list={list}
        skeletonRows={1}
        label={t('claims.title', { device })}
        keyOf={({ id }) => id}
        columns={[
          {
            name: 'state',
            words: t('claims.state'),
            cell: ({ state }) => <Badge state={state} tone={tones[state]} words={t(`claimState.${state}`)} />,
          },
          { name: 'expires', words: t('claims.expires'), cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
          { name: 'made', words: t('claims.made.at'), wide: true, cell: ({ createdAt }) => <Moment at={createdAt} /> },
          { name: 'by', words: t('claims.by'), wide: true, cell: ({ createdBy }) => createdBy },
          {
            name: 'used',
            words: t('claims.used'),
            cell: ({ usedAt, usedFrom }) =>
              usedAt ? (
                <>
                  <Moment at={usedAt} />{' '}
                  {usedFrom ? <span className="soft wrap">{t('claims.usedFrom', { address: usedFrom })}</span> : null}
                </>
              ) : (
                '–'
              ),
          },
          {
            name: 'moves',
            words: <span className="visually-hidden">{t('moves')}</span>,
            cell: (claim) =>
              claim.state === 'open' ? (
                <span className="actions end">
                  <Button onClick={() => setWithdrawing(claim)}>{t('claims.withdraw')}</Button>
                </span>
              ) : null,
          },
        ]}
      />
      {withdrawing ? <WithdrawClaim claim={withdrawing} onDone={() => setWithdrawing(null)} /> : null}
    </Panel>
  );
}

function WithdrawClaim({ claim, onDone }: { readonly claim: Claim; readonly onDone: () => void }) {
  const { t } = useWords();
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.equipment.claims.cancel({ claim: claim.id }, options),
    ['equipment.claims'],
  );
  return (
    <MoveForm
      danger
      title={`${t('claims.withdraw')}: ${claim.device}`}
      effect={t('claims.withdrawEffect')}
      submit={t('claims.withdraw')}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
