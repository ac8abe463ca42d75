import { newId } from '@yunfab/core/database';
import { drawingSchema, type VerticalCall } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { PeripheralsConfig } from '../config.js';
import { peripheralsErrors } from '../errors.js';
import type { BoundPart, PeripheralsTables } from '../tables.js';
import { judgeTest, measuredSchema } from '../units/final-test.js';
import { drawGenealogy, type Part, partsOf, type Traced } from '../units/genealogy.js';
import { type Builder, instant, lineText, tags, words } from './shared.js';

type Call = VerticalCall<PeripheralsConfig>;

const unitRef = z.object({ id: z.uuid(), serial: z.string() });
const partSchema = z.object({
  level: z.number().int(),
  designator: z.string().nullable(),
  kind: z.enum(['lot', 'unit']).nullable(),
  id: z.string(),
  code: z.string().nullable(),
  maker: words.nullable(),
  hidden: z.boolean(),
  at: instant,
  until: instant.nullable(),
});
const assembledSchema = z.object({
  unit: z.uuid(),
  activity: z.uuid(),
  /** Every designator of the revision has a material. */
  complete: z.boolean(),
  missing: z.array(z.string()),
});

/** The unit with this serial number that the organization sees; throws `peripherals.serial_unknown`, `peripherals.serial_ambiguous`. */
export async function unitBySerial(
  { core }: Pick<Call, 'core'>,
  serial: string,
): Promise<{ readonly id: string; readonly serial: string }> {
  const { items } = await core.lifecycle.identify({ value: serial });
  const found = new Map(
    items.flatMap(({ thing }) => (thing.kind === 'unit' && !thing.hidden ? [[thing.node, thing.code ?? serial] as const] : [])),
  );
  if (found.size > 1) throw peripheralsErrors.serial_ambiguous({ serial, count: found.size });
  const [first] = found;
  if (!first) throw peripheralsErrors.serial_unknown({ serial });
  return { id: first[0], serial: first[1] };
}

/** What the unit consists of, as far as the organization may see. */
export async function tracedParts(
  { core }: Pick<Call, 'core'>,
  unit: string,
): Promise<{ readonly traced: Traced; readonly parts: readonly Part[] }> {
  const traced = await core.lifecycle.trace({ thing: unit, direction: 'backward', limit: 2000 });
  return { traced, parts: partsOf(traced) };
}

