import type { Fit } from '../pattern.js';

/** What a shirt is larger than its wearer by, mm. Girths whole; shoulder both sides. Usual figures of men's shirt making (house). */
export interface ShirtEase {
  readonly chest: number;
  /** At least. */
  readonly waist: number;
  readonly hip: number;
  readonly collar: number;
  readonly shoulder: number;
  readonly upperArm: number;
  readonly cuff: number;
  readonly sleeve: number;
  /** Cap over armhole. */
  readonly cap: number;
  /** Height of the sleeve cap over the length of the armhole: higher hangs neater, lower moves freer. */
  readonly capHeight: number;
  /** Most that a side seam is taken in at the waist. */
  readonly suppression: number;
}

export const shirtEase: Readonly<Record<Fit, ShirtEase>> = {
  slim: {
    chest: 90,
    waist: 80,
    hip: 70,
    collar: 15,
    shoulder: 6,
    upperArm: 45,
    cuff: 50,
    sleeve: 15,
    cap: 8,
    capHeight: 0.26,
    suppression: 25,
  },
  regular: {
    chest: 120,
    waist: 100,
    hip: 90,
    collar: 20,
    shoulder: 14,
    upperArm: 60,
    cuff: 55,
    sleeve: 15,
    cap: 6,
    capHeight: 0.22,
    suppression: 15,
  },
  relaxed: {
    chest: 170,
    waist: 130,
    hip: 130,
    collar: 25,
    shoulder: 30,
    upperArm: 80,
    cuff: 60,
    sleeve: 20,
    cap: 4,
    capHeight: 0.18,
    suppression: 0,
  },
};
