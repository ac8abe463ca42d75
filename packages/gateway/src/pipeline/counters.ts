import type { Outcome } from './message.js';

/**
 * Counts of this process since it started. In messages, at every moment:
 * `received = committed + duplicate + deadLettered + inFlight`. What is in flight is counted where it lies, so a message that
 * was dropped on its way makes the sum fail.
 */
export interface GatewayCounters {
  readonly received: number;
  readonly committed: number;
  readonly duplicate: number;
  readonly deadLettered: number;
  readonly inFlight: number;
  readonly inFlightBytes: number;
  /** How long ago the oldest message in flight came, ms; 0 when there is none. */
  readonly oldestInFlightMs: number;
  /** QoS 0 messages that found no room; they carry no promise and are not in `received`. */
  readonly droppedQos0: number;
  /** Publishes, subscriptions and connections that the device had no right to. */
  readonly refused: number;
  readonly valuesCommitted: number;
  /** Values left out of messages whose other values were stored; the message is in the dead letters too. */
  readonly valuesRefused: number;
  readonly batches: number;
  /** Batches that held a row which was there already. */
  readonly batchesMerged: number;
  readonly retries: number;
  readonly connections: number;
}

/** Messages of which the pipeline has hold. */
export interface Held {
  readonly messages: number;
  readonly oldestMs: number;
}

/** The counters as the process changes them; `unsettled` is what has been received and has no outcome yet. */
export class Counters {
  received = 0;
  unsettled = 0;
  unsettledBytes = 0;
  droppedQos0 = 0;
  refused = 0;
  valuesCommitted = 0;
  valuesRefused = 0;
  batches = 0;
  batchesMerged = 0;
  retries = 0;
  connections = 0;
  readonly #outcomes: Record<Outcome, number> = { committed: 0, duplicate: 0, deadLettered: 0 };

  arrived(bytes: number): void {
    this.received += 1;
    this.unsettled += 1;
    this.unsettledBytes += bytes;
  }

  settled(outcome: Outcome, bytes: number): void {
    this.#outcomes[outcome] += 1;
    this.unsettled -= 1;
    this.unsettledBytes -= bytes;
  }

  read(held: Held): GatewayCounters {
    const { received, unsettledBytes, droppedQos0, refused, valuesCommitted, valuesRefused, batches, batchesMerged, retries, connections } =
      this;
    return {
      received,
      ...this.#outcomes,
      inFlight: held.messages,
      inFlightBytes: unsettledBytes,
      oldestInFlightMs: Math.round(held.oldestMs),
      droppedQos0,
      refused,
      valuesCommitted,
      valuesRefused,
      batches,
      batchesMerged,
      retries,
      connections,
    };
  }
}
