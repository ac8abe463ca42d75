import { type Beam, type BentBeam, type PreparedBeam, prepareBeam, zeroOf } from './elastica.js';

/** N; beyond this no rod is loaded by hand, and the search for a load gives up. */
const heaviest = 2000;

/**
 * The load under which `measure` reaches `target`, and the beam bent by it; null when no load up to 2 kN does. `measure`
 * grows with the load.
 */
export function loadWhere(beam: PreparedBeam, measure: (bent: BentBeam) => number, target: number): BentBeam | null {
  const miss = (load: number) => measure(beam.bend(load)) - target;
  if (miss(0) > 0) return null;
  let high = 0.05;
  while (miss(high) < 0) {
    high *= 2;
    if (high > heaviest) return null;
  }
  return beam.bend(zeroOf(miss, high === 0.05 ? 0 : high / 2, high, 1e-8 * high));
}

/** The load that lowers the tip by a share of the length below where it rests under its own weight. */
export function loadToDeflection(beam: PreparedBeam, share: number): BentBeam | null {
  const rest = beam.bend(0).drop;
  return loadWhere(beam, ({ drop }) => drop - rest, share * beam.length);
}

/**
 * The test curve: the load that brings the tip to a right angle with the butt. On a horizontal butt a hanging load only
 * comes ever nearer to it (the tip would have to hang straight down), so the butt is raised; null when it is not.
 */
export function testCurve(beam: Beam): BentBeam | null {
  const raised = beam.buttAngle ?? 0;
  if (raised < 5) return null;
  return loadWhere(prepareBeam(beam), ({ tipAngle }) => tipAngle, 90 - raised);
}
