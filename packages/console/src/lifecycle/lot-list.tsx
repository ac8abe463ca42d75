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

const states = ['open', 'closed', 'blocked', 'released', 'shipped'] as const;

export function LotList() {
  const { t } = useWords();
  const [state, setState] = useAddressPart('state', states);
  const filter = state ? { state } : {};
  const list = useList(['lifecycle.lots.list', filter], (yunfab, page, options) =>
    yunfab.lifecycle.lots.list({ ...filter, ...page }, options),
  );
  useListKeys();
  return (
    <>
      <PageHead title={t('lots.title')} />
      <div className="stack">
        <Chips
          label={t('orders.filterState')}
          value={state}
          onChoose={setState}
          choices={[
            { value: null, words: t('orders.allStates') },
            ...states.map((each) => ({ value: each, words: t(`lotState.${each}`) })),
          ]}
        />
        <div className="panel">
          <SteadyListTable
            list={list}
            of={String(state)}
            label={t('lots.title')}
            keyOf={(lot) => lot.id}
            open={(lot) => `/lots/${lot.id}`}
            columns={[
              { name: 'code', words: t('lots.code'), cell: (lot) => lot.code },
              { name: 'state', words: t('orders.state'), cell: (lot) => <Badge state={lot.state} words={lot.stateWords} /> },
              {
                name: 'quantity',
                words: t('production.good'),
                number: true,
                cell: (lot) => <Amount value={lot.quantity} unit={lot.unit} />,
              },
              {
                name: 'shipped',
                words: t('ledger.shipped'),
                number: true,
                wide: true,
                cell: (lot) => <Amount value={lot.shipped} unit={lot.unit} />,
              },
              { name: 'created', words: t('lots.opened'), wide: true, cell: (lot) => <Moment at={lot.createdAt} /> },
              {
                name: 'released',
                words: t('lots.released'),
                wide: true,
                cell: (lot) => (lot.releasedAt ? <Moment at={lot.releasedAt} /> : '–'),
              },
            ]}
            none={<Empty title={t('lots.none')} what={t('lots.noneWhat')} sdk="await yunfab.production.lots.open({ job, version })" />}
          />
        </div>
      </div>
    </>
  );
}
