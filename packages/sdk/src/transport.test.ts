import { afterEach, describe, expect, it } from 'vitest';
import { type ClientOptions, createClient, isYunfabError, type YunfabClientError } from './index.js';
import { type Answer, cut, output, raw, refusal, type ScriptedServer, silence, startScriptedServer } from './testing/scripted-server.js';

let server: ScriptedServer;
afterEach(() => server.close());

/** Untyped on purpose: these tests are about what travels, whatever the procedure. */
interface AnyNamespace {
  thing: (input?: unknown, options?: unknown) => Promise<unknown> & AsyncIterable<unknown>;
}

async function clientOf(answers: Answer[], options: Partial<ClientOptions> = {}): Promise<AnyNamespace> {
  server = await startScriptedServer(...answers);
  return (createClient({ url: server.url, apiKey: 'yf_test', ...options } as ClientOptions) as unknown as { some: AnyNamespace }).some;
}

async function failureOf(promise: Promise<unknown>): Promise<YunfabClientError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isYunfabError(error)) throw error ?? new Error('it did not fail');
  return error;
}

describe('a call', () => {
  it('posts its input with key, credential and organization', async () => {
    const some = await clientOf([output({ answer: 42 })], { organization: 'voyager' });
    expect(await some.thing({ a: 1 })).toEqual({ answer: 42 });
    const [request] = server.received;
    expect(request).toMatchObject({ method: 'POST', path: '/api/trpc/some.thing', body: { a: 1 } });
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer yf_test',
      'x-yunfab-organization': 'voyager',
      'content-type': 'application/json',
    });
    expect(request?.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('sends an empty object when it has no input', async () => {
    const some = await clientOf([output(null)]);
    expect(await some.thing()).toBeNull();
    expect(server.received[0]?.body).toEqual({});
  });

  it('uses the idempotency key it is given', async () => {
    const some = await clientOf([output(1)]);
    await some.thing({}, { idempotencyKey: 'order-77' });
    expect(server.received[0]?.headers['idempotency-key']).toBe('order-77');
  });
});

describe('a refusal', () => {
  it('carries code, details, status and request id, and is not tried again', async () => {
    const some = await clientOf([refusal(409, 'orders.version_stale')]);
    const error = await failureOf(some.thing());
    expect(error).toMatchObject({
      code: 'orders.version_stale',
      status: 409,
      requestId: 'r-1',
      details: { why: 'test' },
      retryable: false,
    });
    expect(isYunfabError(error, 'orders.version_stale')).toBe(true);
    expect(server.received).toHaveLength(1);
  });

  it('is understood without the tRPC envelope', async () => {
    const body = JSON.stringify({ error: { code: 'request.too_large', message: 'Too large.', details: {}, requestId: 'r-2' } });
    const some = await clientOf([raw(413, body)]);
    expect(await failureOf(some.thing())).toMatchObject({ code: 'request.too_large', status: 413, requestId: 'r-2' });
  });

  it.each([
    ['a page of HTML', raw(200, '<!doctype html><p>hello')],
    ['an empty body', raw(200, '')],
    ['JSON that is no reply', raw(200, '[1,2]')],
    ['null', raw(200, 'null')],
  ])('names %s as not Yunfab', async (_, answer) => {
    const some = await clientOf([answer]);
    expect(await failureOf(some.thing())).toMatchObject({ code: 'client.unexpected_reply', retryable: false });
    expect(server.received).toHaveLength(1);
  });
});

describe('retries', () => {
  it.each([
    ['408', refusal(408, 'request.late')],
    ['429', refusal(429, 'request.too_many')],
    ['503', refusal(503, 'request.unavailable')],
    ['502 of a proxy', raw(502, '<html>Bad gateway')],
    ['a key in progress', refusal(409, 'request.idempotency_in_progress')],
    ['a cut connection', cut()],
    ['a reply cut half way', cut('{"result":{"da')],
  ])('tries again after %s, with the same key', async (_, first) => {
    const some = await clientOf([first, output('done')]);
    expect(await some.thing({ n: 1 })).toBe('done');
    const [one, two] = server.received;
    expect(two?.headers['idempotency-key']).toBe(one?.headers['idempotency-key']);
    expect(two?.body).toEqual({ n: 1 });
  });

  it('gives up after three attempts and reports the last failure', async () => {
    const some = await clientOf([refusal(503, 'request.unavailable')]);
    expect(await failureOf(some.thing())).toMatchObject({ code: 'request.unavailable', retryable: true });
    expect(server.received).toHaveLength(3);
  });

  it('waits at least as long as Retry-After says', async () => {
    const retries: number[] = [];
    const some = await clientOf([refusal(429, 'request.too_many', { 'retry-after': '1' }), output(1)], {
      hooks: { onRetry: ({ waitMs }) => retries.push(waitMs) },
    });
    await some.thing();
    expect(retries).toEqual([1000]);
  });

  it('does not wait for a Retry-After beyond its patience', async () => {
    const some = await clientOf([refusal(429, 'request.too_many', { 'retry-after': '3600' })]);
    expect(await failureOf(some.thing())).toMatchObject({ code: 'request.too_many', retryable: true });
    expect(server.received).toHaveLength(1);
  });

  it('tells what cannot be reached', async () => {
    const some = await clientOf([output(1)], { maxAttempts: 1 });
    await server.close();
    const error = await failureOf(some.thing());
    expect(error).toMatchObject({ code: 'client.network', status: 0, requestId: null, retryable: true });
    expect(error.message).toContain(server.url);
  });
});

describe('time and aborts', () => {
  it('gives each attempt its timeout', async () => {
    let attempts = 0;
    const some = await clientOf([silence], { timeoutMs: 50, maxAttempts: 2, hooks: { onRequest: () => void attempts++ } });
    expect(await failureOf(some.thing())).toMatchObject({ code: 'client.timeout', retryable: true, details: { timeoutMs: 50 } });
    expect(attempts).toBe(2);
  });

  it('counts the body into the timeout', async () => {
    const some = await clientOf([(response) => void response.writeHead(200).write('{"result"')], { maxAttempts: 1 });
    expect(await failureOf(some.thing({}, { timeoutMs: 50 }))).toMatchObject({ code: 'client.timeout' });
  });

  it('rejects with the reason of the signal, before and during the request', async () => {
    const some = await clientOf([silence]);
    const reason = new Error('the user left');
    await expect(some.thing({}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const call = some.thing({}, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 30);
    await expect(call).rejects.toBe(reason);
  });

  it('rejects with the reason of the signal while it waits to try again', async () => {
    const controller = new AbortController();
    const some = await clientOf([refusal(503, 'request.unavailable', { 'retry-after': '30' })], {
      hooks: { onRetry: () => setTimeout(() => controller.abort('stop'), 5) },
    });
    await expect(some.thing({}, { signal: controller.signal })).rejects.toBe('stop');
    expect(server.received).toHaveLength(1);
  });
});

describe('hooks', () => {
  it('see every attempt and may add headers', async () => {
    const seen: string[] = [];
    const some = await clientOf([refusal(503, 'request.unavailable', { 'retry-after': '0' }), output(1)], {
      hooks: {
        onRequest({ path, attempt, headers }) {
          headers['traceparent'] = '00-1';
          seen.push(`request ${path} ${attempt}`);
        },
        onResponse: ({ attempt, status, requestId }) => void seen.push(`response ${attempt} ${status} ${requestId}`),
        onRetry: ({ attempt, error }) => void seen.push(`retry ${attempt} ${error.code}`),
      },
    });
    await some.thing();
    expect(seen).toEqual([
      'request some.thing 1',
      'response 1 503 r-http',
      'retry 1 request.unavailable',
      'request some.thing 2',
      'response 2 200 r-http',
    ]);
    expect(server.received[1]?.headers['traceparent']).toBe('00-1');
  });

  it('fail the call with what they throw', async () => {
    const some = await clientOf([output(1)], {
      hooks: {
        onResponse() {
          throw new Error('broken hook');
        },
      },
    });
    await expect(some.thing()).rejects.toThrow('broken hook');
    expect(server.received).toHaveLength(1);
  });
});

describe('lists', () => {
  const pages: Answer = (response, { body }) => {
    const { cursor } = body as { cursor?: string };
    const page =
      cursor === undefined ? { items: [1, 2], next: 'b' } : cursor === 'b' ? { items: [], next: 'c' } : { items: [3], next: null };
    return output(page)(response, { body } as never);
  };

  it('give their first page when awaited', async () => {
    const some = await clientOf([pages]);
    expect(await some.thing({ limit: 2 })).toEqual({ items: [1, 2], next: 'b' });
    expect(server.received).toHaveLength(1);
  });

  it('give every item when iterated, each page asked for once', async () => {
    const some = await clientOf([pages]);
    const items: unknown[] = [];
    for await (const item of some.thing({ limit: 2 })) items.push(item);
    expect(items).toEqual([1, 2, 3]);
    expect(server.received.map(({ body }) => body)).toEqual([{ limit: 2 }, { limit: 2, cursor: 'b' }, { limit: 2, cursor: 'c' }]);
  });

  it('ask for no further page when the loop is left', async () => {
    const some = await clientOf([pages]);
    for await (const item of some.thing()) if (item === 2) break;
    expect(server.received).toHaveLength(1);
  });

  it('of columns give page by page when iterated', async () => {
    const columns: Answer = (response, { body }) => {
      const { cursor } = body as { cursor?: string };
      const page = cursor === undefined ? { signals: { t: [1, 2] }, next: '7.1' } : { signals: { t: [3] }, next: null };
      return output(page)(response, { body } as never);
    };
    const some = await clientOf([columns]);
    const seen: unknown[] = [];
    for await (const page of some.thing({ from: 0 })) seen.push(page);
    expect(seen).toEqual([
      { signals: { t: [1, 2] }, next: '7.1' },
      { signals: { t: [3] }, next: null },
    ]);
    expect(server.received.map(({ body }) => body)).toEqual([{ from: 0 }, { from: 0, cursor: '7.1' }]);
  });

  it('refuse to iterate what is no list', async () => {
    const some = await clientOf([output({ id: 1 })]);
    await expect(some.thing()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'client.not_a_list' });
  });
});
