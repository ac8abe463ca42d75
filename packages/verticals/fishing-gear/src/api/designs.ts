import { newId } from '@yunfab/core/database';
import { type ApiBuilder, chartSchema, drawingSchema } from '@yunfab/core/verticals';
import { z } from 'zod';
import { spaceGuides } from '../bend/guides.js';
import { designSchema } from '../blank/design.js';
import { inspectBlank } from '../blank/inspect.js';
import { prepregSchema } from '../blank/prepreg.js';
import { findDesign, findPrepregs } from '../catalogue.js';
import type { FishingGearConfig } from '../config.js';
import { fishingGearErrors } from '../errors.js';
import type { FishingGearTables } from '../tables.js';

const tags = ['fishing-gear'];
const wordsSchema = z.object({ en: z.string(), zh: z.string() });
const pageInput = { limit: z.number().int().min(1).max(100).default(50), cursor: z.string().max(40).optional() };
const saved = { id: z.uuid(), savedAt: z.iso.datetime() };
const prepregView = z.object({ ...prepregSchema.shape, ...saved });
const designView = z.object({ ...designSchema.shape, ...saved });

const inspectedSchema = z.object({
  code: z.string(),
  name: z.string(),
  mass: z.number(),
  buttDiameter: z.number(),
  tipDiameter: z.number(),
  load: z.number(),
  deflection: z.number(),
  tipAngle: z.number(),
  action: wordsSchema,
  ern: z.number().nullable(),
  ernBasis: wordsSchema.nullable(),
  cents: z.number().nullable(),
  actionAngle: z.number().nullable(),
  bendingIndex: z.string().nullable(),
  testCurve: z.number().nullable(),
  neglected: wordsSchema,
  bent: drawingSchema,
  stiffness: chartSchema,
  loadCurve: chartSchema,
});

/** Prepregs, blank designs and what follows from a lay-up. */
export const designProcedures = ({ query, command }: ApiBuilder<FishingGearConfig>) => ({
  prepregs: {
    save: command({
      permission: 'fishing-gear.designs.manage',
      rest: { method: 'POST', path: '/fishing-gear/prepregs', summary: 'Save a prepreg as its data sheet gives it', tags },
      input: prepregSchema,
      output: prepregView,
      run: async ({ db, organization, now }, prepreg) => {
        const id = await save(db, 'prepreg', { organization, now, code: prepreg.code, data: prepreg });
        if (id === null) throw fishingGearErrors.prepreg_taken({ code: prepreg.code });
        return { ...prepreg, id, savedAt: now.toISOString() };
      },
    }),
    list: query({
      permission: 'fishing-gear.designs.read',
      rest: { method: 'GET', path: '/fishing-gear/prepregs', summary: 'List prepregs by code', tags },
      input: z.object(pageInput),
      output: z.object({ items: z.array(prepregView), next: z.string().nullable() }),
      run: async ({ db }, input) => {
        const { rows, next } = await pageOf(db, 'prepreg', input);
        return { items: rows.map(({ id, data, savedAt }) => ({ ...prepregSchema.parse(data), id, savedAt })), next };
      },
    }),
  },
  designs: {
    save: command({
      permission: 'fishing-gear.designs.manage',
      rest: { method: 'POST', path: '/fishing-gear/designs', summary: 'Save a blank design: mandrel, plies, cure', tags },
      input: designSchema,
      output: designView,
      run: async ({ db, core, organization, now }, design) => {
        const wanted = [...new Set(design.plies.map(({ prepreg }) => prepreg))];
        const known = new Set((await findPrepregs(db, wanted)).map(({ code }) => code));
        const missing = wanted.find((code) => !known.has(code));
        if (missing !== undefined) throw fishingGearErrors.prepreg_unknown({ prepreg: missing });
        const id = await save(db, 'blank_design', { organization, now, code: design.code, data: design });
        if (id === null) throw fishingGearErrors.design_taken({ code: design.code });
        await core.appendEvent({ type: 'fishing-gear.design_saved', body: { code: design.code } });
        return { ...design, id, savedAt: now.toISOString() };
      },
    }),
    list: query({
      permission: 'fishing-gear.designs.read',
      rest: { method: 'GET', path: '/fishing-gear/designs', summary: 'List blank designs by code', tags },
      input: z.object(pageInput),
      output: z.object({ items: z.array(designView), next: z.string().nullable() }),
      run: async ({ db }, input) => {
        const { rows, next } = await pageOf(db, 'blank_design', input);
        return { items: rows.map(({ id, data, savedAt }) => ({ ...designSchema.parse(data), id, savedAt })), next };
      },
    }),
    bend: query({
      permission: 'fishing-gear.designs.read',
      rest: {
        method: 'GET',
        path: '/fishing-gear/designs/{code}/bend',
        summary: 'What a lay-up makes: rod number, action angle, test curve, and the blank bent by a load',
        tags,
      },
      input: z.object({
        code: z.string().max(40),
        /** g at the tip; what brings it down by a third of the length when left out. */
        load: z.coerce.number().min(0).max(20_000).optional(),
      }),
      output: inspectedSchema,
      run: async ({ db }, { code, load }) => {
        const { design, prepregs } = await findDesign(db, code);
        if (!design) throw fishingGearErrors.design_unknown({ code });
        return { code, name: design.name, ...inspectBlank(design, prepregs, load) };
      },
    }),
  },
  guides: {
    space: query({
      permission: 'fishing-gear.designs.read',
      rest: { method: 'GET', path: '/fishing-gear/guides', summary: 'Space the guides of a rod by an even growth of the gaps', tags },
      input: z.object({
        guides: z.coerce.number().int().min(2).max(40),
        /** From the tip top to the first guide; any unit of length. */
        first: z.coerce.number().positive().max(10_000),
        /** From the tip top to the last guide, the stripper. */
        stripper: z.coerce.number().positive().max(20_000),
      }),
      output: z.object({ step: z.number(), positions: z.string() }),
      run: async (_call, input) => {
        const { step, positions } = spaceGuides(input);
        return { step: round(step), positions: positions.map((at) => round(at)).join(', ') };
      },
    }),
  },
});

type Handle = Parameters<typeof findDesign>[0];
type Catalogue = 'prepreg' | 'blank_design';

/** Null when the organization has one of this code already. */
async function save(
  db: Handle,
  table: Catalogue,
  { organization, now, code, data }: { organization: string; now: Date; code: string; data: object },
): Promise<string | null> {
  const id = newId();
  const made = await db
    .withTables<FishingGearTables>()
    .insertInto(table)
    .values({ id, organization, code, data: JSON.stringify(data), created_at: now })
    .onConflict((conflict) => conflict.columns(['organization', 'code']).doNothing())
    .returning('id')
    .execute();
  return made.length > 0 ? id : null;
}

async function pageOf(db: Handle, table: Catalogue, { limit, cursor = '' }: { limit: number; cursor?: string | undefined }) {
  const rows = await db
    .withTables<FishingGearTables>()
    .selectFrom(table)
    .select(['id', 'code', 'data', 'created_at'])
    .where('code', '>', cursor)
    .orderBy('code')
    .limit(limit + 1)
    .execute();
  return {
    rows: rows.slice(0, limit).map(({ id, data, created_at }) => ({ id, data, savedAt: created_at.toISOString() })),
    next: rows.length > limit ? (rows[limit - 1]?.code ?? null) : null,
  };
}

const round = (value: number) => Number(value.toFixed(2));
