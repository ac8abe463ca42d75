import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import type { AuthenticateError, Client, PublishPacket } from 'aedes';
import type { Downlink, DownlinkChannel, Front, OnReader } from '../front.js';
import { type FlowLimits, flowLimits, limits } from '../limits.js';
import type { GatewayLog } from '../log.js';
import type { Counters } from '../pipeline/counters.js';
import type { Pipeline } from '../pipeline/pipeline.js';
import type { Presence } from '../presence/presence.js';
import { parseTopic, topicOf } from '../topics.js';
import type { Credentials, Identity } from './credentials.js';
import { type DeviceBroker, listenDeviceBroker } from './device-broker.js';
import { Doorstep } from './doorstep.js';
import { GatedSocket } from './gated-socket.js';
import { boundHandshakes } from './handshakes.js';
import { keepNoMessages } from './session-store.js';
import type { Strangers } from './strangers.js';

export interface EmbeddedBrokerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly tls?:
    | { readonly port: number; readonly cert: string | Buffer; readonly key: string | Buffer; readonly ca?: string | Buffer }
    | undefined;
}

interface Parts {
  readonly options: EmbeddedBrokerOptions;
  readonly pipeline: Pipeline;
  readonly credentials: Credentials;
  readonly counters: Counters;
  readonly log: GatewayLog;
  readonly now: () => number;
  readonly onReader: OnReader;
  readonly strangers: Strangers;
  readonly presence: Presence;
  readonly flow?: FlowLimits;
}

type Readable = DownlinkChannel | 'time';

/** A connection with what of it waits for its commit. */
interface Session {
  readonly socket: GatedSocket;
  client: Client | null;
  identity: Identity | null;
  will: { readonly topic: string; readonly payload: Buffer } | null;
  /** What it listens to of what the platform has to say; `asked` until its subscription stands. */
  readonly reads: Map<Readable, 'asked' | 'yes'>;
  /** The time is on its way to it: until it has left, asking again adds nothing. */
  isToldTime: boolean;
  messages: number;
  bytes: number;
}

const revocationMs = 400;
const lastWordsMs = 20;
const online = Buffer.from('online');
const readables: readonly Readable[] = ['time', 'command', 'config'];
const badUsernameOrPassword = 4;
const notAuthorized = 5;
const identifierRejected = 2;
const serverUnavailable = 3;

