import { harmonicsOf, mean, type Spectrum } from '@yunfab/core/measure';

export const highestHarmonic = 10;

/** One revolution of a force, N, evenly spaced in angle. */
export interface ForceVariation extends Spectrum {
  readonly peakToPeak: number;
}

export interface Uniformity {
  readonly radial: { readonly cw: ForceVariation; readonly ccw: ForceVariation };
  readonly lateral: { readonly cw: ForceVariation; readonly ccw: ForceVariation };
  /** Part of the lateral force shift that keeps its sign when the tire turns the other way, N (ISO 13326). */
  readonly conicity: number;
  /** Part that changes its sign, N. */
  readonly plySteer: number;
}

/** Mean lateral forces of both directions, N → their conicity and ply steer: (42, −18) → 12 and 30. */
export function lateralShift(cw: number, ccw: number): { readonly conicity: number; readonly plySteer: number } {
  return { conicity: (cw + ccw) / 2, plySteer: (cw - ccw) / 2 };
}

export function forceVariation(samples: readonly number[]): ForceVariation {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  return { peakToPeak: high - low, ...harmonicsOf(samples, highestHarmonic) };
}

/** Radial and lateral force variation with their harmonics, conicity and ply steer of one tire. */
export function measureUniformity(revolution: {
  readonly radial: { readonly cw: readonly number[]; readonly ccw: readonly number[] };
  readonly lateral: { readonly cw: readonly number[]; readonly ccw: readonly number[] };
}): Uniformity {
  const { radial, lateral } = revolution;
  return {
    radial: { cw: forceVariation(radial.cw), ccw: forceVariation(radial.ccw) },
    lateral: { cw: forceVariation(lateral.cw), ccw: forceVariation(lateral.ccw) },
    ...lateralShift(mean(lateral.cw), mean(lateral.ccw)),
  };
}
