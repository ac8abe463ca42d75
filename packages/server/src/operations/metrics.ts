import type { Database } from '@yunfab/core/database';
import { readFeedLag } from '@yunfab/core/events';
import type { GatewayCounters } from '@yunfab/gateway';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface MetricsOptions {
  readonly database: Database;
  readonly sockets: () => number;
  /** Null in a process without a gateway. */
  readonly gateway: (() => GatewayCounters) | null;
}

/** Counters that only grow, and gauges of the moment. */
const gatewayCounters: Readonly<Partial<Record<keyof GatewayCounters, string>>> = {
  received: 'MQTT messages received',
  committed: 'MQTT messages whose rows were committed',
  duplicate: 'MQTT messages that were stored before',
  deadLettered: 'MQTT messages set aside with a reason',
  droppedQos0: 'QoS 0 messages that found no room; they carry no promise',
  refused: 'Publishes, subscriptions and connections without the right to',
  valuesCommitted: 'Telemetry values committed',
  valuesRefused: 'Telemetry values left out of stored messages',
  retries: 'Batches that were tried again',
};
const gatewayGauges: Readonly<Partial<Record<keyof GatewayCounters, string>>> = {
  inFlight: 'MQTT messages received and not yet decided',
  inFlightBytes: 'Their bytes',
  connections: 'Open device connections',
};

export interface Metrics {
  /** Registers `/metrics`. */
  readonly routes: (app: FastifyInstance) => Promise<void>;
  /** Counts one answered request. */
  readonly answered: (request: FastifyRequest, reply: FastifyReply) => void;
}

/** For Prometheus. No organization, device or record is ever a label: they are not for whoever reads metrics. */
export function createMetrics({ database, sockets, gateway }: MetricsOptions): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const requests = new Histogram({
    name: 'yunfab_http_request_seconds',
    help: 'HTTP requests by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [register],
  });
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers: [register],
      async collect() {
        this.set(await read());
      },
    });
  gauge('yunfab_sockets', 'Open Socket.IO connections', sockets);
  gauge('yunfab_feed_lag_seconds', 'Age of the oldest event that is in no feed yet', async () => (await lagOf(database)).oldestMs / 1000);
  gauge('yunfab_feed_pending', 'Events that are in no feed yet', async () => (await lagOf(database)).pending);
  gauge(
    'yunfab_database_connections',
    'Connections of the runtime role in use',
    () => database.runtime.pool.totalCount - database.runtime.pool.idleCount,
  );
  gauge('yunfab_database_waiting', 'Requests that wait for a connection', () => database.runtime.pool.waitingCount);
  if (gateway) describeGateway(register, gateway);

  return {
    async routes(app) {
      app.get('/metrics', async (_request, reply) => reply.type(register.contentType).send(await register.metrics()));
    },
    answered(request, reply) {
      const route = request.routeOptions.url ?? 'unknown';
      requests.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    },
  };
}

/** The counters of a gateway, and that none of its messages is unaccounted for. */
export function describeGateway(register: Registry, counters: () => GatewayCounters): void {
  const named = (field: string) => `yunfab_gateway_${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
  for (const [field, help] of Object.entries(gatewayCounters) as [keyof GatewayCounters, string][]) {
    new Counter({
      name: `${named(field)}_total`,
      help,
      registers: [register],
      collect() {
        this.reset();
        this.inc(counters()[field]);
      },
    });
  }
  for (const [field, help] of Object.entries(gatewayGauges) as [keyof GatewayCounters, string][]) {
    new Gauge({
      name: named(field),
      help,
      registers: [register],
      collect() {
        this.set(counters()[field]);
      },
    });
  }
  new Gauge({
    name: 'yunfab_gateway_oldest_in_flight_seconds',
    help: 'Age of the oldest MQTT message that is not decided yet',
    registers: [register],
    collect() {
      this.set(counters().oldestInFlightMs / 1000);
    },
  });
  new Gauge({
    name: 'yunfab_gateway_unaccounted',
    help: 'received - committed - duplicate - dead-lettered - in flight; anything but 0 is a lost message',
    registers: [register],
    collect() {
      const { received, committed, duplicate, deadLettered, inFlight } = counters();
      this.set(received - committed - duplicate - deadLettered - inFlight);
    },
  });
}

/** A database that cannot be asked shows as not-a-number rather than failing the whole page. */
async function lagOf({ system }: Database): Promise<{ pending: number; oldestMs: number }> {
  return readFeedLag(system).catch(() => ({ pending: Number.NaN, oldestMs: Number.NaN }));
}
