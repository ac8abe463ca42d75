import { afterEach, describe, expect, it } from 'vitest';
import { createClient, type LiveSample } from '../index.js';
import { type FeedServer, startFeedServer } from '../testing/feed-server.js';
import { until } from '../testing/until.js';

let server: FeedServer;
const offs: (() => void)[] = [];
afterEach(async () => {
  for (const off of offs.splice(0)) off();
  await server.stop();
});

async function start() {
  server = await startFeedServer();
  return createClient({ url: server.url, apiKey: 'yf_test' }).live;
}

const sample = (value: number): LiveSample => [1, value, 192];

describe('live telemetry', () => {
  it('gives each listener its signals until it is switched off', async () => {
    const live = await start();
    const all: unknown[] = [];
    const one: unknown[] = [];
    offs.push(live.telemetry({ equipment: 'press' }, (values) => all.push(values)));
    const off = live.telemetry({ equipment: 'press', signals: ['pressure'] }, (values) => one.push(values));
    await until(() => server.sockets().length === 1);
    const [socket] = server.sockets();
    socket?.emit('live', { equipment: 'press', values: { pressure: [sample(1)], heat: [sample(2)] } });
    socket?.emit('live', { equipment: 'other', values: { pressure: [sample(3)] } });
    socket?.emit('live', { equipment: 'press', values: { heat: [sample(4)] } });
    await until(() => all.length === 2);
    expect(all).toEqual([{ pressure: [sample(1)], heat: [sample(2)] }, { heat: [sample(4)] }]);
    expect(one).toEqual([{ pressure: [sample(1)] }]);
    off();
    socket?.emit('live', { equipment: 'press', values: { pressure: [sample(5)] } });
    await until(() => all.length === 3);
    expect(one).toHaveLength(1);
  });

  it('asks for what all listeners of the equipment want together', async () => {
    const live = await start();
    offs.push(live.telemetry({ equipment: 'press', signals: ['pressure'] }, () => {}));
    await until(() => server.subscriptions.length === 1);
    offs.push(live.telemetry({ equipment: 'press', signals: ['heat'] }, () => {}));
    await until(() => server.subscriptions.length === 2);
    expect(server.subscriptions).toEqual([
      { equipment: 'press', signals: ['pressure'] },
      { equipment: 'press', signals: ['pressure', 'heat'] },
    ]);
  });

  it('subscribes again when the connection comes back', async () => {
    const live = await start();
    const got: unknown[] = [];
    offs.push(live.telemetry({ equipment: 'press' }, (values) => got.push(values)));
    await until(() => server.subscriptions.length === 1);
    await server.stop();
    await server.restart();
    await until(() => server.subscriptions.length === 2, 15_000);
    server.sockets()[0]?.emit('live', { equipment: 'press', values: { heat: [sample(1)] } });
    await until(() => got.length === 1);
  }, 30_000);

  it('waits out an outage and a server that does not answer, on the same connection', async () => {
    const live = await start();
    const errors: unknown[] = [];
    const got: unknown[] = [];
    server.troubles.outages = 2;
    const onError = (error: unknown) => errors.push(error);
    offs.push(live.telemetry({ equipment: 'press', onError }, (values) => got.push(values)));
    await until(() => server.subscriptions.length === 3, 15_000);
    server.troubles.silences = 1;
    offs.push(live.telemetry({ equipment: 'oven', onError }, (values) => got.push(values)));
    await until(() => server.subscriptions.length === 5, 30_000);
    server.sockets()[0]?.emit('live', { equipment: 'press', values: { heat: [sample(1)] } });
    server.sockets()[0]?.emit('live', { equipment: 'oven', values: { heat: [sample(2)] } });
    await until(() => got.length === 2);
    expect({ errors, connections: server.counts.connections }).toEqual({ errors: [], connections: 1 });
  }, 60_000);

  it('tells a refusal as a typed error', async () => {
    const live = await start();
    const errors: unknown[] = [];
    offs.push(live.telemetry({ equipment: 'hidden', onError: (error) => errors.push(error) }, () => {}));
    await until(() => errors.length === 1);
    expect(errors[0]).toMatchObject({ code: 'request.not_found', retryable: false });
    await until(() => server.sockets().length === 0);
  });

  it('tells when the equipment is hidden later', async () => {
    const live = await start();
    const errors: unknown[] = [];
    offs.push(live.telemetry({ equipment: 'press', onError: (error) => errors.push(error) }, () => {}));
    await until(() => server.sockets().length === 1);
    server
      .sockets()[0]
      ?.emit('live.ended', { equipment: 'press', error: { code: 'request.not_found', message: 'No.', details: {}, requestId: 'r' } });
    await until(() => errors.length === 1);
    expect(errors[0]).toMatchObject({ code: 'request.not_found' });
  });

  it('tells when the connection itself is refused', async () => {
    const live = await start();
    server.refuse(401, 'access.unauthenticated');
    const errors: unknown[] = [];
    offs.push(live.telemetry({ equipment: 'press', onError: (error) => errors.push(error) }, () => {}));
    await until(() => errors.length === 1);
    expect(errors[0]).toMatchObject({ code: 'access.unauthenticated', status: 401 });
  });
});
