import type { BlankDesign, Ply } from './design.js';
import { offAxisModulus, type Prepreg, plyWeight } from './prepreg.js';

/** The wall of a blank at one place. */
export interface Section {
  /** mm */
  readonly inner: number;
  /** mm */
  readonly outer: number;
  /** N·m² */
  readonly stiffness: number;
  /** g/m */
  readonly mass: number;
}

/** A blank as a beam: what each place of it is. Positions in mm from the butt. */
export interface Blank {
  readonly length: number;
  readonly clamped: number;
  at(position: number): Section;
  /** Where plies begin and end and the mandrel changes its taper: between two of them everything runs smoothly. */
  readonly edges: readonly number[];
  /** g of the whole blank, without paint, guides and grip. */
  readonly mass: number;
}

/**
 * Winds the plies of a design on its mandrel. Each ply is a tube of its off-axis modulus, EI = Σ Ex·π/4·(ro⁴ − ri⁴), every
 * section stays round: ovalisation under bending (Brazier) is neglected, and a part of a turn is spread around the
 * circumference, so that the spine is not seen. Throws a RangeError for a prepreg that is not given.
 */
export function windBlank(design: Pick<BlankDesign, 'length' | 'clamped' | 'mandrel' | 'plies'>, prepregs: readonly Prepreg[]): Blank {
  const byCode = new Map(prepregs.map((prepreg) => [prepreg.code, prepreg]));
  const wound = design.plies.map((ply) => {
    const prepreg = byCode.get(ply.prepreg);
    if (!prepreg) throw new RangeError(`there is no prepreg "${ply.prepreg}"; given are ${[...byCode.keys()].join(', ') || 'none'}`);
    return { ply, modulus: offAxisModulus(prepreg, ply.angle), thickness: prepreg.ply_thickness, weight: plyWeight(prepreg) };
  });

  function at(position: number): Section {
    const inner = mandrelDiameter(design.mandrel, position) / 2;
    let radius = inner;
    let stiffness = 0;
    let mass = 0;
    for (const { ply, modulus, thickness, weight } of wound) {
      const wraps = wrapsAt(ply, position);
      if (wraps <= 0) continue;
      const outside = radius + wraps * thickness;
      // GPa · mm⁴ = 10³ N·mm² = 10⁻³ N·m².
      stiffness += modulus * (Math.PI / 4) * (outside ** 4 - radius ** 4) * 1e-3;
      // Area of the strip, per metre: turns × mean circumference.
      mass += weight * wraps * Math.PI * (outside + radius) * 1e-3;
      radius = outside;
    }
    return { inner: 2 * inner, outer: 2 * radius, stiffness, mass };
  }

  const edges = [
    ...new Set([0, design.length, ...design.mandrel.map((each) => each.at), ...design.plies.flatMap(({ from, to }) => [from, to])]),
  ]
    .filter((edge) => edge <= design.length)
    .sort((a, b) => a - b);
  return { length: design.length, clamped: design.clamped, at, edges, mass: massOf(at, edges) };
}

function wrapsAt({ from, to, wraps_from, wraps_to }: Ply, position: number): number {
  if (position < from || position > to) return 0;
  return wraps_from + ((wraps_to - wraps_from) * (position - from)) / (to - from);
}

function mandrelDiameter(stations: BlankDesign['mandrel'], position: number): number {
  const after = stations.findIndex(({ at }) => at >= position);
  if (after <= 0) return (stations[Math.max(after, 0)] ?? { diameter: Number.NaN }).diameter;
  const [low, high] = [stations[after - 1], stations[after]];
  if (!low || !high) return Number.NaN;
  return low.diameter + ((high.diameter - low.diameter) * (position - low.at)) / (high.at - low.at);
}

/** Simpson's rule over each smooth stretch; the mass is a polynomial of second order there, so it is exact. */
function massOf(at: Blank['at'], edges: readonly number[]): number {
  let grams = 0;
  for (let i = 1; i < edges.length; i++) {
    const from = edges[i - 1] as number;
    const to = edges[i] as number;
    const within = (share: number) => at(from + share * (to - from)).mass;
    const inset = 1e-9;
    grams += ((within(inset) + 4 * within(0.5) + within(1 - inset)) * (to - from)) / 6e3;
  }
  return grams;
}
