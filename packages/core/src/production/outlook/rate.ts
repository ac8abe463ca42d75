/** What an operation has shown of its speed, and what was planned. */
export interface RateEvidence {
  /** Good units so far. */
  readonly good: number;
  /** How many messages and reports of good units they came in. */
  readonly reports: number;
  /** How long it was worked on; pauses are left out. */
  readonly activeHours: number;
  /** Planned for one unit; null where nothing was said. */
  readonly runSeconds: number | null;
}

/** Good units an hour; the truth lies between `slow` and `fast` with a probability of 80 %. */
export interface Rate {
  readonly mean: number;
  readonly slow: number;
  readonly fast: number;
}

/** What the plan weighs: as much as this many reports that came in exactly as planned. */
export const planWeight = 4;

/**
 * The rate of good units, by a gamma posterior over a Poisson stream of reports (Gelman et al., Bayesian Data Analysis, 3rd ed., 2.6):
 * a report brings `size` = good / reports units (1 before the first), the prior is Gamma(planWeight, planWeight · size · runSeconds / 3600 h),
 * or none without a plan, and the posterior adds the reports to the shape and the active hours to the rate. Null: nothing is known.
 */
export function rateOf({ good, reports, activeHours, runSeconds }: RateEvidence): Rate | null {
  const seen = good > 0 ? reports : 0;
  const size = seen > 0 ? good / seen : 1;
  const plan =
    runSeconds !== null && runSeconds > 0 ? { shape: planWeight, hours: (planWeight * size * runSeconds) / 3600 } : { shape: 0, hours: 0 };
  const shape = plan.shape + seen;
  const hours = plan.hours + activeHours;
  if (shape === 0 || hours <= 0) return null;
  const per = size / hours;
  return { mean: per * shape, slow: per * gammaQuantile(shape, -z90), fast: per * gammaQuantile(shape, z90) };
}

/** Of the standard normal distribution: 90 % lie below. */
const z90 = 1.2815515655446004;

/** Quantile of Gamma(shape, 1) at the normal deviate z, by Wilson and Hilferty (1931); within 7 % for the 10th and 90th percentile from shape 1 on. */
export function gammaQuantile(shape: number, z: number): number {
  return shape * Math.max(0, 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))) ** 3;
}
