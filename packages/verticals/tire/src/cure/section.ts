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
export const facing = { mould: 8, bladder: 0.7, air: 0.08 } as const;

const nodes = 17;

/** One-dimensional heat conduction through a {@link TireSection}: explicit finite differences with half cells at the faces. */
export interface SectionModel {
  /** °C, from the mould's face to the bladder's. */
  readonly temperature: Float64Array;
  /** Lets `seconds` pass between the surroundings `outer` (mould or air) and `inner` (medium or air), in °C. */
  advance(seconds: number, outer: number, inner: number, faces: { readonly outer: number; readonly inner: number }): void;
}

export function createSectionModel({ gauge, diffusivity }: TireSection, initial: number): SectionModel {
  const temperature = new Float64Array(nodes).fill(initial);
  const step = gauge / (nodes - 1);
  const perSecond = diffusivity / (step * step);
  return {
    temperature,
    advance(seconds, outer, inner, faces) {
      // Stable while the face cells lose less than they hold: dt · 2a(1 + Bi) ≤ 1.
      const outerBiot = faces.outer * step;
      const innerBiot = faces.inner * step;
      const parts = Math.max(1, Math.ceil(seconds * perSecond * 2 * (1 + Math.max(outerBiot, innerBiot))));
      const r = (perSecond * seconds) / parts;
      const last = nodes - 1;
      for (let part = 0; part < parts; part++) {
        let before = temperature[0] as number;
        temperature[0] = before + 2 * r * ((temperature[1] as number) - before + outerBiot * (outer - before));
        for (let i = 1; i < last; i++) {
          const here = temperature[i] as number;
          temperature[i] = here + r * (before - 2 * here + (temperature[i + 1] as number));
          before = here;
        }
        const end = temperature[last] as number;
        temperature[last] = end + 2 * r * (before - end + innerBiot * (inner - end));
      }
    },
  };
}
