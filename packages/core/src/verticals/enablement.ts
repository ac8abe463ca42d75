import type { Scope } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import type { VerticalTables } from './tables.js';

const tables = (scope: Scope) => scope.tx.withTables<VerticalTables>();

/** Which verticals the organization has enabled, and since when. */
export async function enabledVerticals(scope: Scope): Promise<ReadonlyMap<string, Date>> {
  const rows = await tables(scope).selectFrom('vertical_enabled').select(['vertical', 'enabled_at']).execute();
  return new Map(rows.map((row) => [row.vertical, row.enabled_at]));
}

/** Enables it for the organization; saying it twice changes nothing. */
export async function enableFor(scope: Scope, vertical: string, version: string): Promise<void> {
  const made = await tables(scope)
    .insertInto('vertical_enabled')
    .values({ organization: scope.organization, vertical, enabled_at: scope.now, enabled_by: scope.actor.label })
    .onConflict((conflict) => conflict.doNothing())
    .returning('vertical')
    .execute();
  if (made.length > 0) await appendEvent(scope, { type: 'verticals.enabled', record: null, body: { vertical, version } });
}

/** Its procedures, gates and pages are gone for the organization; its rows stay and are there again when it is enabled again. */
export async function disableFor(scope: Scope, vertical: string): Promise<void> {
  const gone = await tables(scope)
    .deleteFrom('vertical_enabled')
    .where('organization', '=', scope.organization)
    .where('vertical', '=', vertical)
    .returning('vertical')
    .execute();
  if (gone.length > 0) await appendEvent(scope, { type: 'verticals.disabled', record: null, body: { vertical } });
}
