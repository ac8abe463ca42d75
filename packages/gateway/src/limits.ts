/** The device contract's limits; docs/devices.md states them. */
export const limits = {
  /** A longer message is a dead letter. */
  messageBytes: 256 * 1024,
  /** On the embedded broker a packet longer than this ends the connection, so that it is never gathered in memory. */
  packetBytes: 4 * 1024 * 1024,
  /** So long is what a connection may say before it is let in (CONNECT); more ends it. */
  connectBytes: 4 * 1024,
  /** So many connections may be open that no device has proved to be its own. */
  doorstepConnections: 2_000,
  /** How long a connection may take to say who it is. */
  introductionMs: 30_000,
  readingsPerMessage: 1000,
  valuesPerMessage: 10_000,
  /** UTC days: each is a partition, and one transaction must not lock them all. */
  daysPerMessage: 200,
  textBytes: 4096,
  /** How large a number may be, either way: so that the sum of any number of values that can be stored is one. */
  number: 1e290,
  depth: 8,
  /** How far from now a device's clock may be; farther is a dead letter. */
  clockDays: 400,
  /** A clock off by more than this is believed, and the value marked, unless the gateway is told another skew. */
  skewMs: 10 * 60_000,
  /** Without a time and a `seq`, an identical message within this is a resend. */
  repetitionMs: 120_000,
  /** Without a time but with a `seq`, an identical message within this is a resend. */
  resendMs: 24 * 3_600_000,
} as const;

/** How much may wait for its commit before the fronts stop reading. */
export interface FlowLimits {
  readonly clientMessages: number;
  readonly clientBytes: number;
  readonly totalMessages: number;
  readonly totalBytes: number;
}

export const flowLimits: FlowLimits = {
  clientMessages: 1000,
  clientBytes: 2 * 1024 * 1024,
  totalMessages: 20_000,
  totalBytes: 64 * 1024 * 1024,
};
