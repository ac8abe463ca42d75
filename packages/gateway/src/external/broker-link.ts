import { connect, type IClientOptions, type IPublishPacket, type ISubscriptionMap, type MqttClient, type Packet } from 'mqtt';
import type { Downlink, Front, OnReader } from '../front.js';
import { type FlowLimits, flowLimits } from '../limits.js';
import type { GatewayLog } from '../log.js';
import type { Counters } from '../pipeline/counters.js';
import type { Pipeline } from '../pipeline/pipeline.js';
import { type DeviceTopic, parseTopic, topicOf } from '../topics.js';
import { Acknowledgements } from './acknowledgements.js';
import { acknowledge, deferAcknowledgements } from './deferred-acknowledgement.js';

export interface BrokerLinkOptions {
  /** `mqtt://` or `mqtts://`; MQTT 5. */
  readonly url: string;
  /** Stable, one per gateway: the broker keeps the session under it while the gateway is away. */
  readonly clientId: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly ca?: string | Buffer | undefined;
  readonly keepaliveSeconds?: number | undefined;
}

interface Parts {
  readonly options: BrokerLinkOptions;
  readonly pipeline: Pipeline;
  readonly counters: Counters;
  readonly log: GatewayLog;
  readonly now: () => number;
  readonly onReader: OnReader;
  readonly flow?: FlowLimits;
}

const sessionExpirySeconds = 7 * 24 * 3600;
const firstConnectMs = 10_000;
const reconnectMs = { least: 200, spread: 1_800 };
const resubscribeMs = 2_000;
const online = Buffer.from('online');
const noMatchingSubscribers = 16;
const nameOf = ({ organization, device }: DeviceTopic) => `${organization}/${device}`;

const subscriptions: ISubscriptionMap = {
  // Retain handling 2: a retained value is not given again at every reconnect. A retained status is wanted.
  'yf/v1/+/+/telemetry': { qos: 1, rh: 2 },
  'yf/v1/+/+/event': { qos: 1, rh: 2 },
  'yf/v1/+/+/command/ack': { qos: 1, rh: 2 },
  'yf/v1/+/+/config/reported': { qos: 1, rh: 2 },
  'yf/v1/+/+/status': { qos: 1, rh: 0 },
  // No local: the answers are published on the topic of the questions.
  'yf/v1/+/+/time': { qos: 0, rh: 2, nl: true },
};

/**
 * A link to a broker outside (MQTT 5). Its acknowledgement follows the commit. `receiveMaximum` bounds what is in flight,
 * so the link goes on reading, and lives, while the database is away; with a broker that exceeds it the link stops
 * reading at the bound, may lose its keepalive, and connects again when there is room.
 */
