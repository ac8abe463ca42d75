import { sql } from 'kysely';
import { newId, type RecordId, type Scope } from '../database/index.js';

export interface NewEvent {
  /** Dotted and in the past tense: `orders.proposed`. */
  readonly type: string;
  /** The record it happened to; everyone who may see that record reads the event. Null: only one's own organization. */
  readonly record: RecordId | null;
  /** Keep it within one's own organization although the record is shared. */
  readonly private?: boolean;
  /** Plain JSON, holding only what every reader may see. */
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Writes one event in the caller's transaction. Append after locking the record, so that the order of the feed is the
 * order in which the lock was held.
 */
export async function appendEvent(scope: Scope, event: NewEvent): Promise<void> {
  const { actor, now, tx } = scope;
  await sql`select core.append_event(${newId()}, ${event.type}, ${event.record}, ${event.private ?? false},
    ${JSON.stringify(event.body)}::jsonb, ${actor.kind}, ${actor.id}, ${actor.label}, ${now})`.execute(tx);
}
