export { type Body, type LandmarkName, landmarkNames, landmarks, type Sex } from './landmarks.js';
export { lengthUnits, type MeasurementSet, parseBody } from './parse.js';
