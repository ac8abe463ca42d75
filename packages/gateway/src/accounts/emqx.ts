import { z } from 'zod';

export interface EmqxAddress {
  /** Of the management API, as it stands before `/api/v5`. */
  readonly url: string;
  /** An API key whose role is administrator, and its secret. */
  readonly key: string;
  readonly secret: string;
}

export interface ConnectedClient {
  readonly clientId: string;
  readonly connectedAt: Date;
}

/** EMQX says no, and will say so again: the key, its role or the address is wrong. */
export class EmqxRefusal extends Error {}

/** What is needed of EMQX's management API (5.1 and later). Rejects when it cannot be reached, with `EmqxRefusal` when it refuses. */
export interface Emqx {
  /** Ends these connections and their sessions on all nodes; one that is not there is no error. */
  kick(clientIds: readonly string[]): Promise<void>;
  connected(): AsyncIterable<readonly ConnectedClient[]>;
}

const patienceMs = 5_000;
const atOnce = 1_000;

const clientPage = z.object({ data: z.array(z.object({ clientid: z.string(), connected_at: z.coerce.date() })) });
const problemBody = z.object({ code: z.string().optional(), message: z.string().optional() });

/**
 * `POST /clients/kickout/bulk` and `GET /clients` of https://docs.emqx.com/en/emqx/latest/admin/api.html, by HTTP basic. In bulk
 * also for one: the client id of a device holds a `/`, and proxies disagree about `%2F` in a path.
 */
export function createEmqx({ url, key, secret }: EmqxAddress): Emqx {
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
  const base = `${url.replace(/\/+$/, '')}/api/v5`;

  async function ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { authorization, accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    }).catch((error: unknown) => {
      throw new Error(`EMQX does not answer at ${base}${path}: ${causeOf(error)}`, { cause: error });
    });
    if (response.ok) return response;
    const { code = '', message = '' } = problemBody.safeParse(await response.json().catch(() => ({}))).data ?? {};
    const said = [String(response.status), code, message].filter((part) => part !== '').join(' ');
    const problem = `EMQX answers ${method} ${base}${path} with ${said}`;
    throw [401, 403, 404].includes(response.status) ? new EmqxRefusal(problem) : new Error(problem);
  }

  return {
    async kick(clientIds) {
      for (let from = 0; from === 0 || from < clientIds.length; from += atOnce)
        await ask('POST', '/clients/kickout/bulk', clientIds.slice(from, from + atOnce));
    },
    async *connected() {
      for (let page = 1; ; page += 1) {
        const response = await ask('GET', `/clients?conn_state=connected&limit=${atOnce}&page=${page}`);
        const { data } = clientPage.parse(await response.json());
        yield data.map(({ clientid, connected_at }) => ({ clientId: clientid, connectedAt: connected_at }));
        if (data.length < atOnce) return;
      }
    },
  };
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
