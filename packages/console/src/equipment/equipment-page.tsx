import { Link } from 'wouter';
import { useAsk } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { RunsTable } from '../production/runs-table.js';
import { useModelWords } from '../verticals/models.js';
import { useWords } from '../words/words.js';
import { LatestValues } from './latest-values.js';
import { Machine } from './machine.js';

export function EquipmentPage({ equipment: id }: { readonly equipment: string }) {
  const { t } = useWords();
  const modelWords = useModelWords();
  const asked = useAsk(['equipment.get', { equipment: id }], (yunfab, options) => yunfab.equipment.get({ equipment: id }, options));
  return (
    <Screen asked={asked}>
      {(equipment) => (
        <>
          <PageHead
            title={equipment.name}
            badge={<Online devices={equipment.devices} />}
            crumbs={
              <>
                <Link href="/equipment">{t('equipment.title')}</Link>
                <span aria-hidden="true">/</span>
                <span>{modelWords(equipment.model)}</span>
              </>
            }
          />
          <div className="with-side">
            <div className="stack">
              <Machine equipment={equipment} title={t('equipment.live')} />
              <RunsTable moving title={t('equipment.lastRuns')} filter={{ equipment: equipment.id }} />
            </div>
            <div className="stack">
              <LatestValues equipment={equipment} />
              <Panel title={t('equipment.facts')}>
                <Facts
                  facts={[
                    { label: t('equipment.code'), value: <span className="mono">{equipment.code}</span> },
                    { label: t('equipment.model'), value: modelWords(equipment.model) },
                    { label: t('equipment.place'), value: equipment.parent || '–' },
                    { label: t('equipment.since'), value: <Moment at={equipment.createdAt} /> },
                    ...equipment.devices.map(({ device, changedAt }) => ({
                      label: t('equipment.device', { device }),
                      value: changedAt ? <Moment at={changedAt} /> : t('equipment.neverSeen'),
                    })),
                  ]}
                />
              </Panel>
            </div>
          </div>
        </>
      )}
    </Screen>
  );
}

function Online({ devices }: { readonly devices: readonly { readonly online: boolean | null }[] }) {
  const { t } = useWords();
  if (devices.length === 0) return <Badge state="" tone="open" words={t('equipment.noDevice')} />;
  if (devices.every(({ online }) => online === null)) return <Badge state="" tone="open" words={t('equipment.unknown')} />;
  return devices.some(({ online }) => online) ? (
    <Badge state="" tone="good" words={t('equipment.online')} />
  ) : (
    <Badge state="" tone="bad" words={t('equipment.offline')} />
  );
}
