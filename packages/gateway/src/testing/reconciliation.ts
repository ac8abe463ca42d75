import { eventually, type Plant } from './plant.js';
import type { Publisher } from './publishers.js';

/** How many values a publisher's telemetry message has. */
export const valuesOfMessage = 10;

/** What is stored of a device, and how often. */
export interface Stored {
  readonly rows: number;
  readonly seqs: number;
  readonly receipts: number;
  readonly received: number;
  readonly events: number;
  readonly pending: number;
}

export async function storedOf(plant: Plant, { device }: Publisher): Promise<Stored> {
  const [row] = await plant.sql<Stored>(
    `select
      (select count(*)::int from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1) as rows,
      (select count(distinct s.ts)::int from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1) as seqs,
      (select count(*)::int from telemetry.receipt c join core.device d on d.id = c.device_id where d.equipment_id = $1 and c.seq is not null) as receipts,
      (select count(distinct (c.seq, c.ts))::int from telemetry.receipt c join core.device d on d.id = c.device_id where d.equipment_id = $1) as received,
      (select count(*)::int from telemetry.device_event e where e.equipment_id = $1) as events,
      (select count(*)::int from telemetry.device_event_pending p join telemetry.device_event e on e.id = p.event_id where e.equipment_id = $1) as pending`,
    device.equipment,
  );
  return row as Stored;
}

/** What is stored when everything that was sent is there, and once. */
export function wholeOf({ sent }: Publisher): Stored {
  const { telemetry, events } = sent();
  const received = telemetry + events;
  return { rows: telemetry * valuesOfMessage, seqs: telemetry, receipts: received, received, events, pending: events };
}

/** Waits until as much is stored as was sent, and gives for each device what is there and what should be. */
export async function reconcile(
  plant: Plant,
  load: readonly Publisher[],
  timeoutMs: number,
): Promise<{ stored: Stored[]; whole: Stored[] }> {
  const whole = load.map(wholeOf);
  const stored = () => Promise.all(load.map((publisher) => storedOf(plant, publisher)));
  await eventually(
    'all that was sent is stored',
    async () => (await stored()).every(({ rows, events }, n) => rows >= (whole[n]?.rows ?? 0) && events >= (whole[n]?.events ?? 0)),
    timeoutMs,
  ).catch(() => {});
  return { stored: await stored(), whole };
}
