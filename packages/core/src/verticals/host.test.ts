import { CompiledQuery, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRecord } from '../access/index.js';
import { createCallerFactory, router } from '../commands/index.js';
import { createCommerceService } from '../commerce/index.js';
import { newId } from '../database/index.js';
import { createEngineeringService } from '../engineering/index.js';
import { defineErrors } from '../errors/index.js';
import { createLifecycleService, joinGates, openLot } from '../lifecycle/index.js';
import { createOrderService, orderProgress } from '../orders/index.js';
import { createProductionService, noEvaluators, runProofs } from '../production/index.js';
import { createCaseService } from '../service/index.js';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
  testContext,
} from '../testing/index.js';
import {
  createVerticalRouter,
  createVerticalService,
  enableVertical,
  loadVerticals,
  type VerticalCall,
  type VerticalPorts,
  verticalRouters,
} from './index.js';
import { attempt, type KilnTables, kiln } from './kiln.fixture.js';

const orders = createOrderService({ specifications: (given) => given });
const production = createProductionService({ evaluators: noEvaluators, progress: orderProgress });
const ports: VerticalPorts = {
  evaluatedRun: async () => Promise.reject(new Error('no runs here')),
  runsOfLot: async () => [],
  specificationOfLot: async () => null,
  historyOfLot: async () => ({ units: [], materials: [], identifiers: [], activities: [] }),
  services: {
    engineering: createEngineeringService(),
    lifecycle: createLifecycleService({ gates: joinGates(), proofs: runProofs }),
    production,
    orders,
    service: createCaseService(production),
    commerce: createCommerceService({ specifications: (given) => given, orders }),
  },
};
const verticals = loadVerticals([{ source: 'kiln', exported: kiln, config: { hottest: 1250 } }], { platformVersion: '0.1.0' });
const service = createVerticalService({ verticals });

/** The kiln's procedures as a caller of the SDK knows them. */
interface KilnCaller {
  readonly kiln: {
    readonly recipes: {
      create(input: { id: string; code: string; peak: number; record?: string }): Promise<{ code: string; hottest: number }>;
      list(input: object): Promise<{ items: { code: string; peak: number }[] }>;
    };
    try(input: object): Promise<{ answer: unknown }>;
  };
  readonly verticals: ReturnType<ReturnType<typeof createCallerFactory<ReturnType<typeof createVerticalRouter>>>>;
}
const createCaller = createCallerFactory(router({ ...verticalRouters(verticals, ports), verticals: createVerticalRouter(service) }));

let db: TestDatabase;
let maker: TestOrganization;
let rival: TestOrganization;
const as = (who: TestOrganization, idempotencyKey?: string) =>
  createCaller(testContext(db, who, idempotencyKey ? { idempotencyKey } : {})) as unknown as KilnCaller;

beforeAll(async () => {
  db = await createTestDatabase();
  maker = await createTestOrganization(db, 'maker');
  rival = await createTestOrganization(db, 'rival');
  expect(await enableVertical(db.owner, verticals[0]!)).toEqual(['0001-recipes']);
  expect(await enableVertical(db.owner, verticals[0]!)).toEqual([]);
  for (const who of [maker, rival]) await as(who).verticals.enable({ vertical: 'kiln' });
});
afterAll(() => db.close());
beforeEach(() => db.owner.pool.query('delete from vertical_kiln.recipe'));

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing failed',
    (error: { cause?: { code?: string }; code?: string; message?: string }) => error.cause?.code ?? error.code ?? error.message,
  );
const doing = (act: (call: VerticalCall<never>) => Promise<unknown>, who = maker) => {
  attempt.act = act as typeof attempt.act;
  return as(who).kiln.try({});
};
const recipesOf = async () =>
  (await db.owner.pool.query<{ code: string }>('select code from vertical_kiln.recipe order by code')).rows.map(({ code }) => code);
const eventsOf = async (type: string) => (await db.owner.pool.query('select from core.event where type = $1', [type])).rowCount;
const newRecipe = (code: string, more: object = {}) => ({
  id: newId(),
  organization: maker.id,
  code,
  peak: 1200,
  record_id: null,
  ...more,
});

