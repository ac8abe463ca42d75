import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { useAddressPart } from '../app/address.js';
import { useAsk } from '../app/platform.js';
import { Screen, SkeletonRows } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Chips } from '../design/chips.js';
import { PageHead } from '../design/page-head.js';
import { Facts, Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { RunsTable } from '../production/runs-table.js';
import { useModelWords } from '../verticals/models.js';
import { useWords } from '../words/words.js';
import { History } from './history.js';
import { LatestValues } from './latest-values.js';
import { Machine } from './machine.js';
import type { Equipment } from './signals.js';

const DevicesPart = lazy(async () => ({ default: (await import('../devices/devices-part.js')).DevicesPart }));

/** Connections make no events: they are looked at again so often. */
const lookEveryMs = 5_000;

const views = ['live', 'history', 'devices'] as const;
type View = (typeof views)[number];

export function EquipmentPage({ equipment: id }: { readonly equipment: string }) {
  const { t } = useWords();
  const modelWords = useModelWords();
  const [view, setView] = useAddressPart('view', views);
  const asked = useAsk(['equipment.get', { equipment: id }], (yunfab, options) => yunfab.equipment.get({ equipment: id }, options), {
    everyMs: lookEveryMs,
  });
  return (
    <Screen asked={asked}>
      {(equipment) => (
        <>
          <PageHead
            title={equipment.name}
            badge={<Online equipment={equipment} />}
            crumbs={
              <>
                <Link href="/equipment">{t('equipment.title')}</Link>
                <span aria-hidden="true">/</span>
                <span>{modelWords(equipment.model)}</span>
              </>
            }
          >
            <Link className="button" href={`/equipment/${equipment.id}/run-rules`}>
              {t('rules.title')}
            </Link>
            <Link className="button" href={`/golden-runs?model=${encodeURIComponent(equipment.model)}`}>
              {t('goldens.title')}
            </Link>
          </PageHead>
          <div className="with-side">
            <div className="stack">
              <Chips<View>
                label={t('equipment.view')}
                value={view ?? 'live'}
                onChoose={(chosen) => setView(chosen === 'live' ? null : chosen)}
                choices={views.map((each) => ({ value: each, words: t(`equipmentView.${each}`) }))}
              />
              {view === 'devices' ? (
                <Suspense fallback={<SkeletonRows rows={4} />}>
                  <DevicesPart equipment={equipment} />
                </Suspense>
              ) : (
                <>
                  {view === 'history' ? <History equipment={equipment} /> : <Machine equipment={equipment} title={t('equipment.live')} />}
                  <RunsTable moving title={t('equipment.lastRuns')} filter={{ equipment: equipment.id }} />
                </>
              )}
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
                      value: changedAt ? <Moment at={changedAt} /> : t('equipment.noStatus'),
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

/** A machine that sends without saying that it is connected has sent within this. */
const sendingMs = 5 * 60_000;

function Online({ equipment: { id, devices } }: { readonly equipment: Equipment }) {
  const { t } = useWords();
  const latest = useAsk(['equipment.telemetry.latest', { equipment: id }], (yunfab, options) =>
    yunfab.equipment.telemetry.latest({ equipment: id }, options),
  );
  if (devices.length === 0) return <Badge state="" tone="open" words={t('equipment.noDevice')} />;
  if (devices.every(({ online }) => online === null)) {
    const newest = Math.max(...Object.values(latest.answer?.signals ?? {}).map(({ ts }) => ts ?? 0));
    if (latest.answeredAt - newest < sendingMs) return <Badge state="" tone="good" words={t('equipment.sending')} />;
    return <Badge state="" tone="open" words={t(newest > 0 ? 'equipment.silent' : 'equipment.unknown')} />;
  }
  return devices.some(({ online }) => online) ? (
    <Badge state="" tone="good" words={t('equipment.online')} />
  ) : (
    <Badge state="" tone="bad" words={t('equipment.offline')} />
  );
}
