import type { Given, Machine, MachineEvent } from './machine.js';
import { refusal } from './refusal.js';

/** One sample as it stands in the payload of `…/telemetry`. */
export interface TelemetrySample {
  readonly ts: number;
  readonly seq: number;
  readonly values: Readonly<Record<string, number | string | boolean>>;
}

export type TimedEvent = MachineEvent & { readonly ts: number; readonly seq: number };

/** What a device publishes in one message, on `…/telemetry` or `…/event`. */
export type DeviceMessage =
  | { readonly topic: 'telemetry'; readonly payload: readonly TelemetrySample[] }
  | { readonly topic: 'event'; readonly payload: TimedEvent };

/** The seconds of a machine as numbered messages. */
export interface Script {
  /** The samples of one second, none when it sends none, and the events in it. */
  at(ts: number): { readonly samples: readonly TelemetrySample[]; readonly events: readonly TimedEvent[] };
  setFault(name: string, on: boolean): void;
  /** Has the machine do it, and gives what belongs into the answer. Throws why it does not. */
  command(name: string, parameters: Given): Given;
  /** Has the machine put it in force, and gives what is in force then. Throws why it does not. */
  configure(configuration: Given): Given;
}

/** An end or a count of a run that nobody was told the start of is left out: that run was before this machine's past. */
export function createScript(machine: Machine, told: Set<string> = new Set()): Script {
  let seq = 0;
  return {
    setFault: (name, on) => machine.setFault(name, on),
    command(name, parameters) {
      const act = machine.commands?.[name];
      if (!act) throw refusal(`this machine knows no command "${name}"`, `本机没有指令“${name}”`);
      return act(parameters) ?? {};
    },
    configure(configuration) {
      if (!machine.configure) throw refusal('nothing can be set on this machine', '本机没有可设置项');
      return machine.configure(configuration);
    },
    at(ts) {
      const { values, burst = [], events } = machine.next(ts);
      const timed: TimedEvent[] = [];
      for (const event of events) {
        if (event.run !== undefined) {
          if (event.type === 'run_started') told.add(event.run);
          else if (!told.has(event.run)) continue;
        }
        timed.push({ ts, seq: ++seq, ...event });
      }
      const read = values ? [...burst, { ts, values }] : burst;
      return { samples: read.map((sample) => ({ ts: sample.ts, seq: ++seq, values: sample.values })), events: timed };
    },
  };
}

export interface HistoryOptions {
  /** Unix ms. */
  readonly from: number;
  /** Unix ms. */
  readonly to: number;
  /** Unix ms; a run ends exactly here, the others in step with it. `to` unless given. */
  readonly endsAt?: number;
  /** Whether the run under way at `from` was begun by an earlier history: it is ended under its name. */
  readonly resume?: boolean;
  /** Samples in one message. */
  readonly batch?: number;
}

/**
 * The messages of the seconds after `from`, up to `to`, in order. The same machine gives the same messages. Returns the
 * script, so that the live part goes on where the history stops, and the instant of its last second.
 */
export function* historyOf(
  machine: Machine,
  { from, to, endsAt = to, resume = false, batch = 60 }: HistoryOptions,
): Generator<DeviceMessage, { readonly script: Script; readonly playedTo: number }> {
  const cycle = machine.cycleSeconds();
  // Seconds are counted from `endsAt`, where a run ends; before the first one that is played the machine has lived through its cycle.
  const first = Math.floor((from - endsAt) / 1000) + 1;
  const last = Math.floor((to - endsAt) / 1000);
  const elapsed = (((first - 1) % cycle) + cycle) % cycle;
  const told = new Set<string>();
  for (let second = first - elapsed; second < first; second++)
    for (const event of machine.next(endsAt + second * 1000).events)
      if (resume && event.type === 'run_started' && event.run !== undefined) told.add(event.run);
  const script = createScript(machine, told);
  let samples: TelemetrySample[] = [];
  for (let second = first; second <= last; second++) {
    const { samples: more, events } = script.at(endsAt + second * 1000);
    samples.push(...more);
    if (samples.length > 0 && (events.length > 0 || samples.length >= batch || second === last)) {
      yield { topic: 'telemetry', payload: samples };
      samples = [];
    }
    for (const payload of events) yield { topic: 'event', payload };
  }
  return { script, playedTo: endsAt + last * 1000 };
}
