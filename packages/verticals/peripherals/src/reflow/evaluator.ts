import type { EvaluatedCurve, EvaluationInput, Finding, RunEvaluation, RunEvaluator, SampleSeries } from '@yunfab/core/verticals';
import type { PeripheralsConfig } from '../config.js';
import { type ReflowProfile, readProfile } from './profile.js';
import type { ReflowWindow } from './window.js';

const longestGapMs = 5_000;
/** A board that moves through zones never keeps one reading this long. */
const longestStuckMs = 20_000;
const empty: SampleSeries = { ts: [], value: [] };

/** Judges one pass of one panel through the oven by the temperature at the board. */
export const reflowEvaluator: RunEvaluator<PeripheralsConfig> = {
  id: 'peripherals.reflow',
  words: { en: 'Reflow profile', zh: '回流曲线' },
  equipmentModel: 'peripherals.reflow-oven',
  signals: ['board_temperature', 'conveyor_speed'],
  tailMs: 0,
  evaluate: evaluateReflow,
};

/** Pure. */
export function evaluateReflow({ run, samples, config }: EvaluationInput<PeripheralsConfig>): RunEvaluation {
  const window = config.reflow;
  const until = run.endedAt ?? run.until;
  const board = within(samples['board_temperature'] ?? empty, run.startedAt, until);
  const speed = within(samples['conveyor_speed'] ?? empty, run.startedAt, until);
  const gap = longestGap(board.ts, run.startedAt, until);
  const stuck = longestStuck(board);
  const profile = readProfile(board, window);
  const known: Finding[] = [
    finding(
      'samples',
      gap <= longestGapMs,
      `The board's temperature was not read for ${round(gap / 1000)} s (at most ${longestGapMs / 1000} s)`,
      `板温采样中断 ${round(gap / 1000)} 秒（最多 ${longestGapMs / 1000} 秒）`,
    ),
    finding(
      'thermocouple',
      stuck < longestStuckMs,
      `The board's temperature stood still for ${round(stuck / 1000)} s (stuck from ${longestStuckMs / 1000} s)`,
      `板温读数静止 ${round(stuck / 1000)} 秒（达 ${longestStuckMs / 1000} 秒判为卡死）`,
    ),
  ];
  const judged = run.endedAt === null || !profile ? [] : judge(profile, window);
  const sure = run.endedAt !== null && profile !== null && known.every(({ holds }) => holds);
  return {
    verdict: sure ? (judged.every(({ holds }) => holds) ? 'pass' : 'fail') : 'inconclusive',
    values: profile ? valuesOf(profile, window, speed) : {},
    curves: curvesOf(board),
    findings: [...known, ...judged],
  };
}

function judge(profile: ReflowProfile, window: ReflowWindow): Finding[] {
  const { peak, aboveLiquidus, soak, rampUp, rampDown, toPeak } = profile;
  const { liquidus, soakFrom, soakTo } = window;
  return [
    finding(
      'peak',
      peak >= window.peakLow && peak <= window.peakHigh,
      `Peak ${round(peak)} °C, asked ${window.peakLow}–${window.peakHigh} °C`,
      `峰值 ${round(peak)} °C，要求 ${window.peakLow}–${window.peakHigh} °C`,
    ),
    finding(
      'above_liquidus',
      aboveLiquidus >= window.aboveLow && aboveLiquidus <= window.aboveHigh,
      `${round(aboveLiquidus)} s above ${liquidus} °C, asked ${window.aboveLow}–${window.aboveHigh} s`,
      `${liquidus} °C 以上 ${round(aboveLiquidus)} 秒，要求 ${window.aboveLow}–${window.aboveHigh} 秒`,
    ),
    finding(
      'soak',
      soak !== null && soak >= window.soakLow && soak <= window.soakHigh,
      `${soak === null ? 'Never' : `${round(soak)} s`} from ${soakFrom} to ${soakTo} °C, asked ${window.soakLow}–${window.soakHigh} s`,
      `${soakFrom}–${soakTo} °C ${soak === null ? '未达到' : `历时 ${round(soak)} 秒`}，要求 ${window.soakLow}–${window.soakHigh} 秒`,
    ),
    finding(
      'ramp_up',
      rampUp === null || rampUp <= window.rampUp,
      `Rises ${rampUp === null ? '–' : round(rampUp, 2)} K/s from ${liquidus} °C to peak, at most ${window.rampUp}`,
      `${liquidus} °C 至峰值升温 ${rampUp === null ? '–' : round(rampUp, 2)} K/s，不得超过 ${window.rampUp}`,
    ),
    finding(
      'ramp_down',
      rampDown !== null && rampDown <= window.rampDown,
      `Falls ${rampDown === null ? 'never' : `${round(rampDown, 2)} K/s`} from peak to ${liquidus} °C, at most ${window.rampDown}`,
      `峰值至 ${liquidus} °C 降温 ${rampDown === null ? '未降到' : `${round(rampDown, 2)} K/s`}，不得超过 ${window.rampDown}`,
    ),
    finding(
      'time_to_peak',
      toPeak !== null && toPeak <= window.toPeak,
      `${toPeak === null ? '–' : round(toPeak)} s from 25 °C to peak, at most ${window.toPeak} s`,
      `25 °C 至峰值 ${toPeak === null ? '–' : round(toPeak)} 秒，不得超过 ${window.toPeak} 秒`,
    ),
  ];
}

