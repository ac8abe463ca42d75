import type { ReplayWindow, SimulatedDevice, SimulatedDeviceOptions, VerticalSimulator } from '@yunfab/core/verticals';
import { connectAsync, type MqttClient } from 'mqtt';
import { type CureRecipe, passengerRecipe } from '../cure/recipe.js';
import { createPressScript, historyOf, type PressMessage } from './messages.js';
import { createPressProcess, type PressFault, pressFaults } from './process.js';

export interface PressOptions extends Omit<SimulatedDeviceOptions, 'equipmentModel' | 'program' | 'faults'> {
  readonly recipe?: CureRecipe;
  readonly faults?: readonly PressFault[];
  readonly instrumented?: boolean;
  /** Ms by which its cures end before those of a press without lag. */
  readonly lag?: number;
}

/** Messages that may wait for their acknowledgement at once. */
const mostUnacknowledged = 50;
const tickMs = 1000;
/** A device that was away catches up by no more than this. */
const longestCatchUpMs = 10 * 60_000;

/** A press as an ordinary MQTT 3.1.1 client: it publishes what it measures once a second, and its runs and counts. */
export function createPress({
  mqttUrl,
  organization,
  device,
  password,
  clock = Date.now,
  speed = 1,
  recipe = passengerRecipe,
  seed = 1,
  faults = [],
  instrumented = false,
  lag = 0,
}: PressOptions): SimulatedDevice {
  const username = `${organization}/${device}`;
  const prefix = `yf/v1/${username}`;
  let script = createPressScript(createPressProcess({ recipe, seed, faults, instrumented }), recipe);
  const active = new Set<PressFault>(faults);
  let client: MqttClient | null = null;
  let timer: NodeJS.Timeout | null = null;
  /** The device's own time: it passes `speed` times as fast as the clock from the first moment on. */
  const origin = clock();
  const ownTime = () => origin + (clock() - origin) * speed;
  let playedTo = 0;

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
    client.on('error', () => {});
    await client.publishAsync(`${prefix}/status`, 'online', { qos: 1, retain: true });
    return client;
  }

  async function replay({ from, to, since }: ReplayWindow): Promise<number> {
    const mqtt = await connection();
    const history = historyOf({
      from,
      to,
      endsAt: (since ?? to) - lag,
      resume: since !== undefined,
      recipe,
      seed,
      faults: active,
      instrumented,
    });
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

  const publish = (mqtt: MqttClient, { topic, payload }: PressMessage) =>
    mqtt.publishAsync(`${prefix}/${topic}`, JSON.stringify(payload), { qos: 1 });

  /** Plays every second of its own time that has passed since the last tick. */
  function tick(mqtt: MqttClient): void {
    const now = ownTime();
    playedTo = Math.max(playedTo, now - longestCatchUpMs);
    const samples = [];
    while (playedTo + 1000 <= now) {
      playedTo += 1000;
      const { sample, events } = script.at(playedTo);
      samples.push(sample);
      // A stopping client refuses what is still to be said; there is nobody left to tell.
      for (const payload of events) publish(mqtt, { topic: 'event', payload }).catch(() => {});
    }
    if (samples.length > 0) publish(mqtt, { topic: 'telemetry', payload: samples }).catch(() => {});
  }

  return {
    replay,
    async start() {
      const mqtt = await connection();
      if (timer) return;
      playedTo ||= ownTime();
      timer = setInterval(() => tick(mqtt), tickMs);
    },
    setFault(name, on) {
      if (!isPressFault(name)) throw new RangeError(`a press has no fault "${name}"; it has ${Object.keys(pressFaults).join(', ')}`);
      if (on) active.add(name);
      else active.delete(name);
      script.setFault(name, on);
    },
    async stop() {
      if (timer) clearInterval(timer);
      timer = null;
      if (!client) return;
      await client.publishAsync(`${prefix}/status`, 'offline', { qos: 1, retain: true }).catch(() => {});
      await client.endAsync();
      client = null;
    },
  };
}

function isPressFault(name: string): name is PressFault {
  return name in pressFaults;
}

/** The press by the contract of verticals; `recipes` are those it knows by code. */
export function createSimulatedDevice(recipes: readonly CureRecipe[]): VerticalSimulator['createDevice'] {
  return async ({ equipmentModel: _onlyOne, program, faults = [], ...options }) => {
    const recipe = program === undefined ? passengerRecipe : recipes.find(({ code }) => code === program);
    if (!recipe) throw new RangeError(`the press knows no recipe "${program}"; it knows ${recipes.map(({ code }) => code).join(', ')}`);
    const strange = faults.find((fault) => !isPressFault(fault));
    if (strange !== undefined) throw new RangeError(`a press has no fault "${strange}"; it has ${Object.keys(pressFaults).join(', ')}`);
    return createPress({ ...options, recipe, faults: faults.filter(isPressFault), lag: lagOf(options.device) });
  };
}

/** Presses of one hall do not open together: by the number at the end of its code, 1 at once, each further three minutes apart. */
function lagOf(device: string): number {
  const number = Number(/\d+$/.exec(device)?.[0] ?? 1);
  return ((number - 1) % 4) * 180_000;
}
