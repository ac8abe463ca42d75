import type { Handle } from '@yunfab/core/database';
import type { EvaluationInput, Finding, RunEvaluation, RunEvaluator, RunFacts, SampleSeries } from '@yunfab/core/verticals';
import type { ApparelConfig } from '../config.js';
import { finding, longestGap, noSamples, round, sampled, secondsOutside, verdictOf, type Window, within } from '../samples.js';
import type { ApparelTables } from '../tables.js';
import type { Lay } from './lay.js';

/** A ply may be longer than planned by this, m; shorter by nothing that the marker does not have to spare. */
const longest = 0.06;
const shortest = -0.01;
/** Of the time, how much the tension may be outside of its window: starts and stops. */
const outsideShare = 0.05;

/** The lay that a run's program names, for facts of evaluators. */
export async function layOf({ db, run }: { readonly db: Handle; readonly run: RunFacts }): Promise<{ readonly lay: Lay | null }> {
  if (run.program === null) return { lay: null };
  const row = await db.withTables<ApparelTables>().selectFrom('lay').selectAll().where('code', '=', run.program).executeTakeFirst();
  return {
    lay: row
      ? {
          code: row.code,
          plies: row.plies,
          length: row.length,
          cut_length: row.cut_length,
          tension_low: row.tension_low,
          tension_high: row.tension_high,
        }
      : null,
  };
}

export const knownLay = (lay: Lay | null, program: string | null): Finding =>
  finding(
    'program',
    lay !== null,
    lay ? `Judged by lay ${lay.code}` : `There is no lay ${program ?? '–'}; plan it, then evaluate the run again`,
    lay ? `按铺料计划 ${lay.code} 评定` : `没有铺料计划 ${program ?? '–'}；请新建后重新评定`,
  );

/** Judges one spread: plies, their length, the tension they were laid with, and one shade. */
export const spreadEvaluator: RunEvaluator<ApparelConfig> = {
  id: 'apparel.spread',
  words: { en: 'Spread', zh: '铺料评定' },
  equipmentModel: 'apparel.spreader',
  signals: ['plies', 'ply_length', 'tension', 'spreading_speed', 'shade_difference'],
  tailMs: 0,
  facts: layOf,
  evaluate: evaluateSpread,
};

/** Pure. `facts.lay` is what was planned. */
export function evaluateSpread({ run, samples, facts, config }: EvaluationInput<ApparelConfig>): RunEvaluation {
  const lay = facts['lay'] as Lay | null;
  const window = { from: run.startedAt, to: run.endedAt ?? run.until };
  const {
    plies = noSamples,
    ply_length = noSamples,
    tension = noSamples,
    shade_difference = noSamples,
    spreading_speed = noSamples,
  } = samples;
  const counted = Math.max(0, ...within(plies, window));
  const lengths = plyLengths(ply_length, window);
  const shade = Math.max(0, ...within(shade_difference, window));
  const laying = whileMoving(tension, spreading_speed);
  const seconds = within(laying, window).length;
  const findings: Finding[] = [sampled(longestGap(tension, window)), knownLay(lay, run.program)];
  if (lay) {
    const off = secondsOutside(laying, window, lay.tension_low, lay.tension_high);
    const share = seconds === 0 ? 0 : off / seconds;
    const strayed = lengths.filter((length) => length - lay.length > longest || length - lay.length < shortest);
    findings.push(
      finding(
        'plies',
        run.endedAt === null || counted === lay.plies,
        `${counted} plies laid, ${lay.plies} planned`,
        `铺 ${counted} 层，计划 ${lay.plies} 层`,
      ),
      finding(
        'ply_length',
        strayed.length === 0,
        strayed.length === 0
          ? `Every ply is ${lay.length} m, at most ${longest * 100} cm more`
          : `${strayed.length} of ${lengths.length} plies are not ${lay.length} m: ${strayed
              .slice(0, 3)
              .map((each) => round(each))
              .join(', ')} m`,
        strayed.length === 0
          ? `每层均为 ${lay.length} m，最多长 ${longest * 100} cm`
          : `${lengths.length} 层中 ${strayed.length} 层长度不为 ${lay.length} m：${strayed
              .slice(0, 3)
              .map((each) => round(each))
              .join('、')} m`,
      ),
      finding(
        'tension',
        share <= outsideShare,
        `Tension outside ${lay.tension_low}–${lay.tension_high} N for ${round(share * 100, 1)} % of the laying (allowed ${outsideShare * 100} %)`,
        `张力超出 ${lay.tension_low}～${lay.tension_high} N 的时间占 ${round(share * 100, 1)} %（允许 ${outsideShare * 100} %）`,
      ),
    );
  }
  findings.push(
    finding(
      'shade',
      shade <= config.shadeDifference,
      `Colour difference within the lay up to ΔE ${round(shade)} (one shade up to ${config.shadeDifference})`,
      `铺料内色差最大 ΔE ${round(shade)}（同一缸差不超过 ${config.shadeDifference}）`,
    ),
  );
  const tensions = within(laying, window);
  return {
    verdict: verdictOf(findings, run.endedAt !== null),
    values: {
      plies: { value: counted, unit: '1', words: { en: 'Plies', zh: '层数' }, ...(lay ? { low: lay.plies, high: lay.plies } : {}) },
      fabric: { value: round(lengths.reduce((sum, each) => sum + each, 0)), unit: 'm', words: { en: 'Fabric laid', zh: '用料长度' } },
      mean_tension: {
        value: round(tensions.length === 0 ? 0 : tensions.reduce((sum, each) => sum + each, 0) / tensions.length),
        unit: 'N',
        words: { en: 'Mean tension', zh: '平均张力' },
        ...(lay ? { low: lay.tension_low, high: lay.tension_high } : {}),
      },
      shade_difference: {
        value: round(shade),
        unit: '1',
        words: { en: 'Greatest colour difference ΔE', zh: '最大色差 ΔE' },
        high: config.shadeDifference,
      },
    },
    curves: [],
    findings,
  };
}

/** A ply is done when its length falls back to that of a new one; the encoder trembles meanwhile. */
function plyLengths({ ts, value }: SampleSeries, { from, to }: Window): number[] {
  const lengths: number[] = [];
  let longestYet = 0;
  for (let i = 0; i < ts.length; i++) {
    const at = ts[i] as number;
    if (at < from || at > to) continue;
    const length = value[i] as number;
    if (length < longestYet / 2) {
      lengths.push(longestYet);
      longestYet = 0;
    }
    longestYet = Math.max(longestYet, length);
  }
  return longestYet > 0 ? [...lengths, longestYet] : lengths;
}

/** Tension means something only while fabric is laid. */
function whileMoving(tension: SampleSeries, speed: SampleSeries): SampleSeries {
  const ts: number[] = [];
  const value: number[] = [];
  let j = 0;
  for (let i = 0; i < tension.ts.length; i++) {
    const at = tension.ts[i] as number;
    while (j + 1 < speed.ts.length && (speed.ts[j + 1] as number) <= at) j++;
    if ((speed.ts[j] ?? Number.POSITIVE_INFINITY) > at || (speed.value[j] as number) <= 0) continue;
    ts.push(at);
    value.push(tension.value[i] as number);
  }
  return { ts, value };
}
