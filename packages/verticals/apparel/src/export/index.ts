export { patternDrawing } from './drawing.js';
export { dxfLayers, patternDxf } from './dxf.js';
export { patternSvg } from './svg.js';
