import { connect, type MqttClient } from 'mqtt';
import type { PlantDevice } from './plant.js';

/** A device under load: how much of what it sent has been acknowledged. */
export interface Publisher {
  readonly device: PlantDevice;
  /** Messages sent so far, numbered from 1; telemetry and events are numbered apart. */
  sent(): { readonly telemetry: number; readonly events: number };
  /** Highest number up to which every telemetry message has been acknowledged. */
  acknowledged(): number;
  /** Makes no more and waits until everything sent has been acknowledged. */
  finish(timeoutMs: number): Promise<void>;
}

interface Message {
  readonly channel: string;
  readonly payload: string;
  readonly seq: number;
}

const inFlight = 40;
const eventEvery = 8;
/** Paced, so that a broker that acknowledges at once does not gather more than the test has time for. */
const tickMs = 20;
const perTick = 5;
const reconnectMs = 100;

/** Publishes QoS 1, keeps what is not acknowledged and sends it again, in order, on every new connection. */
export function startPublisher(url: string, device: PlantDevice, since: number): Publisher {
  const unacknowledged = new Set<Message>();
  let telemetry = 0;
  let events = 0;
  let making = true;
  let ended = false;
  let client: MqttClient;
  let reconnecting: NodeJS.Timeout | undefined;

  function open(): void {
    const mine = connect(url, {
      clientId: device.username,
      username: device.username,
      password: device.token,
      protocolVersion: 4,
      reconnectPeriod: 0,
      connectTimeout: 2_000,
    });
    client = mine;
    mine.on('error', () => {});
    mine.once('connect', () => {
      for (const message of unacknowledged) send(mine, message);
    });
    mine.once('close', () => {
      mine.end(true);
      if (!ended) reconnecting = setTimeout(open, reconnectMs);
    });
  }

  function send(on: MqttClient, message: Message): void {
    on.publish(`yf/v1/${device.username}/${message.channel}`, message.payload, { qos: 1 }, (error) => {
      if (!error) unacknowledged.delete(message);
    });
  }

  function make(channel: string, seq: number, fields: object): void {
    const message = { channel, seq, payload: JSON.stringify({ ts: since + seq + (channel === 'event' ? 0.5 : 0), seq, ...fields }) };
    unacknowledged.add(message);
    if (client.connected) send(client, message);
  }

  open();
  const ticking = setInterval(() => {
    for (let n = 0; making && n < perTick && unacknowledged.size < inFlight; n++) {
      const seq = ++telemetry;
      make('telemetry', seq, { values: Object.fromEntries(Array.from({ length: 10 }, (_, v) => [`v${v}`, seq + v / 10])) });
      if (seq % eventEvery === 0) make('event', ++events, { type: 'count', good: 1 });
    }
  }, tickMs);

  return {
    device,
    sent: () => ({ telemetry, events }),
    acknowledged: () =>
      Math.min(telemetry, ...[...unacknowledged].filter(({ channel }) => channel === 'telemetry').map(({ seq }) => seq - 1)),
    async finish(timeoutMs) {
      making = false;
      clearInterval(ticking);
      const until = Date.now() + timeoutMs;
      while (unacknowledged.size > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
      ended = true;
      clearTimeout(reconnecting);
      client.end(true);
      if (unacknowledged.size > 0) throw new Error(`${unacknowledged.size} messages of ${device.username} were never acknowledged`);
    },
  };
}
