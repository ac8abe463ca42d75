import type { AddressInfo } from 'node:net';
import type { AnyRouter } from '@trpc/server';
import { createAuthenticator as createActorAuthenticator, type Permissions, watchCredentials } from '@yunfab/core/access';
import { type Database, migrate } from '@yunfab/core/database';
import { startSequencer } from '@yunfab/core/events';
import type { TestDatabase } from '@yunfab/core/testing';
import { createFeedHub } from '../delivery/feed-hub.js';
import { createFeedReader } from '../delivery/feed-reader.js';
import { closeApp, createApp } from '../http/app.js';
import { createLog } from '../operations/log.js';
import { type Accounts, createAccounts, createAuthenticator, signinMigrations } from '../signin/index.js';
import { createLiveHub, type LiveHub } from '../sockets/live-hub.js';
import { createSocketServer } from '../sockets/socket-server.js';
import { visibleEquipment } from '../sockets/visible-equipment.js';

export interface TestServer {
  readonly url: string;
  readonly accounts: Accounts;
  readonly live: LiveHub;
  readonly database: Database;
  /** How many are connected. */
  readonly sockets: () => number;
  close(): Promise<void>;
}

/** A whole server on a free port, with real sockets and a real database; only the procedures are the test's own. */
export async function serveForTest(base: TestDatabase, router: AnyRouter, permissions: Permissions = {}): Promise<TestServer> {
  const { database, owner } = base;
  await migrate(owner.handle, 'signin', signinMigrations);
  const log = createLog(process.env['YUNFAB_LOG_LEVEL'] ?? 'silent');
  const clock = () => new Date();
  const accounts = createAccounts({ system: database.system, secret: 'only-for-tests-0123456789abcdefghij', secureCookies: false });
  const authenticator = createAuthenticator({ actors: createActorAuthenticator({ runtime: database.runtime, permissions }), accounts });
  const feed = await createFeedHub({ system: database.system, reader: createFeedReader({ database, clock }), log });
  const watch = watchCredentials({ system: database.system, log, endedSessions: accounts.ended });
  const live = createLiveHub({ visible: visibleEquipment({ database, clock }), log });
  const sequencer = startSequencer({ system: database.system, idleMs: 20 });
  const options = { router, database, clock, accounts, authenticator, feed, watch, log, version: '0.0.0' };
  const app = await createApp({ ...options, trustProxy: false, publicUrl: null, consoleFolder: null });
  await app.ready();
  const sockets = createSocketServer({ http: app.server, authenticator, feed, live, watch, publicUrl: null, log, patienceMs: 1_000 });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    accounts,
    live,
    database,
    sockets: sockets.connected,
    async close() {
      await sockets.stop();
      await watch.stop();
      live.stop();
      await closeApp(app);
      await feed.stop();
      await sequencer.stop();
    },
  };
}
