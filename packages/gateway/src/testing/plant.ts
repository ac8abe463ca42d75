import { createCallerFactory, router } from '@yunfab/core/commands';
import type { Database } from '@yunfab/core/database';
import { createEquipmentRouter, createEquipmentService, type DeviceTokens, type EquipmentModels } from '@yunfab/core/equipment';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '@yunfab/core/testing';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import type { GatewayLog } from '../index.js';

const words = { en: 'Test', zh: '测试' };
const numbers = Array.from({ length: 10 }, (_, n) => ({ name: `v${n}`, unit: '1', kind: 'number' as const, words }));

export const plantModels: EquipmentModels = new Map([
  [
    'test.oven',
    {
      words,
      signals: [
        { name: 'temperature', unit: 'Cel', kind: 'number', words, range: { low: 0, high: 300 } },
        { name: 'door_open', unit: '', kind: 'boolean', words },
        { name: 'program', unit: '', kind: 'text', words },
        ...numbers,
      ],
    },
  ],
]);

/** A registered device and what it connects with. */
export interface PlantDevice {
  readonly equipment: string;
  readonly device: string;
  readonly username: string;
  readonly token: string;
}

/** A database with one maker, whose machines the tests drive over MQTT. */
export interface Plant {
  readonly db: TestDatabase;
  readonly database: Database;
  readonly maker: TestOrganization;
  addDevice(device: string, who?: TestOrganization): Promise<PlantDevice>;
  revoke(device: string): Promise<void>;
  /** Its new token. */
  rotate(device: string): Promise<string>;
  /** Runs SQL as the owner. */
  sql<Row extends object>(text: string, ...values: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function createPlant(given?: TestDatabase, deviceTokens?: DeviceTokens): Promise<Plant> {
  const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models: plantModels, deviceTokens }))));
  const db = given ?? (await createTestDatabase());
  const maker = await createTestOrganization(db, 'maker');
  return {
    db,
    database: db.database,
    maker,
    async addDevice(device, who = maker) {
      const caller = () => createCaller(testContext(db, who));
      const equipment = (await caller().create({ code: device, name: device, model: 'test.oven' })).id;
      const { username, token } = await caller().devices.create({ equipment, device });
      return { equipment, device, username, token: token as string };
    },
    async revoke(device) {
      await createCaller(testContext(db, maker)).devices.revoke({ device });
    },
    async rotate(device) {
      return (await createCaller(testContext(db, maker)).devices.rotate({ device })).token as string;
    },
    async sql(text, ...values) {
      return (await db.owner.pool.query(text, values)).rows;
    },
    close: () => db.close(),
  };
}

export function connectDevice(
  url: string,
  { username, token }: Pick<PlantDevice, 'username' | 'token'>,
  options: IClientOptions = {},
): Promise<MqttClient> {
  return connectAsync(
    url,
    { clientId: username, username, password: token, protocolVersion: 4, reconnectPeriod: 0, connectTimeout: 5_000, ...options },
    false,
  );
}

/** Shows what the gateway complains about; a test that expects complaints passes none. */
export const loudLog: GatewayLog = {
  info() {},
  warn: (details, message) => console.warn(message, details),
  error: (details, message) => console.error(message, details),
};

/** Waits until `probe` gives something other than undefined or false; fails with `what` after `timeoutMs`. */
export async function eventually<Result>(
  what: string,
  probe: () => Promise<Result> | Result,
  timeoutMs = 10_000,
): Promise<NonNullable<Result>> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const result = await probe();
    if (result) return result;
    if (Date.now() > until) throw new Error(`did not happen within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
