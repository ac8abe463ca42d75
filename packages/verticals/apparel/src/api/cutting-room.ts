import { newId } from '@yunfab/core/database';
import type { ApiBuilder } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { ApparelConfig } from '../config.js';
import { laySchema } from '../cutting-room/lay.js';
import { apparelErrors } from '../errors.js';
import type { ApparelTables } from '../tables.js';
import { codeSchema, pageFields, tags } from './inputs.js';

const rollSchema = z.object({
  code: codeSchema,
  /** The dye lot: rolls of one shade lot look alike. */
  shade: codeSchema,
  /** mm */
  width: z.number().min(300).max(3500),
  /** m */
  length: z.number().positive().max(500),
});
const rollView = z.object({ ...rollSchema.shape, lot: z.uuid(), createdAt: z.iso.datetime() });
const layView = z.object({ ...laySchema.shape, createdAt: z.iso.datetime() });

/** Fabric rolls with their shade lots, and planned lays. */
export const cuttingRoomProcedures = ({ query, command }: ApiBuilder<ApparelConfig>) => ({
  rolls: {
    create: command({
      permission: 'apparel.garments.manage',
      rest: { method: 'POST', path: '/apparel/rolls', summary: 'Register a fabric roll; it is a lot of its own', tags },
      input: rollSchema,
      output: rollView,
      run: async ({ db, core, organization, now }, roll) => {
        const tables = db.withTables<ApparelTables>();
        if (await tables.selectFrom('fabric_roll').select('id').where('code', '=', roll.code).executeTakeFirst())
          throw apparelErrors.roll_taken({ code: roll.code });
        const lot = await core.lifecycle.registerLot({
          code: roll.code,
          quantity: { value: String(roll.length), unit: 'MTR' },
          identifiers: [],
        });
        await tables
          .insertInto('fabric_roll')
          .values({ id: newId(), organization, ...roll, lot: lot.id, created_at: now })
          .execute();
        return { ...roll, lot: lot.id, createdAt: now.toISOString() };
      },
    }),
    list: query({
      permission: 'apparel.garments.read',
      rest: { method: 'GET', path: '/apparel/rolls', summary: 'Fabric rolls by code', tags },
      input: z.object(pageFields),
      output: z.object({ items: z.array(rollView), next: z.string().nullable() }),
      run: async ({ db }, { limit, cursor = '' }) => {
        const rows = await db
          .withTables<ApparelTables>()
          .selectFrom('fabric_roll')
          .selectAll()
          .where('code', '>', cursor)
          .orderBy('code')
          .limit(limit + 1)
          .execute();
        const items = rows.slice(0, limit).map(({ code, shade, width, length, lot, created_at }) => ({
          code,
          shade,
          width,
          length,
          lot,
          createdAt: created_at.toISOString(),
        }));
        return { items, next: rows.length > limit ? (items.at(-1)?.code ?? null) : null };
      },
    }),
  },
  lays: {
    create: command({
      permission: 'apparel.garments.manage',
      rest: { method: 'POST', path: '/apparel/lays', summary: 'Plan a lay, by which spreads and cuts are judged', tags },
      input: laySchema,
      output: layView,
      run: async ({ db, organization, now }, lay) => {
        const made = await db
          .withTables<ApparelTables>()
          .insertInto('lay')
          .values({ id: newId(), organization, ...lay, created_at: now })
          .onConflict((conflict) => conflict.columns(['organization', 'code']).doNothing())
          .returning('id')
          .execute();
        if (made.length === 0) throw apparelErrors.lay_taken({ code: lay.code });
        return { ...lay, createdAt: now.toISOString() };
      },
    }),
    list: query({
      permission: 'apparel.garments.read',
      rest: { method: 'GET', path: '/apparel/lays', summary: 'Planned lays by code', tags },
      input: z.object(pageFields),
      output: z.object({ items: z.array(layView), next: z.string().nullable() }),
      run: async ({ db }, { limit, cursor = '' }) => {
        const rows = await db
          .withTables<ApparelTables>()
          .selectFrom('lay')
          .selectAll()
          .where('code', '>', cursor)
          .orderBy('code')
          .limit(limit + 1)
          .execute();
        const items = rows
          .slice(0, limit)
          .map(({ id: _id, organization: _own, created_at, ...lay }) => ({ ...lay, createdAt: created_at.toISOString() }));
        return { items, next: rows.length > limit ? (items.at(-1)?.code ?? null) : null };
      },
    }),
  },
});
