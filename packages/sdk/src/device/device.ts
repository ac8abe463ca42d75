import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { clientError } from '../errors.js';
import { apply, type CommandHandler, type ConfigurationHandler, carryOut, type DeviceConfiguration, report } from './orders.js';
import { createRefusals } from './refusals.js';
import { createSender } from './sender.js';
import { openSpool, type Spooled } from './spool.js';

/** A value of a signal; `null` says that there is none. */
export type SignalValue = number | string | boolean | null;

export interface DeviceOptions {
  /** `mqtts://yunfab.example.cn:8883`, or `mqtt://` inside a plant. */
  readonly url: string;
  /** `{organization}/{device}`, as `equipment.devices.create` answers it. */
  readonly username: string;
  readonly token: string;
  /** Where messages wait until the platform has stored them. One process at a time; kept between starts. */
  readonly folder: string;
  /** The most that may wait, in bytes of JSON; 256 MiB unless said. Answers to commands may take 1 MiB more. */
  readonly maxBytes?: number | undefined;
  /** `refuse` (unless said) rejects what does not fit; `drop_oldest` makes room and counts in `state()` what it dropped. */
  readonly whenFull?: 'refuse' | 'drop_oldest' | undefined;
  /** Certificates and times, as mqtt.js takes them. */
  readonly connection?: Pick<IClientOptions, 'ca' | 'cert' | 'key' | 'servername' | 'keepalive' | 'connectTimeout'> | undefined;
  /** Told of each connection that failed, while messages wait, and of what is wrong with the folder or a message: `device.messages_lost`, `device.answers_dropped`, `device.spool_full` for a command, `device.disk_full`, `device.message_refused`. */
  readonly onProblem?: ((error: Error) => void) | undefined;
}

export interface DeviceState {
  readonly connected: boolean;
  /** Messages on disk that the platform has not acknowledged. */
  readonly pending: number;
  readonly bytes: number;
  readonly dropped: number;
  /** Messages that the disk did not give back as they were put. */
  readonly lost: number;
  /** Messages that the broker hung up on; they wait for the next opening of the folder. */
  readonly refused: number;
}

