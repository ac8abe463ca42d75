import { newId } from '@yunfab/core/database';
import { type Chart, chartSchema } from '@yunfab/core/verticals';
import { z } from 'zod';
import { peripheralsErrors } from '../errors.js';
import type { PeripheralsTables } from '../tables.js';
import { partAt } from '../units/genealogy.js';
import { type Builder, instant, lineText, tags, words } from './shared.js';
import { tracedParts, unitBySerial } from './units.js';

const failureSchema = z.object({
  case: z.uuid(),
  number: z.string(),
  unit: z.uuid(),
  serial: z.string(),
  symptom: z.string(),
  designator: z.string().nullable(),
  component: z.string().nullable(),
  at: instant,
});

const paretoRow = z.object({
  designator: z.string(),
  component: z.string().nullable(),
  componentCode: z.string(),
  componentMaker: z.string(),
  failures: z.number().int(),
  /** Units, parts of other units left out, that hold something of the same component lot. */
  exposed: z.number().int(),
});

export const failuresApi = ({ query, command }: Builder) => ({
  report: command({
    permission: 'peripherals.failures.report',
    rest: {
      method: 'POST',
      path: '/peripherals/failures',
      summary: 'Report a failure in use by serial number; a case goes to the maker',
      tags,
    },
    input: z.object({
      serial: lineText(60),
      symptom: z.string().trim().min(1).max(2000),
      /** Where the reporter suspects it: `C12`, or `MB1/C12` with the board. */
      designator: lineText(60).optional(),
      occurredAt: instant.optional(),
    }),
    output: failureSchema,
    run: async (call, { serial, symptom, designator, occurredAt }) => {
      const { core, db, organization, now, config } = call;
      const unit = await unitBySerial(call, serial);
      const dueBy = new Date(now.getTime() + config.failureAnswerDays * 86_400_000).toISOString();
      const opened = await core.service.openCase({
        thing: unit.id,
        kind: 'failure',
        symptom,
        ...(occurredAt === undefined ? {} : { occurredAt }),
        dueBy,
        evidence: [{ kind: 'unit', id: unit.id, ...(designator === undefined ? {} : { note: designator }) }],
      });
      await db
        .withTables<PeripheralsTables>()
        .insertInto('failure')
        .values({
          id: newId(),
          organization,
          case_id: opened.id,
          unit: unit.id,
          serial: unit.serial,
          symptom,
          designator: designator ?? null,
          occurred_at: new Date(opened.occurredAt),
          reported_at: now,
        })
        .execute();
      return {
        case: opened.id,
        number: opened.number,
        unit: unit.id,
        serial: unit.serial,
        symptom,
        designator: designator ?? null,
        component: null,
        at: opened.occurredAt,
      };
    },
  }),
  diagnose: command({
    permission: 'peripherals.failures.diagnose',
    rest: {
      method: 'POST',
      path: '/peripherals/failures/{case}/diagnosis',
      summary: 'Name the designator that failed; the lot that sat there is found and becomes evidence',
      tags,
    },
    input: z.object({ case: z.uuid(), designator: lineText(60), note: z.string().trim().max(2000).optional() }),
    output: failureSchema,
    run: async (call, { case: id, designator, note }) => {
      const { core, db, organization, now } = call;
      const tables = db.withTables<PeripheralsTables>();
      const failure = await tables.selectFrom('failure').selectAll().where('case_id', '=', id).executeTakeFirst();
      if (!failure) throw peripheralsErrors.failure_unknown({ case: id });
      const { traced, parts } = await tracedParts(call, failure.unit);
      const part = partAt(parts, traced.start, designator);
      if (!part) {
        const known = [...new Set(parts.flatMap((each) => each.designator ?? []))].slice(0, 20).join(', ') || '–';
        throw peripheralsErrors.designator_unknown({ designator, serial: failure.serial, known });
      }
      const { node } = part;
      const component = node.hidden ? null : node.node;
      const found = { component, component_code: node.code, component_maker: node.maker?.code ?? null, designator, note: note ?? null };
      await tables
        .insertInto('diagnosis')
        .values({ organization, case_id: id, unit: failure.unit, ...found, diagnosed_at: now })
        .onConflict((conflict) => conflict.columns(['organization', 'case_id']).doUpdateSet({ ...found, diagnosed_at: now }))
        .execute();
      if (component !== null && node.kind !== null)
        await core.service.addEvidence({ case: id, kind: node.kind, id: component, note: designator });
      const { number } = await core.service.getCase(id);
      return {
        case: id,
        number,
        unit: failure.unit,
        serial: failure.serial,
        symptom: failure.symptom,
        designator,
        component: node.code,
        at: failure.occurred_at.toISOString(),
      };
    },
  }),
  list: query({
    permission: 'peripherals.failures.read',
    rest: { method: 'GET', path: '/peripherals/failures', summary: 'Failures reported by or to your organization, newest first', tags },
    input: z.object({ limit: z.number().int().min(1).max(100).default(50), cursor: z.uuid().optional() }),
    output: z.object({ items: z.array(failureSchema.omit({ number: true })), next: z.string().nullable() }),
    run: async ({ db }, { limit, cursor }) => {
      const tables = db.withTables<PeripheralsTables>();
      // Ids are UUIDv7: their order is that of reporting.
      let page = tables
        .selectFrom('failure')
        .leftJoin('diagnosis', 'diagnosis.case_id', 'failure.case_id')
        .selectAll('failure')
        .select(['diagnosis.designator as diagnosed', 'diagnosis.component_code'])
        .orderBy('failure.id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) page = page.where('failure.id', '<', cursor);
      const rows = await page.execute();
      const items = rows.slice(0, limit);
      return {
        items: items.map((row) => ({
          case: row.case_id,
          unit: row.unit,
          serial: row.serial,
          symptom: row.symptom,
          designator: row.diagnosed ?? row.designator,
          component: row.component_code,
          at: row.occurred_at.toISOString(),
        })),
        next: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
      };
    },
  }),
  pareto: query({
    permission: 'peripherals.failures.read',
    rest: {
      method: 'GET',
      path: '/peripherals/failure-pareto',
      summary: 'Diagnosed failures by component lot and designator, most first, with the units that hold the same lot',
      tags,
    },
    input: z.object({}),
    output: z.object({ items: z.array(paretoRow), worst: paretoRow.nullable(), total: z.number().int(), chart: chartSchema }),
    run: async ({ db, core }) => {
      const rows = await db
        .withTables<PeripheralsTables>()
        .selectFrom('diagnosis')
        .selectAll()
        .orderBy('diagnosed_at')
        .limit(5000)
        .execute();
      const groups = new Map<string, typeof rows>();
      for (const row of rows) {
        const key = `${row.component ?? row.component_code ?? '?'}/${row.designator}`;
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
      const most = [...groups.values()].sort((a, b) => b.length - a.length).slice(0, 20);
      const items: z.infer<typeof paretoRow>[] = [];
      for (const group of most) {
        const [first] = group;
        if (!first) continue;
        const reached =
          first.component === null ? [] : (await core.lifecycle.reach({ thing: first.component, direction: 'forward', limit: 1000 })).items;
        items.push({
          designator: first.designator,
          component: first.component,
          componentCode: first.component_code ?? '–',
          componentMaker: first.component_maker ?? '–',
          failures: group.length,
          exposed: reached.filter(({ kind, state }) => kind === 'unit' && state !== 'installed').length,
        });
      }
      return { items, worst: items[0] ?? null, total: rows.length, chart: paretoChart(items, rows.length) };
    },
  }),
  exposed: query({
    permission: 'peripherals.failures.read',
    rest: {
      method: 'GET',
      path: '/peripherals/exposed-units',
      summary: 'Every unit that holds something of a component lot: what a recall would name',
      tags,
    },
    input: z.object({ lot: z.uuid(), limit: z.number().int().min(1).max(1000).default(200), cursor: z.string().max(7).optional() }),
    output: z.object({
      items: z.array(z.object({ unit: z.string(), serial: z.string(), state: words.nullable() })),
      total: z.number().int(),
      next: z.string().nullable(),
    }),
    run: async ({ core }, { lot, limit, cursor }) => {
      const { items, total, next } = await core.lifecycle.reach({ thing: lot, direction: 'forward', limit, ...(cursor ? { cursor } : {}) });
      return {
        items: items.flatMap(({ kind, node, code, state, stateWords }) =>
          kind === 'unit' && state !== 'installed' ? [{ unit: node, serial: code ?? '', state: stateWords }] : [],
        ),
        total,
        next,
      };
    },
  }),
});

/** Bars by component and place, with the running share of all failures. */
function paretoChart(rows: readonly z.infer<typeof paretoRow>[], total: number): Chart {
  let sum = 0;
  const label = (row: (typeof rows)[number]) => `${row.componentCode} · ${row.designator}`;
  return {
    x: { words: { en: 'Component lot and designator', zh: '元件批次与位号' }, kind: 'category' },
    y: { words: { en: 'Failures', zh: '故障数' } },
    series: [
      { words: { en: 'Failures', zh: '故障数' }, style: 'bar', points: rows.map((row) => [label(row), row.failures]) },
      {
        words: { en: 'Running total', zh: '累计' },
        style: 'line',
        points: rows.map((row) => [label(row), Math.min(total, (sum += row.failures))]),
      },
    ],
  };
}
