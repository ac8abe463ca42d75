import { deviceOf, type InterpretedMessage } from './message.js';
import type { SampleBuffer } from './rows.js';

/** Messages that are written in one transaction, in the order in which they came. */
export interface Work {
  readonly buffer: SampleBuffer;
  readonly messages: readonly InterpretedMessage[];
  /** By `performance.now()`; none of them came earlier. */
  readonly since: number;
  settled: boolean;
}

/** How much one transaction may be. Of `days`, UTC days on which samples lie, each is a partition that it locks. */
export interface WorkLimits {
  readonly rows: number;
  readonly messages: number;
  readonly bytes: number;
  readonly days: number;
}

/** Cuts work so that each transaction stays short; a message stays whole. */
export function cut({ messages, buffer, since }: Omit<Work, 'settled'>, most: WorkLimits): Work[] {
  const works: Work[] = [];
  const days = new Set<number>();
  let start = 0;
  let rows = 0;
  let bytes = 0;
  for (const [index, { samples, source, days: own }] of messages.entries()) {
    const more = own.reduce((count, day) => (days.has(day) ? count : count + 1), days.size);
    const full =
      rows + samples > most.rows || bytes + source.payload.length > most.bytes || index - start >= most.messages || more > most.days;
    if (index > start && full) {
      works.push({ buffer, since, settled: false, messages: messages.slice(start, index) });
      start = index;
      rows = 0;
      bytes = 0;
      days.clear();
    }
    rows += samples;
    bytes += source.payload.length;
    for (const day of own) days.add(day);
  }
  if (start < messages.length) works.push({ buffer, since, settled: false, messages: messages.slice(start) });
  return works;
}

/** The same messages by their device, each in its order. */
export function byDevice({ messages, buffer, since }: Work): Map<string, Work> {
  const groups = new Map<string, InterpretedMessage[]>();
  for (const message of messages) {
    const device = deviceOf(message.source);
    const group = groups.get(device);
    if (group) group.push(message);
    else groups.set(device, [message]);
  }
  return new Map([...groups].map(([device, own]) => [device, { buffer, since, settled: false, messages: own }]));
}

/** Two works of half of the devices each; one when it is of one device. */
export function halve(work: Work): Work[] {
  const groups = [...byDevice(work).values()];
  const middle = (groups.length + 1) >> 1;
  return [groups.slice(0, middle), groups.slice(middle)]
    .filter((half) => half.length > 0)
    .map((half) => ({ buffer: work.buffer, since: work.since, settled: false, messages: half.flatMap(({ messages }) => messages) }));
}

/** Works of the same buffer as one, the oldest buffer first, so that each device keeps its order. */
export function join(works: readonly Work[]): Work[] {
  const joined = new Map<SampleBuffer, InterpretedMessage[]>();
  const oldestFirst = [...works].sort((a, b) => a.since - b.since);
  for (const { buffer, messages } of oldestFirst) joined.set(buffer, [...(joined.get(buffer) ?? []), ...messages]);
  return [...joined].map(([buffer, messages]) => ({
    buffer,
    messages,
    settled: false,
    since: Math.min(...works.filter((work) => work.buffer === buffer).map(({ since }) => since)),
  }));
}
