import { limits } from '../limits.js';
import { quality } from '../quality.js';
import { type Refusal, refusal } from '../refusal.js';

const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
const dayMs = 86_400_000;

/** An instant in microseconds since 1970, whose it is, and how far it may be trusted. */
export interface Instant {
  readonly micros: number;
  readonly fromDevice: boolean;
  readonly quality: number;
}

/** Reads `ts`: Unix ms (a number, with fraction if need be) or ISO 8601 with its zone; absent means the time of receipt. */
export function readTime(ts: unknown, receivedAt: number): Instant | Refusal {
  if (ts === undefined || ts === null) return { micros: receivedAt * 1000, fromDevice: false, quality: quality.receiptTime };
  const unixMs = typeof ts === 'number' ? ts : typeof ts === 'string' && isoInstant.test(ts) ? Date.parse(ts) : Number.NaN;
  if (!Number.isFinite(unixMs)) return refusal('bad_time', `ts is ${JSON.stringify(ts)}; send Unix ms or ISO 8601 with its zone`);
  const off = Math.abs(unixMs - receivedAt);
  if (off > limits.clockDays * dayMs) {
    return refusal('time_out_of_reach', `ts ${JSON.stringify(ts)} is more than ${limits.clockDays} days from now; set the device's clock`);
  }
  return { micros: Math.round(unixMs * 1000), fromDevice: true, quality: off > limits.skewMs ? quality.clockDoubtful : quality.good };
}

export function isRefusal(result: object): result is Refusal {
  return 'reason' in result;
}
