import { useAddressPart } from '../app/address.js';
import { ListTable } from '../app/list-table.js';
import { useList } from '../app/platform.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { useListKeys } from '../design/list-keys.js';
import { PageHead } from '../design/page-head.js';
import { useModelWords } from '../verticals/models.js';
import { useWords } from '../words/words.js';
import { EquipmentTree } from './equipment-tree.js';
import { NoEquipment } from './no-equipment.js';

const views = ['tree', 'list'] as const;
type View = (typeof views)[number];

/** The equipment of the organization, by its place or by its code. */
export function EquipmentBoard() {
  const { t } = useWords();
  const [view, setView] = useAddressPart('view', views);
  return (
    <>
      <PageHead title={t('equipment.title')} />
      <div className="stack">
        <Chips<View>
          label={t('equipment.view')}
          value={view ?? 'tree'}
          onChoose={(chosen) => setView(chosen === 'list' ? chosen : null)}
          choices={views.map((each) => ({ value: each, words: t(`equipmentView.${each}`) }))}
        />
        {view === 'list' ? <EquipmentList /> : <EquipmentTree />}
      </div>
    </>
  );
}

function EquipmentList() {
  const { t } = useWords();
  const modelWords = useModelWords();
  const list = useList(['equipment.list', {}], (yunfab, page, options) => yunfab.equipment.list(page, options));
  const running = useList(['production.runs.list', { state: 'running' }], (yunfab, page, options) =>
    yunfab.production.runs.list({ state: 'running', ...page }, options),
  );
  useListKeys();
  return (
    <>
      <div className="panel">
        <ListTable
          list={list}
          label={t('equipment.title')}
          keyOf={(machine) => machine.id}
          open={(machine) => `/equipment/${machine.id}`}
          columns={[
            { name: 'name', words: t('equipment.name'), cell: (machine) => machine.name },
            { name: 'code', words: t('equipment.code'), cell: (machine) => <span className="mono">{machine.code}</span> },
            { name: 'model', words: t('equipment.model'), cell: (machine) => modelWords(machine.model) },
            { name: 'parent', words: t('equipment.place'), wide: true, cell: (machine) => machine.parent || '–' },
            {
              name: 'run',
              words: t('equipment.now'),
              cell: (machine) => {
                const run = running.items.find(({ equipment }) => equipment.id === machine.id);
                return run ? <Badge state={run.state} words={run.stateWords} /> : <span className="soft">{t('equipment.noRun')}</span>;
              },
            },
          ]}
          none={<NoEquipment />}
        />
      </div>
    </>
  );
}
