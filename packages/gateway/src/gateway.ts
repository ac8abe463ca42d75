import type { Database } from '@yunfab/core/database';
import { createDispatcher } from './downlink/dispatcher.js';
import { createCredentials } from './embedded/credentials.js';
import { createEmbeddedBroker, type EmbeddedBrokerOptions } from './embedded/embedded-broker.js';
import { createStrangers } from './embedded/strangers.js';
import { type BrokerLinkOptions, createMember } from './external/members.js';
import type { Front } from './front.js';
import type { FlowLimits } from './limits.js';
import { type GatewayLog, silentLog } from './log.js';
import type { CommittedBatch } from './pipeline/committed-batch.js';
import { Counters, type GatewayCounters } from './pipeline/counters.js';
import { createPipeline } from './pipeline/pipeline.js';
import { createRegistry } from './pipeline/registry.js';
import { createPresence } from './presence/presence.js';
import { createReplayer } from './replay/replayer.js';
import { createReporter } from './reporting/reporter.js';

export type BrokerOptions = ({ readonly kind: 'embedded' } & EmbeddedBrokerOptions) | ({ readonly kind: 'external' } & BrokerLinkOptions);

export interface GatewayOptions {
  /** `ingest` writes, `system` looks up credentials and listens for changes; nothing runs as `runtime`. */
  readonly database: Pick<Database, 'ingest' | 'system'>;
  readonly broker: BrokerOptions;
  /** What this process is called among the gateways of the platform. */
  readonly name?: string;
  readonly log?: GatewayLog;
  /** Called after commit, before the acknowledgement has reached the device; a failure in it is logged and nothing else. */
  readonly onCommitted?: (batch: CommittedBatch) => void;
  readonly flow?: FlowLimits;
  /** How far a device's clock may be off before its values are marked (quality 80); 10 min when left out. */
  readonly clockSkewMs?: number;
  /** The time of receipt comes from here. */
  readonly clock?: () => Date;
}

export interface Gateway {
  /** Rejects when the port is taken or the broker does not answer. */
  start(): Promise<{ readonly mqttUrl: string }>;
  /** Takes nothing more, commits and acknowledges what is in flight for at most `graceMs` (10 s), then hangs up. */
  stop(graceMs?: number): Promise<void>;
  counters(): GatewayCounters;
  /** Why it takes no messages now; null when it does. */
  problem(): string | null;
}

/** MQTT in, committed telemetry out; a QoS 1 message is acknowledged only after its rows, or its dead letter, are committed. */
export function createGateway({
  database,
  broker,
  name = `gateway ${process.pid}`,
  log = silentLog,
  onCommitted,
  flow,
  clockSkewMs,
  clock = () => new Date(),
}: GatewayOptions): Gateway {
  const { ingest, system } = database;
  const counters = new Counters();
  const registry = createRegistry({ ingest, listener: system, log });
  const bounds = flow ? { flow } : {};
  const now = () => clock().getTime();
  const pipeline = createPipeline({ ingest, registry, counters, log, onCommitted, clockSkewMs, ...bounds });
  const counted = () => counters.read(pipeline.held());
  const replayer = createReplayer({ ingest, pipeline, registry, log });
  const dispatcher = createDispatcher({ ingest, listener: system, front: () => front, log });
  const reporter = createReporter({ ingest, name, counters: counted, log });
  const parts = { pipeline, counters, log, now, onReader: dispatcher.came, ...bounds };
  const front: Front =
    broker.kind === 'embedded'
      ? createEmbeddedBroker({
          ...parts,
          options: broker,
          credentials: createCredentials(system),
          strangers: createStrangers({ ingest, log, now }),
          presence: createPresence({ ingest, front: 'embedded', log, now }),
        })
      : createMember({ options: broker, ingest, ...parts });

  return {
    async start() {
      registry.start();
      pipeline.start();
      const started = await front.start();
      replayer.start();
      dispatcher.start();
      reporter.start();
      return started;
    },
    async stop(graceMs = 10_000) {
      const until = performance.now() + graceMs;
      const left = () => Math.max(0, until - performance.now());
      await front.stopReading();
      await dispatcher.stop(left());
      await replayer.stop(left());
      await pipeline.stop(left());
      await front.stop();
      await reporter.stop();
      await registry.stop();
    },
    counters: counted,
    problem: () => front.problem(),
  };
}
