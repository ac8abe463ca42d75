export { type ControlMeasurements, controlsOf, middleBodies } from './controls.js';
export { type BodyType, bodyTypeOf, bodyTypes, type GarmentHalf, heightGrade, type SizeSeries } from './grades.js';
export { type ChineseSize, chooseSize, formatSize, parseSize, type SizeChoice } from './size.js';
