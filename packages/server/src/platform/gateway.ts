import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Clock } from '@yunfab/core/commands';
import type { Database } from '@yunfab/core/database';
import { type BrokerOptions, type CommittedBatch, createGateway, type GatewayCounters } from '@yunfab/gateway';
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
  readonly clock: Clock;
  readonly log: Logger;
  readonly onCommitted?: (batch: CommittedBatch) => void;
}

/** The gateway on its embedded broker or against the external one; throws `config.port_taken` or `config.broker_unreachable`. */
export async function startGateway({ database, broker, clock, log, onCommitted }: GatewayOptions): Promise<PlatformGateway> {
  const options = brokerOptions(broker);
  const name = (options.kind === 'external' ? options.clientId : undefined) ?? `${hostname()} ${process.pid}`;
  const gateway = createGateway({ database, broker: options, name, clock, log, ...(onCommitted ? { onCommitted } : {}) });
  const { mqttUrl } = await gateway.start().catch(async (error: unknown) => {
    await gateway.stop(0).catch(() => {});
    throw inWords(error, broker);
  });
  return { mqttUrl, counters: () => gateway.counters(), problem: () => gateway.problem(), stop: () => gateway.stop() };
}

function brokerOptions(broker: BrokerConfig): BrokerOptions {
  if (broker.kind === 'external') {
    const url = new URL(broker.url);
    const [username, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
    url.username = url.password = '';
    return {
      kind: 'external',
      url: url.toString(),
      ...(broker.clientId === null ? {} : { clientId: broker.clientId }),
      ...(username ? { username, password } : {}),
      ...(broker.caFile === null ? {} : { ca: read('YUNFAB_MQTT_CA', broker.caFile) }),
      ...(broker.certificate
        ? { cert: read('YUNFAB_MQTT_CERT', broker.certificate.certFile), key: read('YUNFAB_MQTT_KEY', broker.certificate.keyFile) }
        : {}),
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
