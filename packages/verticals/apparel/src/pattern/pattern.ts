import type { Words } from '@yunfab/core/access';
import type { LandmarkName } from '../body/index.js';
import type { PatternPiece } from './piece.js';

export const garments = ['shirt', 'trousers'] as const;
export type Garment = (typeof garments)[number];

export const fits = ['slim', 'regular', 'relaxed'] as const;
export type Fit = (typeof fits)[number];

/** An edge of a piece in a seam. */
export interface SewnEdge {
  readonly piece: string;
  readonly edge: string;
  /** Sewn from its end to its beginning. */
  readonly reversed?: boolean;
  /** Of its length, what a dart or pleat takes up before the seam is sewn, mm. */
  readonly takenUp?: number;
}

/** Two rows of edges that are sewn together; the second is longer by `ease`, mm. */
export interface Seam {
  readonly id: string;
  readonly words: Words;
  readonly first: readonly SewnEdge[];
  readonly second: readonly SewnEdge[];
  readonly ease: number;
}

/** A measurement of the finished garment, mm: what is asked for, and what the drawn pieces have when they are sewn. */
export interface FinishedMeasurement {
  readonly name: string;
  readonly words: Words;
  /** The landmark it covers, and what is added to it. */
  readonly landmark: LandmarkName;
  readonly body: number;
  readonly ease: number;
  /** Measured on the pieces, not taken from the draft's parameters. */
  readonly drawn: number;
}

export interface Pattern {
  readonly garment: Garment;
  readonly fit: Fit;
  readonly pieces: readonly PatternPiece[];
  readonly seams: readonly Seam[];
  readonly finished: readonly FinishedMeasurement[];
}
