import { connect as connectTcp, createServer, type Server } from 'node:net';
import { createClient, type Yunfab } from '@yunfab/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedPlatform, servePlatform } from './served-platform.js';

/** The SDK against the whole platform in another process, through its failures. */

let platform: ServedPlatform;
let buyerKey: string;
let buyer: Yunfab;
beforeAll(async () => {
  platform = await servePlatform();
  buyerKey = await platform.company('buyer');
  await platform.company('supplier');
  buyer = createClient({ url: platform.httpUrl, apiKey: buyerKey, maxAttempts: 100 });
});
afterAll(() => platform?.close());

const proposal = (ownNumber: string) => ({
  supplier: 'supplier',
  ownNumber,
  currency: 'CNY' as const,
  dueOn: '2030-01-31',
  lines: [{ description: 'Plate', quantity: { value: '3', unit: 'H87' as const }, unitPrice: '2' }],
});

describe('following the feed of a real server', () => {
  it('gives every event once and in order although the server is stopped and killed meanwhile', async () => {
    const stop = new AbortController();
    const { cursor: after } = await buyer.events.head();
    const seen: { cursor: number; number: unknown }[] = [];
    const following = (async () => {
      for await (const { cursor, body } of buyer.events.follow({ after, types: ['orders.proposed'], signal: stop.signal }))
        seen.push({ cursor, number: body['number'] });
    })();
    const numbers = Array.from({ length: 60 }, (_, index) => `F-${index}`);
    const writing = (async () => {
      for (const number of numbers) await buyer.orders.propose(proposal(number), { timeoutMs: 5_000 });
    })();
    const breaking = (async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await platform.restart('SIGTERM');
      await new Promise((resolve) => setTimeout(resolve, 500));
      await platform.restart('SIGKILL');
    })();
    await Promise.all([writing, breaking]);
    await until(() => seen.length >= numbers.length);
    stop.abort();
    await following;
    expect(seen.map(({ number }) => number)).toEqual(numbers);
    expect(seen.map(({ cursor }) => cursor)).toEqual(seen.map(({ cursor }) => cursor).sort((a, b) => a - b));
  }, 120_000);

  it('ends with the refusal when the key is revoked', async () => {
    const { id, token } = await buyer.access.keys.create({ name: 'short-lived', scopes: ['*'] });
    const client = createClient({ url: platform.httpUrl, apiKey: token ?? '' });
    const ended = (async () => {
      for await (const _ of client.events.follow()) await Promise.resolve();
    })().catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await buyer.access.keys.revoke({ key: id });
    expect(await ended).toMatchObject({ code: 'access.unauthenticated', status: 401 });
  }, 30_000);
});

describe('a reply that is lost', () => {
  it('is asked for again with the same key, and nothing happens twice', async () => {
    const cutter = await cutFirstReply(new URL(platform.httpUrl));
    const retries: string[] = [];
    const client = createClient({ url: cutter.url, apiKey: buyerKey, hooks: { onRetry: ({ error }) => retries.push(error.code) } });
    const order = await client.orders.propose(proposal('LOST-1'));
    cutter.close();
    expect(retries).toEqual(['client.network']);
    const found: string[] = [];
    for await (const { id, number } of buyer.orders.list()) if (number === 'LOST-1') found.push(id);
    expect(found).toEqual([order.id]);
    const conflict = buyer.orders.propose(proposal('LOST-1'));
    await expect(conflict).rejects.toMatchObject({ status: 409, retryable: false });
  }, 30_000);
});

describe('a key for live values alone', () => {
  it('keeps its connection while the feed goes on', async () => {
    const { token } = await buyer.access.keys.create({ name: 'live', scopes: ['equipment.read'] });
    const states: string[] = [];
    const off = createClient({ url: platform.httpUrl, apiKey: token ?? '' }).live.state((state) => states.push(state));
    await until(() => states.at(-1) === 'connected');
    await buyer.equipment.create({ code: 'quiet', name: 'Quiet machine', model: 'machine' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    off();
    expect(states).toEqual(['connecting', 'connected']);
  });
});

describe('live telemetry of equipment that is not there', () => {
  it('is refused with a typed error', async () => {
    const refused = new Promise<unknown>((resolve) => {
      buyer.live.telemetry({ equipment: '0198f3a2-0000-7000-8000-000000000000', onError: resolve }, () => {});
    });
    expect(await refused).toMatchObject({ code: 'request.not_found' });
  });
});

/** Passes everything on, but cuts the first connection when the server has answered: the change is made, the reply is lost. */
async function cutFirstReply(target: URL): Promise<{ url: string; close(): void }> {
  let cutting = true;
  const server: Server = createServer((client) => {
    const upstream = connectTcp(Number(target.port), target.hostname);
    client.pipe(upstream);
    upstream.on('data', (chunk) => {
      if (!cutting) return void client.write(chunk);
      cutting = false;
      client.destroy();
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const)
      one.on('close', () => other.destroy()).on('error', () => other.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}

async function until(holds: () => boolean, patienceMs = 30_000): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${patienceMs} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
