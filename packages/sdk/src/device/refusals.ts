import type { Spooled } from './spool.js';

/** How a connection ended that was not closed here. */
export interface Ending {
  /** What was sent over it and not acknowledged, oldest first. */
  readonly unacknowledged: readonly (readonly Spooled[])[];
  /** The platform had just shown that it stores, was given this one message, and hung up. */
  readonly proven: boolean;
}

/**
 * What the broker hangs up on, again and again, is found and left out until the folder is next opened: it must not hold up the rest,
 * and a link or a platform that is merely down must not make anything be left out.
 */
export interface Refusals {
  /** Left out, by `seq`. */
  readonly refused: ReadonlyMap<number, Spooled>;
  /** Up to this `seq` one message is sent at a time, after the platform has acknowledged that the device is online. */
  readonly carefulTo: number;
  /** Up to this `seq` readings go one by one. */
  readonly singleTo: number;
  /** Answers what is left out from now on. */
  ended(ending: Ending): Spooled | undefined;
}

const strikesBefore = { careful: 3, verdict: 3 };

export function createRefusals(): Refusals {
  const refused = new Map<number, Spooled>();
  let [carefulTo, singleTo, suspect, strikes, proofs] = [0, 0, 0, 0, 0];

  function judge(message: readonly Spooled[], newest: number): Spooled | undefined {
    const [oldest] = message;
    if (strikes >= strikesBefore.careful) carefulTo = Math.max(carefulTo, newest);
    if (!oldest || proofs < strikesBefore.verdict) return undefined;
    proofs = 0;
    if (message.length > 1) {
      singleTo = message.at(-1)?.seq ?? singleTo;
      return undefined;
    }
    refused.set(oldest.seq, oldest);
    return oldest;
  }

  return {
    refused,
    get carefulTo() {
      return carefulTo;
    },
    get singleTo() {
      return singleTo;
    },
    ended({ unacknowledged, proven }) {
      const [message] = unacknowledged;
      const oldest = message?.[0];
      if (!message || !oldest) return undefined;
      if (oldest.seq !== suspect) [suspect, strikes, proofs] = [oldest.seq, 0, 0];
      strikes += 1;
      if (proven) proofs += 1;
      return judge(message, unacknowledged.at(-1)?.at(-1)?.seq ?? 0);
    },
  };
}
