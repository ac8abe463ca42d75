import { createHash } from 'node:crypto';
import { beginning, newId } from '@yunfab/core/database';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { limits } from '../limits.js';
import type { Mark } from './marks.js';
import type { InterpretedMessage } from './message.js';
import { ordinalText } from './ordinal.js';
import { copyHeader, copyTrailer, type PackedSample, packReceipts, type SampleBuffer } from './rows.js';

export async function copyBinary(client: PoolClient, target: string, chunks: readonly Buffer[]): Promise<void> {
  const stream = client.query(copyFrom(`copy ${target} from stdin (format binary)`));
  await new Promise<void>((resolve, reject) => {
    stream.on('finish', resolve);
    stream.on('error', reject);
    stream.write(copyHeader);
    for (const chunk of chunks) stream.write(chunk);
    stream.end(copyTrailer);
  });
}

/** The rows of these messages, neighbours joined. */
export function rowChunks(messages: readonly InterpretedMessage[], buffer: SampleBuffer): Buffer[] {
  const chunks: Buffer[] = [];
  let start = -1;
  let end = -1;
  for (const message of messages) {
    if (message.rowStart === message.rowEnd) continue;
    if (message.rowStart !== end) {
      if (end > start) chunks.push(buffer.bytes.subarray(start, end));
      start = message.rowStart;
    }
    end = message.rowEnd;
  }
  if (end > start) chunks.push(buffer.bytes.subarray(start, end));
  return chunks;
}

/**
 * Holds the hashes of messages without a time; returns those messages that came before, within their hold. A replay is
 * none of these: it carries the time at which it first came, so what it stored then has the same keys.
 */
export async function findResends(client: PoolClient, messages: readonly InterpretedMessage[]): Promise<Set<InterpretedMessage>> {
  const resends = new Set<InterpretedMessage>();
  const first = new Map<string, InterpretedMessage>();
  for (const message of messages) {
    if (!message.unclocked || !message.device) continue;
    const key = `${message.device.device} ${message.unclocked.hash}`;
    if (message.source.replayed !== true && first.has(key)) resends.add(message);
    else if (!first.has(key)) first.set(key, message);
  }
  if (first.size === 0) return resends;
  const keys = [...first.keys()].sort();
  const held = keys.map((key) => first.get(key) as InterpretedMessage);
  const { rows } = await client.query<{ key: string }>({
    name: 'hold_unclocked',
    text: `insert into telemetry.unclocked_message as m (device_id, hash, holds_until)
      select * from unnest($1::uuid[], $2::bigint[], $3::timestamptz[])
      on conflict (device_id, hash) do update set holds_until = excluded.holds_until where m.holds_until < $4::timestamptz
      returning device_id || ' ' || hash as key`,
    values: [
      held.map((message) => message.device?.device),
      held.map((message) => message.unclocked?.hash),
      held.map((message) => new Date(message.unclocked?.holdsUntil ?? 0)),
      new Date(),
    ],
  });
  const fresh = new Set(rows.map((row) => row.key));
  for (const [key, message] of first) if (!fresh.has(key) && message.source.replayed !== true) resends.add(message);
  return resends;
}

/**
 * Merges rows that may be there already: through a temporary table, in key order so that two mergers never deadlock; of
 * several under one key the first is taken. Returns the keys of the rows that were new.
 */
export async function mergeSamples(client: PoolClient, chunks: readonly Buffer[], columns: string): Promise<Set<string>> {
  await client.query(`create temporary table if not exists incoming_sample
    (ts timestamptz, ordinal bigint, value double precision, series integer, quality smallint, text text,
      place bigint generated always as identity) on commit delete rows`);
  await copyBinary(client, `pg_temp.incoming_sample (${columns})`, chunks);
  const { rows } = await client.query<{ key: string }>(`insert into telemetry.sample (${columns})
    select distinct on (series, ts, ordinal) ${columns} from pg_temp.incoming_sample order by series, ts, ordinal, place on conflict do nothing
    returning series || ' ' || (extract(epoch from ts) * 1000000)::bigint || ' ' || ordinal as key`);
  return new Set(rows.map((row) => row.key));
}

