import type { AddressInfo } from 'node:net';
import { type Core, createCore } from '@yunfab/core';
import { createAuthenticator as createActorAuthenticator, startGrantExpiry, watchCredentials } from '@yunfab/core/access';
import { type Clock, startCommandCleanup } from '@yunfab/core/commands';
import { assertMigrated, assertUnprivileged, closeDatabase, type Database, openDatabase } from '@yunfab/core/database';
import { startCommandExpiry, startRollups, startSignalRegistration, startTelemetryUpkeep } from '@yunfab/core/equipment';
import { startSequencer } from '@yunfab/core/events';
import { startFileSweep } from '@yunfab/core/files';
import { startMetering } from '@yunfab/core/metering';
import { startScorePublishing } from '@yunfab/core/orders';
import type { LoadedVerticals } from '@yunfab/core/verticals';
import type { Config } from '../config/index.js';
import { configErrors } from '../config/index.js';
import { createFeedHub } from '../delivery/feed-hub.js';
import { createFeedReader } from '../delivery/feed-reader.js';
import { assertUsable, fileStoreOf, incomingFolderOf, openIncoming } from '../files/index.js';
import { closeApp, createApp } from '../http/app.js';
import { claimRoutes } from '../http/claims.js';
import { consoleFolder } from '../http/console.js';
import { errorListRoutes } from '../http/error-list.js';
import { mqttAccessRoutes } from '../http/mqtt-access.js';
import { healthRoutes } from '../operations/health.js';
import type { Logger } from '../operations/log.js';
import { createMetrics } from '../operations/metrics.js';
import { type Accounts, createAccounts, createAuthenticator } from '../signin/index.js';
import { createLiveHub } from '../sockets/live-hub.js';
import { followOtherGateways, latestValues } from '../sockets/other-gateways.js';
import { createSocketServer } from '../sockets/socket-server.js';
import { visibleEquipment } from '../sockets/visible-equipment.js';
import { openDatabaseServer, type PlatformDatabase, withOwner } from './database.js';
import { deviceAccountsOf, startDeviceAccounts, startEmqxDevices, startGateway } from './gateway.js';
import { expectedMigrations, migrateAll } from './migrate.js';
import { assertPortFree } from './ports.js';
import { platformVersion } from './version.js';
import { importVerticals } from './verticals.js';

export interface PlatformOptions {
  readonly config: Config;
  readonly secret: string;
  readonly log: Logger;
  readonly clock?: Clock;
  /** Told of what takes a while, one short sentence at a time. */
  readonly say?: (message: string) => void;
}

/** The whole platform in this process. */
export interface Platform {
  readonly httpUrl: string;
  readonly mqttUrl: string;
  readonly server: PlatformDatabase;
  readonly database: Database;
  readonly verticals: LoadedVerticals;
  readonly core: Core;
  readonly accounts: Accounts;
  /** Ends everything in order within 25 s: no new requests, open ones answered, messages committed, workers done. */
  stop(): Promise<void>;
}

/** Undoes, last first, what was started; also when a later step of starting fails. */
type Undo = { readonly part: string; readonly end: () => Promise<void> }[];

export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const undo: Undo = [];
  try {
    return await start(options, undo);
  } catch (error) {
    await unwind(undo, options.log);
    throw error;
  }
}

