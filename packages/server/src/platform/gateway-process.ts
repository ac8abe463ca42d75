import { assertUnprivileged, closeDatabase, openDatabase } from '@yunfab/core/database';
import type { Config } from '../config/index.js';
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
}): Promise<{ readonly mqttUrl: string; stop(): Promise<void> }> {
  const { broker } = config;
  if (broker.kind === 'embedded') await assertPortFree(broker.host, broker.port, 'YUNFAB_MQTT_PORT');
  const server = await openDatabaseServer(config, (message) => log.info(message));
  const database = openDatabase(server.urls);
  try {
    await assertUnprivileged(database.ingest.pool);
    const gateway = await startGateway({ database, broker, clock: () => new Date(), log });
    return {
      mqttUrl: gateway.mqttUrl,
      async stop() {
        await gateway.stop();
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