/** A machine's way to the platform: what was published is stored there once, whatever is killed or cut in between. */
export interface Device {
  /**
   * Resolves when the values stand on the disk. `ts` is Unix ms, now unless said. Rejects with `device.spool_full`,
   * `device.disk_full`, `device.folder_unusable`, `device.message_too_large`, `device.not_a_number`, `device.no_values`,
   * `device.bad_time`, `device.closed`.
   */
  publish(values: Readonly<Record<string, SignalValue>>, ts?: number): Promise<void>;
  /** The same for an event: `event('count', { good: 1 })`; `type`, `ts` and `seq` are not for its body. docs/devices.md lists what the platform understands. */
  event(type: string, body?: Readonly<Record<string, unknown>>, ts?: number): Promise<void>;
  /**
   * Has commands done by `handler`, one after the other, and answered. A command is done once, unless the process dies while it
   * is being done. Until a handler is there, and while there is no room for their answers, commands wait at the platform.
   */
  onCommand(handler: CommandHandler): void;
  /** Has each version put in force by `handler`, and reported: the newest when the device connects, then every change. */
  onConfiguration(handler: ConfigurationHandler): void;
  /** Reports what the device runs by itself; version 0 is what it came with. */
  reportConfiguration(version: number, configuration: Readonly<Record<string, unknown>>): Promise<void>;
  state(): DeviceState;
  /** Resolves when everything that was published before has been acknowledged. Rejects with `device.message_refused`, `device.closed`, or the signal's reason. */
  flush(options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Says `offline`, hangs up, and waits for the command that is being done. What still waits is sent after the next start. */
  close(): Promise<void>;
}

interface Flush {
  readonly upTo: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const reconnectMs = { least: 200, most: 30_000 };
const farewellMs = 2_000;

/** Opens the folder and begins to connect; it does not wait for the connection. Rejects with `device.disk_full`, `device.folder_unusable`. */
export async function openDevice(options: DeviceOptions): Promise<Device> {
  const { folder, maxBytes = 256 * 1024 * 1024, whenFull = 'refuse', username } = options;
  const onProblem = guarded(options.onProblem);
  const onLost = (lost: number) => onProblem(clientError('device.messages_lost', { folder, lost }));
  const onAnswersDropped = (answers: number) => onProblem(clientError('device.answers_dropped', { folder, answers }));
  const spool = await openSpool({ folder, maxBytes, whenFull, onLost, onAnswersDropped });
  const topicOf = (channel: string) => `yf/v1/${username}/${channel}`;
  const flushes = new Set<Flush>();
  let client: MqttClient | undefined;
  const refusals = createRefusals();
  let send = () => {};
  let hungUp: () => Spooled | undefined = () => undefined;
  let welcome = false;
  let closed = false;
  let closing: Promise<void> | undefined;
  let failures = 0;
  let reconnecting: NodeJS.Timeout | undefined;
  let commandHandler: CommandHandler | undefined;
  let configurationHandler: ConfigurationHandler | undefined;
  let lastVersion = 0;
  let doing: Promise<void> = Promise.resolve();

  /** Subscribed first, then online: the platform gives what waits to who says so. */
  function arrive(link: MqttClient): void {
    const topics = [...(commandHandler ? [topicOf('command')] : []), ...(configurationHandler ? [topicOf('config')] : [])];
    const online = () =>
      link.publish(topicOf('status'), 'online', { qos: 1, retain: true }, (error) => {
        if (error || link !== client) return;
        welcome = true;
        send();
      });
    if (topics.length === 0) return void online();
    link.subscribe(topics, { qos: 1 }, (error) => {
      if (error) onProblem(error);
      online();
    });
  }

  function hear(topic: string, payload: Buffer): void {
    doing = doing
      .then(() => work(topic, payload))
      .catch(onProblem)
      .then(() => send());
  }

  async function work(topic: string, payload: Buffer): Promise<void> {
    if (closed) return;
    if (topic === topicOf('command') && commandHandler) await carryOut(spool, commandHandler, payload);
    if (topic !== topicOf('config') || !configurationHandler) return;
    const given = JSON.parse(payload.toString('utf8')) as DeviceConfiguration;
    if (given.version === lastVersion) return;
    await apply(spool, configurationHandler, given);
    lastVersion = given.version;
  }

  /** A client for each connection: what was not acknowledged on one is read from the disk for the next. */
  function open(): void {
    const link = connect(options.url, {
      keepalive: 30,
      connectTimeout: 10_000,
      ...options.connection,
      clientId: username,
      username,
      password: options.token,
      protocolVersion: 4,
      reconnectPeriod: 0,
      will: { topic: topicOf('status'), payload: Buffer.from('offline'), qos: 1, retain: true },
    });
    client = link;
    link.on('error', onProblem);
    link.on('message', hear);
    link.once('connect', () => {
      failures = 0;
      const onAcknowledged = () => void settleFlushes().catch(onProblem);
      const sender = createSender({ link, spool, refusals, isWelcome: () => welcome, topicOf, onAcknowledged, onProblem });
      send = sender.wake;
      hungUp = sender.hungUp;
      arrive(link);
      send();
    });
    link.once('close', () => {
      const refused = closed ? undefined : hungUp();
      link.end(true);
      send = () => {};
      hungUp = () => undefined;
      welcome = false;
      if (closed) return;
      if (refused) {
        onProblem(refusal(refused));
        settleFlushes().catch(onProblem);
      }
      reconnecting = setTimeout(open, jittered(failures));
      failures += 1;
    });
  }

  async function settleFlushes(): Promise<void> {
    if (flushes.size === 0) return;
    const [oldest] = await spool.after(0, 1, refusals.refused);
    const [refused] = refusals.refused.values();
    for (const flush of flushes) {
      if (oldest && oldest.seq <= flush.upTo) continue;
      if (refused && refused.seq <= flush.upTo) flush.reject(refusal(refused));
      else flush.resolve();
    }
  }

  const refusal = ({ channel, ts, size }: Spooled) => clientError('device.message_refused', { channel, ts, size, folder });

  async function put(channel: 'telemetry' | 'event', fields: Readonly<Record<string, unknown>>, ts: number): Promise<void> {
    if (closed) throw clientError('device.closed', {});
    if (!Number.isFinite(ts)) throw clientError('device.bad_time', { ts });
    await spool.put({ channel, ts, fields });
    send();
  }

  open();
  return {
    publish: async (values, ts = Date.now()) => put('telemetry', { values: checked(values) }, ts),
    event: async (type, body = {}, ts = Date.now()) => put('event', { ...finite(body), type }, ts),
    onCommand(handler) {
      commandHandler = handler;
      if (client?.connected) arrive(client);
    },
    onConfiguration(handler) {
      configurationHandler = handler;
      if (client?.connected) arrive(client);
    },
    async reportConfiguration(version, configuration) {
      if (closed) throw clientError('device.closed', {});
      await spool.put(report({ version, configuration }));
      send();
    },
    state: () => ({
      connected: client?.connected ?? false,
      pending: spool.pending,
      bytes: spool.bytes,
      dropped: spool.dropped,
      lost: spool.lost,
      refused: refusals.refused.size,
    }),
    async flush({ signal } = {}) {
      signal?.throwIfAborted();
      if (closed) throw clientError('device.closed', {});
      let end = () => {};
      const waiting = new Promise<void>((resolve, reject) => {
        const flush: Flush = { upTo: spool.last, resolve, reject };
        const abort = () => reject(signal?.reason as Error);
        flushes.add(flush);
        signal?.addEventListener('abort', abort);
        end = () => {
          flushes.delete(flush);
          signal?.removeEventListener('abort', abort);
        };
      });
      await Promise.all([waiting, settleFlushes()]).finally(end);
    },
    close: () => (closing ??= close()),
  };

  async function close(): Promise<void> {
    closed = true;
    clearTimeout(reconnecting);
    for (const { reject } of flushes) reject(clientError('device.closed', {}));
    if (client?.connected) await farewell(client);
    await client?.endAsync(true).catch(() => {});
    await doing;
    await spool.close();
  }

  async function farewell(link: MqttClient): Promise<void> {
    const told = link.publishAsync(topicOf('status'), 'offline', { qos: 1, retain: true }).catch(() => {});
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, farewellMs).unref())]);
  }
}

