import type { Clock } from '@yunfab/core/commands';
import { type Database, inScope } from '@yunfab/core/database';
import { sql } from 'kysely';
import type { VisibleEquipment } from './live-hub.js';

/** Asks under row-level security, so that a grant that ended or was revoked hides the equipment here as everywhere. */
export function visibleEquipment({ database, clock }: { readonly database: Database; readonly clock: Clock }): VisibleEquipment {
  return (actor, equipment) =>
    inScope(database.runtime, { organization: actor.organization, actor, now: clock(), readOnly: true }, async ({ tx }) => {
      const { rows } = await sql<{
        id: string;
      }>`select id from core.record where kind = 'equipment' and id = any (${equipment}::uuid[])`.execute(tx);
      return new Set(rows.map(({ id }) => id));
    });
}
