export { type Operation, type StationKind, stationKinds } from './operations.js';
export { checkRead, overdueDwells, type Progress, progressOf, type TagRead } from './progress.js';
export { type RoutingChoice, routingOf, totalSam } from './routing.js';
export { checkShade, mixedShades, type ShadedPiece } from './shade.js';