/** JSON would turn NaN into null, which is a value of its own. */
function checked(values: Readonly<Record<string, SignalValue>>): Readonly<Record<string, SignalValue>> {
  const entries = Object.entries(values);
  if (entries.length === 0) throw clientError('device.no_values', {});
  for (const [signal, value] of entries)
    if (typeof value === 'number' && !Number.isFinite(value)) throw clientError('device.not_a_number', { signal, value: String(value) });
  return values;
}

/** The same for what stands in an event. */
function finite<Body extends object>(body: Body): Body {
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'number' && !Number.isFinite(value))
      throw clientError('device.not_a_number', { signal: name, value: String(value) });
    if (typeof value === 'object' && value !== null) finite(value);
  }
  return body;
}

/** What the program throws while it is told is its own, and must not end the work on commands. */
function guarded(told: (error: Error) => void = () => {}): (error: Error) => void {
  return (error) => {
    try {
      told(error);
    } catch (thrown) {
      queueMicrotask(() => {
        throw thrown;
      });
    }
  };
}

/** A thousand devices that lost the same broker do not come back at once. */
function jittered(failures: number): number {
  const ceiling = Math.min(reconnectMs.most, reconnectMs.least * 2 ** Math.min(failures, 10));
  return reconnectMs.least + Math.random() * ceiling;
}
