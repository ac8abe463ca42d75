import { newId, sqlMigration } from '@yunfab/core/database';
import { defineErrors } from '@yunfab/core/errors';
import { type ApiBuilder, verticalTable } from '@yunfab/core/verticals';
import { z } from 'zod';

/** Limits of one adhesive: °C when the press closes, bar, seconds under that pressure. Not edited: runs were judged by them. */
export const bondSchema = z.object({
  code: z.string().trim().min(1).max(40),
  temperature_low: z.number().min(0).max(150),
  temperature_high: z.number().min(0).max(150),
  pressure: z.number().positive().max(10),
  dwell: z.number().positive().max(120),
});
export type Bond = z.output<typeof bondSchema>;
export type Tables = { bond: Bond & { id: string; organization: string } };

export const footwearErrors = defineErrors('footwear', {
  bond_taken: { status: 409, en: 'There is already a bond "{code}". Choose another code.', zh: '已有粘合工艺“{code}”。请另选编号。' },
});

// #region table
export const footwearMigrations = {
  '0001-bonds': sqlMigration(`
    create table vertical_footwear.bond (
      id uuid primary key, organization uuid not null, code text not null, temperature_low double precision not null,
      temperature_high double precision not null, pressure double precision not null, dwell double precision not null,
      unique (organization, code));
    ${verticalTable('footwear', 'bond')}`),
};
// #endregion

const tags = ['footwear'];

// #region api
export const footwearApi = ({ query, command }: ApiBuilder<Record<string, unknown>>) => ({
  bonds: {
    create: command({
      permission: 'footwear.bonds.manage',
      rest: { method: 'POST', path: '/footwear/bonds', summary: 'Create the limits of an adhesive', tags },
      input: bondSchema,
      output: z.object({ code: z.string() }),
      run: async ({ db, organization }, bond) => {
        const row = { id: newId(), organization, ...bond };
        const added = db.withTables<Tables>().insertInto('bond').values(row);
        const made = await added.onConflict((taken) => taken.columns(['organization', 'code']).doNothing()).executeTakeFirst();
        if (!made.numInsertedOrUpdatedRows) throw footwearErrors.bond_taken({ code: bond.code });
        return { code: bond.code };
      },
    }),
    list: query({
      permission: 'footwear.read',
      rest: { method: 'GET', path: '/footwear/bonds', summary: 'List the limits of adhesives by code', tags },
      input: z.object({ limit: z.number().int().min(1).max(100).default(50), cursor: z.string().max(40).default('') }),
      output: z.object({ items: z.array(bondSchema), next: z.string().nullable() }),
      run: async ({ db }, { limit, cursor }) => {
        const bonds = db.withTables<Tables>().selectFrom('bond').selectAll().where('code', '>', cursor).orderBy('code');
        const rows = await bonds.limit(limit + 1).execute();
        const items = rows.slice(0, limit).map((row) => bondSchema.parse(row));
        return { items, next: rows.length > limit ? (items.at(-1)?.code ?? null) : null };
      },
    }),
  },
});
// #endregion
export type FootwearApi = ReturnType<typeof footwearApi>;
