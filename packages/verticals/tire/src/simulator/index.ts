export { type HistoryOptions, historyOf, type PressEvent, type PressMessage, type TelemetrySample } from './messages.js';
export { createPress, createSimulatedDevice, type PressOptions } from './press.js';
export { createPressProcess, type PressFault, type PressProcess, pressFaults } from './process.js';
