import { createServer, type IncomingMessage } from 'node:http';
import { freePort } from './mosquitto.js';

/**
 * EMQX's management API as far as devices are cut off by it, for EMQX itself cannot be installed here. It answers as the
 * documentation and the source say (https://docs.emqx.com/en/emqx/latest/admin/api.html, apps/emqx_management of EMQX 5.8):
 * 401 for a wrong key, 403 for the role viewer, 404 for another path, 204 for a kick whoever was there, pages of clients.
 */
export interface EmqxApi {
  readonly url: string;
  /** Client id → since when it is connected. */
  readonly clients: Map<string, Date>;
  /** What was asked to be kicked, one list for each question that had any. */
  readonly kicks: (readonly string[])[];
  /** How often its clients were listed. */
  listed: number;
  /** How often it is to answer 500 before it works again. */
  failing: number;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export const emqxKeys = {
  administrator: { key: 'admin-key', secret: 'admin-secret' },
  viewer: { key: 'viewer-key', secret: 'viewer-secret' },
};

const basic = ({ key, secret }: { readonly key: string; readonly secret: string }) =>
  `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;

/** On a free port; nothing listens there before it is started. */
export async function emqxApi(): Promise<EmqxApi> {
  const port = await freePort();
  const clients = new Map<string, Date>();
  const kicks: (readonly string[])[] = [];

  async function answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body?: unknown }> {
    const { pathname, searchParams } = new URL(request.url ?? '', api.url);
    const role = request.headers.authorization;
    if (role !== basic(emqxKeys.administrator) && role !== basic(emqxKeys.viewer))
      return { status: 401, body: { code: 'BAD_API_KEY_OR_SECRET', message: 'Check api_key/api_secret' } };
    if (role === basic(emqxKeys.viewer) && request.method !== 'GET')
      return { status: 403, body: { code: 'UNAUTHORIZED_ROLE', message: 'This API Key does not have permission' } };
    if (api.failing > 0) {
      api.failing -= 1;
      return { status: 500, body: { code: 'UNKNOWN_ERROR', message: 'nodedown' } };
    }
    if (request.method === 'POST' && pathname === '/api/v5/clients/kickout/bulk') {
      const asked = (await bodyOf(request)) as readonly string[];
      if (asked.length > 0) kicks.push(asked);
      for (const id of asked) clients.delete(id);
      return { status: 204 };
    }
    if (request.method === 'GET' && pathname === '/api/v5/clients') {
      api.listed += 1;
      const [limit, page] = [Number(searchParams.get('limit')), Number(searchParams.get('page'))];
      const data = [...clients].slice((page - 1) * limit, page * limit);
      return {
        status: 200,
        body: {
          data: data.map(([clientid, at]) => ({ clientid, connected: true, connected_at: at.toISOString(), node: 'emqx@127.0.0.1' })),
          meta: { page, limit, count: clients.size, hasnext: page * limit < clients.size },
        },
      };
    }
    return { status: 404, body: { code: 'NOT_FOUND', message: 'Request Path Not Found' } };
  }

  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  const api: EmqxApi = {
    url: `http://127.0.0.1:${port}`,
    clients,
    kicks,
    listed: 0,
    failing: 0,
    start: () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve)),
    async stop() {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return api;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}
