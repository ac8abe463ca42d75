import type { CureRecipe } from '../cure/recipe.js';
import { changeSeconds, createPressProcess, type PressFault, type PressProcess, type PressSecond } from './process.js';

/** One sample as it stands in the payload of `…/telemetry`. */
export interface TelemetrySample {
  readonly ts: number;
  readonly seq: number;
  readonly values: Readonly<Record<string, number | string>>;
}

export type PressEvent =
  | { readonly ts: number; readonly seq: number; readonly type: 'run_started'; readonly run: string; readonly program: string }
  | { readonly ts: number; readonly seq: number; readonly type: 'run_ended'; readonly run: string }
  | {
      readonly ts: number;
      readonly seq: number;
      readonly type: 'count';
      readonly run: string;
      readonly good: number;
      readonly scrap: number;
    };

/** What a device publishes in one message, on `…/telemetry` or `…/event`. */
export type PressMessage =
  | { readonly topic: 'telemetry'; readonly payload: readonly TelemetrySample[] }
  | { readonly topic: 'event'; readonly payload: PressEvent };

export interface HistoryOptions {
  /** Unix ms. */
  readonly from: number;
  /** Unix ms. */
  readonly to: number;
  /** Unix ms; a cure ends and is counted exactly here, the others in step with it. `to` unless given. */
  readonly endsAt?: number;
  /** Whether the cure under way at `from` was begun by an earlier history: it is ended under its name. */
  readonly resume?: boolean;
  readonly recipe: CureRecipe;
  readonly seed?: number;
  readonly faults?: Iterable<PressFault>;
  readonly instrumented?: boolean;
  /** Samples in one message. */
  readonly batch?: number;
}

export type PressScript = ReturnType<typeof createPressScript>;

/** Turns the seconds of a press into its messages; the run's name tells the press's own time. `underway` is the run it is in. */
export function createPressScript(process: PressProcess, recipe: Pick<CureRecipe, 'code'>, underway: string | null = null) {
  let seq = 0;
  let run = underway;
  let shown: PressSecond['state'] | null = null;

  return {
    setFault: process.setFault,
    /** The sample of one second, and the events in it. */
    at(ts: number): { readonly sample: TelemetrySample; readonly events: readonly PressEvent[] } {
      const { state, values, began, ended } = process.next();
      const events: PressEvent[] = [];
      if (began) {
        run = runName(ts);
        events.push({ ts, seq: ++seq, type: 'run_started', run, program: recipe.code });
      }
      if (ended && run) {
        events.push({ ts, seq: ++seq, type: 'run_ended', run }, { ts, seq: ++seq, type: 'count', run, good: 1, scrap: 0 });
        run = null;
      }
      const changed = state !== shown;
      shown = state;
      return { sample: { ts, seq: ++seq, values: changed ? { ...values, press_state: state } : values }, events };
    },
  };
}

/**
 * The messages of the seconds after `from`, up to `to`, in order. The same options give the same messages. Returns the
 * script, so that the live part goes on where the history stops, and the instant of its last second.
 */
export function* historyOf(options: HistoryOptions): Generator<PressMessage, { readonly script: PressScript; readonly playedTo: number }> {
  const { from, to, endsAt = to, resume = false, recipe, batch = 60, seed, faults, instrumented } = options;
  const process = createPressProcess({
    recipe,
    ...(seed === undefined ? {} : { seed }),
    ...(faults ? { faults } : {}),
    ...(instrumented ? { instrumented } : {}),
  });
  const cycle = process.cycleSeconds();
  // Seconds are counted from `endsAt`, where a cure ends; before the first one that is played the press has lived through its cycle.
  const first = Math.floor((from - endsAt) / 1000) + 1;
  const last = Math.floor((to - endsAt) / 1000);
  const elapsed = (((first - 1) % cycle) + cycle) % cycle;
  for (let second = 0; second < elapsed; second++) process.next();
  const underway = resume && elapsed >= changeSeconds ? runName(endsAt + (first - 1 - elapsed + changeSeconds) * 1000) : null;
  const script = createPressScript(process, recipe, underway);
  let samples: TelemetrySample[] = [];
  for (let second = first; second <= last; second++) {
    const { sample, events } = script.at(endsAt + second * 1000);
    samples.push(sample);
    if (events.length > 0 || samples.length >= batch || second === last) {
      yield { topic: 'telemetry', payload: samples };
      samples = [];
    }
    for (const payload of events) yield { topic: 'event', payload };
  }
  return { script, playedTo: endsAt + last * 1000 };
}

/** `r20261122-061500`: UTC, unique on its press. */
function runName(ts: number): string {
  return `r${new Date(ts).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`;
}
