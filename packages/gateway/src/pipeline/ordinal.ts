import { createHash } from 'node:crypto';

/**
 * The part of a sample's key that tells two values of one instant apart, as a signed 64-bit number in two halves.
 * It comes from the message alone, so a message sent twice gives the same keys: with a `seq` it is seq × 1024 plus the
 * reading's place among those of the same instant and seq (≥ 0); without one it is a hash of the value (< 0).
 */
export interface Ordinal {
  high: number;
  low: number;
}

const two22 = 4_194_304;
const mostRepetitions = 1023;

export function ordinalOfSeq(into: Ordinal, seq: number, repetition: number): void {
  into.high = Math.floor(seq / two22);
  into.low = (((seq % two22) * 1024) | Math.min(repetition, mostRepetitions)) >>> 0;
}

const scratch = new DataView(new ArrayBuffer(8));

export function ordinalOfNumber(into: Ordinal, value: number): void {
  scratch.setFloat64(0, value);
  const high = mix(scratch.getInt32(0) ^ 0x9e3779b9);
  const low = mix(scratch.getInt32(4) ^ high);
  into.high = mix(high ^ low) | 0x80000000 | 0;
  into.low = low >>> 0;
}

export function ordinalOfText(into: Ordinal, text: string): void {
  ordinalOfBytes(into, createHash('sha256').update(text).digest());
}

/** From a digest of at least 8 bytes. */
export function ordinalOfBytes(into: Ordinal, digest: Buffer): void {
  into.high = digest.readInt32BE(0) | 0x80000000 | 0;
  into.low = digest.readUInt32BE(4);
}

/** Whether a is behind b, as PostgreSQL orders a bigint. */
export function isBehind(a: Ordinal, b: Ordinal): boolean {
  return a.high !== b.high ? a.high > b.high : a.low > b.low;
}

/** Decimal text, as PostgreSQL writes a bigint. */
export function ordinalText({ high, low }: Ordinal): string {
  return ((BigInt(high) << 32n) | BigInt(low)).toString();
}

/** Finalizer of MurmurHash3 (32 bit): a bijection, so only the bit that makes the ordinal negative is lost. */
function mix(bits: number): number {
  let h = bits | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
