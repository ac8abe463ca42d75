import type { Words } from '../access/index.js';

/** How a simulated device reaches the broker and how it behaves. */
export interface SimulatedDeviceOptions {
  readonly equipmentModel: string;
  readonly mqttUrl: string;
  /** Organization code and device code; together the username. */
  readonly organization: string;
  readonly device: string;
  /** The device token. */
  readonly password: string;
  /** Unix ms; the wall clock unless given. */
  readonly clock?: () => number;
  /** How much faster than the clock its own time passes, which its timestamps tell: 1 wherever they have to be real. */
  readonly speed?: number;
  /** The same seed gives the same noise. */
  readonly seed?: number;
  /** The recipe it runs, by code. */
  readonly program?: string;
  /** Names of {@link VerticalSimulator.faults} that are on from the start. */
  readonly faults?: readonly string[];
}

/** A stretch of the past, Unix ms. */
export interface ReplayWindow {
  /** Exclusive: what is stored already is not sent again. */
  readonly from: number;
  readonly to: number;
  /**
   * The `to` of the machine's first history, when it has one: it goes on in that rhythm, and ends the run it was in.
   * Without it the past is timed so that a run ends at `to` (or, where machines shall not go in step, soon before).
   */
  readonly since?: number;
}

/** An ordinary MQTT client that behaves like the machine. */
export interface SimulatedDevice {
  /**
   * Publishes what the machine did in the window as fast as the broker acknowledges; returns how many messages it sent.
   * The live part goes on from there.
   */
  replay(window: ReplayWindow): Promise<number>;
  /** Begins to publish live. */
  start(): Promise<void>;
  setFault(name: string, on: boolean): void;
  stop(): Promise<void>;
}

/** The machines of a vertical, for the demo world and the conformance check. */
export interface VerticalSimulator {
  readonly equipmentModels: readonly string[];
  readonly faults: Readonly<Record<string, Words>>;
  createDevice(options: SimulatedDeviceOptions): Promise<SimulatedDevice>;
}
