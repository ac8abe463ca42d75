import type { Refusal } from '../refusal.js';
import type { DeviceTopic } from '../topics.js';
import type { KnownDevice } from './registry.js';

/** What became of a message; every message comes to exactly one of these. */
export type Outcome = 'committed' | 'duplicate' | 'deadLettered';

/** A message as a front hands it over. */
export interface IncomingMessage {
  readonly topic: string;
  /** Null when the topic is none of the contract's. */
  readonly place: DeviceTopic | null;
  readonly payload: Buffer;
  /** How long it was, in bytes, where only its beginning was gathered. */
  readonly size?: number;
  readonly receivedAt: number;
  /** A dead letter that is put through once more, at the time at which it first came. */
  readonly replayed?: boolean;
  /** Called once, after commit, in the order in which the device's messages came. */
  readonly settle: (outcome: Outcome) => void;
}

/** `{organization}/{device}`; empty when the topic is none of the contract's. */
export function deviceOf({ place }: IncomingMessage): string {
  return place ? `${place.organization}/${place.device}` : '';
}

export interface InterpretedEvent {
  readonly micros: number;
  /** Decimal text of the 64-bit ordinal. */
  readonly ordinal: string;
  readonly seq: number | null;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly quality: number;
}

/** A message read and placed: what is to be written for it. Its rows lie in the batch's buffer. */
export interface InterpretedMessage {
  readonly source: IncomingMessage;
  readonly device: KnownDevice | null;
  readonly rowStart: number;
  rowEnd: number;
  samples: number;
  /** How far from its receipt a time may be before its values are marked. */
  readonly skewMs: number;
  /** UTC days since 1970 of its readings. */
  readonly days: number[];
  readonly receipts: { micros: number; seq: number | null }[];
  event: InterpretedEvent | null;
  online: boolean | null;
  readonly refusals: Refusal[];
  /** Set when a part had no time of its own: a resend is recognised by this hash until `holdsUntil`. */
  unclocked: { readonly hash: string; readonly holdsUntil: number } | null;
}

/** The message with nothing of it stored but a dead letter. */
export function deadLetter(message: InterpretedMessage, reason: Refusal): InterpretedMessage {
  return {
    ...message,
    rowEnd: message.rowStart,
    samples: 0,
    days: [],
    receipts: [],
    event: null,
    online: null,
    unclocked: null,
    refusals: [reason],
  };
}
