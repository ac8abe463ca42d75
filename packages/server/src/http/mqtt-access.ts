import { createHash, timingSafeEqual } from 'node:crypto';
import { findDeviceCredential } from '@yunfab/core/access';
import type { Database } from '@yunfab/core/database';
import { deviceMay, parseUsername } from '@yunfab/gateway';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';

export interface MqttAccessOptions {
  readonly database: Pick<Database, 'system' | 'ingest'>;
  /** What the broker shows: `Authorization: Bearer …`. */
  readonly secret: string;
}

const text = z.string().max(65_535).optional();
const connecting = z.object({ username: text, password: text, clientid: text });
const acting = z.object({ username: text, clientid: text, action: z.string().max(20), topic: z.string().max(65_535) });

/** EMQX 5: `ignore` leaves it to the next of its chain, at whose end nobody is let in. */
type Result = 'allow' | 'deny';
const answer = (result: Result) => ({ result, is_superuser: false });

const bodyLimit = 128 * 1024;

/**
 * Access control for a broker outside that asks over HTTP, as EMQX 5 does. Whether an organization, a device or a token is
 * unknown, revoked or wrong cannot be told from the answer. A body that is no question is denied too; when the database
 * cannot be asked it is 503, which EMQX takes for `ignore`.
 */
export function mqttAccessRoutes({ database, secret }: MqttAccessOptions) {
  const expected = digestOf(`Bearer ${secret}`);
  const isBroker = ({ headers }: FastifyRequest) => timingSafeEqual(digestOf(headers.authorization ?? ''), expected);

  async function mayEnter(body: unknown): Promise<boolean> {
    const { username, password, clientid } = connecting.safeParse(body).data ?? {};
    const name = parseUsername(username ?? '');
    if (!name || password === undefined || clientid !== username) return false;
    return (await findDeviceCredential(database.system, { ...name, token: password })) !== null;
  }

  async function mayAct(body: unknown): Promise<boolean> {
    const { username, clientid, action, topic = '' } = acting.safeParse(body).data ?? {};
    const name = parseUsername(username ?? '');
    if (!name || username === undefined || clientid !== username || (action !== 'publish' && action !== 'subscribe')) return false;
    return deviceMay(action, username, topic) && isLive(name);
  }

  async function isLive({ organization, device }: { readonly organization: string; readonly device: string }): Promise<boolean> {
    const { rows } = await database.ingest.pool.query<{ live: boolean }>({
      name: 'mqtt_device_live',
      text: 'select live from telemetry.resolve_devices($1, $2)',
      values: [[organization], [device]],
    });
    return rows[0]?.live === true;
  }

  return async (app: FastifyInstance): Promise<void> => {
    for (const [path, decide] of [
      ['/api/mqtt/authenticate', mayEnter],
      ['/api/mqtt/authorize', mayAct],
    ] as const) {
      app.post(path, { bodyLimit, logLevel: 'warn' }, async (request, reply) => {
        if (!isBroker(request)) return reply.code(401).send(answer('deny'));
        try {
          return answer((await decide(request.body)) ? 'allow' : 'deny');
        } catch (error) {
          request.log.warn({ err: error }, 'a broker asked about a device, and the database could not be asked');
          return reply.code(503).send({ result: 'ignore' });
        }
      });
    }
  };
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
