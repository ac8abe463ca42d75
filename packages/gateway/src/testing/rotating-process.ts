import { writeSync } from 'node:fs';
import { createCallerFactory, router } from '@yunfab/core/commands';
import { openDatabase } from '@yunfab/core/database';
import { createEquipmentRouter, createEquipmentService } from '@yunfab/core/equipment';
import { testActor, testContext } from '@yunfab/core/testing';
import { createDeviceAccounts } from '../index.js';

/**
 * Rotates the token of a device in a process of its own, which is killed once the database has the new token and before the
 * broker has: says the token, then SIGKILL. YUNFAB_TEST_ROTATING holds { urls, address, organization, code, device } as JSON.
 */
const { urls, address, organization, code, device } = JSON.parse(process.env['YUNFAB_TEST_ROTATING'] ?? '{}') as {
  readonly urls: Parameters<typeof openDatabase>[0];
  readonly address: { readonly url: string; readonly username: string; readonly password: string };
  readonly organization: Parameters<typeof testActor>[0];
  readonly code: string;
  readonly device: string;
};
const database = openDatabase(urls);
const accounts = createDeviceAccounts({ database, address, gateway: null, log: { info() {}, warn() {}, error: console.error } });
const deviceTokens = {
  ready: () => accounts.ready(),
  seal(given: { readonly username: string; readonly token: string }) {
    writeSync(1, given.token);
    return accounts.seal(given);
  },
  async deliver() {
    process.kill(process.pid, 'SIGKILL');
  },
};
const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models: new Map(), deviceTokens }))));
await createCaller(testContext({ database }, { actor: testActor(organization, code) })).devices.rotate({ device });
