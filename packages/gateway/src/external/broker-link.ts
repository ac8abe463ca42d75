import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type IClientOptions, type IPublishPacket, type ISubscriptionMap, type MqttClient, type Packet } from 'mqtt';
import type { Downlink, OnReader } from '../front.js';
import { type FlowLimits, flowLimits } from '../limits.js';
import type { GatewayLog } from '../log.js';
import type { Counters } from '../pipeline/counters.js';
import type { Pipeline } from '../pipeline/pipeline.js';
import { type DeviceTopic, parseTopic, topicOf } from '../topics.js';
import { Acknowledgements } from './acknowledgements.js';
import { acknowledge, deferAcknowledgements } from './deferred-acknowledgement.js';

/** How to reach a broker outside. */
export interface BrokerAddress {
  /** `mqtt://` or `mqtts://`; MQTT 5. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** PEM: who may vouch for the broker. Left out: those that Node.js trusts. */
  readonly ca?: string | Buffer | undefined;
  /** PEM: what this gateway shows of itself to a broker that asks for certificates. */
  readonly cert?: string | Buffer | undefined;
  readonly key?: string | Buffer | undefined;
  readonly keepaliveSeconds?: number | undefined;
}

/** What every link of one gateway shares. */
export interface LinkParts {
  readonly address: BrokerAddress;
  readonly pipeline: Pipeline;
  readonly counters: Counters;
  readonly log: GatewayLog;
  readonly now: () => number;
  readonly onReader: OnReader;
  readonly flow?: FlowLimits;
}

/** A session at the broker that takes its part of what devices publish. */
export interface BrokerLink {
  /** Rejects when the broker has not let it in and subscribe in time; later outages only delay. */
  open(): Promise<void>;
  /** No message is taken after this; what was taken may still be settled. */
  stopReading(): void;
  /** Hangs up; the broker keeps the session. */
  close(): Promise<void>;
  /** The broker keeps it for a device that has a session; false when nobody has, or there is no connection. */
  send(downlink: Downlink): Promise<boolean>;
  /** 0 while it is connected. */
  downForMs(): number;
}

/** A session of a gateway that is gone. */
export interface Estate {
  /**
   * Asks for no further part, settles all that the broker holds for this session, then ends it, and begins again whenever the
   * connection breaks before the broker has said that nothing is left. False when stopped before; the broker keeps the rest.
   */
  settle(): Promise<boolean>;
  stopReading(): void;
  /** 0 while it is connected. */
  downForMs(): number;
  close(): Promise<void>;
}

const sessionExpirySeconds = 7 * 24 * 3600;
const firstConnectMs = 10_000;
const reconnectMs = { least: 200, spread: 1_800 };
const resubscribeMs = 2_000;
const quarrel = { withinMs: 5_000, times: 3, restMs: 10_000 };
const settledEveryMs = 20;
const noMatchingSubscribers = 16;
/** Ends the session with the connection. */
const farewell = { reasonCode: 0, properties: { sessionExpiryInterval: 0 } };

/**
 * Each message goes to one gateway only (MQTT 5, 4.8.2); who gets it next is the broker's choice. Retain handling 2: Mosquitto 2.0.11
 * gives what is retained to shared subscriptions too, which the standard forbids.
 */
const part: ISubscriptionMap = Object.fromEntries(
  ['telemetry', 'event', 'command/ack', 'config/reported'].map((channel) => [
    `$share/yunfab/yf/v1/+/+/${channel}`,
    { qos: 1 as const, rh: 2 as const },
  ]),
);

/**
 * A session at the broker (MQTT 5) under a stable id. Its acknowledgement follows the commit. `receiveMaximum` bounds what
 * is in flight, so the link goes on reading, and lives, while the database is away; with a broker that exceeds it the link
 * stops reading at the bound, may lose its keepalive, and connects again when there is room.
 */
export function createBrokerLink(parts: LinkParts, clientId: string): BrokerLink {
  const session = createSession(parts, clientId, (link) => link.subscribeAsync(part));
  return {
    open: session.open,
    stopReading: session.stopReading,
    close: () => session.close(),
    send: session.send,
    downForMs: session.downForMs,
  };
}

export function createEstate(parts: LinkParts, clientId: string): Estate {
  const topic = `yf/v1/gateway/${clientId}/drained`;
  /** Of the present connection: another gives again what was not acknowledged on the one before. */
  let lastWord = '';
  let state: 'draining' | 'drained' | 'gone' = 'draining';
  let stopped = false;
  const session = createSession(
    parts,
    clientId,
    async (link, isKnown) => {
      lastWord = randomUUID();
      state = isKnown ? 'draining' : 'gone';
      if (!isKnown) return;
      await link.unsubscribeAsync(Object.keys(part));
      // A broker gives a session its messages in their order, so behind this one there is nothing left.
      await link.subscribeAsync(topic, { qos: 1 });
      await link.publishAsync(topic, lastWord, { qos: 1 });
    },
    (packet) => {
      if (packet.topic !== topic) return false;
      if (state === 'draining' && packet.payload.toString() === lastWord) state = 'drained';
      return true;
    },
  );
  return {
    async settle() {
      await session.open();
      while (!stopped) {
        const settled = session.downForMs() === 0 && session.waiting() === 0;
        if (settled && state === 'gone') {
          await session.close({ forever: true });
          return true;
        }
        if (settled && state === 'drained') {
          // A farewell has no answer: whether it was heard, the next connection is told.
          state = 'draining';
          session.endAndAsk();
        }
        await sleep(settledEveryMs);
      }
      return false;
    },
    stopReading() {
      stopped = true;
      session.stopReading();
    },
    downForMs: session.downForMs,
    close: () => session.close(),
  };
}

