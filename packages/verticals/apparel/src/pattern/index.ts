export { measureSeam } from './check.js';
export { draftPattern } from './draft.js';
export { boxOf, type Point } from './geometry.js';
export { type FinishedMeasurement, type Fit, fits, type Garment, garments, type Pattern } from './pattern.js';
export type { PatternPiece } from './piece.js';
