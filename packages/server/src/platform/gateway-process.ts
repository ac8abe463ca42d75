import { assertUnprivileged, closeDatabase, openDatabase } from '@yunfab/core/database';
import type { Config } from '../config/index.js';
import { startGatewayHealth } from '../operations/gateway-health.js';
import type { Logger } from '../operations/log.js';
import { openDatabaseServer } from './database.js';
import { startGateway } from './gateway.js';
import { assertPortFree } from './ports.js';

/** A gateway alone, on a database that is already migrated. */
export async function startGatewayProcess({
  config,
  log,
}: {
  readonly config: Config;
  readonly log: Logger;
}): Promise<{ readonly mqttUrl: string; readonly healthUrl: string | null; stop(): Promise<void> }> {
  const { broker, clockSkewMs, gatewayHttp } = config;
  if (broker.kind === 'embedded') await assertPortFree(broker.host, broker.port, 'YUNFAB_MQTT_PORT');
  if (gatewayHttp) await assertPortFree(gatewayHttp.host, gatewayHttp.port, 'YUNFAB_GATEWAY_HTTP_PORT');
  const server = await openDatabaseServer(config, (message) => log.info(message));
  const database = openDatabase(server.urls);
  try {
    await assertUnprivileged(database.ingest.pool);
    const gateway = await startGateway({ database, broker, clockSkewMs, clock: () => new Date(), log });
    const health = gatewayHttp && (await startGatewayHealth({ ...gatewayHttp, gateway, database }));
    return {
      mqttUrl: gateway.mqttUrl,
      healthUrl: health?.url ?? null,
      async stop() {
        await gateway.stop();
        await health?.stop();
        await closeDatabase(database);
        await server.stop();
      },
    };
  } catch (error) {
    await closeDatabase(database);
    await server.stop();
    throw error;
  }
}
