import { connect, type IPublishPacket, type MqttClient } from 'mqtt';
import type { Presence } from '../presence/presence.js';
import { parseTopic, topicOf } from '../topics.js';
import { jittered, type LinkParts, loginOf } from './broker-link.js';

/** One connection for all gateways: it knows who is online, and tells the time. */
export interface WatchLink {
  start(): void;
  /** 0 while it is connected. */
  downForMs(): number;
  stop(): Promise<void>;
}

const online = Buffer.from('online');
/** The retained words come in one go; when none has come for so long, those were all. */
const quietMs = 2_000;

/**
 * Whether a device is online has an order and no time of its own, so it is read by one gateway only, over a session that
 * forgets: what counts is the retained word, and a new connection is given all of them again.
 */
export function createWatchLink(
  { address, pipeline, counters, log, now, onReader }: LinkParts,
  presence: Presence,
  clientId: string,
): WatchLink {
  let client: MqttClient | undefined;
  let up = false;
  let downSince = performance.now();
  let shut = false;
  const held: (() => void)[] = [];
  const stopHearing = pipeline.onRelief(() => {
    if (!pipeline.isFull()) for (const readOn of held.splice(0)) readOn();
  });

  let retained: NodeJS.Timeout | undefined;

  function awaitRetained(): void {
    clearTimeout(retained);
    retained = setTimeout(() => (held.length > 0 ? awaitRetained() : presence.nobodyElse()), quietMs);
  }

  function take({ topic, payload: sent, retain }: IPublishPacket): void {
    const place = parseTopic(topic);
    const payload = Buffer.isBuffer(sent) ? sent : Buffer.from(sent);
    if (place?.channel === 'status') {
      if (retain) awaitRetained();
      presence.note(`${place.organization}/${place.device}`, payload.equals(online));
      const settle = () => payload.equals(online) && onReader(`${place.organization}/${place.device}`, null);
      pipeline.submit({ topic, place, payload, receivedAt: now(), settle });
    }
    if (place?.channel === 'time' && payload.length === 0 && client?.connected)
      client.publish(topicOf(`${place.organization}/${place.device}`, 'time'), JSON.stringify({ ts: now() }), { qos: 0 });
  }

  function subscribe(link: MqttClient): void {
    // Retain handling 0: all retained words come now. No local: the time is told on the topic on which it is asked.
    link.subscribe({ 'yf/v1/+/+/status': { qos: 1, rh: 0 }, 'yf/v1/+/+/time': { qos: 0, rh: 2, nl: true } }, (error) => {
      if (!error && link.connected) awaitRetained();
      if (!error || shut || !link.connected) return;
      log.error({ clientId, error: error.message }, 'the broker refuses to tell the gateway who is online; check its rights on yf/v1/#');
      link.end(true);
    });
  }

  return {
    start() {
      void presence.start();
      const link = connect(address.url, { ...loginOf(address), clientId, clean: true, resubscribe: false, reconnectPeriod: 0 });
      client = link;
      link.handleMessage = (packet, done) => {
        take(packet);
        if (pipeline.isFull() && !shut) held.push(() => done());
        else done();
      };
      link.on('connect', () => {
        up = true;
        counters.connections += 1;
        subscribe(link);
      });
      link.on('close', () => {
        if (up) {
          counters.connections -= 1;
          downSince = performance.now();
        }
        up = false;
        clearTimeout(retained);
        presence.forget();
        for (const readOn of held.splice(0)) readOn();
        if (!shut) setTimeout(() => !shut && !link.connected && link.reconnect(), jittered());
      });
      link.on('error', (error) => log.warn({ clientId, error: error.message }, 'the link to the broker had an error'));
    },
    downForMs: () => (up ? 0 : performance.now() - downSince),
    async stop() {
      shut = true;
      clearTimeout(retained);
      await presence.stop(false);
      stopHearing();
      for (const readOn of held.splice(0)) readOn();
      await client?.endAsync(!client.connected);
    },
  };
}