function valuesOf(profile: ReflowProfile, window: ReflowWindow, speed: SampleSeries): RunEvaluation['values'] {
  const value = (at: number | null, unit: string, en: string, zh: string, limits: { low?: number; high?: number } = {}) =>
    at === null ? null : { value: round(at, 2), unit, words: { en, zh }, ...limits };
  const all = {
    peak: value(profile.peak, 'Cel', 'Peak', '峰值', { low: window.peakLow, high: window.peakHigh }),
    above_liquidus: value(profile.aboveLiquidus, 's', `Above ${window.liquidus} °C`, `${window.liquidus} °C 以上时间`, {
      low: window.aboveLow,
      high: window.aboveHigh,
    }),
    soak: value(profile.soak, 's', `Soak ${window.soakFrom}–${window.soakTo} °C`, `${window.soakFrom}–${window.soakTo} °C 保温时间`, {
      low: window.soakLow,
      high: window.soakHigh,
    }),
    ramp_up: value(profile.rampUp, 'K/s', 'Rise to peak', '升温速率', { high: window.rampUp }),
    ramp_down: value(profile.rampDown, 'K/s', 'Fall from peak', '降温速率', { high: window.rampDown }),
    conveyor_speed: value(speed.value.at(-1) ?? null, 'cm/min', 'Conveyor', '链速'),
  };
  return Object.fromEntries(Object.entries(all).flatMap(([name, each]) => (each ? [[name, each]] : [])));
}

function curvesOf(board: SampleSeries): EvaluatedCurve[] {
  const words = { en: 'At the board', zh: '板面温度' };
  return board.ts.length === 0 ? [] : [{ name: 'board_temperature', words, unit: 'Cel', ts: [...board.ts], value: [...board.value] }];
}

function within({ ts, value }: SampleSeries, from: number, to: number): SampleSeries {
  const kept = ts.map((_, i) => i).filter((i) => (ts[i] as number) >= from && (ts[i] as number) <= to);
  return { ts: kept.map((i) => ts[i] as number), value: kept.map((i) => value[i] as number) };
}

function longestGap(ts: readonly number[], from: number, to: number): number {
  let longest = 0;
  let last = from;
  for (const at of [...ts, to]) {
    longest = Math.max(longest, at - last);
    last = at;
  }
  return longest;
}

function longestStuck({ ts, value }: SampleSeries): number {
  let longest = 0;
  let since = 0;
  for (let i = 1; i < ts.length; i++) {
    if (value[i] !== value[since]) since = i;
    longest = Math.max(longest, (ts[i] as number) - (ts[since] as number));
  }
  return longest;
}

const finding = (code: string, holds: boolean, en: string, zh: string): Finding => ({ code, holds, words: { en, zh } });
const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
