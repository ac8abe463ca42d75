import { type Core, createCore } from '@yunfab/core';
import { type Connection, closeDatabase, type Database, openDatabase } from '@yunfab/core/database';
import type { LoadedVerticals } from '@yunfab/core/verticals';
import { type Config, configErrors } from '../config/index.js';
import { createLog } from '../operations/log.js';
import { reachDatabase, withOwner } from '../platform/database.js';
import { deviceAccountsOf } from '../platform/gateway.js';
import { migrateAll } from '../platform/migrate.js';
import { platformVersion } from '../platform/version.js';
import { importVerticals } from '../platform/verticals.js';

/** What a command of the operator works with, for as long as it runs. */
export interface Reach {
  readonly owner: Connection;
  readonly database: Database;
  readonly verticals: LoadedVerticals;
  readonly core: Core;
}

/** Reaches the platform's database, running or not, and leaves it as it was found. */
export async function withReach<Result>(config: Config, work: (reach: Reach) => Promise<Result>): Promise<Result> {
  const verticals = await importVerticals(config.verticals, platformVersion);
  const server = await reachDatabase(config);
  try {
    const { owner: ownerUrl } = server.urls;
    if (!ownerUrl) throw configErrors.owner_url_missing();
    return await withOwner(ownerUrl, async (owner) => {
      // Nobody else runs this database, so nobody else has brought it up to date.
      if (server.ours) await migrateAll(owner, verticals);
      const database = openDatabase(server.urls, { max: 2 });
      const accounts = deviceAccountsOf({ broker: config.broker, database, log: createLog(config.logLevel) });
      try {
        return await work({ owner, database, verticals, core: createCore({ verticals, ...(accounts ? { deviceTokens: accounts } : {}) }) });
      } finally {
        await accounts?.stop();
        await closeDatabase(database);
      }
    });
  } finally {
    await server.stop();
  }
}
