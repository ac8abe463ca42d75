import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase } from '@yunfab/core/testing';
import { readConfig } from '../config/index.js';
import { createLog } from '../operations/log.js';
import { withOwner } from '../platform/database.js';
import { migrateAll } from '../platform/migrate.js';
import { type Platform, startPlatform } from '../platform/platform.js';
import { platformVersion } from '../platform/version.js';
import { importVerticals } from '../platform/verticals.js';

/** The environment of a process on this test's database, on free ports. */
export function environmentOf({ urls }: TestDatabase, dataDir: string): Record<string, string> {
  return {
    YUNFAB_DATABASE_URL: urls.runtime,
    YUNFAB_DATABASE_SYSTEM_URL: urls.system,
    YUNFAB_DATABASE_INGEST_URL: urls.ingest,
    YUNFAB_DATABASE_OWNER_URL: urls.owner,
    YUNFAB_DATA_DIR: dataDir,
    YUNFAB_HTTP_PORT: '0',
    YUNFAB_MQTT_PORT: '0',
    YUNFAB_LOG_LEVEL: 'silent',
    YUNFAB_SECRET: 'Zq8vTn2LxRw5KdYj3HfPc7MbGs9UaEo4',
  };
}

/** The whole platform with its verticals, in this process. */
export async function startTestPlatform(base: TestDatabase): Promise<Platform> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yunfab-platform-'));
  const config = readConfig(environmentOf(base, dataDir));
  const verticals = await importVerticals(config.verticals, platformVersion);
  await withOwner(base.urls.owner, (owner) => migrateAll(owner, verticals));
  const platform = await startPlatform({
    config,
    secret: config.secret ?? '',
    log: createLog(process.env['YUNFAB_LOG_LEVEL'] ?? 'silent'),
  });
  return {
    ...platform,
    async stop() {
      await platform.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
