import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { beginning, unstorable } from '@yunfab/core/database';
import { limits } from '../limits.js';
import { quality } from '../quality.js';
import { type Refusal, refusal } from '../refusal.js';
import type { Channel } from '../topics.js';
import { eventProblem } from './event-body.js';
import { isTooDeep } from './json-value.js';
import { deadLetter, type IncomingMessage, type InterpretedMessage } from './message.js';
import { type Ordinal, ordinalOfBytes, ordinalOfNumber, ordinalOfSeq, ordinalOfText, ordinalText } from './ordinal.js';
import type { KnownDevice, Series } from './registry.js';
import type { SampleBuffer } from './rows.js';
import { shown } from './shown.js';
import { type Instant, isRefusal, readTime } from './time.js';

const dayMicros = 86_400_000_000;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a message and packs its values. Never throws: what cannot be stored is listed in `refusals`, and the good values
 * of a partly bad message are kept.
 */
export function interpret(
  source: IncomingMessage,
  found: KnownDevice | 'unknown',
  rows: SampleBuffer,
  skewMs: number = limits.skewMs,
): InterpretedMessage {
  const device = found === 'unknown' ? null : found;
  const message: InterpretedMessage = {
    source,
    device,
    rowStart: rows.length,
    rowEnd: rows.length,
    samples: 0,
    skewMs,
    days: [],
    receipts: [],
    event: null,
    online: null,
    refusals: [],
    unclocked: null,
  };
  const before = rows.rows;
  try {
    const problem = interpretInto(message, rows);
    if (problem) message.refusals.push(problem);
  } catch (error) {
    // One message that we do not know how to read must not end the process, for the broker would give it to the next.
    return deadLetter(message, refusal('gateway_failed', `the gateway failed on it, by a fault of its own: ${String(error)}`));
  }
  message.rowEnd = rows.length;
  message.samples = rows.rows - before;
  return message;
}

/** Channels of their own whose messages are events of one type. */
const eventTypes: Partial<Record<Channel, string>> = { 'command/ack': 'command_ack', 'config/reported': 'configuration_reported' };

function interpretInto(message: InterpretedMessage, rows: SampleBuffer): Refusal | null {
  const { source, device } = message;
  const { place, payload, topic } = source;
  if (!place) return refusal('bad_topic', `${beginning(topic, 200)} is none of the device topics`);
  if (!device) return refusal('unknown_device', `${place.organization}/${place.device} is not registered`);
  if (!device.live) return refusal('device_revoked', `${place.organization}/${place.device} has no valid token`);
  if (payload.length > limits.messageBytes)
    return refusal('too_large', `${source.size ?? payload.length} bytes; at most ${limits.messageBytes}`);
  if (place.channel === 'status') return readStatus(message);
  if (!isUtf8(payload)) return refusal('not_json', 'it is not UTF-8');
  let json: unknown;
  try {
    json = JSON.parse(payload.toString('utf8'));
  } catch (error) {
    return refusal('not_json', error instanceof Error ? error.message : String(error));
  }
  if (place.channel === 'telemetry') return readTelemetry(message, device, json, rows);
  return readEvent(message, device, json, eventTypes[place.channel] ?? null);
}

function readStatus(message: InterpretedMessage): Refusal | null {
  const text = message.source.payload.toString('utf8', 0, 64);
  if (text !== 'online' && text !== 'offline') return refusal('bad_status', `${shown(text)}; send online or offline`);
  message.online = text === 'online';
  return null;
}

function readTelemetry(message: InterpretedMessage, device: KnownDevice, json: unknown, rows: SampleBuffer): Refusal | null {
  const readings: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (readings.length === 0) return refusal('bad_shape', 'an empty array');
  if (readings.length > limits.readingsPerMessage) {
    return refusal('too_many_values', `${readings.length} readings; at most ${limits.readingsPerMessage}`);
  }
  const repetitions = readings.length > 1 ? new Map<string, number>() : null;
  let room: number = limits.valuesPerMessage;
  for (const reading of readings) {
    room -= readReading(message, device, reading, rows, repetitions, room);
    if (room < 0) {
      message.refusals.push(refusal('too_many_values', `more than ${limits.valuesPerMessage} values`));
      break;
    }
  }
  return null;
}

/** Packs one reading; returns how many values it held. */
function readReading(
  message: InterpretedMessage,
  device: KnownDevice,
  reading: unknown,
  rows: SampleBuffer,
  repetitions: Map<string, number> | null,
  room: number,
): number {
  const { refusals, source } = message;
  if (!isFields(reading) || !isFields(reading['values'])) {
    refusals.push(
      isTooDeep(reading)
        ? refusal('too_deep', `deeper than ${limits.depth} levels`)
        : refusal('bad_shape', 'expected {"ts", "seq", "values": {…}} or an array of these'),
    );
    return 0;
  }
  const instant = readTime(reading['ts'], source.receivedAt, message.skewMs);
  if (isRefusal(instant)) return refused(refusals, instant);
  const tooLate = forgotten(instant, device, 'samples');
  if (tooLate) return refused(refusals, tooLate);
  const seq = readSeq(reading['seq']);
  if (seq !== null && typeof seq === 'object') return refused(refusals, seq);
  const day = Math.floor(instant.micros / dayMicros);
  if (!message.days.includes(day)) {
    if (message.days.length === limits.daysPerMessage)
      return refused(refusals, refusal('too_many_days', `readings of more than ${limits.daysPerMessage} days; send several messages`));
    message.days.push(day);
  }
  const values = reading['values'];
  let count = 0;
  let stored = 0;
  const repetition = seq !== null && repetitions ? repeated(repetitions, instant.micros, seq) : 0;
  for (const signal in values) {
    if (++count > room) return count;
    const series = device.signals.get(signal);
    if (!series) {
      const unknown = refusal('unknown_signal', `${beginning(signal, 80)} is not a signal of this equipment`);
      refusals.push({ ...unknown, signal: { name: signal, value: values[signal] } });
    } else if (packValue(rows, series, values[signal], instant, seq, repetition, refusals)) {
      stored += 1;
    }
  }
  if (count === 0) return refused(refusals, refusal('bad_shape', 'values is empty'));
  if (stored > 0) {
    message.receipts.push({ micros: instant.micros, seq });
    if (!instant.fromDevice) message.unclocked = holdResend(message, seq !== null);
  }
  return count;
}

