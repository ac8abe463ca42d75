import type { Ordinal } from './ordinal.js';

/** Rows of telemetry.sample packed in the form of binary COPY, in the column order of {@link sampleColumns}. */
export const sampleColumns = 'ts, ordinal, value, series, quality, text';

/** Microseconds from 1970 to 2000, where PostgreSQL counts from. */
const epochMicros = 946_684_800_000_000;
const two32 = 4_294_967_296;
const fixedRow = 2 + 12 + 12 + 12 + 8 + 6 + 4;

export const copyHeader = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
export const copyTrailer = Buffer.from([0xff, 0xff]);

/** One sample as it was packed. */
export interface PackedSample {
  readonly series: number;
  readonly micros: number;
  readonly ordinal: Ordinal;
  readonly value: number | null;
  readonly text: string | null;
  readonly quality: number;
}

/** A buffer that grows; what was packed stays where it is, so a message remembers its rows by two offsets. */
export class SampleBuffer {
  bytes = Buffer.allocUnsafe(64 * 1024);
  length = 0;
  rows = 0;
  #view = viewOf(this.bytes);

  push(series: number, micros: number, ordinal: Ordinal, value: number | null, text: string | null, quality: number): void {
    const textBytes = text === null ? 0 : Buffer.byteLength(text);
    this.#reserve(fixedRow + textBytes);
    const view = this.#view;
    let at = this.length;
    view.setInt16(at, 6);
    const ts = micros - epochMicros;
    view.setInt32(at + 2, 8);
    view.setInt32(at + 6, Math.floor(ts / two32));
    view.setUint32(at + 10, ts >>> 0);
    view.setInt32(at + 14, 8);
    view.setInt32(at + 18, ordinal.high);
    view.setUint32(at + 22, ordinal.low);
    if (value === null) {
      view.setInt32(at + 26, -1);
      at += 30;
    } else {
      view.setInt32(at + 26, 8);
      view.setFloat64(at + 30, value);
      at += 38;
    }
    view.setInt32(at, 4);
    view.setInt32(at + 4, series);
    view.setInt32(at + 8, 2);
    view.setInt16(at + 12, quality);
    at += 14;
    if (text === null) {
      view.setInt32(at, -1);
      at += 4;
    } else {
      view.setInt32(at, textBytes);
      this.bytes.write(text, at + 4, 'utf8');
      at += 4 + textBytes;
    }
    this.length = at;
    this.rows += 1;
  }

  /** Reads back what lies between two offsets. */
  *read(start: number, end: number): Generator<PackedSample> {
    const view = this.#view;
    let at = start;
    while (at < end) {
      const micros = view.getInt32(at + 6) * two32 + view.getUint32(at + 10) + epochMicros;
      const ordinal = { high: view.getInt32(at + 18), low: view.getUint32(at + 22) };
      const hasValue = view.getInt32(at + 26) === 8;
      const value = hasValue ? view.getFloat64(at + 30) : null;
      at += hasValue ? 38 : 30;
      const series = view.getInt32(at + 4);
      const quality = view.getInt16(at + 12);
      const textBytes = view.getInt32(at + 14);
      const text = textBytes < 0 ? null : this.bytes.toString('utf8', at + 18, at + 18 + textBytes);
      at += 18 + Math.max(0, textBytes);
      yield { series, micros, ordinal, value, text, quality };
    }
  }

  #reserve(bytes: number): void {
    if (this.length + bytes <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + bytes));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
    this.#view = viewOf(larger);
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A receipt row in the form of binary COPY: received_at, device_id, ts, seq. */
export function packReceipts(receipts: readonly { receivedAt: number; device: Buffer; micros: number; seq: number | null }[]): Buffer {
  const bytes = Buffer.allocUnsafe(receipts.length * 58);
  const view = viewOf(bytes);
  let at = 0;
  for (const { receivedAt, device, micros, seq } of receipts) {
    view.setInt16(at, 4);
    at = int64(view, at + 2, receivedAt * 1000 - epochMicros);
    view.setInt32(at, 16);
    device.copy(bytes, at + 4);
    at = int64(view, at + 20, micros - epochMicros);
    if (seq === null) {
      view.setInt32(at, -1);
      at += 4;
    } else {
      at = int64(view, at, seq);
    }
  }
  return bytes.subarray(0, at);
}

function int64(view: DataView, at: number, value: number): number {
  view.setInt32(at, 8);
  view.setInt32(at + 4, Math.floor(value / two32));
  view.setUint32(at + 8, value >>> 0);
  return at + 12;
}
