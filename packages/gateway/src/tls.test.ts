import { connect as connectTcp, type Socket } from 'node:net';
import type { MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from './index.js';
import { limits } from './limits.js';
import { type Authority, createAuthority, type Pair, withoutOpenssl } from './testing/certificates.js';
import { freePort, type Mosquitto, startMosquitto, startTlsMosquitto, withoutMosquitto } from './testing/mosquitto.js';
import { connectDevice, createPlant, eventually, type Plant, type PlantDevice } from './testing/plant.js';

let plant: Plant;
let ours: Authority;
let theirs: Authority;
let server: Pair;
let machine: Pair;
let stranger: Pair;
let expired: Pair;
let oven: PlantDevice;
const clients: MqttClient[] = [];
const ending: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  if (withoutOpenssl) return;
  plant = await createPlant();
  oven = await plant.addDevice('oven-1');
  ours = createAuthority('Plant CA');
  theirs = createAuthority('Another CA');
  server = ours.issue('broker');
  machine = ours.issue('oven-1');
  stranger = theirs.issue('oven-1');
  expired = ours.issue('broker', -1);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true);
  for (const end of ending.splice(0).reverse()) await end();
});
afterAll(() => plant?.close());

/** What connecting came to: 'let in', or the code of the refusal. */
async function attempt(url: string, options: object = {}): Promise<string> {
  try {
    const client = await connectDevice(url, oven, options);
    client.on('error', () => {});
    clients.push(client);
    return 'let in';
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).message;
  }
}
const valuesOf = async () =>
  (
    await plant.sql<{ value: number }>(
      'select s.value from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1',
      oven.equipment,
    )
  ).map(({ value }) => value);
const publish = (value: number) =>
  clients
    .at(-1)
    ?.publishAsync(`yf/v1/${oven.username}/telemetry`, JSON.stringify({ ts: Date.now(), values: { temperature: value } }), { qos: 1 });

const without = withoutOpenssl ?? withoutMosquitto;

describe.skipIf(withoutOpenssl)(withoutOpenssl ?? 'TLS on the embedded broker', () => {
  async function started(ca?: string): Promise<{ url: string; port: number; gateway: Gateway }> {
    const port = await freePort();
    const tls = { port, ...server, ...(ca === undefined ? {} : { ca }) };
    const gateway = createGateway({ database: plant.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0, tls } });
    await gateway.start();
    ending.push(() => gateway.stop());
    return { url: `mqtts://127.0.0.1:${port}`, port, gateway };
  }

  it('lets in who trusts its authority, and stores; who trusts another does not connect', async () => {
    const { url } = await started();
    expect(await attempt(url, { ca: theirs.ca })).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN/);
    expect(await attempt(url, { ca: ours.ca })).toBe('let in');
    await publish(1);
    expect(await valuesOf()).toContain(1);
  });

  it('ends a connection that does not begin with TLS, and goes on', async () => {
    const { url, port } = await started();
    const socket = connectTcp(port, '127.0.0.1', () => socket.write(Buffer.from('101000044d5154540402003c000474657374', 'hex')));
    const answer: Buffer[] = [];
    socket.on('data', (chunk) => answer.push(chunk));
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('close', resolve));
    const connack = 0x20;
    expect(Buffer.concat(answer)[0]).not.toBe(connack);
    expect(await attempt(url, { ca: ours.ca })).toBe('let in');
  });

  // In less than `introductionMs`, after which they would be gone by themselves.
  it('is not filled by connections that begin no handshake', { timeout: limits.introductionMs - 5_000 }, async () => {
    const { url, port } = await started();
    const crowd = new Set<Socket>();
    const gone: Promise<unknown>[] = [];
    for (let n = 0; n < limits.doorstepConnections + 50; n++) {
      const socket = connectTcp(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.resume();
      crowd.add(socket);
      gone.push(new Promise<void>((resolve) => socket.once('close', () => resolve())).then(() => crowd.delete(socket)));
      await new Promise((resolve) => socket.once('connect', resolve));
    }
    // Those that came first give way.
    await Promise.all(gone.slice(0, 50));
    expect(await attempt(url, { ca: ours.ca })).toBe('let in');
    expect(crowd.size).toBeLessThan(limits.doorstepConnections);
    for (const socket of crowd) socket.destroy();
  });

  it('with an authority of devices lets in only those that show its certificate', async () => {
    const { url } = await started(ours.ca);
    expect(await attempt(url, { ca: ours.ca })).not.toBe('let in');
    expect(await attempt(url, { ca: ours.ca, ...stranger })).not.toBe('let in');
    expect(await attempt(url, { ca: ours.ca, ...machine })).toBe('let in');
  });
});

describe.skipIf(without)(without ?? 'TLS to a real Mosquitto', () => {
  async function on(mosquitto: Promise<Mosquitto>): Promise<string> {
    const { url, stop } = await mosquitto;
    ending.push(stop);
    return url.replace('mqtt:', 'mqtts:');
  }
  const start = async (url: string, given: { ca?: string; cert?: string; key?: string } = {}): Promise<string> => {
    const gateway = createGateway({ database: plant.database, broker: { kind: 'external', url, ...given } });
    ending.push(() => gateway.stop(100));
    return gateway.start().then(
      () => 'linked',
      (error: Error) => error.message,
    );
  };

  it('stores what comes over it, with the certificate that the broker asks for', async () => {
    const url = await on(startTlsMosquitto({ ca: ours.ca, ...server, requireCertificate: true }));
    expect(await start(url, { ca: ours.ca, ...machine })).toBe('linked');
    expect(await attempt(url, { ca: ours.ca, ...machine })).toBe('let in');
    await publish(2);
    await eventually('it is stored', async () => (await valuesOf()).includes(2));
  });

  it('says at once why a certificate is not trusted', async () => {
    const url = await on(startTlsMosquitto({ ca: ours.ca, ...server }));
    const old = await on(startTlsMosquitto({ ca: ours.ca, ...expired }));
    const plain = await on(startMosquitto());
    expect(await start(url, { ca: theirs.ca })).toMatch(
      /no TLS connection to the MQTT broker at 127\.0\.0\.1:\d+: (unable to verify|self-signed certificate)/,
    );
    expect(await start(old, { ca: ours.ca })).toMatch(/certificate has expired \(CERT_HAS_EXPIRED\)/);
    expect(await start(plain, { ca: ours.ca })).toMatch(
      /ends every connection without a word: does that port speak TLS, and does it want a certificate/,
    );
  });

  it('names what is missing when the broker says nothing', { timeout: 60_000 }, async () => {
    const url = await on(startTlsMosquitto({ ca: ours.ca, ...server }));
    expect(await start(url.replace('mqtts:', 'mqtt:'))).toMatch(
      /ends every connection without a word: does that port speak TLS \(mqtts:\/\/\)\?/,
    );
  });
});
