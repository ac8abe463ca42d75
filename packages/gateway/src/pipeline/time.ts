import { limits } from '../limits.js';
import { quality } from '../quality.js';
import { type Refusal, refusal } from '../refusal.js';
import { shown } from './shown.js';

const isoInstant = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;
const dayMs = 86_400_000;

/** An instant in microseconds since 1970, whose it is, and how far it may be trusted. */
export interface Instant {
  readonly micros: number;
  readonly fromDevice: boolean;
  readonly quality: number;
}

/** Reads `ts`: Unix ms (a number, with fraction if need be) or ISO 8601 with its zone; absent means the time of receipt. */
export function readTime(ts: unknown, receivedAt: number, skewMs: number): Instant | Refusal {
  if (ts === undefined || ts === null) return { micros: receivedAt * 1000, fromDevice: false, quality: quality.receiptTime };
  const micros = typeof ts === 'number' ? Math.round(ts * 1000) : typeof ts === 'string' ? microsOf(ts) : Number.NaN;
  if (!Number.isFinite(micros)) return refusal('bad_time', `ts is ${shown(ts)}; send Unix ms or ISO 8601 with its zone`);
  const off = Math.abs(micros / 1000 - receivedAt);
  if (off > limits.clockDays * dayMs) {
    return refusal('time_out_of_reach', `ts ${shown(ts)} is more than ${limits.clockDays} days from now; set the device's clock`);
  }
  return { micros, fromDevice: true, quality: off > skewMs ? quality.clockDoubtful : quality.good };
}

/** Date knows ms only and takes 31 November for 1 December. NaN when it is no instant. */
function microsOf(text: string): number {
  const [, date = '', time = '', fraction = '', zone = ''] = isoInstant.exec(text) ?? [];
  const day = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date) return Number.NaN;
  return Date.parse(`${date}${time}${zone}`) * 1000 + Math.round(Number(fraction.padEnd(9, '0')) / 1000);
}

export function isRefusal(result: object): result is Refusal {
  return 'reason' in result;
}
