import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export type Answer = (response: ServerResponse, received: Received) => void | Promise<void>;

export interface ScriptedServer {
  readonly url: string;
  readonly received: Received[];
  close(): Promise<void>;
}

/** A real HTTP server that answers request after request as told; the last answer is repeated. */
export async function startScriptedServer(...answers: Answer[]): Promise<ScriptedServer> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const one = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
    received.push(one);
    await answers[Math.min(received.length, answers.length) - 1]?.(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const output = (data: unknown): Answer => json(200, { result: { data } });

export const refusal = (status: number, code: string, headers: Record<string, string> = {}): Answer =>
  json(
    status,
    {
      error: {
        message: code,
        code: -32603,
        data: { httpStatus: status, yunfab: { code, message: `${code}.`, details: { why: 'test' }, requestId: 'r-1' } },
      },
    },
    headers,
  );

export const raw =
  (status: number, text: string, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, headers).end(text);
  };

/** Takes the request and says nothing, ever. */
export const silence: Answer = () => {};

/** Takes the request and cuts the connection, after `text` when given. */
export const cut =
  (text?: string): Answer =>
  (response) => {
    if (text === undefined) response.socket?.destroy();
    else {
      response.writeHead(200, { 'content-length': String(text.length + 100) });
      response.write(text, () => response.socket?.destroy());
    }
  };

function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return raw(status, JSON.stringify(body), { 'content-type': 'application/json', 'x-request-id': 'r-http', ...headers });
}
