/**
 * A machine of a vertical as an ordinary MQTT device: the vertical gives its physics, second by second, as a {@link Machine};
 * `simulatorOf` makes the simulator of the plugin contract out of it. `@yunfab/simulator/device` is one device alone; it brings the
 * MQTT client with it.
 */
export {
  createScript,
  type DeviceMessage,
  type HistoryOptions,
  historyOf,
  type Script,
  type TelemetrySample,
  type TimedEvent,
} from './history.js';
export { createHold, type Hold } from './hold.js';
export { type CommandAct, type Given, type Machine, type MachineEvent, type MachineSecond, runName } from './machine.js';
export { createNoise, type Noise } from './noise.js';
export { numberIn, refusal, textIn } from './refusal.js';
export { withReportInterval } from './report-interval.js';
export { type MachineOptions, simulatorOf } from './simulator.js';
