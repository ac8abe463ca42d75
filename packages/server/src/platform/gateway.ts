import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Clock } from '@yunfab/core/commands';
import type { Database } from '@yunfab/core/database';
import {
  type BrokerOptions,
  type CommittedBatch,
  createDeviceAccounts,
  createEmqxDevices,
  createGateway,
  type DeviceAccounts,
  type EmqxDevices,
  EmqxRefusal,
  type GatewayCounters,
} from '@yunfab/gateway';
import { type BrokerConfig, configErrors } from '../config/index.js';
import type { Logger } from '../operations/log.js';

export interface PlatformGateway {
  readonly mqttUrl: string;
  readonly counters: () => GatewayCounters;
  /** Why it takes no messages now; null when it does. */
  readonly problem: () => string | null;
  readonly stop: () => Promise<void>;
}

export interface GatewayOptions {
  readonly database: Database;
  readonly broker: BrokerConfig;
  readonly clockSkewMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onCommitted?: (batch: CommittedBatch) => void;
}

/** The gateway on its embedded broker or against the external one; throws `config.port_taken` or `config.broker_unreachable`. */
export async function startGateway({ database, broker, clockSkewMs, clock, log, onCommitted }: GatewayOptions): Promise<PlatformGateway> {
  const options = brokerOptions(broker);
  const name = (options.kind === 'external' ? options.clientId : undefined) ?? `${hostname()} ${process.pid}`;
  const gateway = createGateway({ database, broker: options, name, clockSkewMs, clock, log, ...(onCommitted ? { onCommitted } : {}) });
  const { mqttUrl } = await gateway.start().catch(async (error: unknown) => {
    await gateway.stop(0).catch(() => {});
    throw inWords(error, broker);
  });
  return { mqttUrl, counters: () => gateway.counters(), problem: () => gateway.problem(), stop: () => gateway.stop() };
}

/** The accounts of devices at a broker that keeps them; null where it does not. Connects when it is first used. */
export function deviceAccountsOf({ broker, database, log }: Pick<GatewayOptions, 'broker' | 'database' | 'log'>): DeviceAccounts | null {
  if (broker.kind !== 'external' || broker.accountsUrl === null) return null;
  const { username, password } = loginOf(broker.url);
  const address = { ...loginOf(broker.accountsUrl), ...trustOf(broker) };
  return createDeviceAccounts({ database, address, gateway: username && password ? { username, password } : null, log });
}

/** Throws `config.broker_unreachable` when the plugin does not answer. */
export async function startDeviceAccounts(accounts: DeviceAccounts, broker: BrokerConfig): Promise<void> {
  await accounts.start().catch(async (error: unknown) => {
    await accounts.stop().catch(() => {});
    throw inWords(error, broker.kind === 'external' ? { ...broker, url: broker.accountsUrl ?? broker.url } : broker);
  });
}

/** Cuts devices off at EMQX; null where that is not asked for. Throws `config.invalid` when EMQX refuses the key. */
export async function startEmqxDevices({
  broker,
  database,
  log,
}: Pick<GatewayOptions, 'broker' | 'database' | 'log'>): Promise<EmqxDevices | null> {
  if (broker.kind !== 'external' || broker.emqx === null) return null;
  const devices = createEmqxDevices({ database, address: broker.emqx, log });
  await devices.start().catch((error: unknown) => {
    if (!(error instanceof EmqxRefusal)) throw error;
    const problem = `it must be an API key with the role administrator of EMQX 5.1 or later at YUNFAB_MQTT_EMQX_URL; ${error.message}`;
    throw configErrors.invalid({ name: 'YUNFAB_MQTT_EMQX_KEY', value: broker.emqx?.key, problem }, error);
  });
  return devices;
}

type External = Extract<BrokerConfig, { kind: 'external' }>;

function loginOf(given: string): { readonly url: string; readonly username?: string; readonly password?: string } {
  const url = new URL(given);
  const [username, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  url.username = url.password = '';
  return { url: url.toString(), ...(username ? { username, password } : {}) };
}

function trustOf({ caFile, certificate }: External) {
  return {
    ...(caFile === null ? {} : { ca: read('YUNFAB_MQTT_CA', caFile) }),
    ...(certificate ? { cert: read('YUNFAB_MQTT_CERT', certificate.certFile), key: read('YUNFAB_MQTT_KEY', certificate.keyFile) } : {}),
  };
}

function brokerOptions(broker: BrokerConfig): BrokerOptions {
  if (broker.kind === 'external') {
    return {
      kind: 'external',
      ...loginOf(broker.url),
      ...trustOf(broker),
      ...(broker.clientId === null ? {} : { clientId: broker.clientId }),
    };
  }
  const { host, port, tls } = broker;
  if (!tls) return { kind: 'embedded', host, port };
  const ca = tls.caFile ? { ca: read('YUNFAB_MQTT_TLS_CA', tls.caFile) } : {};
  return {
    kind: 'embedded',
    host,
    port,
    tls: { port: tls.port, cert: read('YUNFAB_MQTT_TLS_CERT', tls.certFile), key: read('YUNFAB_MQTT_TLS_KEY', tls.keyFile), ...ca },
  };
}

function read(name: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw configErrors.invalid({ name, value: file, problem: 'there is no such file that can be read' }, error);
  }
}

function inWords(error: unknown, broker: BrokerConfig): unknown {
  if (broker.kind === 'external')
    return configErrors.broker_unreachable(
      { url: broker.url.replace(/\/\/[^@/]*@/, '//'), problem: error instanceof Error ? error.message : String(error) },
      error,
    );
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return error;
  const { port, host, tls } = broker;
  const taken = (error as { port?: number }).port ?? port;
  return configErrors.port_taken({ port: taken, host, name: taken === tls?.port ? 'YUNFAB_MQTT_TLS_PORT' : 'YUNFAB_MQTT_PORT' }, error);
}
