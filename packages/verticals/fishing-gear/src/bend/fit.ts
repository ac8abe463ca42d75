import { levenbergMarquardt } from 'ml-levenberg-marquardt';
import type { Blank } from '../blank/section.js';
import { blankBeam, type StiffnessScale } from './blank-beam.js';
import { type PreparedBeam, prepareBeam } from './elastica.js';

/** One place of a measured bend: N on the tip, m that it hangs below where it rested, degrees below the horizontal. */
export interface BendPoint {
  readonly load: number;
  readonly drop: number;
  readonly tipAngle: number;
}

/** How well a bench reads: 2 mm by its camera over a blank, half a degree. */
const spread = { drop: 0.002, angle: 0.5 };
/** A blank outside a third and three times of its model is another blank. */
const furthest = Math.log(3);
/** Coarser than where figures are printed: the error of some 10⁻⁵ of the length lies far below what a camera sees. */
const steps = 40;

export interface StiffnessFit {
  readonly scale: StiffnessScale;
  /** What is left of the measured bend beside the fitted one: root mean square, mm and degrees. */
  readonly residual: { readonly drop: number; readonly angle: number };
}

/** What the model says at the loads of a measured bend, in the same terms. */
export function bendUnder(beam: PreparedBeam, loads: readonly number[]): BendPoint[] {
  const rest = beam.bend(0).drop;
  return loads.map((load) => {
    const { drop, tipAngle } = beam.bend(load);
    return { load, drop: drop - rest, tipAngle };
  });
}

/**
 * How much stiffer than its model a measured blank is, at the clamp and at the tip, by Levenberg and Marquardt over
 * deflection and tip angle together: one of the two alone cannot tell a soft butt from a soft blank. Takes two points or
 * more; null with fewer.
 */
export function fitStiffness(blank: Blank, measured: readonly BendPoint[]): StiffnessFit | null {
  if (measured.length < 2) return null;
  const base = prepareBeam(blankBeam(blank), steps);
  const loads = measured.map(({ load }) => load);
  const x = measured.flatMap((_, i) => [2 * i, 2 * i + 1]);
  const y = measured.flatMap(({ drop, tipAngle }) => [drop / spread.drop, tipAngle / spread.angle]);
  const predict = ([butt = 0, tip = 0]: readonly number[]) =>
    bendUnder(
      base.stiffened((s) => Math.exp(butt + ((tip - butt) * s) / base.length)),
      loads,
    ).flatMap(({ drop, tipAngle }) => [drop / spread.drop, tipAngle / spread.angle]);
  const { parameterValues } = levenbergMarquardt(
    { x, y },
    (parameters) => {
      const predicted = predict(parameters);
      return (index) => predicted[index] as number;
    },
    {
      initialValues: [0, 0],
      minValues: [-furthest, -furthest],
      maxValues: [furthest, furthest],
      damping: 0.05,
      gradientDifference: 1e-3,
      maxIterations: 6,
      errorTolerance: 1e-6,
      improvementThreshold: 1e-4,
    },
  );
  const [butt = 0, tip = 0] = parameterValues;
  const predicted = predict([butt, tip]);
  const rms = (offset: number, unit: number) =>
    unit *
    Math.sqrt(
      measured.reduce((sum, _, i) => sum + ((y[2 * i + offset] as number) - (predicted[2 * i + offset] as number)) ** 2, 0) /
        measured.length,
    );
  return {
    scale: { butt: Math.exp(butt), tip: Math.exp(tip) },
    residual: { drop: 1000 * rms(0, spread.drop), angle: rms(1, spread.angle) },
  };
}
