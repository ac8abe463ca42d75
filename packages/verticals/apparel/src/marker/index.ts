export { checkProblem } from './check-problem.js';
export { markerDrawing } from './drawing.js';
export { checkMarker } from './exact-check.js';
export { type FabricReport, fabricReport } from './fabric-report.js';
export { type MarkerEffort, type MarkerOptions, type MarkerOutcome, makeMarker, makeMarkerSync } from './make-marker.js';
export type { Corner, Marker, MarkerProblem, Piece, Placement } from './marker.js';