export const unitsApi = ({ query, command }: Builder) => ({
  assemble: command({
    permission: 'peripherals.units.assemble',
    rest: {
      method: 'POST',
      path: '/peripherals/units/{unit}/parts',
      summary: 'Bind materials to the designators of a unit by its bill of materials',
      tags,
    },
    input: z.object({
      unit: z.uuid(),
      /** The released item revision that it is built to. */
      revision: z.uuid(),
      /** Lot or unit by designator. */
      parts: z
        .array(z.object({ designator: lineText(30), material: z.uuid() }))
        .min(1)
        .max(200),
      /** The reflow pass of the board. */
      run: z.uuid().optional(),
    }),
    output: assembledSchema,
    run: async ({ db, core, organization, now }, { unit, revision: id, parts, run }) => {
      const revision = await core.engineering.getRevision(id);
      const required = [...new Set(revision.lines.flatMap(({ designators }) => designators))];
      requireDesignators(parts, required, { item: revision.item.number, revision: revision.label });
      const soldered = run === undefined ? null : await core.run(run);
      const activity = await core.lifecycle.recordActivity({
        kind: 'assembled',
        inputs: parts.map(({ designator, material }) => ({ thing: material, quantity: '1', position: designator })),
        outputs: [{ thing: unit }],
        ...(soldered ? { run: soldered.id, equipment: soldered.equipment } : {}),
        details: { revision: `${revision.item.number} ${revision.label}` },
      });
      const tables = db.withTables<PeripheralsTables>();
      await tables
        .insertInto('assembly')
        .values({
          id: newId(),
          organization,
          unit,
          revision: id,
          required: JSON.stringify(required),
          bound: JSON.stringify(parts),
          run: run ?? null,
          activity: activity.id,
          made_at: now,
        })
        .execute();
      const rows = await tables.selectFrom('assembly').select('bound').where('unit', '=', unit).execute();
      const bound = new Set(rows.flatMap((row) => (row.bound as BoundPart[]).map(({ designator }) => designator)));
      const missing = required.filter((designator) => !bound.has(designator));
      return { unit, activity: activity.id, complete: missing.length === 0, missing };
    },
  }),
  genealogy: query({
    permission: 'peripherals.units.read',
    rest: {
      method: 'GET',
      path: '/peripherals/genealogy',
      summary: 'A unit by its serial number: parts by designator, firmware, tests, failures',
      tags,
    },
    input: z.object({ serial: lineText(60) }),
    output: z.object({
      unit: unitRef,
      firmware: z.string().nullable(),
      tested: z.boolean().nullable(),
      parts: z.array(partSchema),
      partCount: z.number().int(),
      failures: z.array(z.object({ case: z.uuid(), symptom: z.string(), designator: z.string().nullable(), at: instant })),
      failed: z.string().nullable(),
      drawing: drawingSchema,
    }),
    run: async (call, { serial }) => {
      const unit = await unitBySerial(call, serial);
      const { traced, parts } = await tracedParts(call, unit.id);
      const tables = call.db.withTables<PeripheralsTables>();
      const firmware = await tables
        .selectFrom('firmware')
        .select('version')
        .where('unit', '=', unit.id)
        .orderBy('recorded_at', 'desc')
        .orderBy('id', 'desc')
        .executeTakeFirst();
      const test = await tables
        .selectFrom('unit_test')
        .select('passed')
        .where('unit', '=', unit.id)
        .orderBy('tested_at', 'desc')
        .orderBy('id', 'desc')
        .executeTakeFirst();
      const failures = await tables.selectFrom('failure').selectAll().where('unit', '=', unit.id).orderBy('occurred_at').execute();
      const diagnoses = await tables.selectFrom('diagnosis').select(['case_id', 'designator']).where('unit', '=', unit.id).execute();
      const places = new Map(diagnoses.map(({ case_id, designator }) => [case_id, designator]));
      const told = failures.map(({ case_id, symptom, designator, occurred_at }) => ({
        case: case_id,
        symptom,
        designator: places.get(case_id) ?? designator,
        at: occurred_at.toISOString(),
      }));
      const failed = told.flatMap(({ designator }) => designator ?? []);
      return {
        unit,
        firmware: firmware?.version ?? null,
        tested: test?.passed ?? null,
        parts: parts.map(({ level, designator, node, at, until }) => ({
          level,
          designator,
          kind: node.kind,
          id: node.node,
          code: node.code,
          maker: node.maker?.name ?? null,
          hidden: node.hidden,
          at,
          until,
        })),
        partCount: parts.length,
        failures: told,
        failed: failed.length > 0 ? failed.join(', ') : null,
        drawing: drawGenealogy(traced, parts, {
          failed: failed.flatMap((designator) => designator.split('/').at(-1) ?? []),
          firmware: firmware?.version ?? null,
        }),
      };
    },
  }),
  recordFirmware: command({
    permission: 'peripherals.units.assemble',
    rest: {
      method: 'POST',
      path: '/peripherals/units/{unit}/firmware',
      summary: 'Record the firmware that a unit runs; earlier records stay',
      tags,
    },
    input: z.object({ unit: z.uuid(), version: lineText(60) }),
    output: z.object({ unit: z.uuid(), version: z.string(), at: instant, by: z.string() }),
    run: async ({ db, core, organization, actor, now }, { unit, version }) => {
      await core.requireVisible('unit', unit);
      await db
        .withTables<PeripheralsTables>()
        .insertInto('firmware')
        .values({ id: newId(), organization, unit, version, recorded_by: actor.label, recorded_at: now })
        .execute();
      await core.appendEvent({ type: 'peripherals.firmware_recorded', record: unit, body: { version } });
      return { unit, version, at: now.toISOString(), by: actor.label };
    },
  }),
  firmware: query({
    permission: 'peripherals.units.read',
    rest: { method: 'GET', path: '/peripherals/units/{unit}/firmware', summary: 'The firmware records of a unit, newest first', tags },
    input: z.object({ unit: z.uuid() }),
    output: z.object({ items: z.array(z.object({ version: z.string(), at: instant, by: z.string() })), next: z.null() }),
    run: async ({ db, core }, { unit }) => {
      await core.requireVisible('unit', unit);
      const rows = await db
        .withTables<PeripheralsTables>()
        .selectFrom('firmware')
        .select(['version', 'recorded_at', 'recorded_by'])
        .where('unit', '=', unit)
        .orderBy('recorded_at', 'desc')
        .orderBy('id', 'desc')
        .limit(200)
        .execute();
      return {
        items: rows.map(({ version, recorded_at, recorded_by }) => ({ version, at: recorded_at.toISOString(), by: recorded_by })),
        next: null,
      };
    },
  }),
  recordTest: command({
    permission: 'peripherals.units.assemble',
    rest: { method: 'POST', path: '/peripherals/units/{unit}/tests', summary: 'Record the final test of a unit; its values decide', tags },
    input: z.object({ unit: z.uuid(), measured: measuredSchema }),
    output: z.object({ unit: z.uuid(), passed: z.boolean(), reasons: z.array(words) }),
    run: async ({ db, core, organization, actor, now }, { unit, measured }) => {
      await core.requireVisible('unit', unit);
      const { passed, reasons } = judgeTest(measured);
      await db
        .withTables<PeripheralsTables>()
        .insertInto('unit_test')
        .values({ id: newId(), organization, unit, passed, measured: JSON.stringify(measured), tested_by: actor.label, tested_at: now })
        .execute();
      return { unit, passed, reasons: [...reasons] };
    },
  }),
});

function requireDesignators(
  parts: readonly { readonly designator: string }[],
  required: readonly string[],
  { item, revision }: { readonly item: string; readonly revision: string },
): void {
  const seen = new Set<string>();
  for (const { designator } of parts) {
    if (!required.includes(designator))
      throw peripheralsErrors.designator_not_in_bom({ designator, item, revision, known: required.slice(0, 20).join(', ') || '–' });
    if (seen.has(designator)) throw peripheralsErrors.designator_twice({ designator });
    seen.add(designator);
  }
}