export function createBrokerLink({ options, pipeline, counters, log, now, onReader, flow = flowLimits }: Parts): Front {
  let client: MqttClient | undefined;
  let shut = false;
  const places = new Map<string, DeviceTopic | null>();
  const held: (() => void)[] = [];
  const unheard = new Set<number>();
  const acknowledgements = new Acknowledgements((messageId) => client && acknowledge(client, messageId));

  function take(packet: IPublishPacket, readOn: () => void): void {
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
    const place = placeOf(topic);
    const payload = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload);
    if (place?.channel === 'time') {
      if (payload.length === 0) tellTime(place);
      return;
    }
    if (qos === 0 && pipeline.isFull()) {
      counters.droppedQos0 += 1;
      return;
    }
    const settled = qos > 0 && messageId !== undefined ? acknowledgements.expect(messageId) : () => {};
    const settle = place?.channel === 'status' && payload.equals(online) ? () => (settled(), onReader(nameOf(place), null)) : settled;
    pipeline.submit({ topic, place, payload, receivedAt: now(), settle });
  }

  function placeOf(topic: string): DeviceTopic | null {
    const known = places.get(topic);
    if (known !== undefined) return known;
    if (places.size >= 50_000) places.clear();
    const place = parseTopic(topic);
    places.set(topic, place);
    return place;
  }

  function tellTime({ organization, device }: DeviceTopic): void {
    if (client?.connected) client.publish(topicOf(`${organization}/${device}`, 'time'), JSON.stringify({ ts: now() }), { qos: 0 });
  }

  /** The broker keeps it for a device that has a session; it says when nobody has. */
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

  /** mqtt.js tells a publish that nobody reads from one that is taken in the packet only. */
  function noteUnheard(packet: Packet): void {
    if (packet.cmd === 'puback' && packet.reasonCode === noMatchingSubscribers && packet.messageId !== undefined)
      unheard.add(packet.messageId);
  }

  function subscribe(link: MqttClient, subscribed: () => void): void {
    link.subscribe(subscriptions, (error) => {
      if (!error) return subscribed();
      if (shut || !link.connected) return;
      log.error({ error: error.message }, 'the broker refuses the gateway’s subscriptions; check its rights on yf/v1/#');
      setTimeout(() => !shut && link.connected && subscribe(link, subscribed), resubscribeMs);
    });
  }

  const roomLeft = () => Math.min(65_535, flow.totalMessages - counters.inFlight);
  const connectProperties = () => ({ receiveMaximum: Math.max(1, roomLeft()), sessionExpiryInterval: sessionExpirySeconds });

  /** The broker gives again what it was not acknowledged, while the first giving may still wait for its commit: both must fit. */
  function connectAgain(link: MqttClient): void {
    setTimeout(() => {
      if (shut || link.connected) return;
      if (roomLeft() < flow.totalMessages / 2) return connectAgain(link);
      link.options.properties = connectProperties();
      link.reconnect();
    }, jittered());
  }

  return {
    async start() {
      const given: IClientOptions = {
        protocolVersion: 5,
        clientId: options.clientId,
        clean: false,
        resubscribe: false,
        keepalive: options.keepaliveSeconds ?? 30,
        // Its own reconnecting has no jitter, and knows nothing of what still waits for its commit.
        reconnectPeriod: 0,
        properties: connectProperties(),
        ...(options.username !== undefined ? { username: options.username } : {}),
        ...(options.password !== undefined ? { password: options.password } : {}),
        ...(options.ca !== undefined ? { ca: options.ca } : {}),
      };
      const link = connect(options.url, given);
      client = link;
      deferAcknowledgements(link, take);
      pipeline.onRelief(() => !pipeline.isFull() && readOn());
      const subscribed = subscribedInTime(link);
      link.on('packetreceive', noteUnheard);
      link.on('connect', () => {
        counters.connections = 1;
        subscribe(link, subscribed.tell);
      });
      link.on('close', () => {
        counters.connections = 0;
        acknowledgements.renew();
        readOn();
        if (shut) return;
        log.warn({ inFlight: counters.inFlight }, 'the link to the broker is down; the gateway connects again');
        connectAgain(link);
      });
      link.on('error', (error) => log.warn({ error: error.message }, 'the link to the broker had an error'));
      await subscribed.promise;
      return { mqttUrl: options.url };
    },
    readers: () => null,
    send,
    async stopReading() {
      shut = true;
    },
    async stop() {
      // Unforced, so that the last acknowledgements and the farewell leave; a dead connection is not waited for.
      await client?.endAsync(!client.connected);
    },
  };
}

function jittered(): number {
  return reconnectMs.least + Math.random() * reconnectMs.spread;
}

/** Rejects when the broker has not let the gateway in and subscribe in time; later outages only delay. */
function subscribedInTime(link: MqttClient): { readonly promise: Promise<void>; readonly tell: () => void } {
  let tell = () => {};
  const promise = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      link.end(true);
      reject(new Error(`the MQTT broker at ${link.options.host} does not let the gateway subscribe within ${firstConnectMs / 1000} s`));
    }, firstConnectMs);
    tell = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { promise, tell };
}
