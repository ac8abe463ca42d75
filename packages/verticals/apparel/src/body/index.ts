export { type Body, type LandmarkName, landmarkNames, landmarks, type Sex } from './landmarks.js';
export { type LengthUnit, lengthUnits, type MeasurementSet, parseBody } from './parse.js';
