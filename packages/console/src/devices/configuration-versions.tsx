import { useAsk } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Moment } from '../design/time.js';
import { useWords } from '../words/words.js';

interface ConfigurationVersionsProps {
  readonly device: string;
  readonly newest: number;
  /** Begins to edit with what an earlier version says; null for who may only read. */
  readonly onEdit: ((configuration: Readonly<Record<string, unknown>>) => void) | null;
}

/** Who set what before, newest first. */
export function ConfigurationVersions({ device, newest, onEdit }: ConfigurationVersionsProps) {
  const { t } = useWords();
  const asked = useAsk(['equipment.configuration.versions', { device, newest }], (yunfab, options) =>
    yunfab.equipment.configuration.versions({ device }, options),
  );
  return (
    <Screen asked={asked} nested>
      {({ versions }) => (
        <ol className="timeline">
          {versions
            .filter(({ version }) => version < newest)
            .map(({ version, configuration, setAt, setBy }) => (
              <li key={version} data-earlier={version}>
                <span className="what">{t('configuration.theirs', { version })}</span>
                <code className="wrap">{JSON.stringify(configuration)}</code>
                <span className="when" style={{ display: 'block' }}>
                  <Moment at={setAt} /> · {setBy}
                </span>
                {onEdit ? (
                  <button type="button" className="link-button small" style={{ minHeight: 24 }} onClick={() => onEdit(configuration)}>
                    {t('configuration.again')}
                    <span className="visually-hidden">: {t('configuration.theirs', { version })}</span>
                  </button>
                ) : null}
              </li>
            ))}
        </ol>
      )}
    </Screen>
  );
}
