import { useAddressPart } from '../app/address.js';
import { SteadyListTable } from '../app/list-table.js';
import { useList } from '../app/platform.js';
import { Empty } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';

const states = ['made', 'released', 'blocked', 'shipped', 'in_use', 'installed', 'removed', 'consumed', 'scrapped'] as const;

/** The units that the organization has in hand. */
export function UnitList() {
  const { t, say } = useWords();
  const [state, setState] = useAddressPart('state', states);
  const filter = state ? { state } : {};
  const list = useList(['lifecycle.units.list', filter], (yunfab, page, options) =>
    yunfab.lifecycle.units.list({ ...filter, ...page }, options),
  );
  useListKeys();
  return (
    <>
      <PageHead title={t('unit.title')} />
      <div className="stack">
        <Chips
          label={t('orders.filterState')}
          value={state}
          onChoose={setState}
          choices={[
            { value: null, words: t('orders.allStates') },
            ...states.map((each) => ({ value: each, words: t(`unitState.${each}`) })),
          ]}
        />
        <div className="panel">
          <SteadyListTable
            list={list}
            of={String(state)}
            label={t('unit.title')}
            keyOf={(unit) => unit.id}
            open={(unit) => `/units/${unit.id}`}
            columns={[
              { name: 'serial', words: t('unit.serial'), cell: (unit) => unit.serial },
              { name: 'item', words: t('unit.item'), wide: true, cell: (unit) => unit.itemCode || '–' },
              { name: 'state', words: t('orders.state'), cell: (unit) => <Badge state={unit.state} words={unit.stateWords} /> },
              { name: 'lot', words: t('lots.code'), wide: true, cell: (unit) => unit.lot?.code ?? '–' },
              { name: 'maker', words: t('lots.maker'), wide: true, cell: (unit) => say(unit.maker.name) },
              { name: 'changed', words: t('unit.changed'), wide: true, cell: (unit) => <Moment at={unit.changedAt} /> },
            ]}
            none={
              <Empty
                title={t('unit.none')}
                what={t('unit.noneWhat')}
                sdk="await yunfab.lifecycle.units.make({ lot, serials: ['SN-0001'] })"
              />
            }
          />
        </div>
      </div>
    </>
  );
}
