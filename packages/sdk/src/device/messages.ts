import type { Spooled } from './spool.js';

/** One MQTT message: the readings of a backlog go many in one, everything else goes by itself. */
export interface DeviceMessage {
  readonly channel: Spooled['channel'];
  readonly payload: string;
  readonly of: readonly Spooled[];
}

/** Well below what a message may hold: 1,000 readings, 10,000 values, 256 KiB (docs/devices.md). */
const most = { readings: 200, values: 5_000, bytes: 128 * 1024 };

/** In the order of the spool; telemetry that stands together is joined. */
export function* messagesOf(spooled: readonly Spooled[], mostReadings = most.readings): Generator<DeviceMessage> {
  let readings: Spooled[] = [];
  let values = 0;
  let bytes = 0;
  for (const message of spooled) {
    const count = message.channel === 'telemetry' ? Object.keys(message.fields['values'] as object).length : 0;
    const full = readings.length >= mostReadings || values + count > most.values || bytes + message.size > most.bytes;
    if (readings.length > 0 && (full || message.channel !== 'telemetry')) {
      yield joined(readings);
      readings = [];
      values = 0;
      bytes = 0;
    }
    if (message.channel !== 'telemetry') yield { channel: message.channel, payload: textOf(message), of: [message] };
    else readings.push(message);
    values += count;
    bytes += message.size;
  }
  if (readings.length > 0) yield joined(readings);
}

function joined(readings: readonly Spooled[]): DeviceMessage {
  const texts = readings.map(textOf);
  return { channel: 'telemetry', payload: texts.length === 1 ? (texts[0] as string) : `[${texts.join(',')}]`, of: readings };
}

const textOf = ({ ts, seq, fields }: Spooled) => JSON.stringify({ ...fields, ts, seq });
