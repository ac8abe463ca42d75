export { controlsOf, middleBodies } from './controls.js';
export { bodyTypeOf } from './grades.js';
export { chooseSize, formatSize, parseSize } from './size.js';
