import type { Handle } from '@yunfab/core/database';
import type { MedicalDeviceTables } from '../tables.js';
import type { PackageConfiguration } from './packaging.js';

type LevelRow = MedicalDeviceTables['package_level'];

const configurationOf = ({ di, level, contains_di, contains }: LevelRow): PackageConfiguration => ({
  di,
  level,
  contains: contains_di === null || contains === null ? null : { di: contains_di, quantity: contains },
});

/** The levels of the organization's product that a device identifier belongs to; none when it was never declared. */
export async function levelsOf(db: Handle, di: string): Promise<PackageConfiguration[]> {
  const tables = db.withTables<MedicalDeviceTables>();
  const named = await tables.selectFrom('package_level').select('product').where('di', '=', di).executeTakeFirst();
  if (!named) return [];
  const rows = await tables.selectFrom('package_level').selectAll().where('product', '=', named.product).execute();
  return rows.map(configurationOf);
}
