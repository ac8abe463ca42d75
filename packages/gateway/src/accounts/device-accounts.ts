import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@yunfab/core/database';
import type { DeviceTokens } from '@yunfab/core/equipment';
import type { BrokerAddress } from '../external/broker-link.js';
import type { GatewayLog } from '../log.js';
import { parseUsername } from '../topics.js';
import { type Account, createDynamicSecurity, type Standing } from './dynamic-security.js';
import { createInStep } from './in-step.js';
import { type LiveCredential, liveCredentials } from './live-credentials.js';
import { createSeal } from './seal.js';

export interface DeviceAccountsOptions {
  readonly database: Pick<Database, 'system'>;
  /** Of an administrator of the plugin; its password seals what waits for the plugin. */
  readonly address: BrokerAddress;
  /** What gateways connect with; made where it is not there yet. */
  readonly gateway: Account | null;
  readonly log: GatewayLog;
}

/**
 * The accounts of devices in Mosquitto's dynamic-security plugin, kept as the database has their credentials. Each account is
 * marked with the credential that its password is of, so whatever was interrupted shows, and is put right.
 */
export interface DeviceAccounts extends DeviceTokens {
  /** Rejects when the plugin does not answer. From then on a token that ends is refused, and its device cut off, at once. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** For whoever was just given a token; it is brought all the same. */
const patienceMs = 3_000;

export function createDeviceAccounts({ database, address, gateway, log }: DeviceAccountsOptions): DeviceAccounts {
  const { system } = database;
  const broker = createDynamicSecurity(address);
  const seal = createSeal(`${address.username ?? ''}:${address.password ?? ''}`);
  const inStep = createInStep({ system, log, what: 'the accounts of devices at Mosquitto', some, all });

  /**
   * The broker is read between two readings of the database: what changed meanwhile, somebody else is bringing right now, and it
   * is announced. An account that is only not read yet must not look like a wrong one.
   */
  async function some(devices: readonly string[]): Promise<void> {
    const before = await liveCredentials(system, devices);
    const accounts = await broker.read(devices);
    const live = await liveCredentials(system, devices);
    const toDo = devices
      .filter((device) => isSame(before.get(device), live.get(device)))
      .map((device) => ({ device, due: dueOf(live.get(device), accounts.get(device)) }));
    const withDue = (wanted: Due) => toDo.filter(({ due }) => due === wanted).map(({ device }) => device);
    await broker.enable(withDue('disable'), false);
    await broker.enable(withDue('enable'), true);
    for (const device of withDue('give')) await give(device);
    for (const device of withDue('lost')) await lose(device);
  }

  async function all(): Promise<void> {
    const accounts = await broker.list();
    const { rows } = await system.pool.query<{ device: string }>('select device from telemetry.devices_with_waiting_token() as device');
    const known = [...accounts.keys()].filter((username) => parseUsername(username) !== null);
    const devices = [...new Set([...known, ...rows.map(({ device }) => device)])];
    const live = await liveCredentials(system, devices);
    const amiss = devices.filter((device) => dueOf(live.get(device), accounts.get(device)) !== 'nothing');
    if (amiss.length > 0) await some(amiss);
  }

  /** What waits is held until it is there, so that two who bring the same do so one after the other. */
  async function give(username: string): Promise<void> {
    const { organization, device } = parseUsername(username) ?? { organization: '', device: '' };
    const client = await system.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const { rows } = await client.query<{ credential: string; sealed: Buffer }>('select * from telemetry.lock_waiting_token($1, $2)', [
        organization,
        device,
      ]);
      const [waiting] = rows;
      const token = waiting && seal.open(waiting.sealed, username);
      if (waiting && token !== null && token !== undefined)
        await broker.give({ username, password: token, credential: waiting.credential });
      if (waiting && token === null) await lose(username);
      if (waiting) await client.query('select telemetry.end_waiting_token($1)', [waiting.credential]);
      await client.query('commit');
    } catch (error) {
      broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      // Whatever it holds ends with it.
      client.release(broken);
    }
  }

  /** Its token is nowhere: the password at the broker is of another one, or there is none. */
  async function lose(device: string): Promise<void> {
    await broker.enable([device], false);
    log.warn({ device }, 'a device has a token that the broker does not know; give it a new token');
  }

  return {
    ready: () => broker.ping(),
    seal: ({ username, token }) => seal.close(token, username),
    deliver: (username) => Promise.race([inStep.soon(username), sleep(patienceMs, undefined, { ref: false })]),
    async start() {
      await broker.prepare(gateway);
      await all();
      inStep.start();
    },
    async stop() {
      await inStep.stop();
      await broker.close();
    },
  };
}

const isSame = (one: LiveCredential | undefined, other: LiveCredential | undefined): boolean =>
  one?.credential === other?.credential && one?.waiting === other?.waiting;

type Due = 'nothing' | 'disable' | 'enable' | 'give' | 'lost';

function dueOf(live: LiveCredential | undefined, account: Standing | undefined): Due {
  if (live === undefined) return account?.enabled ? 'disable' : 'nothing';
  if (account?.credential === live.credential) return account.enabled ? 'nothing' : 'enable';
  if (live.waiting) return 'give';
  // Disabled: it was lost before, and nothing but a new token helps.
  return account?.enabled === false ? 'nothing' : 'lost';
}
