import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAddressPart } from '../app/address.js';
import type { Client } from '../app/client.js';
import { SteadyListTable } from '../app/list-table.js';
import { useMay } from '../app/permissions.js';
import { useList } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Chips } from '../design/chips.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import type { Column } from '../design/record-table.js';
import { CalendarDate, Moment, Money } from '../design/time.js';
import { useWords } from '../words/words.js';
import { DraftDialog } from './draft-dialog.js';

export type StatementSummary = Awaited<ReturnType<Client['orders']['statements']['list']>>['items'][number];

const sides = ['supplier', 'buyer'] as const;
const choices = ['draft', 'sent', 'confirmed', 'overdue', 'paid', 'settled', 'canceled'] as const;

export const statementTone = (state: StatementSummary['state']): 'open' | 'note' | 'good' | 'warn' | 'quiet' =>
  (({ draft: 'quiet', sent: 'open', confirmed: 'note', paid: 'note', settled: 'good', canceled: 'quiet' }) as const)[state];

export function StatementBoard() {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const [side, setSide] = useAddressPart('side', sides);
  const [chosen, setChosen] = useAddressPart('state', choices);
  const [drafting, setDrafting] = useState(false);
  const may = useMay();
  useListKeys();
  const filter = {
    ...(side ? { side } : {}),
    ...(chosen === 'overdue' ? { overdue: true } : chosen ? { state: chosen } : {}),
  };
  const list = useList(['orders.statements.list', filter], (yunfab, page, options) =>
    yunfab.orders.statements.list({ ...filter, ...page }, options),
  );
  const table = useStatementTable();
  return (
    <>
      <PageHead title={t('statements.title')}>
        {may('orders.statements.draft') ? (
          <Button look="primary" icon="plus" onClick={() => setDrafting(true)}>
            {t('statements.draft')}
          </Button>
        ) : null}
        {drafting ? <DraftDialog onDone={(statement) => (statement ? navigate(`/statements/${statement}`) : setDrafting(false))} /> : null}
      </PageHead>
      <div className="stack">
        <div className="actions" style={{ gap: '8px 20px' }}>
          <Chips
            label={t('orders.filterSide')}
            value={side}
            onChoose={setSide}
            choices={[
              { value: null, words: t('orders.bothSides') },
              { value: 'supplier', words: t('statements.weBill') },
              { value: 'buyer', words: t('statements.weOwe') },
            ]}
          />
          <Chips
            label={t('orders.filterState')}
            value={chosen}
            onChoose={setChosen}
            choices={[
              { value: null, words: t('orders.allStates') },
              ...choices.map((each) => ({
                value: each,
                words: each === 'overdue' ? t('statements.overdue') : t(`statementState.${each}`),
              })),
            ]}
          />
        </div>
        <div className="panel">
          <SteadyListTable
            of={`${side}/${chosen}`}
            list={list}
            {...table}
            none={
              <Empty
                title={t('statements.none')}
                what={t('statements.noneWhat')}
                sdk="await yunfab.orders.statements.draft({ buyer: 'voyager', from: '2026-11-01', to: '2026-11-30', currency: 'CNY' })"
              />
            }
          />
        </div>
      </div>
    </>
  );
}

/** Statements as they stand in any list of them. */
export function useStatementTable() {
  const { t, say } = useWords();
  const columns: readonly [Column<StatementSummary>, ...Column<StatementSummary>[]] = [
    { name: 'number', words: t('statements.number'), cell: ({ number }) => number },
    {
      name: 'counterparty',
      words: t('orders.counterparty'),
      cell: ({ side, buyer, supplier }) => (
        <>
          <span className="one-line">{say((side === 'buyer' ? supplier : buyer).name)}</span>
          <span className="soft small">{t(side === 'buyer' ? 'orders.theySupply' : 'orders.theyBuy')}</span>
        </>
      ),
    },
    {
      name: 'period',
      words: t('statements.period'),
      wide: true,
      cell: ({ from, to }) => (
        <>
          <CalendarDate on={from} /> – <CalendarDate on={to} />
        </>
      ),
    },
    {
      name: 'state',
      words: t('orders.state'),
      cell: ({ state, stateWords, daysOverdue }) => (
        <>
          <Badge state={state} words={stateWords} tone={daysOverdue ? 'warn' : statementTone(state)} />
          {daysOverdue ? <span className="soft small"> {t('statements.daysOverdue', { days: daysOverdue })}</span> : null}
        </>
      ),
    },
    { name: 'total', words: t('statements.total'), number: true, cell: ({ total }) => <Money {...total} /> },
    { name: 'due', words: t('statements.dueOn'), wide: true, cell: ({ dueOn }) => (dueOn ? <CalendarDate on={dueOn} /> : '–') },
    { name: 'changed', words: t('orders.changed'), wide: true, cell: ({ changedAt }) => <Moment at={changedAt} /> },
  ];
  return {
    label: t('statements.title'),
    columns,
    keyOf: ({ id }: StatementSummary) => id,
    open: ({ id }: StatementSummary) => `/statements/${id}`,
  };
}
