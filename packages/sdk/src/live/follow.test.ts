import { afterEach, describe, expect, it } from 'vitest';
import { createClient, type FollowOptions } from '../index.js';
import { type FeedServer, startFeedServer } from '../testing/feed-server.js';
import { until } from '../testing/until.js';

let server: FeedServer;
const stops: AbortController[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) stop.abort();
  await server.stop();
});

interface Following {
  readonly cursors: number[];
  readonly stop: AbortController;
  readonly ended: Promise<unknown>;
}

/** Follows in the background; `pace` is awaited before each next event. */
function follow(options: FollowOptions = {}, pace: (cursor: number) => Promise<void> | void = () => {}): Following {
  const stop = new AbortController();
  stops.push(stop);
  const cursors: number[] = [];
  const client = createClient({ url: server.url, apiKey: 'yf_test' });
  const ended = (async () => {
    for await (const { cursor } of client.events.follow({ ...options, signal: stop.signal })) {
      cursors.push(cursor);
      await pace(cursor);
    }
    return 'quietly';
  })().catch((error: unknown) => error);
  return { cursors, stop, ended };
}

const oneTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('following the feed', () => {
  it('catches up page by page and then hears of what happens', async () => {
    server = await startFeedServer();
    server.happen(250);
    const { cursors } = follow({ after: 20 });
    await until(() => cursors.length === 230 && server.sockets().length === 1);
    server.happen(3);
    server.happen(2);
    await until(() => cursors.length === 235);
    expect(cursors).toEqual(oneTo(255, 21));
  });

  it('begins now when told so', async () => {
    server = await startFeedServer();
    server.happen(40);
    const { cursors } = follow({ after: 'now' });
    await until(() => server.counts.lists === 2);
    server.happen(2);
    await until(() => cursors.length === 2);
    expect(cursors).toEqual([41, 42]);
  });

  it('uses pushes without asking again', async () => {
    server = await startFeedServer();
    const { cursors } = follow();
    // Once at the beginning and once when the connection stood.
    await until(() => server.counts.lists === 2);
    for (let i = 0; i < 20; i++) server.happen(1);
    await until(() => cursors.length === 20);
    expect(server.counts.lists).toBe(2);
  });

  it('asks for what was lost on the way', async () => {
    server = await startFeedServer();
    const { cursors } = follow();
    await until(() => server.sockets().length === 1);
    server.happen(1);
    await until(() => cursors.length === 1);
    server.happen(5, { push: false });
    server.happen(1);
    await until(() => cursors.length === 7);
    expect(cursors).toEqual(oneTo(7));
  });

  it('goes past entries that are hidden', async () => {
    server = await startFeedServer();
    server.happen(120, { hidden: true });
    server.happen(1);
    const { cursors } = follow();
    await until(() => cursors.length === 1 && server.sockets().length === 1);
    server.happen(2, { hidden: true });
    server.happen(1);
    await until(() => cursors.length === 2);
    expect(cursors).toEqual([121, 124]);
  });

  it('neither skips nor repeats when the server restarts', async () => {
    server = await startFeedServer();
    server.happen(10);
    const { cursors } = follow();
    await until(() => cursors.length === 10);
    for (let round = 1; round <= 2; round++) {
      await server.stop();
      server.happen(30, { push: false });
      await server.restart();
      await until(() => cursors.length === 10 + round * 35 - 5, 15_000);
      server.happen(5);
      await until(() => cursors.length === 10 + round * 35, 15_000);
    }
    expect(cursors).toEqual(oneTo(80));
  }, 40_000);

  it('keeps little for a slow reader and still gives everything', async () => {
    server = await startFeedServer();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { cursors } = follow({}, (cursor) => (cursor === 1 ? held : undefined));
    await until(() => server.sockets().length === 1);
    for (let i = 0; i < 30; i++) server.happen(100);
    release();
    await until(() => cursors.length === 3000, 15_000);
    expect(cursors).toEqual(oneTo(3000));
  });

  it('polls where Socket.IO does not get through', async () => {
    server = await startFeedServer({ withSockets: false });
    const { cursors } = follow();
    server.happen(3);
    await until(() => cursors.length === 3);
    server.happen(3);
    await until(() => cursors.length === 6, 10_000);
    expect(cursors).toEqual(oneTo(6));
  });

  it('gives only the types asked for', async () => {
    server = await startFeedServer();
    server.happen(6);
    const some = follow({ types: ['orders.*'] });
    const one = follow({ types: ['lots.opened'] });
    await until(() => some.cursors.length === 3 && one.cursors.length === 3);
    expect([some.cursors, one.cursors]).toEqual([
      [1, 3, 5],
      [2, 4, 6],
    ]);
  });

  it('ends quietly on abort and closes its connection', async () => {
    server = await startFeedServer();
    const { stop, ended } = follow();
    await until(() => server.sockets().length === 1);
    stop.abort();
    expect(await ended).toBe('quietly');
    await until(() => server.sockets().length === 0);
  });

  it('throws the refusal when the key is revoked', async () => {
    server = await startFeedServer();
    const { ended } = follow();
    await until(() => server.sockets().length === 1);
    server.refuse(401, 'access.unauthenticated');
    for (const socket of server.sockets()) socket.disconnect(true);
    expect(await ended).toMatchObject({ code: 'access.unauthenticated', status: 401, retryable: false });
  });

  it('tells how the connection stands', async () => {
    server = await startFeedServer();
    const states: string[] = [];
    const off = createClient({ url: server.url, apiKey: 'yf_test' }).live.state((state) => states.push(state));
    await until(() => states.at(-1) === 'connected');
    await server.stop();
    await until(() => states.at(-1) === 'connecting');
    await server.restart();
    await until(() => states.at(-1) === 'connected', 15_000);
    off();
    expect(states).toEqual(['connecting', 'connected', 'connecting', 'connected']);
    await until(() => server.sockets().length === 0);
  }, 30_000);

  it('shares one connection among all followers of a client', async () => {
    server = await startFeedServer();
    const client = createClient({ url: server.url, apiKey: 'yf_test' });
    const stop = new AbortController();
    stops.push(stop);
    const seen: number[] = [];
    for (let i = 0; i < 3; i++)
      void (async () => {
        for await (const { cursor } of client.events.follow({ signal: stop.signal })) seen.push(cursor);
      })();
    await until(() => server.sockets().length === 1);
    server.happen(2);
    await until(() => seen.length === 6);
    expect(server.counts.connections).toBe(1);
  });
});
