/** The machines of a tire plant as ordinary MQTT devices, and their physics alone. */
export { createPress, pressOf } from './press.js';
export { createPressProcess, type PressFault, pressFaults } from './process.js';
export { createUniformityMachine, type UniformityFault, uniformityFaults } from './uniformity.js';
