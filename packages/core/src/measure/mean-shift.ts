import type { Summary } from './statistics.js';

/** How far two means lie apart and how likely that is by chance. */
export interface MeanShift {
  /** Second mean less the first. */
  readonly shift: number;
  /** Student's t of the first less the second, as the handbooks write it. */
  readonly t: number;
  readonly degreesOfFreedom: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Two-sample t test from summaries: Welch's with unequal variances (degrees of freedom of Welch and Satterthwaite), or
 * pooled where both are known to vary alike. Throws RangeError below two values a side and where neither varies.
 */
export function meanShift(
  first: Summary,
  second: Summary,
  { variances = 'unequal' }: { readonly variances?: 'unequal' | 'equal' } = {},
): MeanShift {
  if (first.count < 2 || second.count < 2)
    throw new RangeError(`a shift between means needs two values on each side, not ${first.count} and ${second.count}`);
  const [a, b] = [first.sd ** 2 / first.count, second.sd ** 2 / second.count];
  if (!(a + b > 0)) throw new RangeError('a shift between means needs values that vary');
  const pooledFreedom = first.count + second.count - 2;
  const pooled = ((first.count - 1) * first.sd ** 2 + (second.count - 1) * second.sd ** 2) / pooledFreedom;
  const welchFreedom = (a + b) ** 2 / (a ** 2 / (first.count - 1) + b ** 2 / (second.count - 1));
  const degreesOfFreedom = variances === 'equal' ? pooledFreedom : welchFreedom;
  const error = Math.sqrt(variances === 'equal' ? pooled * (1 / first.count + 1 / second.count) : a + b);
  const t = (first.mean - second.mean) / error;
  return { shift: second.mean - first.mean, t, degreesOfFreedom, p: twoSided(t, degreesOfFreedom) };
}

/** P(|T| ≥ |t|) of Student's distribution: the regularized incomplete beta function at ν/(ν + t²). */
export function twoSided(t: number, degreesOfFreedom: number): number {
  return incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
}

// Our own, in forty lines: the kept library that has it (@stdlib) brings 214 packages with it.
/** I_x(a, b), by its continued fraction (DLMF 8.17.22) as Lentz evaluates it. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast below the mean of the distribution; above it the complement does.
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const away = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-15) break;
  }
  return fraction;
}

/** ln Γ(x) for x > 0: Lanczos (g = 7, nine coefficients), good to fifteen digits. */
function logGamma(x: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
    9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  const base = shifted + 7.5;
  const series = coefficients.reduce((sum, coefficient, i) => sum + coefficient / (shifted + i + 1), 0.99999999999980993);
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(series);
}
