/** The wall of a tire where it cures last, as a slab between mould and bladder. */
export interface TireSection {
  /** Thickness through the point of least cure, mm. */
  readonly gauge: number;
  /** Thermal diffusivity of the compound, mm²/s. */
  readonly diffusivity: number;
}

/**
 * Heat transfer over conductivity at a face, 1/mm, for a compound of 0.25 W/(m·K): metal contact at the mould, medium
 * and butyl bladder inside, air at both once the press is open. Typical engineering values, not measured here.
 */
const facing = { mould: 8, bladder: 0.7, air: 0.08 } as const;

/** A closed press, and a tire lying in air. */
export const closedPress = { outer: facing.mould, inner: facing.bladder } as const;
export const openAir = { outer: facing.air, inner: facing.air } as const;

/** Nodes from face to face. */
export const nodes = 17;

/** How heat enters at the two faces: transfer over conductivity, 1/mm. */
export interface Faces {
  readonly outer: number;
  readonly inner: number;
}

/** One-dimensional heat conduction through a {@link TireSection}: Crank–Nicolson with half cells at the faces. */
export interface SectionModel {
  /** °C, from the mould's face to the bladder's. */
  readonly temperature: Float64Array;
  /** Lets `seconds` pass between the surroundings `outer` (mould or air) and `inner` (medium or air), in °C. */
  advance(seconds: number, outer: number, inner: number, faces: Faces): void;
}

/** Longer steps are cut, so that a jump at a face dies out without swinging. */
const longestStep = 10;

export function createSectionModel({ gauge, diffusivity }: TireSection, initial: number): SectionModel {
  const temperature = new Float64Array(nodes).fill(initial);
  const right = new Float64Array(nodes);
  const dx = gauge / (nodes - 1);
  const perSecond = diffusivity / (2 * dx * dx);
  const last = nodes - 1;
  let solved = factorize(0, { outer: 0, inner: 0 });

  /** Eliminates the matrix of one step once; steps of the same length between the same faces share it. */
  function factorize(seconds: number, faces: Faces) {
    const r = perSecond * seconds;
    const upper = new Float64Array(nodes);
    const inverse = new Float64Array(nodes);
    for (let i = 0; i < nodes; i++) {
      const face = i === 0 ? 1 + faces.outer * dx : i === last ? 1 + faces.inner * dx : 1;
      const below = i === last ? 2 * r : r;
      inverse[i] = 1 / (1 + 2 * r * face - (i === 0 ? 0 : below * (upper[i - 1] as number)));
      upper[i] = (i === 0 ? 2 * r : r) * (inverse[i] as number);
    }
    return { seconds, faces, r, upper, inverse };
  }

  function step(outer: number, inner: number): void {
    const { r, upper, inverse, faces } = solved;
    const outerBiot = faces.outer * dx;
    const innerBiot = faces.inner * dx;
    let carried = 0;
    for (let i = 0; i < nodes; i++) {
      const here = temperature[i] as number;
      let flow: number;
      if (i === 0) flow = 2 * r * ((temperature[1] as number) - here + outerBiot * (2 * outer - here));
      else if (i === last) flow = 2 * r * ((temperature[last - 1] as number) - here + innerBiot * (2 * inner - here));
      else flow = r * ((temperature[i - 1] as number) - 2 * here + (temperature[i + 1] as number));
      carried = (here + flow + (i === last ? 2 * r : r) * carried) * (inverse[i] as number);
      right[i] = carried;
    }
    temperature[last] = carried;
    for (let i = last - 1; i >= 0; i--) temperature[i] = (right[i] as number) + (upper[i] as number) * (temperature[i + 1] as number);
  }

  return {
    temperature,
    advance(seconds, outer, inner, faces) {
      if (!(seconds > 0)) return;
      const steps = Math.ceil(seconds / longestStep);
      const each = seconds / steps;
      if (solved.seconds !== each || solved.faces !== faces) solved = factorize(each, faces);
      for (let i = 0; i < steps; i++) step(outer, inner);
    },
  };
}
