import { z } from 'zod';
import { sqlMigration } from '../database/index.js';
import { type ApiBuilder, defineVertical, type VerticalCall, verticalTable } from './index.js';

export type KilnTables = {
  recipe: { id: string; organization: string; code: string; peak: number; record_id: string | null };
};

interface KilnConfig {
  readonly [key: string]: unknown;
  readonly hottest: number;
}

/** What `kiln.try` does; a test sets it. */
export const attempt: { act: (call: VerticalCall<KilnConfig>) => Promise<unknown> } = { act: async () => null };

const recipe = z.object({ code: z.string(), peak: z.number() });

const kilnApi = ({ query, command }: ApiBuilder<KilnConfig>) => ({
  recipes: {
    create: command({
      permission: 'kiln.recipes',
      rest: { method: 'POST', path: '/kiln/recipes', summary: 'Create a recipe' },
      input: recipe.extend({ id: z.uuid(), record: z.uuid().nullable().default(null) }),
      output: z.object({ code: z.string(), hottest: z.number() }),
      run: async ({ db, core, organization, config }, input) => {
        await db
          .withTables<KilnTables>()
          .insertInto('recipe')
          .values({ id: input.id, organization, code: input.code, peak: input.peak, record_id: input.record })
          .execute();
        await core.appendEvent({ type: 'kiln.recipe_created', body: { code: input.code } });
        return { code: input.code, hottest: config.hottest };
      },
    }),
    list: query({
      permission: 'kiln.recipes',
      rest: { method: 'GET', path: '/kiln/recipes', summary: 'List recipes' },
      input: z.object({}),
      output: z.object({ items: z.array(recipe), next: z.null() }),
      run: async ({ db }) => ({
        items: await db.withTables<KilnTables>().selectFrom('recipe').select(['code', 'peak']).orderBy('code', 'desc').execute(),
        next: null,
      }),
    }),
  },
  try: command({
    permission: 'kiln.recipes',
    rest: { method: 'POST', path: '/kiln/try', summary: 'Do what the test says' },
    input: z.object({}),
    output: z.object({ answer: z.json() }),
    run: async (call) => ({ answer: ((await attempt.act(call)) ?? null) as null }),
  }),
});

const words = (en: string, zh: string) => ({ en, zh });

/** A small whole vertical for tests. */
export const kiln = defineVertical({
  id: 'kiln',
  version: '1.2.0',
  platform: '^0.1.0',
  words: { name: words('Kilns', '窑炉'), description: words('Firing of ceramics', '陶瓷烧成') },
  permissions: { 'kiln.recipes': { en: 'Keep recipes', zh: '管理配方', roles: ['production'] } },
  config: z.object({ hottest: z.number().max(1800).default(1300) }),
  migrations: {
    '0001-recipes': sqlMigration(`
      create table vertical_kiln.recipe (
        id uuid primary key, organization uuid not null, code text not null, peak double precision not null,
        record_id uuid references core.record (id), unique (organization, code));
      ${verticalTable('kiln', 'recipe', { references: ['record_id'] })}`),
  },
  api: kilnApi,
  itemSpecifications: [
    {
      id: 'kiln/tile@1',
      words: words('Tile', '瓷砖'),
      schema: z.object({ edge_mm: z.number().positive() }),
      fields: { edge_mm: words('Edge', '边长') },
      summary: (value) => `${String(value['edge_mm'])} mm`,
      example: { edge_mm: 600 },
    },
  ],
  itemKinds: [{ id: 'kiln/tile', words: words('Tile', '瓷砖'), unit: 'H87', serialized: false, specification: 'kiln/tile@1' }],
  equipmentModels: [
    {
      id: 'kiln.chamber',
      words: words('Chamber kiln', '梭式窑'),
      signals: [{ name: 'temperature', kind: 'number', unit: 'Cel', words: words('Temperature', '温度') }],
    },
  ],
  runEvaluators: [
    {
      id: 'kiln.firing',
      words: words('Firing', '烧成'),
      equipmentModel: 'kiln.chamber',
      signals: ['temperature'],
      tailMs: 0,
      facts: async ({ db, run }) => {
        const found = await db
          .withTables<KilnTables>()
          .selectFrom('recipe')
          .select('peak')
          .where('code', '=', run.program ?? '')
          .executeTakeFirst();
        return { peak: found?.peak ?? null };
      },
      evaluate: ({ samples, facts }) => {
        const hottest = Math.max(...(samples['temperature']?.value ?? []));
        const wanted = facts['peak'] as number | null;
        const holds = wanted !== null && hottest >= wanted;
        return {
          verdict: wanted === null ? 'inconclusive' : holds ? 'pass' : 'fail',
          values: { peak: { value: hottest, unit: 'Cel', words: words('Peak', '峰值') } },
          curves: [],
          findings: [{ code: 'peak_reached', holds, words: words(`${hottest} of ${wanted} °C`, `${hottest} / ${wanted} °C`) }],
        };
      },
    },
  ],
  gates: [
    {
      id: 'kiln.firing',
      words: words('Fired hot enough', '烧成温度足够'),
      check: ({ runs }) => {
        if (runs.length === 0) return null;
        const failed = runs.find((run) => run.evaluation?.verdict !== 'pass');
        return failed
          ? {
              holds: false,
              words: words(`Run ${failed.key} failed`, `炉次 ${failed.key} 不合格`),
              evidence: [{ kind: 'process_run', id: failed.id }],
            }
          : { holds: true, words: words('Every run passed', '全部合格'), evidence: runs.map(({ id }) => ({ kind: 'process_run', id })) };
      },
    },
  ],
  pages: [
    {
      id: 'kiln.overview',
      words: words('Kilns', '窑炉'),
      permission: 'kiln.recipes',
      blocks: [
        {
          kind: 'equipment',
          words: words('Kilns', '窑炉'),
          model: 'kiln.chamber',
          signals: ['temperature'],
          evaluator: { id: 'kiln.firing', values: ['peak'], curves: [] },
        },
        {
          kind: 'table',
          words: words('Recipes', '配方'),
          query: 'recipes.list',
          columns: [{ field: 'code', words: words('Code', '编号') }],
          empty: words('None yet', '暂无'),
        },
        {
          kind: 'form',
          words: words('New recipe', '新配方'),
          command: 'recipes.create',
          fields: [{ name: 'code', words: words('Code', '编号'), kind: 'text' }],
          submit: words('Create', '新建'),
        },
      ],
    },
  ],
});
