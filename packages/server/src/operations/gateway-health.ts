import type { AddressInfo } from 'node:net';
import type { Database } from '@yunfab/core/database';
import fastify from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { configErrors } from '../config/index.js';
import type { PlatformGateway } from '../platform/gateway.js';
import { describeGateway } from './metrics.js';

export interface GatewayHealthOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly gateway: PlatformGateway;
  readonly database: Pick<Database, 'ingest'>;
}

/**
 * `/livez`, `/readyz` and `/metrics` of a gateway alone. Ready is one that has its broker and its database: one that has
 * not keeps what it took, and others take its part.
 */
export async function startGatewayHealth({
  host,
  port,
  gateway,
  database,
}: GatewayHealthOptions): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const register = new Registry();
  collectDefaultMetrics({ register });
  describeGateway(register, gateway.counters);
  const app = fastify({ forceCloseConnections: true });
  app.get('/livez', async () => ({ live: true }));
  app.get('/readyz', async (_request, reply) => {
    const broken = gateway.problem();
    const checks = {
      broker: broken === null ? { ok: true } : { ok: false, detail: broken },
      database: await database.ingest.pool.query('select 1').then(
        () => ({ ok: true }),
        (error: unknown) => ({ ok: false, detail: error instanceof Error ? error.message : String(error) }),
      ),
    };
    const ready = checks.broker.ok && checks.database.ok;
    return reply.code(ready ? 200 : 503).send({ ready, checks });
  });
  app.get('/metrics', async (_request, reply) => reply.type(register.contentType).send(await register.metrics()));
  await app.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? configErrors.port_taken({ host, port, name: 'YUNFAB_GATEWAY_HTTP_PORT' }, error) : error;
  });
  const shown = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${shown}:${(app.server.address() as AddressInfo).port}`, stop: () => app.close() };
}