async function start({ config, secret, log, clock = () => new Date(), say = () => {} }: PlatformOptions, undo: Undo): Promise<Platform> {
  const { host, port, publicUrl, trustProxy } = config.http;
  const verticals = await importVerticals(config.verticals, platformVersion);
  const server = await openDatabaseServer(config, say);
  undo.push({ part: 'database server', end: server.stop });
  await assertPortFree(host, port, 'YUNFAB_HTTP_PORT');
  if (config.broker.kind === 'embedded') await assertPortFree(config.broker.host, config.broker.port, 'YUNFAB_MQTT_PORT');
  const database = await openMigrated(server, verticals, say);
  undo.push({ part: 'connections to the database', end: () => closeDatabase(database) });

  const store = fileStoreOf(config);
  await assertUsable(store);
  const incoming = openIncoming(incomingFolderOf(config));
  undo.push({ part: 'uploads', end: async () => incoming.close() });

  const deviceAccounts = deviceAccountsOf({ broker: config.broker, database, log });
  if (deviceAccounts) {
    await startDeviceAccounts(deviceAccounts, config.broker);
    undo.push({ part: 'accounts of devices at the broker', end: deviceAccounts.stop });
  }
  const emqxDevices = await startEmqxDevices({ broker: config.broker, database, log });
  if (emqxDevices) undo.push({ part: 'connections of devices at EMQX', end: emqxDevices.stop });
  const core = createCore({ verticals, ...(deviceAccounts ? { deviceTokens: deviceAccounts } : {}) });
  const accounts = createAccounts({ system: database.system, secret, secureCookies: publicUrl?.startsWith('https:') ?? false });
  const actors = createActorAuthenticator({ runtime: database.runtime, permissions: core.permissions });
  const authenticator = createAuthenticator({ actors, accounts });
  const feed = await createFeedHub({ system: database.system, reader: createFeedReader({ database, clock }), log });
  undo.push({ part: 'feed', end: feed.stop });
  const watch = watchCredentials({ system: database.system, log, endedSessions: accounts.ended });
  undo.push({ part: 'watch on credentials', end: watch.stop });
  const live = createLiveHub({ visible: visibleEquipment({ database, clock }), log });
  undo.push({ part: 'live values', end: async () => live.stop() });
  const others =
    config.broker.kind === 'external' ? followOtherGateways({ hub: live, latest: latestValues({ database, clock }), log }) : null;
  if (others) undo.push({ part: 'live values of other gateways', end: others.stop });
  const sequencer = startSequencer({ system: database.system, log });
  undo.push(
    { part: 'sequencer', end: sequencer.stop },
    { part: 'expiry of grants', end: startGrantExpiry({ system: database.system, log }).stop },
    { part: 'cleanup of commands', end: startCommandCleanup({ system: database.system, clock, log }).stop },
    { part: 'sweep of files', end: startFileSweep({ system: database.system, store, clock, log }).stop },
    { part: 'registration of new signals', end: startSignalRegistration({ database, clock, log }).stop },
    { part: 'expiry of commands to devices', end: startCommandExpiry({ database, clock, log }).stop },
    { part: 'rollups', end: startRollups({ system: database.system, clock, log }).stop },
    { part: 'upkeep of telemetry', end: startTelemetryUpkeep({ system: database.system, clock, kept: config.telemetry, log }).stop },
    { part: 'metering', end: startMetering({ system: database.system, clock, log }).stop },
    { part: 'publishing of scores', end: startScorePublishing({ system: database.system, clock, log }).stop },
  );

  const projector = core.createProjector({ database, clock, log });
  projector.start();
  undo.push({ part: 'projector', end: projector.stop });

  const gateway = await startGateway({
    ...{ database, broker: config.broker, clockSkewMs: config.clockSkewMs, clock, log },
    onCommitted(batch) {
      live.committed(batch);
      others?.committed(batch);
      if (batch.events.length > 0) projector.wake();
    },
  });
  undo.push({ part: 'gateway', end: gateway.stop });

  let serving = false;
  const metrics = createMetrics({ database, sockets: () => sockets.connected(), gateway: gateway.counters });
  const health = healthRoutes({ database, migrations: expectedMigrations(verticals), isServing: () => serving });
  const brokersAsk = config.mqttAuthSecret === null ? [] : [mqttAccessRoutes({ database, secret: config.mqttAuthSecret })];
  const claims = claimRoutes({ database, clock, deviceTokens: deviceAccounts ?? undefined, onCommitted: sequencer.wake });
  const app = await createApp({
    ...{
      router: core.router,
      database,
      clock,
      onCommitted: sequencer.wake,
      accounts,
      authenticator,
      feed,
      watch,
      log,
      trustProxy,
      publicUrl,
    },
    ...{
      version: platformVersion,
      consoleFolder: consoleFolder(),
      files: { store, incoming, mostBytes: config.files.mostBytes },
      answered: metrics.answered,
      also: [health, metrics.routes, claims, errorListRoutes(verticals), ...brokersAsk],
    },
  });
  await app.ready();
  const sockets = createSocketServer({ http: app.server, authenticator, feed, live, watch, publicUrl, log });
  undo.push({ part: 'HTTP', end: () => closeApp(app) });
  undo.push({ part: 'sockets', end: sockets.stop });
  undo.push({ part: 'readiness', end: async () => void (serving = false) });
  await app.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? configErrors.port_taken({ host, port, name: 'YUNFAB_HTTP_PORT' }, error) : error;
  });
  serving = true;
  const httpUrl = publicUrl ?? `http://${shownHost(host)}:${(app.server.address() as AddressInfo).port}`;
  server.announce(httpUrl);
  return { httpUrl, mqttUrl: gateway.mqttUrl, server, database, verticals, core, accounts, stop: once(() => unwind(undo, log)) };
}

/** The embedded database is ours, so it is migrated here; a server is migrated by `yunfab migrate`, once for all processes. */
async function openMigrated(server: PlatformDatabase, verticals: LoadedVerticals, say: (message: string) => void): Promise<Database> {
  if (server.ours && server.urls.owner) {
    const ran = await withOwner(server.urls.owner, (owner) => migrateAll(owner, verticals));
    const count = Object.values(ran).flat().length;
    if (count > 0) say(`ran ${count} migrations`);
  }
  const database = openDatabase(server.urls);
  try {
    for (const role of [database.runtime, database.system, database.ingest]) await assertUnprivileged(role.pool);
    for (const [schema, migrations] of Object.entries(expectedMigrations(verticals)))
      await assertMigrated(database.runtime.handle, schema, migrations);
    return database;
  } catch (error) {
    await closeDatabase(database);
    throw error;
  }
}

/** For all parts together; each is begun all the same. */
const patienceMs = 20_000;
const leastPatienceMs = 300;

async function unwind(undo: Undo, log: Logger): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (const { part, end } of undo.splice(0).reverse()) {
    const left = Math.max(deadline - performance.now(), leastPatienceMs);
    const late = new Promise<'late'>((resolve) => setTimeout(resolve, left, 'late').unref());
    try {
      if ((await Promise.race([end(), late])) === 'late') log.warn({ part }, 'a part did not end in time');
    } catch (error) {
      log.warn({ part, err: error }, 'a part did not end cleanly');
    }
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}

/** An address to open in a browser: listening everywhere is reached on this machine as 127.0.0.1. */
function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
