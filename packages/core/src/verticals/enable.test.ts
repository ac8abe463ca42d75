import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlMigration } from '../database/index.js';
import { asOrganization, createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../testing/index.js';
import type { GateRun } from './index.js';
import {
  createVerticalService,
  enableVertical,
  gatePredicates,
  type LoadedVertical,
  loadVerticals,
  noHistory,
  purgeVertical,
  runEvaluators,
  specificationParser,
  type Vertical,
} from './index.js';
import { kiln } from './kiln.fixture.js';

const verticals = loadVerticals([{ source: 'kiln', exported: kiln }], { platformVersion: '0.1.0' });
const loaded = verticals[0] as LoadedVertical;
const service = createVerticalService({ verticals });
let db: TestDatabase;
let maker: TestOrganization;
let other: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  maker = await createTestOrganization(db, 'maker');
  other = await createTestOrganization(db, 'other');
  await enableVertical(db.owner, loaded);
});
afterAll(() => db.close());

/** A vertical whose migrations passed the reading of their text, but whose schema is unsafe all the same. */
const unsafe = (sql: string): LoadedVertical => ({
  ...loaded,
  vertical: { ...(kiln as unknown as Vertical), id: 'unsafe', migrations: { '0001-a': sqlMigration(sql) } },
});
const table = (policies: string) => `
  create table vertical_unsafe.a (organization uuid not null, record_id uuid references core.record (id));
  alter table vertical_unsafe.a enable row level security; alter table vertical_unsafe.a force row level security;
  grant select, insert on vertical_unsafe.a to yunfab_plugin_unsafe; ${policies}`;

describe('enableVertical', () => {
  it.each([
    [
      'a table that is not forced',
      'create table vertical_unsafe.a (organization uuid not null)',
      'table a has no forced row-level security',
    ],
    [
      'a policy for everybody',
      table('create policy all_see on vertical_unsafe.a for select using (true)'),
      'policy all_see of table a does not ask core.organization()',
    ],
    [
      'a foreign key that nothing checks',
      table(
        'create policy own on vertical_unsafe.a using (organization = core.organization()) with check (organization = core.organization())',
      ),
      'column record_id of table a references core.record but no insert policy checks',
    ],
    ['a view past row-level security', 'create view vertical_unsafe.v as select 1 as one', 'view v is not security_invoker'],
    ['a materialized view', 'create materialized view vertical_unsafe.m as select 1 as one', "would show every organization's rows"],
  ])('refuses %s and leaves nothing behind', async (_what, sql, problem) => {
    await expect(enableVertical(db.owner, unsafe(sql))).rejects.toMatchObject({
      code: 'verticals.unsafe_schema',
      details: { problems: expect.arrayContaining([expect.stringContaining(problem)]) },
    });
    expect((await db.owner.pool.query("select from pg_namespace where nspname = 'vertical_unsafe'")).rowCount).toBe(0);
  });

  it('gives the role nothing but its own schema and the ids of visible records', async () => {
    const { rows } = await db.owner.pool.query<{ name: string }>(`
      select distinct table_schema || '.' || table_name as name from information_schema.column_privileges where grantee = 'yunfab_plugin_kiln' order by 1`);
    expect(rows.map(({ name }) => name)).toEqual(['core.record', 'vertical_kiln.recipe']);
    const { rows: role } = await db.owner.pool.query(
      `select rolcanlogin, rolsuper, rolbypassrls from pg_roles where rolname = 'yunfab_plugin_kiln'`,
    );
    expect(role).toEqual([{ rolcanlogin: false, rolsuper: false, rolbypassrls: false }]);
  });
});

