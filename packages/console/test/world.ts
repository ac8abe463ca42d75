import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setOperator } from '@yunfab/core/access';
import { connect } from '@yunfab/core/database';
import { createTestDatabase } from '@yunfab/core/testing';
import { connectAsync, type MqttClient } from 'mqtt';
import { build } from 'vite';
import { demoPassword } from '../../server/src/demo/passwords.js';
import { seedStory } from '../../server/src/demo/seed.js';
import { createStage, type Play } from '../../server/src/demo/stage.js';
import { createLog } from '../../server/src/operations/log.js';
import { migrateAll } from '../../server/src/platform/migrate.js';
import { startPlatform } from '../../server/src/platform/platform.js';
import { platformVersion } from '../../server/src/platform/version.js';
import { importVerticals } from '../../server/src/platform/verticals.js';
import { story } from './story.js';

const consoleRoot = join(dirname(fileURLToPath(import.meta.url)), '..');
const verticals = ['@yunfab/vertical-tire'];
const secret = 'only-for-tests-0123456789abcdefghij';

/** The real platform with the story of the tests in it, on ports of its own. */
export interface World {
  readonly url: string;
  /** Acts for an organization as its first administrator. */
  readonly play: Play;
  passwordOf(email: string): string;
  /** Makes an organization the one that runs the platform. */
  nameOperator(organization: string): Promise<void>;
  /** Runs SQL as the owner of the database. */
  sql(text: string, ...values: unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A plain MQTT client with the device's own credentials. */
  machine(organization: string, equipment: string, device: string): Promise<MachineClient>;
  close(): Promise<void>;
}

export interface MachineClient {
  readonly username: string;
  readonly token: string;
  readonly mqttUrl: string;
  telemetry(
    samples: readonly { readonly ts: number; readonly seq: number; readonly values: Readonly<Record<string, number | string | boolean>> }[],
  ): Promise<void>;
  event(event: Readonly<Record<string, unknown>>): Promise<void>;
  /** Telemetry as it stands, whatever it is. */
  raw(payload: string | Buffer): Promise<void>;
  close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  await buildConsole();
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'yunfab-console-'));
  const loaded = await importVerticals(verticals, platformVersion);
  await migrateAll(database.owner, loaded);
  const platform = await startPlatform({
    config: {
      http: { host: '127.0.0.1', port: 0, trustProxy: false, publicUrl: null },
      database: { kind: 'server', urls: database.urls },
      dataDir,
      files: { mostBytes: 100_000_000, s3: null },
      broker: { kind: 'embedded', host: '127.0.0.1', port: 0, tls: null },
      gatewayHttp: null,
      mqttAuthSecret: null,
      telemetry: { samplesDays: null, minutesDays: null, hoursDays: null, eventsDays: null, lettersDays: null, commandsDays: null },
      clockSkewMs: 600_000,
      verticals,
      auditHash: 'sha256',
      logLevel: 'warn',
      secret,
    },
    secret,
    log: createLog(process.env['YUNFAB_LOG_LEVEL'] ?? 'warn'),
  });
  const owner = connect(database.urls.owner, { max: 2 });
  const play = createStage(platform, owner, () => new Date());
  const began = new Date(Date.now() - 3 * 3_600_000);
  const past = createStage(platform, owner, () => began);
  await seedStory({ platform, owner, vertical: 'tire', story, answers: {}, secret, play: past, began });
  const machines: MachineClient[] = [];
  let closing: Promise<void> | undefined;
  const end = async () => {
    for (const machine of machines) await machine.close();
    await platform.stop();
    await owner.close();
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return {
    url: platform.httpUrl,
    play,
    nameOperator: (organization) => setOperator(owner, organization, new Date()),
    sql: async (text, ...values) => (await owner.pool.query<Record<string, unknown>>(text, values)).rows,
    passwordOf: (email) => demoPassword(secret, email),
    async machine(organization, equipment, device) {
      const { token } = (await play(organization, 'equipment.devices.create', { equipment, device })) as { token: string };
      const machine = await connectMachine(platform.mqttUrl, `${organization}/${device}`, token);
      machines.push(machine);
      return machine;
    },
    close: () => (closing ??= end()),
  };
}

async function connectMachine(mqttUrl: string, username: string, token: string): Promise<MachineClient> {
  const client: MqttClient = await connectAsync(mqttUrl, { clientId: username, username, password: token, protocolVersion: 4 });
  const say = (topic: string, payload: unknown) =>
    client.publishAsync(`yf/v1/${username}/${topic}`, JSON.stringify(payload), { qos: 1 }).then(() => {});
  return {
    username,
    token,
    mqttUrl,
    telemetry: (samples) => say('telemetry', samples),
    event: (event) => say('event', event),
    raw: (payload) => client.publishAsync(`yf/v1/${username}/telemetry`, payload, { qos: 1 }).then(() => {}),
    close: () => client.endAsync(true),
  };
}

/** The equipment of an organization by its code. */
export async function equipmentOf({ play }: Pick<World, 'play'>, organization: string, code: string): Promise<string> {
  const { items } = (await play(organization, 'equipment.list', { limit: 100 })) as { items: { id: string; code: string }[] };
  const found = items.find((each) => each.code === code);
  if (!found) throw new Error(`${organization} has no equipment ${code}`);
  return found.id;
}

/** The order of an organization by its own number. */
export async function orderOf({ play }: Pick<World, 'play'>, organization: string, ownNumber: string): Promise<string> {
  const { items } = (await play(organization, 'orders.list', { ownNumber })) as { items: { id: string }[] };
  const [found] = items;
  if (!found) throw new Error(`${organization} has no order ${ownNumber}`);
  return found.id;
}

/** Builds the console unless what stands in dist is newer than every source. */
async function buildConsole(): Promise<void> {
  const page = join(consoleRoot, 'dist', 'index.html');
  const sources = [join(consoleRoot, 'src'), join(consoleRoot, '..', 'sdk', 'src')].flatMap(newest);
  if (existsSync(page) && statSync(page).mtimeMs > Math.max(...sources)) return;
  await build({ root: consoleRoot, configFile: join(consoleRoot, 'vite.config.ts'), logLevel: 'error', mode: 'production' });
}

function newest(folder: string): number[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
}
