import type { InterpretedMessage, Outcome } from './message.js';
import type { Series } from './registry.js';
import type { SampleBuffer } from './rows.js';

export interface CommittedSample {
  /** Organization id. */
  readonly organization: string;
  /** Equipment record id. */
  readonly equipment: string;
  readonly signal: string;
  /** Unix ms. */
  readonly ts: number;
  readonly value: number | string | boolean | null;
  readonly quality: number;
}

export interface CommittedEvent {
  readonly organization: string;
  readonly equipment: string;
  /** Device id. */
  readonly device: string;
  readonly type: string;
  readonly ts: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What has just been committed; read it at once, it is not kept. */
export interface CommittedBatch {
  readonly samples: CommittedSample[];
  readonly events: CommittedEvent[];
}

/** Built only for who asks: a batch of 20,000 values that nobody watches costs nothing. */
export function committedBatch(
  messages: readonly InterpretedMessage[],
  outcomes: readonly Outcome[],
  buffer: SampleBuffer,
): CommittedBatch {
  const committed = messages.filter((_, index) => outcomes[index] === 'committed');
  return {
    get samples() {
      return committed.flatMap((message) => samplesOf(message, buffer));
    },
    get events() {
      return committed.flatMap(eventsOf);
    },
  };
}

function samplesOf({ device, rowStart, rowEnd }: InterpretedMessage, buffer: SampleBuffer): CommittedSample[] {
  if (!device || rowEnd === rowStart) return [];
  const { organization, equipment } = device;
  const bySeries = new Map<number, Series>();
  for (const series of device.signals.values()) bySeries.set(series.id, series);
  const samples: CommittedSample[] = [];
  for (const { series: id, micros, value, text, quality } of buffer.read(rowStart, rowEnd)) {
    const series = bySeries.get(id);
    if (!series) continue;
    const meant = series.kind === 'text' ? text : series.kind === 'boolean' && value !== null ? value !== 0 : value;
    samples.push({ organization, equipment, signal: series.signal, ts: micros / 1000, value: meant, quality });
  }
  return samples;
}

function eventsOf({ device, event }: InterpretedMessage): CommittedEvent[] {
  if (!device || !event) return [];
  const { organization, equipment } = device;
  return [{ organization, equipment, device: device.device, type: event.type, ts: event.micros / 1000, body: event.body }];
}