describe('a vertical of an organization', () => {
  it('writes and reads its own rows with its configuration, its events and idempotency', async () => {
    const input = { id: newId(), code: 'earthenware', peak: 1100 };
    const key = newId();
    expect(await as(maker, key).kiln.recipes.create(input)).toEqual({ code: 'earthenware', hottest: 1250 });
    expect(await as(maker, key).kiln.recipes.create(input)).toEqual({ code: 'earthenware', hottest: 1250 });
    expect((await as(maker).kiln.recipes.list({})).items).toEqual([{ code: 'earthenware', peak: 1100 }]);
    expect((await as(rival).kiln.recipes.list({})).items).toEqual([]);
    expect(await eventsOf('kiln.recipe_created')).toBe(1);
  });

  it("calls core's services as core, for its organization, and goes on as itself", async () => {
    const lot = await asOrganization(db, maker, (scope) => openLot(scope, { code: 'L-1', unit: 'H87' }));
    const input = { limit: 10 };
    const lots = await doing(async ({ core, db: own }) => {
      const { items } = await core.lifecycle.list(input);
      await own.withTables<KilnTables>().insertInto('recipe').values(newRecipe('after core')).execute();
      return items.map(({ code }) => code);
    });
    expect(lots.answer).toEqual(['L-1']);
    expect((await doing(async ({ core }) => (await core.lifecycle.list(input)).items.length, rival)).answer).toBe(0);
    expect(await codeOf(doing(({ core }) => core.lifecycle.get(lot.id), rival))).toBe('request.not_found');
    expect(await recipesOf()).toEqual(['after core']);
  });

  it('is not there for an organization that has not enabled it, and comes back with its rows', async () => {
    await as(maker).kiln.recipes.create({ id: newId(), code: 'stoneware', peak: 1250 });
    await as(maker).verticals.disable({ vertical: 'kiln' });
    expect(await codeOf(as(maker).kiln.recipes.list({}))).toBe('verticals.not_enabled');
    expect((await as(maker).verticals.pages({})).verticals).toEqual([]);
    await as(maker).verticals.enable({ vertical: 'kiln' });
    expect((await as(maker).kiln.recipes.list({})).items).toHaveLength(1);
  });

  it('is listed with what is enabled, and gives the console its pages as data', async () => {
    expect((await as(maker).verticals.list({})).items).toMatchObject([
      { id: 'kiln', version: '1.2.0', name: { en: 'Kilns', zh: '窑炉' }, enabledAt: expect.any(String) },
    ]);
    const [shown] = (await as(maker).verticals.pages({})).verticals;
    expect(shown?.pages[0]?.blocks.map(({ kind }) => kind)).toEqual(['equipment', 'table', 'form']);
    expect(shown?.equipmentModels[0]?.signals[0]?.unit).toBe('Cel');
    expect(shown?.specifications[0]).toMatchObject({ id: 'kiln/tile@1', jsonSchema: { type: 'object', required: ['edge_mm'] } });
    const viewer = await createTestOrganization(db, 'viewer', ['verticals.*']);
    await as(viewer).verticals.enable({ vertical: 'kiln' });
    expect((await as(viewer).verticals.pages({})).verticals[0]?.pages).toEqual([]);
    expect(await codeOf(as(viewer).kiln.recipes.list({}))).toBe('access.forbidden');
    expect(await codeOf(as(maker).verticals.enable({ vertical: 'loom' }))).toBe('verticals.unknown');
  });
});

