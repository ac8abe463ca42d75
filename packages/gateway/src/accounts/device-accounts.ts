import type { Database } from '@yunfab/core/database';
import type { BrokerAddress } from '../external/broker-link.js';
import { listenTo } from '../listening.js';
import type { GatewayLog } from '../log.js';
import { parseUsername } from '../topics.js';
import { type Account, createDynamicSecurity } from './dynamic-security.js';

export interface DeviceAccountsOptions {
  readonly database: Pick<Database, 'ingest' | 'system'>;
  /** Of an administrator of the plugin. */
  readonly address: BrokerAddress;
  /** What gateways connect with; made where it is not there yet. */
  readonly gateway: Account | null;
  readonly log: GatewayLog;
}

/** The accounts of devices in Mosquitto's dynamic-security plugin, kept as the database has their tokens. */
export interface DeviceAccounts {
  /**
   * Gives a device its account, or another token; for the transaction that issues the token, as nobody has it later. Rejects when
   * the broker does not take it.
   */
  issue(device: { readonly username: string; readonly token: string }): Promise<void>;
  /** Rejects when the plugin does not answer. From then on a token that ends is refused, and its device cut off, at once. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const everyMs = 60_000;
const asked = 500;

export function createDeviceAccounts({ database, address, gateway, log }: DeviceAccountsOptions): DeviceAccounts {
  const broker = createDynamicSecurity(address);
  let listening: { stop(): Promise<void> } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  /** One after the other, so that the last word about a device is the last that the broker hears. */
  let working: Promise<void> = Promise.resolve();

  function then(what: string, work: () => Promise<void>): Promise<void> {
    working = working
      .then(() => (stopped ? undefined : work()))
      .catch((error: unknown) => {
        log.warn(
          { error, what },
          'the accounts of devices at the broker could not be brought up to date; it is tried again within a minute',
        );
      });
    return working;
  }

  async function liveOf(usernames: readonly string[]): Promise<Map<string, boolean>> {
    const named = usernames.flatMap((username) => parseUsername(username) ?? []);
    const { rows } = await database.ingest.pool.query<{ key: string; live: boolean }>(
      'select key, live from telemetry.resolve_devices($1, $2)',
      [named.map(({ organization }) => organization), named.map(({ device }) => device)],
    );
    return new Map(rows.map(({ key, live }) => [key, live]));
  }

  async function renew(username: string): Promise<void> {
    if (parseUsername(username) === null) return;
    const live = (await liveOf([username])).get(username) ?? false;
    if (!(await broker.enable(username, live)) && live)
      log.warn({ device: username }, 'a device has a token and no account at the broker; give it a new token');
  }

  async function reconcile(): Promise<void> {
    const accounts = [...(await broker.list())].filter(([username]) => parseUsername(username) !== null);
    let changed = 0;
    for (let from = 0; from < accounts.length; from += asked) {
      const part = accounts.slice(from, from + asked);
      const live = await liveOf(part.map(([username]) => username));
      for (const [username, enabled] of part) {
        if (enabled === (live.get(username) ?? false)) continue;
        await broker.enable(username, !enabled);
        changed += 1;
      }
    }
    if (changed > 0) log.info({ changed, accounts: accounts.length }, 'accounts of devices at the broker were brought up to date');
  }

  return {
    issue: ({ username, token }) => broker.give({ username, password: token }),
    async start() {
      await broker.prepare(gateway);
      const all = () => then('reconcile', reconcile);
      await reconcile();
      listening = listenTo({
        listener: database.system,
        channel: 'yunfab_device',
        log,
        meanwhile: 'tokens that end are refused by the broker within a minute',
        onListening: () => void all(),
        onTold: (payload) => payload !== undefined && payload !== '*' && void then(payload, () => renew(payload)),
      });
      timer = setInterval(() => void all(), everyMs);
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await listening?.stop();
      await working;
      await broker.close();
    },
  };
}
