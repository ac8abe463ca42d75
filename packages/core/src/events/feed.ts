import { type RawBuilder, sql } from 'kysely';
import type { RecordId, Scope } from '../database/index.js';
import { eventSchema, type TimelineEntry, type WireEvent } from './schema.js';

export interface FeedPage {
  readonly events: WireEvent[];
  /** Ask after this next time. It moves past entries that are hidden now, so it may be beyond the last event. */
  readonly next: number;
}

interface EventRow {
  id: string;
  type: string;
  record: string | null;
  record_kind: string | null;
  organization: string | null;
  actor_kind: WireEvent['actor']['kind'];
  actor_label: string;
  at: Date;
  body: Record<string, unknown> | null;
}

const eventColumns: RawBuilder<unknown> = sql`e.id, e.type, e.record_id as record, r.kind as record_kind, o.code as organization,
  e.actor_kind, e.actor_label, e.occurred_at as at, e.body`;

/**
 * The organization's own feed after a cursor, oldest first. What has been hidden since (a revoked grant) or erased is
 * left out; the cursor still moves past it.
 */
export async function readFeed(scope: Scope, { after, limit }: { after: number; limit: number }): Promise<FeedPage> {
  // LIMIT stands inside, so that the policies of event and record are asked about these rows only.
  const { rows } = await sql<EventRow & { cursor: number; id: string | null }>`
    select f.seq as cursor, ${eventColumns}
    from (select seq, event_id from core.feed where organization = ${scope.organization} and seq > ${after} order by seq limit ${limit}) f
    left join core.event e on e.id = f.event_id
    left join core.record r on r.id = e.record_id
    left join core.organization_registry o on o.id = e.organization
    order by f.seq`.execute(scope.tx);
  const events = rows.flatMap((row) => (row.id === null || row.body === null ? [] : [{ cursor: row.cursor, ...toEntry(row, row.body) }]));
  return { events, next: rows.at(-1)?.cursor ?? after };
}

/** Where the organization's feed ends now; 0 when nothing has happened yet. */
export async function feedCursor(scope: Scope): Promise<number> {
  const { rows } = await sql<{ seq: number }>`select seq from core.feed_head where organization = ${scope.organization}`.execute(scope.tx);
  return rows[0]?.seq ?? 0;
}

/** What happened to one record, newest first; `cursor` is the `next` of the page before. */
export async function readTimeline(
  scope: Scope,
  record: RecordId,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: TimelineEntry[]; next: string | null }> {
  const { rows } = await sql<EventRow>`
    select ${eventColumns}
    from (select id, type, record_id, organization, actor_kind, actor_label, occurred_at, body from core.event where record_id = ${record} and body is not null
          ${isEventId(cursor) ? sql`and id < ${cursor}` : sql``} order by id desc limit ${limit + 1}) e
    left join core.record r on r.id = e.record_id
    left join core.organization_registry o on o.id = e.organization
    order by e.id desc`.execute(scope.tx);
  const items = rows.slice(0, limit).map((row) => toEntry(row, row.body ?? {}));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

function isEventId(cursor: string | undefined): cursor is string {
  return eventSchema.shape.id.safeParse(cursor).success;
}

function toEntry(row: EventRow, body: Record<string, unknown>): TimelineEntry {
  return {
    id: row.id,
    type: row.type,
    record: row.record,
    recordKind: row.record_kind,
    organization: row.organization ?? '',
    actor: { kind: row.actor_kind, label: row.actor_label },
    at: row.at.toISOString(),
    body,
  };
}

/** How far the sequencer is behind, read by the system role: an alert and a part of readiness. */
export interface FeedLag {
  readonly pending: number;
  readonly oldestMs: number;
}

export async function readFeedLag(system: { readonly handle: Scope['tx'] }): Promise<FeedLag> {
  const { rows } = await sql<{ pending: number; oldest_ms: number }>`
    select count(*) as pending, coalesce(extract(epoch from clock_timestamp() - min(appended_at)) * 1000, 0)::float8 as oldest_ms
    from (select appended_at from core.event_pending order by position limit 10000) oldest`.execute(system.handle);
  return { pending: rows[0]?.pending ?? 0, oldestMs: rows[0]?.oldest_ms ?? 0 };
}