const ordinal: Ordinal = { high: 0, low: 0 };

const takes: Readonly<Record<Series['kind'], string>> = {
  number: `a number, at most ±${limits.number}`,
  boolean: 'a boolean, or 0 or 1',
  text: `a text of at most ${limits.textBytes} bytes without U+0000 or half of a surrogate pair`,
};

function packValue(
  rows: SampleBuffer,
  series: Series,
  value: unknown,
  instant: Instant,
  seq: number | null,
  repetition: number,
  refusals: Refusal[],
): boolean {
  let number: number | null = null;
  let text: string | null = null;
  let worth = instant.quality;
  if (value === null) {
    // An explicit "no value".
  } else if (series.kind === 'number' && typeof value === 'number' && Math.abs(value) <= limits.number) {
    number = value;
    if ((series.low !== null && value < series.low) || (series.high !== null && value > series.high))
      worth = Math.min(worth, quality.outOfRange);
  } else if (series.kind === 'boolean' && (typeof value === 'boolean' || value === 0 || value === 1)) {
    number = Number(value);
  } else if (
    series.kind === 'text' &&
    typeof value === 'string' &&
    unstorable(value) === null &&
    Buffer.byteLength(value) <= limits.textBytes
  ) {
    text = value;
  } else {
    refusals.push(refusal('bad_value', `${series.signal} is ${shown(value)}; it takes ${takes[series.kind]}`));
    return false;
  }
  if (seq !== null) ordinalOfSeq(ordinal, seq, repetition);
  else if (text !== null) ordinalOfText(ordinal, text);
  else ordinalOfNumber(ordinal, number ?? Number.NaN);
  rows.push(series.id, instant.micros, ordinal, number, text, worth);
  return true;
}

function readEvent(message: InterpretedMessage, device: KnownDevice, json: unknown, ownType: string | null): Refusal | null {
  if (!isFields(json)) return refusal('bad_shape', 'expected {"ts", "seq", "type", …}');
  if (isTooDeep(json)) return refusal('too_deep', `deeper than ${limits.depth} levels`);
  const { source } = message;
  const { ts, seq: sentSeq, type: sentType, ...body } = json;
  const type = ownType ?? sentType;
  const problem = eventProblem(type, body);
  if (problem) return refusal('bad_event', problem);
  const lost = unstorable(body);
  if (lost) return refusal('bad_event', `it holds ${lost.problem}`);
  const instant = readTime(ts, source.receivedAt, message.skewMs);
  if (isRefusal(instant)) return instant;
  const tooLate = forgotten(instant, device, 'events');
  if (tooLate) return tooLate;
  const seq = readSeq(sentSeq);
  if (seq !== null && typeof seq === 'object') return seq;
  if (seq !== null) ordinalOfSeq(ordinal, seq, 0);
  else ordinalOfBytes(ordinal, createHash('sha256').update(source.payload).digest());
  message.event = { micros: instant.micros, ordinal: ordinalText(ordinal), seq, type: type as string, body, quality: instant.quality };
  message.receipts.push({ micros: instant.micros, seq });
  if (!instant.fromDevice) message.unclocked = holdResend(message, seq !== null);
  return null;
}

function forgotten({ micros }: Instant, { keptFrom }: KnownDevice, what: keyof KnownDevice['keptFrom']): Refusal | null {
  if (micros >= keptFrom[what]) return null;
  const [at, kept] = [micros, keptFrom[what]].map((each) => new Date(each / 1000).toISOString());
  return refusal('no_longer_kept', `${at} is before ${kept}, from when on ${what} are kept`);
}

function readSeq(seq: unknown): number | null | Refusal {
  if (seq === undefined || seq === null) return null;
  if (typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 0) return seq;
  return refusal('bad_seq', `seq is ${shown(seq)}; send a whole number from 0 to 2^53 − 1`);
}

function repeated(repetitions: Map<string, number>, micros: number, seq: number): number {
  const key = `${micros} ${seq}`;
  const before = repetitions.get(key) ?? 0;
  repetitions.set(key, before + 1);
  return before;
}

function holdResend({ source, unclocked }: InterpretedMessage, hasSeq: boolean): InterpretedMessage['unclocked'] {
  const digest = createHash('sha256').update(source.topic).update('\0').update(source.payload).digest();
  const forMs = hasSeq ? limits.resendMs : limits.repetitionMs;
  const holdsUntil = Math.max(source.receivedAt + forMs, unclocked?.holdsUntil ?? 0);
  return { hash: digest.readBigInt64BE(0).toString(), holdsUntil };
}

function refused(refusals: Refusal[], reason: Refusal): number {
  refusals.push(reason);
  return 0;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
