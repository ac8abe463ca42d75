import { createHash, randomBytes } from 'node:crypto';
import type { Scope } from '../../database/index.js';
import type { ProductionTables } from '../tables.js';
import { checkPin } from './badges.js';
import { floorErrors } from './errors.js';

const tables = (scope: Scope) => scope.tx.withTables<ProductionTables>();

/** How a person at the floor says who they are: what `identify` gave, or badge and PIN again. */
export interface Identity {
  readonly token?: string | undefined;
  readonly badge?: string | undefined;
  readonly pin?: string | undefined;
}

export const idleMinutes = 10;
const idleMs = idleMinutes * 60_000;

/** What stands for badge and PIN from now on; whoever makes no move for ten minutes has to identify again. */
export async function identifyOperator(scope: Scope, { badge: code, pin }: { readonly badge: string; readonly pin: string }) {
  const badge = await checkPin(scope, code, pin);
  const token = `yo_${randomBytes(24).toString('base64url')}`;
  await tables(scope)
    .deleteFrom('floor_token')
    .where('organization', '=', scope.organization)
    .where('used_at', '<=', new Date(scope.now.getTime() - idleMs))
    .execute();
  await tables(scope)
    .insertInto('floor_token')
    .values({ hash: hashOf(token), organization: scope.organization, badge_id: badge.id, used_at: scope.now })
    .execute();
  return { token, name: badge.name, badge: badge.code, idleUntil: new Date(scope.now.getTime() + idleMs).toISOString() };
}

/** Ends a token; an unknown one is no error. */
export async function endToken(scope: Scope, token: string): Promise<void> {
  await tables(scope).deleteFrom('floor_token').where('hash', '=', hashOf(token)).execute();
}

/**
 * The same transaction with the person at the floor as its actor: their name is on every move and count.
 * Throws `floor.token_ended`, `floor.pin_wrong`, `floor.badge_locked`.
 */
export async function asOperator(scope: Scope, identity: Identity): Promise<Scope> {
  const { id, name } = await operatorOf(scope, identity);
  return { ...scope, actor: { kind: 'person', id, label: name } };
}

async function operatorOf(
  scope: Scope,
  { token, badge = '', pin = '' }: Identity,
): Promise<{ readonly id: string; readonly name: string }> {
  if (token === undefined) return checkPin(scope, badge, pin);
  const ended = floorErrors.token_ended({ minutes: idleMinutes });
  const found = await tables(scope)
    .selectFrom('floor_token')
    .innerJoin('badge', 'badge.id', 'floor_token.badge_id')
    .select(['badge.id', 'badge.name', 'floor_token.used_at'])
    .where('floor_token.hash', '=', hashOf(token))
    .where('floor_token.organization', '=', scope.organization)
    .where('badge.revoked_at', 'is', null)
    .executeTakeFirst();
  if (!found || found.used_at.getTime() + idleMs <= scope.now.getTime()) throw ended;
  await tables(scope).updateTable('floor_token').set({ used_at: scope.now }).where('hash', '=', hashOf(token)).execute();
  return found;
}

/** Random enough that a plain hash cannot be guessed back. */
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
