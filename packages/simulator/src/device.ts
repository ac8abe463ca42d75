import type { ReplayWindow, SimulatedDevice, SimulatedDeviceOptions } from '@yunfab/core/verticals';
import { connectAsync, type MqttClient } from 'mqtt';
import { createScript, type DeviceMessage, historyOf } from './history.js';
import type { Machine } from './machine.js';
import { createOrders, type OrderAnswer } from './orders.js';

export interface DeviceOptions
  extends Pick<SimulatedDeviceOptions, 'mqttUrl' | 'organization' | 'device' | 'password' | 'clock' | 'speed'> {
  readonly machine: Machine;
  /** A new machine with these faults on: a past is told from its beginning. */
  readonly again: (faults: readonly string[]) => Promise<Machine>;
  /** The faults it knows; another name is refused. */
  readonly faults: Readonly<Record<string, unknown>>;
  readonly active?: readonly string[];
  /** Ms by which its runs end before those of a machine without lag. */
  readonly lag?: number;
}

/** Messages that may wait for their acknowledgement at once. */
const mostUnacknowledged = 50;
const tickMs = 1000;
/** In one message; a gateway takes a thousand. */
const mostSamples = 500;
/** A device that was away catches up by no more than this. */
const longestCatchUpMs = 10 * 60_000;

/**
 * A machine as an ordinary MQTT 3.1.1 client: it publishes what it measures once a second, and its runs and counts. While it runs
 * live it does what it is told; what comes before waits until then.
 */
export function createDevice({
  mqttUrl,
  organization,
  device,
  password,
  clock = Date.now,
  speed = 1,
  machine,
  again,
  faults,
  active: initial = [],
  lag = 0,
}: DeviceOptions): SimulatedDevice {
  const username = `${organization}/${device}`;
  const prefix = `yf/v1/${username}`;
  const known = (name: string) => {
    if (!(name in faults)) throw new RangeError(`this machine has no fault "${name}"; it has ${Object.keys(faults).join(', ') || 'none'}`);
  };
  initial.forEach(known);
  const active = new Set(initial);
  let script = createScript(machine);
  let client: MqttClient | null = null;
  let timer: NodeJS.Timeout | null = null;
  /** The device's own time: it passes `speed` times as fast as the clock from the first moment on. */
  const origin = clock();
  const ownTime = () => origin + (clock() - origin) * speed;
  let playedTo = 0;
  const orders = createOrders({ script: () => script, clock });
  let waiting: (() => OrderAnswer)[] | null = [];

  /** Subscribed first, then online: the platform gives what waits to who says so. */
  async function arrive(mqtt: MqttClient): Promise<void> {
    await mqtt.subscribeAsync([`${prefix}/command`, `${prefix}/config`], { qos: 1 });
    await mqtt.publishAsync(`${prefix}/status`, 'online', { qos: 1, retain: true });
  }

  function hear(mqtt: MqttClient, topic: string, payload: Buffer): void {
    const work = () => (topic === `${prefix}/command` ? orders.command(payload) : orders.configuration(payload));
    if (waiting) waiting.push(work);
    else answer(mqtt, work());
  }

  /** A stopping client refuses what is still to be said; the platform asks again. */
  function answer(mqtt: MqttClient, { topic, payload }: OrderAnswer): void {
    const said = JSON.stringify({ ts: ownTime(), ...payload });
    mqtt.publishAsync(`${prefix}/${topic}`, said, { qos: 1 }).catch(() => {});
  }

  async function connection(): Promise<MqttClient> {
    if (client) return client;
    client = await connectAsync(mqttUrl, {
      clientId: username,
      username,
      password,
      protocolVersion: 4,
      clean: false,
      will: { topic: `${prefix}/status`, payload: Buffer.from('offline'), qos: 1, retain: true },
    });
    // A broker that goes away is met by reconnecting; what was not acknowledged is sent again.
    const mqtt = client;
    mqtt.on('error', () => {});
    mqtt.on('message', (topic, payload) => hear(mqtt, topic, payload));
    mqtt.on('connect', () => void arrive(mqtt).catch(() => {}));
    await arrive(mqtt);
    return mqtt;
  }

  const publish = (mqtt: MqttClient, { topic, payload }: DeviceMessage) =>
    mqtt.publishAsync(`${prefix}/${topic}`, JSON.stringify(payload), { qos: 1 });

  async function replay({ from, to, since }: ReplayWindow): Promise<number> {
    const mqtt = await connection();
    const history = historyOf(await again([...active]), { from, to, endsAt: (since ?? to) - lag, resume: since !== undefined });
    const underway = new Set<Promise<unknown>>();
    let sent = 0;
    let next = history.next();
    while (!next.done) {
      const acknowledged = publish(mqtt, next.value).finally(() => underway.delete(acknowledged));
      underway.add(acknowledged);
      sent++;
      if (underway.size >= mostUnacknowledged) await Promise.race(underway);
      next = history.next();
    }
    await Promise.all(underway);
    ({ script, playedTo } = next.value);
    return sent;
  }

  /** Plays every second of its own time that has passed since the last tick. */
  function tick(mqtt: MqttClient): void {
    const now = ownTime();
    playedTo = Math.max(playedTo, now - longestCatchUpMs);
    const samples = [];
    while (playedTo + 1000 <= now) {
      playedTo += 1000;
      const { samples: more, events } = script.at(playedTo);
      samples.push(...more);
      // A stopping client refuses what is still to be said; there is nobody left to tell.
      for (const payload of events) publish(mqtt, { topic: 'event', payload }).catch(() => {});
    }
    for (let at = 0; at < samples.length; at += mostSamples)
      publish(mqtt, { topic: 'telemetry', payload: samples.slice(at, at + mostSamples) }).catch(() => {});
  }

  return {
    replay,
    async start() {
      const mqtt = await connection();
      if (timer) return;
      playedTo ||= ownTime();
      const before = waiting ?? [];
      waiting = null;
      for (const work of before) answer(mqtt, work());
      timer = setInterval(() => tick(mqtt), tickMs);
    },
    setFault(name, on) {
      known(name);
      if (on) active.add(name);
      else active.delete(name);
      script.setFault(name, on);
    },
    async stop() {
      if (timer) clearInterval(timer);
      timer = null;
      waiting = [];
      if (!client) return;
      await client.publishAsync(`${prefix}/status`, 'offline', { qos: 1, retain: true }).catch(() => {});
      await client.endAsync();
      client = null;
    },
  };
}