describe('what production and lifecycle ask of verticals', () => {
  const run = (key: string, verdict: 'pass' | 'fail'): GateRun => ({
    id: randomUUID(),
    key,
    equipment: randomUUID(),
    equipmentModel: 'kiln.chamber',
    startedAt: 0,
    endedAt: 1,
    evaluation: { evaluator: 'kiln.firing', verdict, values: {}, curves: [], findings: [] },
  });
  const lot = { id: randomUUID(), code: 'L1', unit: 'H87', quantity: '10' };
  const gates = (runs: GateRun[]) =>
    gatePredicates(verticals, {
      runsOfLot: async () => runs,
      specificationOfLot: async () => null,
      historyOfLot: async () => noHistory,
      evaluatedRun: async () => Promise.reject(new Error('no runs here')),
    });

  it('judges a run by a recipe of the organization, only where the vertical is enabled', async () => {
    await asOrganization(db, maker, (scope) => service.enable(scope, 'kiln'));
    await db.owner.pool.query(`insert into vertical_kiln.recipe values ($1, $2, 'P1', 1200, null), ($3, $4, 'P2', 1, null)`, [
      randomUUID(),
      maker.id,
      randomUUID(),
      other.id,
    ]);
    const judge = (program: string) =>
      asOrganization(db, maker, async (scope) => {
        const evaluator = await runEvaluators(verticals).find(scope, 'kiln.chamber');
        expect(evaluator).toMatchObject({ id: 'kiln.firing', version: '1.2.0', signals: ['temperature'] });
        return evaluator?.evaluate(scope, {
          run: { key: 'r1', program, startedAt: 0, endedAt: 1, until: 1 },
          samples: { temperature: { ts: [0, 1], value: [20, 1210] } },
          specification: null,
        });
      });
    expect(await judge('P1')).toMatchObject({ verdict: 'pass', findings: [{ words: { en: '1210 of 1200 °C' } }] });
    expect(await judge('P2')).toMatchObject({ verdict: 'inconclusive' });
    expect(await asOrganization(db, other, (scope) => runEvaluators(verticals).find(scope, 'kiln.chamber'))).toBeNull();
    expect(await asOrganization(db, maker, (scope) => runEvaluators(verticals).find(scope, 'loom.loom'))).toBeNull();
  });

  it('gives the gates of enabled verticals that have something to say about the lot', async () => {
    const asked = (runs: GateRun[], who = maker) =>
      asOrganization(db, who, async (scope) =>
        Promise.all((await gates(runs).predicates(scope, lot)).map((predicate) => predicate.check(scope, lot))),
      );
    const bad = run('r2', 'fail');
    expect(await asked([run('r1', 'pass'), bad])).toEqual([
      { holds: false, words: { en: 'Run r2 failed', zh: '炉次 r2 不合格' }, evidence: [{ kind: 'process_run', id: bad.id }] },
    ]);
    expect(await asked([run('r1', 'pass')])).toMatchObject([{ holds: true }]);
    expect(await asked([])).toEqual([]);
    expect(await asked([bad], other)).toEqual([]);
  });

  it('parses the specification of an order line, or says which field is wrong', () => {
    const parse = specificationParser(verticals);
    expect(parse({ schema: 'kiln/tile@1', value: { edge_mm: 300, colour: 'red' } })).toEqual({
      schema: 'kiln/tile@1',
      value: { edge_mm: 300 },
      summary: '300 mm',
    });
    expect(() => parse({ schema: 'kiln/tile@1', value: { edge_mm: -1 } })).toThrowError(
      expect.objectContaining({ code: 'verticals.specification_invalid', details: expect.objectContaining({ field: 'edge_mm' }) }),
    );
    expect(() => parse({ schema: 'loom/cloth@1', value: {} })).toThrowError(
      expect.objectContaining({ code: 'verticals.specification_unknown' }),
    );
  });
});

describe('purgeVertical', () => {
  it('keeps everything when saving fails, and otherwise hands over every row before it drops the schema', async () => {
    const count = async () => (await db.owner.pool.query<{ n: number }>('select count(*)::int as n from vertical_kiln.recipe')).rows[0]?.n;
    await db.owner.pool.query(
      `insert into vertical_kiln.recipe select gen_random_uuid(), $1, 'bulk ' || n, n, null from generate_series(1, 2500) n`,
      [other.id],
    );
    const before = await count();
    await expect(purgeVertical(db.owner, 'kiln', () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
    expect(await count()).toBe(before);
    const lines: string[] = [];
    const purged = await purgeVertical(db.owner, 'kiln', async (rows) => {
      for await (const line of rows) lines.push(line);
    });
    expect(purged).toBe(before);
    expect(new Set(lines.map((line) => JSON.parse(line).row.id)).size).toBe(before);
    expect(JSON.parse(lines[0] as string)).toMatchObject({
      table: 'recipe',
      row: { code: expect.any(String), organization: expect.any(String) },
    });
    expect((await db.owner.pool.query("select from pg_namespace where nspname = 'vertical_kiln'")).rowCount).toBe(0);
    expect((await asOrganization(db, maker, (scope) => service.list(scope))).items[0]?.enabledAt).toBeNull();
    expect(await enableVertical(db.owner, loaded)).toEqual(['0001-recipes']);
  });

  it('begins anew when something that writes to the vertical and the drop wait for each other', async () => {
    await db.owner.pool.query(`insert into vertical_kiln.recipe values (gen_random_uuid(), $1, 'last', 1, null)`, [other.id]);
    const user = await db.owner.pool.connect();
    let writing: Promise<unknown> = Promise.resolve();
    const handedOut: number[] = [];
    try {
      await user.query('begin; lock table core.record in access share mode');
      const purged = await purgeVertical(db.owner, 'kiln', async (rows) => {
        let count = 0;
        for await (const _line of rows) count++;
        if (handedOut.push(count) > 1) return;
        // It waits for the purge, which then waits for it: PostgreSQL looks for a circle a second after a wait began, and breaks the later.
        writing = user.query(`delete from vertical_kiln.recipe where code = 'none'`).finally(() => user.query('rollback'));
        await sleep(1500);
      });
      expect(purged).toBe(1);
      await writing;
    } finally {
      user.release();
    }
    expect(handedOut).toEqual([1, 1]);
    expect(await enableVertical(db.owner, loaded)).toEqual(['0001-recipes']);
  }, 20_000);

  it('lets go on what judges by the vertical while it holds a table of core', async () => {
    await db.owner.pool.query(`insert into vertical_kiln.recipe values (gen_random_uuid(), $1, 'last', 1, null)`, [other.id]);
    const user = await db.owner.pool.connect();
    let saved = 0;
    try {
      await user.query('begin; lock table core.record in access share mode');
      const purged = await purgeVertical(db.owner, 'kiln', async (rows) => {
        for await (const _line of rows) saved++;
        expect((await user.query('select from vertical_kiln.recipe')).rowCount).toBe(1);
        await user.query('commit');
      });
      expect(purged).toBe(1);
    } finally {
      user.release();
    }
    expect(saved).toBe(1);
    expect(await enableVertical(db.owner, loaded)).toEqual(['0001-recipes']);
  });
});