function createSession(
  { address, pipeline, counters, log, now, flow = flowLimits }: LinkParts,
  clientId: string,
  prepare: (link: MqttClient, isKnown: boolean) => Promise<unknown>,
  isOwnWord: (packet: IPublishPacket) => boolean = () => false,
) {
  let client: MqttClient | undefined;
  let shut = false;
  let up = false;
  /** From the broker's welcome to the end of the connection; what mqtt.js had read before that end still comes after it. */
  let welcomed = false;
  let connectedAt = 0;
  let downSince = performance.now();
  let shortLived = 0;
  const places = new Map<string, DeviceTopic | null>();
  const held: (() => void)[] = [];
  const unheard = new Set<number>();
  let stopHearing = () => {};
  const acknowledgements = new Acknowledgements((messageId) => client && acknowledge(client, messageId));

  function take(packet: IPublishPacket, readOn: () => void): void {
    if (!welcomed) return readOn();
    // Mosquitto 2.0.11 keeps to receiveMaximum only until the first acknowledgement, then sends all it has.
    if (pipeline.isFull() && !shut) held.push(readOn);
    else readOn();
    if (!shut) submit(packet);
  }

  function readOn(): void {
    for (const next of held.splice(0)) next();
  }

  function submit(packet: IPublishPacket): void {
    const { topic, qos, messageId } = packet;
    const settled = qos > 0 && messageId !== undefined ? acknowledgements.expect(messageId) : () => {};
    if (isOwnWord(packet)) return settled();
    const payload = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload);
    if (qos === 0 && pipeline.isFull()) {
      counters.droppedQos0 += 1;
      return;
    }
    pipeline.submit({ topic, place: placeOf(topic), payload, receivedAt: now(), settle: settled });
  }

  function placeOf(topic: string): DeviceTopic | null {
    const known = places.get(topic);
    if (known !== undefined) return known;
    if (places.size >= 50_000) places.clear();
    const place = parseTopic(topic);
    places.set(topic, place);
    return place;
  }

  async function send({ device, channel, payload, expiresAt }: Downlink): Promise<boolean> {
    const link = client;
    if (!link?.connected || shut) return false;
    const retain = expiresAt === null;
    const properties = retain ? {} : { messageExpiryInterval: Math.max(1, Math.ceil((expiresAt - now()) / 1000)) };
    return new Promise<boolean>((resolve, reject) => {
      link.publish(topicOf(device, channel), payload, { qos: 1, retain, properties }, (error) => {
        const nobodyReads = unheard.delete(messageId);
        if (error) reject(error);
        else resolve(retain || !nobodyReads);
      });
      const messageId = link.getLastMessageId();
    });
  }

  /** Before its event `connect` messages may have come already; and it tells a publish that nobody reads in the packet only. */
  function note(packet: Packet): void {
    if (packet.cmd === 'connack' && packet.reasonCode === 0) welcomed = true;
    if (packet.cmd === 'puback' && packet.reasonCode === noMatchingSubscribers && packet.messageId !== undefined)
      unheard.add(packet.messageId);
  }

  function prepareUntilItWorks(link: MqttClient, isKnown: boolean, prepared: () => void): void {
    prepare(link, isKnown).then(prepared, (error: Error) => {
      if (shut || !link.connected) return;
      log.error({ clientId, error: error.message }, 'the broker refuses the gateway’s subscriptions; check its rights on yf/v1/#');
      setTimeout(() => !shut && link.connected && prepareUntilItWorks(link, isKnown, prepared), resubscribeMs);
    });
  }

  const roomLeft = () => Math.min(65_535, flow.totalMessages - counters.unsettled);
  const connectProperties = () => ({ receiveMaximum: Math.max(1, roomLeft()), sessionExpiryInterval: sessionExpirySeconds });

  /** The broker gives again what it was not acknowledged, while the first giving may still wait for its commit: both must fit. */
  function connectAgain(link: MqttClient, afterMs = jittered()): void {
    setTimeout(() => {
      if (shut || link.connected) return;
      if (roomLeft() < flow.totalMessages / 2) return connectAgain(link);
      link.options.properties = connectProperties();
      link.reconnect();
    }, afterMs);
  }

  /** Two clients of one id throw each other out for ever: say so, and not as fast as they can. */
  function isQuarrel(): boolean {
    shortLived = up && performance.now() - connectedAt < quarrel.withinMs ? shortLived + 1 : 0;
    if (shortLived < quarrel.times) return false;
    log.error(
      { clientId, times: shortLived },
      'the broker ends this connection soon after every connect; another client probably has the same id: give each gateway a YUNFAB_MQTT_CLIENT_ID of its own, and a listener without use_username_as_clientid',
    );
    return true;
  }

  return {
    send,
    waiting: () => acknowledgements.waiting,
    downForMs: () => (up ? 0 : performance.now() - downSince),
    async open(): Promise<void> {
      const given: IClientOptions = {
        ...loginOf(address),
        clientId,
        clean: false,
        resubscribe: false,
        // Its own reconnecting has no jitter, and knows nothing of what still waits for its commit.
        reconnectPeriod: 0,
        properties: connectProperties(),
      };
      const link = connect(address.url, given);
      client = link;
      deferAcknowledgements(link, take);
      stopHearing = pipeline.onRelief(() => !pipeline.isFull() && readOn());
      const inTime = preparedInTime(link, address.url);
      link.on('packetreceive', note);
      link.on('connect', ({ sessionPresent }) => {
        up = true;
        connectedAt = performance.now();
        counters.connections += 1;
        prepareUntilItWorks(link, sessionPresent, inTime.tell);
      });
      link.on('close', () => {
        const quarrels = isQuarrel();
        if (up) {
          counters.connections -= 1;
          downSince = performance.now();
        }
        up = welcomed = false;
        acknowledgements.renew();
        readOn();
        if (shut) return;
        log.warn({ clientId, inFlight: counters.unsettled }, 'the link to the broker is down; the gateway connects again');
        if (connectedAt === 0) inTime.closed();
        connectAgain(link, quarrels ? quarrel.restMs : undefined);
      });
      link.on('error', (error) => {
        inTime.note(error);
        log.warn({ clientId, error: error.message }, 'the link to the broker had an error');
      });
      await inTime.promise;
    },
    stopReading(): void {
      shut = true;
    },
    /** Tells the broker to forget the session, and connects again to hear whether it has. */
    endAndAsk(): void {
      client?.end(false, farewell);
    },
    async close({ forever = false } = {}): Promise<void> {
      shut = true;
      stopHearing();
      readOn();
      if (!client) return;
      // Unforced, so that the last acknowledgements and the farewell leave; a dead connection is not waited for.
      await client.endAsync(!client.connected, forever ? farewell : {});
    },
  };
}

