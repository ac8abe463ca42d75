export { patternDrawing } from './drawing.js';
export { type DxfStyle, dxfLayers, patternDxf } from './dxf.js';
export { patternSvg } from './svg.js';
