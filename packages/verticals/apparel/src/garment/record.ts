import type { Handle } from '@yunfab/core/database';
import { apparelErrors } from '../errors.js';
import type { Operation, TagRead } from '../routing/index.js';
import type { ApparelTables } from '../tables.js';
import { operationsSchema } from './stored.js';

export type GarmentRow = ApparelTables['garment'];

export const operationsOf = ({ routing }: Pick<GarmentRow, 'routing'>): Operation[] => operationsSchema.parse(routing);

export async function readsOf(db: Handle, garment: string): Promise<TagRead[]> {
  const rows = await db
    .withTables<ApparelTables>()
    .selectFrom('tag_read')
    .selectAll()
    .where('garment', '=', garment)
    .orderBy('id')
    .execute();
  return rows.map(({ operation, direction, station, read_at }) => ({
    operation,
    direction: direction === 'in' ? 'in' : 'out',
    station,
    at: read_at.toISOString(),
  }));
}

/** Of those that one sees: one's own, and those of orders that one is a party of. Throws `apparel.garment_unknown`. */
export async function garmentByTag(db: Handle, tag: string): Promise<GarmentRow> {
  const row = await db
    .withTables<ApparelTables>()
    .selectFrom('garment')
    .selectAll()
    .where('tag', '=', tag)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (!row) throw apparelErrors.garment_unknown({ tag });
  return row;
}
