import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand } from '../app/platform.js';
import { Empty, Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';

type Vertical = Awaited<ReturnType<Client['verticals']['list']>>['items'][number];

/** The industries that this platform runs, and which of them this organization uses. */
export function IndustriesPanel() {
  const { t, say } = useWords();
  const may = useMay();
  const asked = useAsk(['verticals.list', {}], (yunfab, options) => yunfab.verticals.list({}, options));
  const [changing, setChanging] = useState<Vertical | null>(null);
  return (
    <Panel title={t('admin.industries')} flush>
      <Screen nested asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              title={t('industries.none')}
              what={t('industries.noneWhat')}
              command="YUNFAB_VERTICALS=@yunfab/vertical-tire yunfab start"
            />
          ) : (
            <RecordTable
              label={t('admin.industries')}
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                {
                  name: 'name',
                  words: t('industries.industry'),
                  cell: (vertical) => (
                    <>
                      <strong>{say(vertical.name)}</strong> <span className="soft mono">{`${vertical.id} ${vertical.version}`}</span>
                    </>
                  ),
                },
                { name: 'what', words: t('industries.what'), wide: true, cell: (vertical) => say(vertical.description) },
                {
                  name: 'state',
                  words: t('orders.state'),
                  cell: (vertical) => (
                    <Badge
                      state={vertical.enabledAt ? 'live' : 'retired'}
                      words={t(vertical.enabledAt ? 'industries.enabled' : 'industries.disabled')}
                    />
                  ),
                },
                {
                  name: 'moves',
                  words: <span className="visually-hidden">{t('moves')}</span>,
                  cell: (vertical) =>
                    may('verticals.manage') ? (
                      <Button
                        look={vertical.enabledAt ? 'danger' : 'plain'}
                        onClick={() => setChanging(vertical)}
                        aria-label={`${t(vertical.enabledAt ? 'industries.disable' : 'industries.enable')}: ${say(vertical.name)}`}
                      >
                        {t(vertical.enabledAt ? 'industries.disable' : 'industries.enable')}
                      </Button>
                    ) : null,
                },
              ]}
            />
          )
        }
      </Screen>
      {changing ? <Change vertical={changing} onDone={() => setChanging(null)} /> : null}
    </Panel>
  );
}

function Change({ vertical, onDone }: { readonly vertical: Vertical; readonly onDone: () => void }) {
  const { t, say } = useWords();
  const move = vertical.enabledAt ? 'disable' : 'enable';
  const command = useCommand(
    (yunfab, _: null, options) => yunfab.verticals[move]({ vertical: vertical.id }, options),
    ['verticals', 'lifecycle', 'production'],
  );
  return (
    <MoveForm
      danger={move === 'disable'}
      title={`${t(`industries.${move}`)}: ${say(vertical.name)}`}
      effect={t(`industries.${move}Effect`)}
      submit={t(`industries.${move}`)}
      command={command}
      onSubmit={() => void command.run(null).then((done) => done && onDone())}
      onCancel={onDone}
    />
  );
}