/** The broker inside the process (aedes, MQTT 3.1.1): a device's PUBACK follows its commit. */
export function createEmbeddedBroker({
  options,
  pipeline,
  credentials,
  counters,
  log,
  now,
  onReader,
  strangers,
  presence,
  flow = flowLimits,
}: Parts): Front {
  const sessions = new WeakMap<object, Session>();
  const open = new Set<Session>();
  /** By name, the connection that a device has now: another of the same name ends the one before. */
  const current = new Map<string, Session>();
  const doorstep = new Doorstep(limits.doorstepConnections);
  const servers: Server[] = [];
  let broker: DeviceBroker | undefined;
  let shut = false;
  let hangUpOnHandshakes = () => {};
  let revocation: NodeJS.Timeout | undefined;

  const sessionOf = (client: Client | null): Session | undefined => (client ? sessions.get(client.conn) : undefined);

  async function authenticate(client: Client, username: string | undefined, password: Buffer | undefined): Promise<number> {
    const session = sessionOf(client);
    if (!session || username === undefined || password === undefined) return badUsernameOrPassword;
    if (client.id !== username) return identifierRejected;
    const { will } = session;
    if (will && (will.topic !== topicOf(username, 'status') || will.payload.length > 64)) return notAuthorized;
    let identity: Identity | null;
    try {
      identity = await credentials.check(username, password);
    } catch {
      return serverUnavailable;
    }
    if (!identity) {
      strangers.note(username, session.socket.remoteAddress ?? '');
      return badUsernameOrPassword;
    }
    // Who hung up meanwhile takes nobody's place: its end has been noted already.
    if (!open.has(session)) return serverUnavailable;
    session.identity = identity;
    current.set(identity.name, session);
    doorstep.leave(session.socket);
    session.socket.letIn();
    return 0;
  }

  function publish(client: Client | null, packet: PublishPacket, done: (error?: Error | null) => void): void {
    const session = sessionOf(client);
    const place = parseTopic(packet.topic);
    if (!session?.identity || !place || `${place.organization}/${place.device}` !== session.identity.name) {
      counters.refused += 1;
      log.warn({ client: client?.id, topic: packet.topic.slice(0, 200) }, 'a device published outside its own topics and was disconnected');
      done(new Error('this topic is not the device’s own'));
      return;
    }
    const payload = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload);
    if (place.channel === 'time') {
      if (payload.length === 0) tellTime(session);
      done();
      return;
    }
    if (place.channel === 'status') {
      // The last will of a connection that another has replaced says nothing of the device; when the platform stops, nobody is online.
      if (shut || current.get(session.identity.name) !== session) return done(new Error('this connection has ended'));
      presence.note(session.identity.name, payload.equals(online));
    }
    session.messages += 1;
    session.bytes += payload.length;
    pipeline.submit({
      topic: packet.topic,
      place,
      payload,
      size: payload.length + missingOf(session, packet, payload),
      receivedAt: now(),
      settle: () => {
        session.messages -= 1;
        session.bytes -= payload.length;
        done();
      },
    });
  }

  /** Of an oversized message only the beginning is here. */
  function missingOf({ socket }: Session, { topic, qos }: PublishPacket, payload: Buffer): number {
    const length = 2 + Buffer.byteLength(topic) + (qos > 0 ? 2 : 0) + payload.length;
    return length > limits.messageBytes ? socket.nextMissing() : 0;
  }

  /** Straight to this connection, one at a time: however much it asks and however little it reads, no other waits for it. */
  function tellTime(session: Session): void {
    const name = session.identity?.name;
    if (name === undefined || session.isToldTime || session.reads.get('time') !== 'yes') return;
    session.isToldTime = true;
    setImmediate(() => {
      if (!open.has(session) || !session.client) return;
      const packet = { topic: topicOf(name, 'time'), payload: JSON.stringify({ ts: now() }), qos: 0 as const };
      session.client.publish({ cmd: 'publish', ...packet, retain: false, dup: false }, () => {
        session.isToldTime = false;
      });
    });
  }

  /** After its subscriptions stand: new ones, or those of a session that it came back to. */
  function noteReading(client: Client): void {
    const session = sessionOf(client);
    if (!session?.identity) return;
    for (const [channel, state] of session.reads) {
      if (state === 'yes') continue;
      session.reads.set(channel, 'yes');
      if (channel === 'time') tellTime(session);
      else onReader(session.identity.name, channel);
    }
  }

  function noteLeaving(topics: readonly string[], client: Client): void {
    const session = sessionOf(client);
    if (session?.identity)
      for (const channel of readables) if (topics.includes(topicOf(session.identity.name, channel))) session.reads.delete(channel);
  }

  const readersNow = (channel: DownlinkChannel) =>
    [...open].flatMap(({ reads, identity }) => (reads.get(channel) === 'yes' && identity ? [identity.name] : []));

  async function send({ device, channel, payload }: Downlink): Promise<boolean> {
    const session = [...open].find(({ reads, identity }) => reads.get(channel) === 'yes' && identity?.name === device);
    const client = session?.client;
    if (!session || !client || shut) return false;
    const packet = { cmd: 'publish' as const, topic: topicOf(device, channel), payload, qos: 1 as const, retain: false, dup: false };
    await new Promise<void>((resolve, reject) => client.publish(packet, (error) => (error ? reject(error) : resolve())));
    return open.has(session);
  }

  function accept(socket: Socket): void {
    if (shut || !broker) {
      socket.destroy();
      return;
    }
    const session: Session = {
      socket: new GatedSocket(socket, () => isOpen(session)),
      client: null,
      identity: null,
      will: null,
      reads: new Map(),
      isToldTime: false,
      messages: 0,
      bytes: 0,
    };
    if (!doorstep.arrive(session.socket)) return;
    sessions.set(session.socket, session);
    counters.connections += 1;
    open.add(session);
    session.socket.once('close', () => {
      open.delete(session);
      doorstep.leave(session.socket);
      leave(session);
      counters.connections -= 1;
    });
    session.client = broker.handle(session.socket);
  }

  /** However it ended, and whether or not its word is still believed: it is not connected. */
  function leave(session: Session): void {
    const name = session.identity?.name;
    if (name === undefined || current.get(name) !== session) return;
    current.delete(name);
    if (presence.isOnline(name)) presence.note(name, false);
  }

  function isOpen(session: Session): boolean {
    return !shut && session.messages < flow.clientMessages && session.bytes < flow.clientBytes && !pipeline.isFull();
  }

  async function cutRevoked(): Promise<void> {
    const held = [...open].flatMap(({ identity }) => (identity ? [identity.credential] : []));
    if (held.length === 0) return;
    const revoked = await credentials.revoked(held);
    for (const { identity, socket } of open) {
      if (!identity || !revoked.has(identity.credential)) continue;
      log.info({ device: identity.name }, 'a device was disconnected: its token has been revoked');
      socket.destroy();
    }
  }

  async function watchRevocations(): Promise<void> {
    // While the database is away nobody can be asked; whoever is connected stays, and nothing is acknowledged.
    await cutRevoked().catch(() => {});
    if (!shut) revocation = setTimeout(() => void watchRevocations(), revocationMs);
  }

  async function listenOn(server: Server, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, options.host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    servers.push(server);
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  return {
    problem: () => (shut || !broker ? 'the embedded broker takes nothing' : null),
    async start() {
      broker = await listenDeviceBroker({
        connectTimeout: limits.introductionMs,
        preConnect: (client, packet, done) => {
          const session = sessionOf(client);
          const will = packet.will;
          if (session) doorstep.asks(session.socket);
          if (session && will) session.will = { topic: will.topic, payload: Buffer.from(will.payload) };
          done(null, true);
        },
        authenticate: (client, username, password, done) => {
          void authenticate(client, username, password).then((returnCode) => {
            if (returnCode === 0) return done(null, true);
            counters.refused += 1;
            done(Object.assign(new Error('connection refused'), { returnCode }) as AuthenticateError, null);
          });
        },
        authorizePublish: publish,
        authorizeSubscribe: (client, subscription, done) => {
          const session = sessionOf(client);
          const own = readableOf(session, subscription.topic);
          if (own === null) counters.refused += 1;
          else session?.reads.set(own, 'asked');
          done(null, own === null ? null : subscription);
        },
        authorizeForward: (client, packet) => (readableOf(sessionOf(client), packet.topic) === null ? null : packet),
      });
      keepNoMessages(broker, (client, topic) => readableOf(sessionOf(client), topic) !== null);
      broker.on('subscribe', (_subscriptions, client) => noteReading(client));
      broker.on('clientReady', noteReading);
      broker.on('unsubscribe', noteLeaving);
      broker.on('clientError', (client, error) =>
        log.info({ client: client.id, error: error.message }, 'a device connection ended with an error'),
      );
      broker.on('connectionError', (_client, error) => log.info({ error: error.message }, 'a connection ended before it was a device'));
      pipeline.onRelief(() => {
        for (const { socket } of open) socket.flow();
      });
      const { tls } = options;
      if (tls) {
        const server = createTlsServer({
          cert: tls.cert,
          key: tls.key,
          handshakeTimeout: limits.introductionMs,
          ...(tls.ca ? { ca: tls.ca, requestCert: true, rejectUnauthorized: true } : {}),
        });
        hangUpOnHandshakes = boundHandshakes(server, doorstep);
        server.on('secureConnection', accept);
        await listenOn(server, tls.port);
      }
      const port = await listenOn(createServer(accept), options.port);
      strangers.start();
      // Nobody was connected when it started, whatever was said before.
      presence.nobodyElse();
      void presence.start();
      void watchRevocations();
      const host = options.host.includes(':') ? `[${options.host}]` : options.host;
      return { mqttUrl: `mqtt://${host}:${port}` };
    },
    readers: readersNow,
    send,
    async stopReading() {
      shut = true;
      clearTimeout(revocation);
      for (const server of servers) server.close();
      hangUpOnHandshakes();
      for (const { socket } of open) socket.flow();
    },
    async stop() {
      await strangers.stop();
      await presence.stop(true);
      // The last acknowledgements are on their way out.
      await sleep(lastWordsMs);
      for (const { socket } of open) socket.destroy();
      await new Promise<void>((resolve) => (broker ? broker.close(() => resolve()) : resolve()));
    },
  };
}

/** Which of its own topics it is that a device may read; null: none. */
function readableOf(session: Session | undefined, topic: string): Readable | null {
  const name = session?.identity?.name;
  if (name === undefined) return null;
  return readables.find((channel) => topic === topicOf(name, channel)) ?? null;
}