describe('a vertical that oversteps', () => {
  it.each<[string, (call: VerticalCall<never>) => Promise<unknown>]>([
    ['reset role', ({ db }) => sql`reset role`.execute(db)],
    ['set local role', ({ db }) => db.executeQuery(CompiledQuery.raw('set local role yunfab_runtime'))],
    ['set_config as a statement', ({ db }) => sql`select set_config('yunfab.organization', 'x', true)`.execute(db)],
    [
      'set_config as a function',
      ({ db }) =>
        db
          .withTables<KilnTables>()
          .selectFrom('recipe')
          .select((eb) => eb.fn('set_config', [eb.val('role'), eb.val('none'), eb.val(true)]).as('x'))
          .execute(),
    ],
    [
      'pg_sleep',
      ({ db }) =>
        db
          .withTables<KilnTables>()
          .selectFrom('recipe')
          .select((eb) => eb.fn('pg_sleep', [eb.val(1)]).as('x'))
          .execute(),
    ],
    [
      'a raw fragment in a select',
      ({ db }) => db.withTables<KilnTables>().selectFrom('recipe').select(sql`set_config('role', 'none', true)`.as('x')).execute(),
    ],
    [
      'a raw fragment in an order',
      ({ db }) => db.withTables<KilnTables>().selectFrom('recipe').select('code').orderBy(sql`set_config('role', 'none', true)`).execute(),
    ],
    [
      'a table of core',
      ({ db }) => db.withSchema('core').withTables<{ api_key: { name: string } }>().selectFrom('api_key').select('name').execute(),
    ],
    [
      'a table of core by its full name',
      ({ db }) => db.withTables<{ 'core.api_key': { name: string } }>().selectFrom('core.api_key').select('name').execute(),
    ],
    [
      'the catalogue',
      ({ db }) => db.withoutPlugins().withTables<{ pg_roles: { rolname: string } }>().selectFrom('pg_roles').select('rolname').execute(),
    ],
    ['a table made on the way', ({ db }) => db.schema.createTable('more').addColumn('a', 'text').execute()],
    ['a dropped table', ({ db }) => db.schema.dropTable('recipe').execute()],
    ['a transaction of its own', ({ db }) => db.transaction().execute(async () => null)],
    [
      'an operator made by hand',
      ({ db }) =>
        db
          .withTables<KilnTables>()
          .selectFrom('recipe')
          .select('code')
          .where((eb) =>
            eb(
              eb.val(1),
              { toOperationNode: () => ({ kind: 'OperatorNode', operator: "= 1 or set_config('role', 'none', true) =" }) } as never,
              eb.val(1),
            ),
          )
          .execute(),
    ],
    ['an explained statement', ({ db }) => db.withTables<KilnTables>().selectFrom('recipe').select('code').explain()],
    [
      'a checked tree with another text',
      ({ db }) => {
        const honest = db.withTables<KilnTables>().selectFrom('recipe').select('code').compile();
        return db.executeQuery({ ...honest, sql: 'reset role' }).then(({ rows }) => ({ rows: rows.length }));
      },
    ],
  ])('is refused %s', async (what, act) => {
    const outcome = await codeOf(doing(act));
    // The host runs what it compiled from the tree, so the forged text is harmless rather than refused.
    expect(outcome).toBe(what === 'a checked tree with another text' ? 'nothing failed' : 'verticals.statement_refused');
  });

  it('is let through what Kysely can say within its schema', async () => {
    const { answer } = await doing(async ({ db }) => {
      const tables = db.withTables<KilnTables>();
      await tables
        .insertInto('recipe')
        .values([newRecipe('a'), newRecipe('b', { peak: 900 }), newRecipe('c')])
        .execute();
      await tables
        .insertInto('recipe')
        .values(newRecipe('a'))
        .onConflict((c) => c.columns(['organization', 'code']).doUpdateSet({ peak: 1234 }))
        .execute();
      await tables
        .updateTable('recipe')
        .set((eb) => ({ peak: eb('peak', '+', 1) }))
        .where('code', '=', 'b')
        .returning('peak')
        .execute();
      await tables.deleteFrom('recipe').where('code', '=', 'c').execute();
      await tables
        .selectFrom('recipe')
        .select('id')
        .orderBy('code', (order) => order.desc().nullsLast())
        .limit(1)
        .forUpdate()
        .execute();
      return tables
        .with('hot', (q) => q.selectFrom('recipe as r').select(['r.code', 'r.peak']).where('r.peak', '>', 1000))
        .selectFrom('hot')
        .innerJoin('recipe', 'recipe.code', 'hot.code')
        .select(({ fn, ref }) => [
          'hot.code',
          fn.countAll<number>().as('n'),
          fn.max('hot.peak').as('peak'),
          fn<string>('upper', [ref('hot.code')]).as('loud'),
        ])
        .groupBy('hot.code')
        .orderBy('hot.code', 'desc')
        .execute();
    });
    expect(answer).toEqual([{ code: 'a', n: 1, peak: 1234, loud: 'A' }]);
  });

  it('cannot read core even if its role were left standing, and core runs as runtime between its statements', async () => {
    const { answer } = await doing(async ({ db, core }) => {
      await db.withTables<KilnTables>().insertInto('recipe').values(newRecipe('one')).execute();
      await Promise.all([
        db.withTables<KilnTables>().insertInto('recipe').values(newRecipe('two')).execute(),
        core.appendEvent({ type: 'kiln.fired', body: {} }),
        db.withTables<KilnTables>().insertInto('recipe').values(newRecipe('three')).execute(),
      ]);
      return db
        .withTables<KilnTables>()
        .selectFrom('recipe')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirst();
    });
    expect(answer).toEqual({ n: 3 });
    const client = await db.database.runtime.pool.connect();
    try {
      await client.query(`begin; select core.enter('${maker.id}')`);
      await client.query('set local role yunfab_plugin_kiln');
      await expect(client.query('select name from core.api_key')).rejects.toThrow(/permission denied/);
      await client.query('rollback; begin');
      await client.query('set local role yunfab_plugin_kiln');
      await expect(client.query(`select core.enter('${rival.id}')`)).rejects.toThrow(/permission denied/);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('cannot reach the rows of another organization, nor write in its name', async () => {
    await as(rival).kiln.recipes.create({ id: newId(), code: 'secret', peak: 1 });
    const { answer } = await doing(async ({ db }) => db.withTables<KilnTables>().selectFrom('recipe').selectAll().execute());
    expect(answer).toEqual([]);
    expect(
      await codeOf(
        doing(({ db }) =>
          db
            .withTables<KilnTables>()
            .insertInto('recipe')
            .values(newRecipe('forged', { organization: rival.id }))
            .execute(),
        ),
      ),
    ).toBe('42501');
    expect(await recipesOf()).toEqual(['secret']);
  });

  it('cannot tie its rows to a record that the organization does not see, although a foreign key alone would let it', async () => {
    const hidden = newId<'record'>();
    const own = newId<'record'>();
    await asOrganization(db, rival, (scope) =>
      createRecord(scope, { id: hidden, kind: 'lot', parties: [{ organization: rival.id, role: 'owner' }] }),
    );
    await asOrganization(db, maker, (scope) =>
      createRecord(scope, { id: own, kind: 'lot', parties: [{ organization: maker.id, role: 'owner' }] }),
    );
    expect(await codeOf(as(maker).kiln.recipes.create({ id: newId(), code: 'x', peak: 1, record: hidden }))).toBe('42501');
    expect(await codeOf(as(maker).kiln.recipes.create({ id: newId(), code: 'x', peak: 1, record: newId() }))).toBe('42501');
    expect(await codeOf(doing(({ core }) => core.requireVisible('lot', hidden)))).toBe('request.not_found');
    await as(maker).kiln.recipes.create({ id: newId(), code: 'x', peak: 1, record: own });
    expect(await recipesOf()).toEqual(['x']);
  });

  it('leaves nothing behind when it throws, in its own words or by a failed statement it swallowed', async () => {
    const kilnErrors = defineErrors('kiln', { cold: { status: 422, en: 'Too cold.', zh: '温度过低。' } });
    const insert = ({ db }: VerticalCall<never>, code: string, more: object = {}) =>
      db.withTables<KilnTables>().insertInto('recipe').values(newRecipe(code, more)).execute();
    expect(
      await codeOf(
        doing(async (call) => {
          await insert(call, 'a');
          await call.core.appendEvent({ type: 'kiln.lost', body: {} });
          throw kilnErrors.cold();
        }),
      ),
    ).toBe('kiln.cold');
    expect(
      await codeOf(
        doing(async (call) => {
          await insert(call, 'a');
          await insert(call, 'a').catch(() => {});
        }),
      ),
    ).toBe('23505');
    expect(await recipesOf()).toEqual([]);
    expect(await eventsOf('kiln.lost')).toBe(0);
  });

  it('cannot use its handle when the call is over, nor write events of others', async () => {
    let kept: VerticalCall<never> | undefined;
    await doing(async (call) => {
      kept = call;
    });
    const late = codeOf(kept!.db.withTables<KilnTables>().insertInto('recipe').values(newRecipe('late')).execute());
    expect(await late).toBe('verticals.call_ended');
    expect(await codeOf(doing(({ core }) => core.appendEvent({ type: 'orders.accepted', body: {} })))).toBe('verticals.event_refused');
    expect(await recipesOf()).toEqual([]);
  });
});
