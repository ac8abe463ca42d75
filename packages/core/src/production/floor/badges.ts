import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { type Selectable, sql } from 'kysely';
import { decodeCursor, lasting, page } from '../../commands/index.js';
import { isUniqueViolation, newId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import type { ProductionTables } from '../tables.js';
import { floorErrors } from './errors.js';
import type { BadgeView } from './schema.js';

export type BadgeRow = Selectable<ProductionTables['badge']>;

const tables = (scope: Scope) => scope.tx.withTables<ProductionTables>();

/** Crockford's base 32: no letter that reads as a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const madeBadgeCode = () => `B${Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')}`;

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(scrypt);
/** scrypt (RFC 7914) with 16 MiB: what a PIN of so few digits can be given. */
const hashPin = (pin: string, salt: Buffer): Promise<Buffer> => derive(pin, salt, 32, { N: 16_384, r: 8, p: 1 });

export interface NewBadge {
  /** The person, as everyone at the floor reads it. */
  readonly name: string;
  readonly pin: string;
  /** Made when left out. */
  readonly code?: string | undefined;
}

/** Throws `floor.badge_taken`. */
export async function createBadge(scope: Scope, { name, pin, code = madeBadgeCode() }: NewBadge): Promise<BadgeView> {
  const salt = randomBytes(16);
  try {
    const row = await tables(scope)
      .insertInto('badge')
      .values({
        id: newId(),
        organization: scope.organization,
        code,
        name,
        pin_salt: salt,
        pin_hash: await hashPin(pin, salt),
        locked_until: null,
        created_by: scope.actor.label,
        created_at: scope.now,
        revoked_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await appendEvent(scope, { type: 'production.badge_created', record: null, body: { badge: row.id, code, name } });
    return viewBadge(row, scope.now);
  } catch (error) {
    if (isUniqueViolation(error, 'badge_code')) throw floorErrors.badge_taken({ code }, error);
    throw error;
  }
}

export async function listBadges(scope: Scope, { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined }) {
  const after = decodeCursor(cursor);
  let rows = tables(scope).selectFrom('badge').selectAll().where('organization', '=', scope.organization);
  if (after) rows = rows.where(sql<boolean>`(created_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  const found = await rows
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return page(
    found,
    limit,
    (row) => ({ key: row.created_at.toISOString(), id: row.id }),
    (row) => viewBadge(row, scope.now),
  );
}

/** Ends a badge and whatever was identified by it, now. Revoking twice is no error. */
export async function revokeBadge(scope: Scope, id: string): Promise<BadgeView> {
  const badge = await lockedBadge(scope, id);
  if (badge.revoked_at) return viewBadge(badge, scope.now);
  await tables(scope).deleteFrom('floor_token').where('badge_id', '=', id).execute();
  await tables(scope).updateTable('badge').set({ revoked_at: scope.now }).where('id', '=', id).execute();
  await appendEvent(scope, { type: 'production.badge_revoked', record: null, body: { badge: id, code: badge.code, name: badge.name } });
  return viewBadge({ ...badge, revoked_at: scope.now }, scope.now);
}

/** A new PIN; it also unlocks, and ends what was identified by the old one. Throws `floor.badge_unknown`, `floor.badge_revoked`. */
export async function setPin(scope: Scope, id: string, pin: string): Promise<BadgeView> {
  const badge = await lockedBadge(scope, id);
  if (badge.revoked_at) throw floorErrors.badge_revoked({ badge: badge.code });
  const salt = randomBytes(16);
  const change = { pin_salt: salt, pin_hash: await hashPin(pin, salt), failures: 0, locked_until: null };
  await tables(scope).updateTable('badge').set(change).where('id', '=', id).execute();
  await tables(scope).deleteFrom('floor_token').where('badge_id', '=', id).execute();
  await appendEvent(scope, { type: 'production.badge_pin_set', record: null, body: { badge: id, code: badge.code, name: badge.name } });
  return viewBadge({ ...badge, ...change }, scope.now);
}

async function lockedBadge(scope: Scope, id: string): Promise<BadgeRow> {
  const badge = await tables(scope)
    .selectFrom('badge')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!badge) throw floorErrors.badge_unknown({ badge: id });
  return badge;
}

/** A badge that is not revoked, by the code that is printed on it. */
export async function findBadge(scope: Scope, code: string): Promise<BadgeRow | undefined> {
  return tables(scope)
    .selectFrom('badge')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('code', '=', code)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
}

export const mostFailures = 5;
const lockedMs = 5 * 60_000;

/**
 * The badge whose PIN this is. Wrong ones are counted even though the command is refused; after five in a row the badge is locked for
 * five minutes, for the right PIN, too. Attempts wait for each other, so that many at once are no more than one after the other.
 * Throws `floor.pin_wrong`, `floor.badge_locked`.
 */
export async function checkPin(scope: Scope, code: string, pin: string): Promise<BadgeRow> {
  const badge = await tables(scope)
    .selectFrom('badge')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('code', '=', code)
    .where('revoked_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (badge?.locked_until && badge.locked_until > scope.now)
    throw floorErrors.badge_locked({ badge: code, until: badge.locked_until.toISOString() });
  // An unknown badge takes as long as a wrong PIN.
  const hash = await hashPin(pin, badge?.pin_salt ?? Buffer.alloc(16));
  if (!badge) throw floorErrors.pin_wrong({ badge: code });
  if (timingSafeEqual(hash, badge.pin_hash)) {
    if (badge.failures > 0)
      await tables(scope).updateTable('badge').set({ failures: 0, locked_until: null }).where('id', '=', badge.id).execute();
    return badge;
  }
  const failures = badge.failures + 1;
  const locked = failures >= mostFailures;
  await tables(scope)
    .updateTable('badge')
    .set({ failures: locked ? 0 : failures, locked_until: locked ? new Date(scope.now.getTime() + lockedMs) : null })
    .where('id', '=', badge.id)
    .execute();
  if (locked)
    await appendEvent(scope, { type: 'production.badge_locked', record: null, body: { badge: badge.id, code, name: badge.name } });
  throw lasting(floorErrors.pin_wrong({ badge: code }));
}

function viewBadge(badge: BadgeRow, now: Date): BadgeView {
  return {
    id: badge.id,
    code: badge.code,
    name: badge.name,
    lockedUntil: badge.locked_until && badge.locked_until > now ? badge.locked_until.toISOString() : null,
    createdBy: badge.created_by,
    createdAt: badge.created_at.toISOString(),
    revokedAt: badge.revoked_at?.toISOString() ?? null,
  };
}
