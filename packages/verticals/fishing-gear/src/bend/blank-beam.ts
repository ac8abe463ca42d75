import type { Blank } from '../blank/section.js';
import { standardGravity } from './common-cents.js';
import type { Beam } from './elastica.js';

/** How far measured stiffness lies off the model: factors at the clamp and at the tip, geometric between them. */
export interface StiffnessScale {
  readonly butt: number;
  readonly tip: number;
}

/** What of a blank sticks out of the clamp, as a beam in SI units. Its own weight counts: the bench is zeroed at rest. */
export function blankBeam(blank: Blank, { butt, tip }: StiffnessScale = { butt: 1, tip: 1 }, buttAngle = 0): Beam {
  const length = (blank.length - blank.clamped) / 1000;
  const place = (s: number) => Math.min(blank.clamped + s * 1000, blank.length);
  return {
    length,
    buttAngle,
    stiffness: (s) => blank.at(place(s)).stiffness * butt * (tip / butt) ** (s / length),
    weight: (s) => (blank.at(place(s)).mass / 1000) * standardGravity,
    edges: blank.edges.map((edge) => (edge - blank.clamped) / 1000),
  };
}
