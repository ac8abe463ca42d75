import { newId } from '@yunfab/core/database';
import { type ApiBuilder, evaluatedRunSchema, viewEvaluatedRun } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { TireConfig } from './config.js';
import { recipeSchema } from './cure/recipe.js';
import { energyApi } from './energy/api.js';
import { tireErrors } from './errors.js';
import { lifeApi } from './life/api.js';
import { fits } from './size/fits.js';
import { formatSize } from './size/format.js';
import { parseSize } from './size/parse.js';
import type { TireTables } from './tables.js';
import { parseTin } from './tin/parse.js';
import { uniformityApi } from './uniformity/api.js';

const wordsSchema = z.object({ en: z.string(), zh: z.string() });
const recipeView = z.object({ ...recipeSchema.shape, id: z.uuid(), created_at: z.iso.datetime() });
const issuesSchema = z.array(z.object({ at: z.string(), words: wordsSchema }));
const tags = ['tire'];

const sizeView = z.object({
  system: z.enum(['metric', 'flotation', 'inch']),
  service: z.enum(['passenger', 'light_truck', 'truck', 'temporary_spare', 'trailer']),
  /** As it stands on the sidewall. */
  marking: z.string(),
  sectionWidth: z.number(),
  aspectRatio: z.number().nullable(),
  construction: z.enum(['radial', 'diagonal', 'bias_belted']),
  rim: z.number(),
  overallDiameter: z.number().nullable(),
  loadIndex: z.number().nullable(),
  dualLoadIndex: z.number().nullable(),
  load: z.number().nullable(),
  dualLoad: z.number().nullable(),
  speedSymbol: z.string().nullable(),
  speed: z.number().nullable(),
  speedAbove: z.boolean(),
  highSpeed: z.boolean(),
  extraLoad: z.boolean(),
  mudAndSnow: z.boolean(),
});

const identificationView = z.object({
  tin: z.string(),
  kind: z.enum(['new', 'retread', 'legacy']),
  plant: z.string(),
  manufacturerCode: z.string().nullable(),
  week: z.number().int(),
  year: z.number().int().nullable(),
  weekBegins: z.iso.date().nullable(),
});

/** The procedures of the tire cloud; its type is the client's `yunfab.tire`. */
export const tireApi = (builder: ApiBuilder<TireConfig>) => ({
  ...ownApi(builder),
  uniformity: uniformityApi(builder),
  energy: energyApi(builder),
  tires: lifeApi(builder),
});

const ownApi = ({ query, command }: ApiBuilder<TireConfig>) => ({
  recipes: {
    create: command({
      permission: 'tire.recipes.manage',
      rest: { method: 'POST', path: '/tire/recipes', summary: 'Create a cure recipe', tags },
      input: recipeSchema,
      output: recipeView,
      run: async ({ db, core, organization, now }, recipe) => {
        const id = newId();
        const made = await db
          .withTables<TireTables>()
          .insertInto('cure_recipe')
          .values({ id, organization, ...recipe, created_at: now })
          .onConflict((conflict) => conflict.columns(['organization', 'code']).doNothing())
          .returning('id')
          .execute();
        if (made.length === 0) throw tireErrors.recipe_taken({ code: recipe.code });
        await core.appendEvent({ type: 'tire.recipe_created', body: { code: recipe.code } });
        return { ...recipe, id, created_at: now.toISOString() };
      },
    }),
    list: query({
      permission: 'tire.recipes.read',
      rest: { method: 'GET', path: '/tire/recipes', summary: 'List cure recipes by code', tags },
      input: z.object({ limit: z.number().int().min(1).max(100).default(50), cursor: z.string().max(40).optional() }),
      output: z.object({ items: z.array(recipeView), next: z.string().nullable() }),
      run: async ({ db }, { limit, cursor = '' }) => {
        const rows = await db
          .withTables<TireTables>()
          .selectFrom('cure_recipe')
          .selectAll()
          .where('code', '>', cursor)
          .orderBy('code')
          .limit(limit + 1)
          .execute();
        const items = rows
          .slice(0, limit)
          .map(({ organization: _own, created_at, ...row }) => ({ ...row, created_at: created_at.toISOString() }));
        return { items, next: rows.length > limit ? (items.at(-1)?.code ?? null) : null };
      },
    }),
  },
  runs: {
    cure: query({
      permission: 'tire.runs.read',
      rest: { method: 'GET', path: '/tire/runs/{run}/cure', summary: 'The cure of a press run: its equivalent, window and findings', tags },
      input: z.object({ run: z.uuid() }),
      output: evaluatedRunSchema,
      run: async ({ core }, { run }) => viewEvaluatedRun(await core.run(run)),
    }),
  },
  size: {
    parse: query({
      permission: 'tire.size.read',
      rest: { method: 'GET', path: '/tire/size', summary: 'Read a tire size marking, with what it implies or every issue', tags },
      input: z.object({ size: z.string().max(60) }),
      output: z.object({ size: sizeView.nullable(), issues: issuesSchema }),
      run: async (_call, { size }) => {
        const parsed = parseSize(size);
        return { size: parsed.size && { ...parsed.size, marking: formatSize(parsed.size) }, issues: [...parsed.issues] };
      },
    }),
    fits: query({
      permission: 'tire.size.read',
      rest: { method: 'GET', path: '/tire/size/fits', summary: 'Whether tires of a size carry an axle at a speed', tags },
      input: z.object({
        size: z.string().max(60),
        axleLoad: z.number().positive().max(100_000),
        speed: z.number().positive().max(500),
        dual: z.boolean().default(false),
      }),
      output: z.object({
        fits: z.boolean(),
        loadPerTire: z.number().nullable(),
        axleCapacity: z.number().nullable(),
        margin: z.number().nullable(),
        words: wordsSchema,
        issues: issuesSchema,
      }),
      run: async (_call, { size, ...service }) => {
        const parsed = parseSize(size);
        if (parsed.size) return { ...fits(parsed.size, service), issues: [] };
        const issues = [...parsed.issues];
        const words = issues[0]?.words ?? { en: '', zh: '' };
        return { fits: false, loadPerTire: null, axleCapacity: null, margin: null, words, issues };
      },
    }),
  },
  tin: {
    parse: query({
      permission: 'tire.size.read',
      rest: { method: 'GET', path: '/tire/tin', summary: 'Read a tire identification number (49 CFR 574.5)', tags },
      input: z.object({ tin: z.string().max(60) }),
      output: z.object({ identification: identificationView.nullable(), issues: issuesSchema }),
      run: async ({ now }, { tin }) => {
        const parsed = parseTin(tin, now);
        return { identification: parsed.identification, issues: [...parsed.issues] };
      },
    }),
  },
});

export type TireApi = ReturnType<typeof tireApi>;
