import type { SampleSeries } from '@yunfab/core/verticals';
import type { BendPoint } from '../bend/fit.js';
import { reader } from '../samples.js';

/** Levels that the loading branch is averaged into, so that noise of single samples does not matter. */
const levels = 48;
/** Until the tip has moved this far (mm) the bench reads its zero. */
const atRest = 3;

/** What a bench measured between its two zeros. */
export interface BenchTrace {
  /** N that the load cell read without load, before and after. Null: it never stood there unloaded. */
  readonly zeroBefore: number | null;
  readonly zeroAfter: number | null;
  /** The loading branch, lightest first, the first zero taken off; mean values of each level that has any. */
  readonly points: readonly BendPoint[];
  /** m of the deepest deflection. */
  readonly deepest: number;
  /** Unix ms of each deflection sample, with the load (N, zero taken off) at that instant. */
  readonly loads: { readonly ts: readonly number[]; readonly load: Float64Array };
}

/** Two passes over the samples of a run. Samples of the three signals need not be of the same instants. */
export function traceBench(
  { load, deflection, angle }: { readonly load: SampleSeries; readonly deflection: SampleSeries; readonly angle: SampleSeries },
  { from, to }: { readonly from: number; readonly to: number },
): BenchTrace {
  const { ts, value } = deflection;
  let deepest = 0;
  let turn = 0;
  for (let i = 0; i < ts.length; i++) {
    const at = ts[i] as number;
    if (at < from || at > to) continue;
    const drop = value[i] as number;
    if (drop > deepest) {
      deepest = drop;
      turn = i;
    }
  }
  const loadAt = reader(load);
  const angleAt = reader(angle);
  const loads = new Float64Array(ts.length);
  const sums = Array.from({ length: levels }, () => ({ load: 0, drop: 0, angle: 0, count: 0 }));
  const zero = { before: 0, beforeCount: 0, after: 0, afterCount: 0 };
  let left = false;
  for (let i = 0; i < ts.length; i++) {
    const at = ts[i] as number;
    const force = loadAt(at);
    const tip = angleAt(at);
    loads[i] = force;
    if (at < from || at > to) continue;
    const drop = value[i] as number;
    if (drop < atRest) {
      if (!left) {
        zero.before += force;
        zero.beforeCount++;
      } else if (i > turn) {
        zero.after += force;
        zero.afterCount++;
      }
      continue;
    }
    left = true;
    if (i > turn) continue;
    const level = sums[Math.min(levels - 1, Math.floor((drop / deepest) * levels))];
    if (!level) continue;
    level.load += force;
    level.drop += drop;
    level.angle += tip;
    level.count++;
  }
  const zeroBefore = zero.beforeCount > 0 ? zero.before / zero.beforeCount : null;
  const tare = zeroBefore ?? 0;
  for (let i = 0; i < loads.length; i++) loads[i] = (loads[i] as number) - tare;
  return {
    zeroBefore,
    zeroAfter: zero.afterCount > 0 ? zero.after / zero.afterCount : null,
    points: sums
      .filter(({ count }) => count > 0)
      .map((level) => ({
        load: level.load / level.count - tare,
        drop: level.drop / level.count / 1000,
        tipAngle: level.angle / level.count,
      })),
    deepest: deepest / 1000,
    loads: { ts, load: loads },
  };
}

/** Load and tip angle where the loading branch passes a deflection (m); null when it never does. */
export function atDeflection(points: readonly BendPoint[], drop: number): BendPoint | null {
  const after = points.findIndex((point) => point.drop >= drop);
  const [low, high] = [points[after - 1], points[after]];
  if (!low || !high) return null;
  const share = (drop - low.drop) / (high.drop - low.drop);
  return { drop, load: low.load + share * (high.load - low.load), tipAngle: low.tipAngle + share * (high.tipAngle - low.tipAngle) };
}