export function sampleKey({ series, micros, ordinal }: PackedSample): string {
  return `${series} ${micros} ${ordinalText(ordinal)}`;
}

/** Newer wins; sorted by series, so that two batches never deadlock. A time in the doubtful future never becomes the last. */
export async function writeLastValues(client: PoolClient, newest: ReadonlyMap<number, PackedSample>): Promise<void> {
  if (newest.size === 0) return;
  const sorted = [...newest.values()].sort((a, b) => a.series - b.series);
  await client.query({
    name: 'last_values',
    text: `insert into telemetry.last_value as l (series, ts, ordinal, value, text, quality)
      select s, to_timestamp(0) + us * interval '1 microsecond', o, v, t, q
      from unnest($1::int[], $2::bigint[], $3::bigint[], $4::double precision[], $5::text[], $6::smallint[]) as n (s, us, o, v, t, q)
      on conflict (series) do update
        set ts = excluded.ts, ordinal = excluded.ordinal, value = excluded.value, text = excluded.text, quality = excluded.quality
        where (excluded.ts, excluded.ordinal) > (l.ts, l.ordinal)`,
    values: [
      sorted.map((sample) => sample.series),
      sorted.map((sample) => sample.micros),
      sorted.map((sample) => ordinalText(sample.ordinal)),
      sorted.map((sample) => sample.value),
      sorted.map((sample) => sample.text),
      sorted.map((sample) => sample.quality),
    ],
  });
}

/** The minutes whose rollups are no longer what their samples are. Only appended, so that writers never wait for each other. */
export async function writeDirtyMinutes(client: PoolClient, marks: readonly Mark[]): Promise<void> {
  if (marks.length === 0) return;
  await client.query({
    name: 'dirty_minutes',
    text: `insert into telemetry.dirty_minute (series, minute)
      select s, to_timestamp(m::bigint * 60) from unnest($1::int[], $2::int[]) as n (s, m)`,
    values: [marks.map(([series]) => series), marks.map(([, minute]) => minute)],
  });
}

/** Under the time of this commit, Unix ms: a message may have waited for longer than receipts are kept. */
export async function writeReceipts(client: PoolClient, messages: readonly InterpretedMessage[], receivedAt: number): Promise<void> {
  const receipts = messages.flatMap(({ receipts, device }) =>
    device ? receipts.map((receipt) => ({ ...receipt, receivedAt, device: device.deviceBytes })) : [],
  );
  if (receipts.length > 0) await copyBinary(client, 'telemetry.receipt (received_at, device_id, ts, seq)', [packReceipts(receipts)]);
}

/** Stores events and marks them pending for their organization; returns the messages whose event was new. */
export async function writeEvents(client: PoolClient, messages: readonly InterpretedMessage[]): Promise<Set<InterpretedMessage>> {
  const byId = new Map<string, InterpretedMessage>();
  const events: object[] = [];
  for (const message of messages) {
    const { event, device, source } = message;
    if (!event || !device) continue;
    const id = newId();
    byId.set(id, message);
    events.push({
      id,
      place: events.length,
      organization: device.organization,
      device_id: device.device,
      equipment_id: device.equipment,
      us: event.micros,
      ordinal: event.ordinal,
      seq: event.seq,
      type: event.type,
      body: event.body,
      quality: event.quality,
      received_at: new Date(source.receivedAt).toISOString(),
    });
  }
  if (events.length === 0) return new Set();
  const { rows } = await client.query<{ id: string }>({
    name: 'device_events',
    text: `with given as (
        select * from json_to_recordset($1::json) as g (id uuid, organization uuid, device_id uuid, equipment_id uuid, us bigint,
          ordinal bigint, seq bigint, type text, body jsonb, quality smallint, received_at timestamptz, place int)
      ), stored as (
        insert into telemetry.device_event (id, organization, device_id, equipment_id, ts, ordinal, seq, type, body, quality, received_at)
        select id, organization, device_id, equipment_id, to_timestamp(0) + us * interval '1 microsecond', ordinal, seq, type, body, quality, received_at
        from given order by place on conflict (device_id, ts, ordinal, type) do nothing returning id
      ), pending as (
        insert into telemetry.device_event_pending (organization, event_id)
        select g.organization, g.id from given g join stored s on s.id = g.id order by g.place
      )
      select id from stored`,
    values: [JSON.stringify(events)],
  });
  return new Set(rows.map((row) => byId.get(row.id) as InterpretedMessage));
}