/** What mqtt.js is told of the broker, whatever the connection is for. */
export function loginOf({ username, password, ca, cert, key, keepaliveSeconds }: BrokerAddress): IClientOptions {
  return {
    protocolVersion: 5,
    keepalive: keepaliveSeconds ?? 30,
    ...(username !== undefined ? { username } : {}),
    ...(password !== undefined ? { password } : {}),
    ...(ca !== undefined ? { ca } : {}),
    ...(cert !== undefined ? { cert } : {}),
    ...(key !== undefined ? { key } : {}),
  };
}

export function jittered(): number {
  return reconnectMs.least + Math.random() * reconnectMs.spread;
}

/** What trying again does not mend: the certificate is not one to trust, or the other side speaks no TLS. */
const wordlessTimes = 3;
const hopeless = /CERT|ERR_TLS|EPROTO|ERR_SSL/;

function preparedInTime(link: MqttClient, url: string) {
  const at = new URL(url);
  const secure = at.protocol === 'mqtts:' || at.protocol === 'wss:';
  const hint = secure ? 'does that port speak TLS, and does it want a certificate of the gateway?' : 'does that port speak TLS (mqtts://)?';
  let why = '';
  let said = false;
  let wordless = 0;
  let tell = () => {};
  let note = (_error: Error) => {};
  let closed = () => {};
  const promise = new Promise<void>((resolve, reject) => {
    const giveUp = (problem: string) => {
      clearTimeout(timer);
      link.end(true);
      reject(new Error(problem));
    };
    const timer = setTimeout(
      () => giveUp(`the MQTT broker at ${at.host} does not let the gateway subscribe within ${firstConnectMs / 1000} s${why}`),
      firstConnectMs,
    );
    note = (error) => {
      why = `: ${error.message}`;
      const { code = '' } = error as NodeJS.ErrnoException;
      said = code !== 'ECONNRESET';
      if (secure && hopeless.test(code)) giveUp(`no TLS connection to the MQTT broker at ${at.host}${why.replaceAll('\n', ' ')} (${code})`);
    };
    closed = () => {
      wordless = said ? 0 : wordless + 1;
      said = false;
      if (wordless >= wordlessTimes) giveUp(`the MQTT broker at ${at.host} ends every connection without a word: ${hint}`);
    };
    tell = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { promise, tell: () => tell(), note: (error: Error) => note(error), closed: () => closed() };
}
