import type { VerticalCall } from '@yunfab/core/verticals';
import { type BlankDesign, designSchema } from './blank/design.js';
import { type Prepreg, prepregSchema } from './blank/prepreg.js';
import type { FishingGearTables } from './tables.js';

type Handle = VerticalCall<unknown>['db'];

/** A saved design with the prepregs that it is rolled from; both empty when there is no such design. */
export async function findDesign(
  db: Handle,
  code: string | null,
): Promise<{ readonly design: BlankDesign | null; readonly prepregs: readonly Prepreg[] }> {
  if (code === null) return { design: null, prepregs: [] };
  const row = await db
    .withTables<FishingGearTables>()
    .selectFrom('blank_design')
    .select('data')
    .where('code', '=', code)
    .executeTakeFirst();
  if (!row) return { design: null, prepregs: [] };
  const design = designSchema.parse(row.data);
  return { design, prepregs: await findPrepregs(db, [...new Set(design.plies.map(({ prepreg }) => prepreg))]) };
}

export async function findPrepregs(db: Handle, codes: readonly string[]): Promise<Prepreg[]> {
  if (codes.length === 0) return [];
  const rows = await db
    .withTables<FishingGearTables>()
    .selectFrom('prepreg')
    .select('data')
    .where('code', 'in', codes)
    .orderBy('code')
    .execute();
  return rows.map(({ data }) => prepregSchema.parse(data));
}