/** What a device says now stands, in the order in which it came; a letter's word counts only where it said nothing since. */
export async function writeStatuses(client: PoolClient, messages: readonly InterpretedMessage[]): Promise<void> {
  const said = messages.filter(({ online, device }) => online !== null && device !== null);
  const replayed = said.filter(({ source }) => source.replayed === true).sort((a, b) => a.source.receivedAt - b.source.receivedAt);
  const now = said.filter(({ source }) => source.replayed !== true);
  await writeWords(client, 'replayed_statuses', replayed, 's.said_at < excluded.said_at');
  await writeWords(client, 'device_statuses', now, 's.online <> excluded.online or s.said_at < excluded.said_at');
}

async function writeWords(client: PoolClient, name: string, messages: readonly InterpretedMessage[], where: string): Promise<void> {
  const latest = new Map(messages.map((message) => [message.device?.device ?? '', message]));
  if (latest.size === 0) return;
  const devices = [...latest.keys()].sort();
  await client.query({
    name,
    text: `insert into telemetry.device_status as s (device_id, online, changed_at, said_at)
      select id, online, at, at from unnest($1::uuid[], $2::boolean[], $3::timestamptz[]) as n (id, online, at)
      on conflict (device_id) do update set online = excluded.online, said_at = excluded.said_at,
        changed_at = case when s.online = excluded.online then s.changed_at else excluded.changed_at end
      where ${where}`,
    values: [
      devices,
      devices.map((device) => latest.get(device)?.online),
      devices.map((device) => new Date(latest.get(device)?.source.receivedAt ?? 0)),
    ],
  });
}

/** One dead letter a message; the same message again raises its count. */
export async function writeDeadLetters(client: PoolClient, messages: readonly InterpretedMessage[]): Promise<void> {
  const letters = new Map<string, object>();
  for (const { refusals, source, device } of messages) {
    const first = refusals[0];
    if (!first) continue;
    const fingerprint = createHash('sha256').update(source.topic).update('\0').update(source.payload).digest('hex');
    letters.set(fingerprint, {
      id: newId(),
      fingerprint,
      organization: device?.organization ?? null,
      organization_code: source.place?.organization ?? null,
      device: source.place?.device ?? null,
      topic: beginning(source.topic, 1000).replaceAll('\0', '�'),
      payload: source.payload.subarray(0, limits.messageBytes).toString('hex'),
      size: source.size ?? source.payload.length,
      reason: first.reason,
      detail: refusals.length > 1 ? `${first.detail} (and ${refusals.length - 1} more)` : first.detail,
      at: new Date(source.receivedAt).toISOString(),
    });
  }
  if (letters.size === 0) return;
  const sorted = [...letters.keys()].sort().map((fingerprint) => letters.get(fingerprint));
  await client.query({
    name: 'dead_letters',
    text: `insert into telemetry.dead_letter as d (id, fingerprint, organization, device, topic, payload, size, reason, detail, first_at, last_at)
      select id, decode(fingerprint, 'hex'), coalesce(organization, telemetry.organization_of(organization_code)), device, topic, decode(payload, 'hex'), size, reason, detail, at, at
      from json_to_recordset($1::json) as l (id uuid, fingerprint text, organization uuid, organization_code text, device text, topic text, payload text, size int,
        reason text, detail text, at timestamptz)
      on conflict (fingerprint) do update
        set count = d.count + 1, last_at = excluded.last_at, reason = excluded.reason, detail = excluded.detail`,
    values: [JSON.stringify(sorted)],
  });
}
