import type { Fit } from '../pattern.js';

/** What trousers are larger than their wearer by, mm, and their shape below the knee. Usual figures of the trade (house). */
export interface TrousersEase {
  readonly waist: number;
  readonly hip: number;
  readonly thigh: number;
  /** The crotch hangs lower than the body's. */
  readonly rise: number;
  /** Girth of one leg at the hem, and more of it at the knee. */
  readonly hem: number;
  readonly knee: number;
}

export const trousersEase: Readonly<Record<Fit, TrousersEase>> = {
  slim: { waist: 10, hip: 50, thigh: 40, rise: 5, hem: 340, knee: 50 },
  regular: { waist: 15, hip: 90, thigh: 60, rise: 10, hem: 400, knee: 60 },
  relaxed: { waist: 20, hip: 130, thigh: 90, rise: 15, hem: 440, knee: 70 },
};
