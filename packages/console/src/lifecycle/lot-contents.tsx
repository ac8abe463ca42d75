import { useAsk } from '../app/platform.js';
import { Screen, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { useWords } from '../words/words.js';
import { Parts } from './unit-page.js';

/** The units of a lot and what went into it, as far as they may be seen. */
export function LotContents({ lot }: { readonly lot: string }) {
  const { t, say } = useWords();
  const asked = useAsk(['lifecycle.lots.contents', { lot }], (yunfab, options) => yunfab.lifecycle.lots.contents({ lot }, options));
  return (
    <Screen nested asked={asked} skeleton={<SkeletonRows rows={2} />}>
      {({ units, materials, cut }) => (
        <>
          {materials.length > 0 ? (
            <Parts title={t('lots.materials')} parts={materials.map((material) => ({ ...material, until: null }))} />
          ) : null}
          {units.length > 0 ? (
            <Panel title={t('unit.title')} flush>
              <RecordTable
                label={t('unit.title')}
                rows={units}
                keyOf={(unit) => unit.id}
                open={(unit) => `/units/${unit.id}`}
                columns={[
                  { name: 'serial', words: t('unit.serial'), cell: (unit) => unit.serial },
                  { name: 'item', words: t('unit.item'), wide: true, cell: (unit) => unit.itemCode || '–' },
                  { name: 'state', words: t('orders.state'), cell: (unit) => <Badge state={unit.state} words={unit.stateWords} /> },
                  { name: 'holder', words: t('unit.holder'), wide: true, cell: (unit) => say(unit.holder.name) },
                ]}
              />
              {cut.units ? <p className="soft">{t('lots.moreUnits', { count: units.length })}</p> : null}
            </Panel>
          ) : null}
        </>
      )}
    </Screen>
  );
}
