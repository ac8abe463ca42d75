import { useMay } from '../app/permissions.js';
import { useAsk } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Badge } from '../design/badge.js';
import { PageHead } from '../design/page-head.js';
import { useWords } from '../words/words.js';
import { DeviceTraffic } from './device-traffic.js';
import { GatewayProcesses } from './gateway-processes.js';

/** Gateways report every two seconds. */
const lookEveryMs = 2_000;

/** Whether what devices send arrives, and what became of every message. */
export function GatewayPage() {
  const { t } = useWords();
  const may = useMay();
  const status = useAsk(['equipment.gateways.status', {}], (yunfab, options) => yunfab.equipment.gateways.status({}, options), {
    everyMs: lookEveryMs,
  });
  return (
    <Screen asked={status}>
      {({ running, operator }) => (
        <>
          <PageHead
            title={t('gateway.title')}
            badge={
              running > 0 ? (
                <Badge state="running" tone="good" words={t('gateway.running', { count: running })} />
              ) : (
                <Badge state="none" tone="bad" words={t('gateway.noneRuns')} />
              )
            }
            below={<p className="soft">{t('gateway.what')}</p>}
          />
          <div className="stack">
            {operator && may('equipment.gateways') ? <GatewayProcesses everyMs={lookEveryMs} /> : null}
            <DeviceTraffic />
          </div>
        </>
      )}
    </Screen>
  );
}
