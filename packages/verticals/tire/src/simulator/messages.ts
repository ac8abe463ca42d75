import type { CureRecipe } from '../cure/recipe.js';
import { createPressProcess, type PressFault, type PressProcess, type PressSecond } from './process.js';

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
  /** Unix ms; a cure ends and is counted exactly here, or `lag` ms before. */
  readonly to: number;
  /** Keeps presses out of step; 0 unless given. */
  readonly lag?: number;
  readonly recipe: CureRecipe;
  readonly seed?: number;
  readonly faults?: Iterable<PressFault>;
  readonly instrumented?: boolean;
  /** Samples in one message. */
  readonly batch?: number;
}

/** Turns the seconds of a press into its messages; the run's name tells the press's own time. */
export function createPressScript(process: PressProcess, recipe: Pick<CureRecipe, 'code'>) {
  let seq = 0;
  let run: string | null = null;
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
 * The messages of past hours in order, one sample a second; without lag the last cure ends exactly at `to`. The same options
 * give the same messages. Returns the script, so that the live part goes on where the history stops.
 */
export function* historyOf(options: HistoryOptions): Generator<PressMessage, ReturnType<typeof createPressScript>> {
  const { from, to, lag = 0, recipe, batch = 60, seed, faults, instrumented } = options;
  const settings = {
    recipe,
    ...(seed === undefined ? {} : { seed }),
    ...(faults ? { faults: [...faults] } : {}),
    ...(instrumented ? { instrumented } : {}),
  };
  const cycle = createPressProcess(settings).cycleSeconds();
  const seconds = Math.max(0, Math.floor((to - from) / 1000));
  // So that the elapsed and the played seconds together make whole cycles, but for the lag.
  const elapsed = (((Math.round(lag / 1000) - seconds) % cycle) + cycle) % cycle;
  const script = createPressScript(startedAt(settings, elapsed), recipe);
  let samples: TelemetrySample[] = [];
  for (let second = seconds - 1; second >= 0; second--) {
    const { sample, events } = script.at(to - second * 1000);
    samples.push(sample);
    if (events.length > 0 || samples.length >= batch || second === 0) {
      yield { topic: 'telemetry', payload: samples };
      samples = [];
    }
    for (const payload of events) yield { topic: 'event', payload };
  }
  return script;
}

/** A press that has been running for `elapsed` seconds since a cure ended: it has lived through them. */
function startedAt(settings: Parameters<typeof createPressProcess>[0], elapsed: number): PressProcess {
  const process = createPressProcess(settings);
  for (let second = 0; second < elapsed; second++) process.next();
  return process;
}

/** `r20261122-061500`: UTC, unique on its press. */
function runName(ts: number): string {
  return `r${new Date(ts).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`;
}
