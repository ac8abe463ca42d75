export { type Operation, stationKinds } from './operations.js';
export { checkRead, overdueDwells, progressOf, type TagRead } from './progress.js';
export { routingOf, totalSam } from './routing.js';
export { checkShade, mixedShades, type ShadedPiece } from './shade.js';
