import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useMay } from '../app/permissions.js';
import { useAsk } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Panel } from '../design/panel.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import { ConfigurationEditor } from './configuration-editor.js';
import { ConfigurationTable } from './configuration-table.js';
import { ConfigurationVersions } from './configuration-versions.js';
import type { Parameter } from './parameters.js';

export type Configuration = Awaited<ReturnType<Client['equipment']['configuration']['get']>>;

/** That a version was given to its device makes no event. */
const lookEveryMs = 4_000;
const tones = { unset: 'open', waiting: 'note', applied: 'good', refused: 'bad', differs: 'warn' } as const;

interface ConfigurationPanelProps {
  readonly device: string;
  /** Null: the model declares nothing, so anything may be set. */
  readonly declared: { readonly parameters: readonly Parameter[] } | null;
}

/** What a device is to run beside what it says that it runs. */
export function ConfigurationPanel({ device, declared }: ConfigurationPanelProps) {
  const { t } = useWords();
  const may = useMay();
  const parameters = declared?.parameters ?? null;
  const asked = useAsk(
    ['equipment.configuration.get', { device }],
    (yunfab, options) => yunfab.equipment.configuration.get({ device }, options),
    { everyMs: lookEveryMs },
  );
  // What the editor begins with; null while it is closed.
  const [editing, setEditing] = useState<Readonly<Record<string, unknown>> | null>(null);
  const [showVersions, setShowVersions] = useState(false);
  const configuration = asked.answer;
  const manage = may('equipment.command') && configuration !== undefined && parameters?.length !== 0;
  return (
    <Panel
      title={t('configuration.title', { device })}
      aside={
        <>
          {configuration ? (
            <Badge state={configuration.state} tone={tones[configuration.state]} words={t(`configurationState.${configuration.state}`)} />
          ) : null}
          {manage ? (
            <Button
              data-move="configure"
              aria-label={`${t('configuration.edit')}: ${t('configuration.title', { device })}`}
              onClick={() => setEditing(configuration.desired?.configuration ?? configuration.reported?.configuration ?? {})}
            >
              {t('configuration.edit')}
            </Button>
          ) : null}
        </>
      }
    >
      <Screen asked={asked} nested>
        {(shown) => (
          <div className="stack" data-configuration={shown.state} data-version={shown.desired?.version ?? 0}>
            <Refusal configuration={shown} />
            <Sides configuration={shown} />
            <ConfigurationTable
              parameters={parameters}
              label={t('configuration.title', { device })}
              left={{ words: t('configuration.desired'), configuration: shown.desired?.configuration ?? null }}
              right={{ words: t('configuration.reported'), configuration: shown.reported?.configuration ?? null }}
            />
            {shown.desired && shown.desired.version > 1 ? (
              <div>
                <button
                  type="button"
                  className="link-button small"
                  aria-expanded={showVersions}
                  onClick={() => setShowVersions(!showVersions)}
                >
                  {t(showVersions ? 'configuration.closeVersions' : 'configuration.versions')}
                </button>
              </div>
            ) : null}
            {showVersions ? (
              <ConfigurationVersions device={device} newest={shown.desired?.version ?? 0} onEdit={manage ? setEditing : null} />
            ) : null}
          </div>
        )}
      </Screen>
      {editing && configuration ? (
        <ConfigurationEditor
          device={device}
          parameters={parameters}
          current={configuration.desired}
          first={editing}
          onStale={asked.again}
          onDone={() => setEditing(null)}
        />
      ) : null}
    </Panel>
  );
}

function Refusal({ configuration: { desired, reported } }: { readonly configuration: Configuration }) {
  const { t } = useWords();
  if (!reported?.error) return null;
  return (
    <p className="notice bad wrap">
      {reported.version === desired?.version
        ? t('configuration.refused', { error: reported.error })
        : t('configuration.refusedEarlier', { version: reported.version, error: reported.error })}
    </p>
  );
}

/** Of which version each side is, by whom and when. */
function Sides({ configuration: { desired, reported } }: { readonly configuration: Configuration }) {
  const { t } = useWords();
  return (
    <dl className="facts">
      <div>
        <dt>{t('configuration.desired')}</dt>
        <dd>
          {desired ? (
            <>
              {t('configuration.version', { version: desired.version })} · {desired.setBy} · <Moment at={desired.setAt} />
              <div className="soft small">
                {desired.sentAt ? (
                  <>
                    {t('configuration.given')} <Moment at={desired.sentAt} seconds />
                  </>
                ) : (
                  t('configuration.notGiven')
                )}
              </div>
            </>
          ) : (
            <span className="soft">{t('configuration.none')}</span>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('configuration.reported')}</dt>
        <dd>
          {reported ? (
            <>
              {reported.version === 0 ? t('configuration.cameWith') : t('configuration.version', { version: reported.version })} ·{' '}
              <Moment at={reported.at} seconds />
              {reported.configuration === null && reported.error === null ? (
                <div className="soft small">{t('configuration.versionOnly')}</div>
              ) : null}
            </>
          ) : (
            <span className="soft">{t('configuration.nothingReported')}</span>
          )}
        </dd>
      </div>
    </dl>
  );
}
