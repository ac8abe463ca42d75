/** Where angles point together. */
export interface CircularSummary {
  readonly count: number;
  /** Mean direction, radians in [0, 2π). */
  readonly direction: number;
  /** Length of the mean of the unit vectors: 0 scattered all around, 1 all the same. */
  readonly resultantLength: number;
  /** Rayleigh test: how likely so long a resultant is if the angles were scattered all around. */
  readonly p: number;
}

/**
 * Mean direction of angles in radians, and whether they have one. The probability is Greenwood and Durand's approximation
 * exp[√(1 + 4n + 4(n² − R²)) − (1 + 2n)] (Zar, Biostatistical Analysis, 27.1). Throws RangeError without an angle.
 */
export function summarizeAngles(angles: ArrayLike<number>): CircularSummary {
  const count = angles.length;
  if (count === 0) throw new RangeError('a mean direction needs at least one angle');
  let sine = 0;
  let cosine = 0;
  for (let i = 0; i < count; i++) {
    sine += Math.sin(angles[i] as number);
    cosine += Math.cos(angles[i] as number);
  }
  const resultant = Math.hypot(sine, cosine);
  return {
    count,
    direction: wrapAngle(Math.atan2(sine, cosine)),
    resultantLength: resultant / count,
    p: Math.min(1, Math.exp(Math.sqrt(1 + 4 * count + 4 * (count * count - resultant * resultant)) - (1 + 2 * count))),
  };
}

/** The same direction in [0, 2π). */
export function wrapAngle(radians: number): number {
  const turn = 2 * Math.PI;
  const wrapped = radians - turn * Math.floor(radians / turn);
  return wrapped >= turn ? 0 : wrapped;
}
