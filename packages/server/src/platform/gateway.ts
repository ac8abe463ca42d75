import type { Clock } from '@yunfab/core/commands';
import type { Database } from '@yunfab/core/database';
import type { Config } from '../config/index.js';
import type { Logger } from '../operations/log.js';
import type { GatewayCounters } from '../operations/metrics.js';
import type { LiveSample } from '../sockets/live-hub.js';

export interface PlatformGateway {
  readonly mqttUrl: string;
  readonly counters: () => GatewayCounters;
  readonly stop: () => Promise<void>;
}

export interface GatewayOptions {
  readonly database: Database;
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onCommitted: (batch: { readonly samples: readonly LiveSample[] }) => void;
}

// Until packages/gateway exports createGateway.
export async function startGateway({ config }: GatewayOptions): Promise<PlatformGateway> {
  const { broker } = config;
  const mqttUrl = broker.kind === 'external' ? broker.url : `mqtt://${broker.host}:${broker.port}`;
  return { mqttUrl, counters: () => ({ received: 0, committed: 0, duplicate: 0, deadLettered: 0, inFlight: 0 }), stop: async () => {} };
}
