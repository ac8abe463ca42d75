import { newId } from '@yunfab/core/database';
import { type ApiBuilder, type CoreFacade, chartSchema } from '@yunfab/core/verticals';
import { z } from 'zod';
import type { TireConfig } from '../config.js';
import { tireErrors } from '../errors.js';
import type { TireTables } from '../tables.js';
import { findFaults, type GradedTire } from './faults.js';
import { type Grade, gradeLimitsSchema, grades, outOfOrder } from './limits.js';
import { uniformityMachine } from './machine.js';
import { gradePareto, harmonicBars, harmonicScatter, waveformLines } from './pictures.js';

const wordsSchema = z.object({ en: z.string(), zh: z.string() });
const limitsView = z.object({ ...gradeLimitsSchema.shape, id: z.uuid(), created_at: z.iso.datetime() });
const tags = ['tire'];

const faultView = z.object({
  kind: z.enum(['first_harmonic', 'conicity']),
  machine: z.enum(['building_drum', 'mould']),
  number: z.number(),
  tires: z.number().int(),
  p: z.number(),
  resultantLength: z.number().nullable(),
  angle: z.number().nullable(),
  size: z.number(),
  words: wordsSchema,
});

/** Which tires: those measured between two instants, the newest thousand at most. */
const periodInput = {
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  program: z.string().max(40).optional(),
};

export const uniformityApi = ({ query, command }: ApiBuilder<TireConfig>) => ({
  limits: {
    create: command({
      permission: 'tire.recipes.manage',
      rest: { method: 'POST', path: '/tire/uniformity/limits', summary: 'Create the uniformity limits of one grade', tags },
      input: gradeLimitsSchema,
      output: limitsView,
      run: async ({ db, core, organization, now }, limits) => {
        const tables = db.withTables<TireTables>();
        const others = await tables.selectFrom('uniformity_limit').selectAll().where('code', '=', limits.code).execute();
        const contradiction = outOfOrder(
          limits,
          others.map((row) => gradeLimitsSchema.parse(row)),
        );
        if (contradiction) {
          const { grade: other, figure } = contradiction;
          throw tireErrors.limits_out_of_order({ code: limits.code, grade: limits.grade, other, figure });
        }
        const id = newId();
        const made = await tables
          .insertInto('uniformity_limit')
          .values({ id, organization, ...limits, created_at: now })
          .onConflict((conflict) => conflict.columns(['organization', 'code', 'grade']).doNothing())
          .returning('id')
          .execute();
        if (made.length === 0) throw tireErrors.limits_taken({ code: limits.code, grade: limits.grade });
        await core.appendEvent({ type: 'tire.uniformity_limits_created', body: { code: limits.code, grade: limits.grade } });
        return { ...limits, id, created_at: now.toISOString() };
      },
    }),
    list: query({
      permission: 'tire.recipes.read',
      rest: { method: 'GET', path: '/tire/uniformity/limits', summary: 'List uniformity limits by code and grade', tags },
      input: z.object({ limit: z.number().int().min(1).max(100).default(50), cursor: z.string().max(60).optional() }),
      output: z.object({ items: z.array(limitsView), next: z.string().nullable() }),
      run: async ({ db }, { limit, cursor }) => {
        const [code = '', grade = ''] = cursor?.split(' ') ?? [];
        const rows = await db
          .withTables<TireTables>()
          .selectFrom('uniformity_limit')
          .selectAll()
          .where((where) =>
            where.or([where('code', '>', code), where.and([where('code', '=', code), where('grade', '>', grade as Grade)])]),
          )
          .orderBy('code')
          .orderBy('grade')
          .limit(limit + 1)
          .execute();
        const items = rows.slice(0, limit).map((row) => ({
          ...gradeLimitsSchema.parse(row),
          id: row.id,
          created_at: row.created_at.toISOString(),
        }));
        const last = items.at(-1);
        return { items, next: rows.length > limit && last ? `${last.code} ${last.grade}` : null };
      },
    }),
  },

  faults: query({
    permission: 'tire.runs.read',
    rest: { method: 'GET', path: '/tire/uniformity/faults', summary: 'The building drums and moulds that leave their mark on tires', tags },
    input: z.object({ ...periodInput, limit: z.number().int().min(1).max(100).default(50), cursor: z.string().max(10).optional() }),
    output: z.object({ items: z.array(faultView), next: z.string().nullable() }),
    run: async ({ core }, { limit, cursor, ...period }) => {
      const first = Number(cursor ?? 0);
      const faults = findFaults(await gradedTires(core, period));
      return {
        items: faults.slice(first, first + limit).map((fault) => ({ ...fault })),
        next: faults.length > first + limit ? String(first + limit) : null,
      };
    },
  }),

  overview: query({
    permission: 'tire.runs.read',
    rest: { method: 'GET', path: '/tire/uniformity/overview', summary: 'Grades and first harmonics of the tires of a period', tags },
    input: z.object(periodInput),
    output: z.object({
      tires: z.number().int(),
      accepted: z.number().int(),
      rejected: z.number().int(),
      /** The strongest mark of a machine. */
      fault: wordsSchema.nullable(),
      scatter: chartSchema.nullable(),
      pareto: chartSchema.nullable(),
    }),
    run: async ({ core }, period) => {
      const tires = await gradedTires(core, period);
      const rejected = tires.filter(({ grade }) => grade > grades.length).length;
      return {
        tires: tires.length,
        accepted: tires.length - rejected,
        rejected,
        fault: findFaults(tires)[0]?.words ?? null,
        scatter: tires.length > 0 ? harmonicScatter(tires) : null,
        pareto: tires.length > 0 ? gradePareto(tires) : null,
      };
    },
  }),

  tire: query({
    permission: 'tire.runs.read',
    rest: { method: 'GET', path: '/tire/uniformity/tires/{run}', summary: 'The force variation of one tire with its harmonics', tags },
    input: z.object({ run: z.uuid() }),
    output: z.object({
      key: z.string(),
      verdict: z.enum(['pass', 'fail', 'inconclusive']).nullable(),
      values: z.record(z.string(), z.object({ value: z.number(), unit: z.string(), words: wordsSchema })),
      findings: z.array(z.object({ code: z.string(), holds: z.boolean(), words: wordsSchema })),
      harmonics: chartSchema.nullable(),
      waveforms: chartSchema.nullable(),
    }),
    run: async ({ core }, { run: id }) => {
      const { run, evaluation, equipmentModel } = await core.run(id);
      if (equipmentModel !== uniformityMachine.id) throw tireErrors.no_uniformity_run({ run: run.key });
      const measured = evaluation !== null && evaluation.curves.length > 0;
      return {
        key: run.key,
        verdict: evaluation?.verdict ?? null,
        values: { ...evaluation?.values },
        findings: [...(evaluation?.findings ?? [])],
        harmonics: measured ? harmonicBars(evaluation.values) : null,
        waveforms: measured ? waveformLines(evaluation.curves) : null,
      };
    },
  }),
});

interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly program?: string | undefined;
}

/** What the newest evaluations say; nothing is copied, so a tire that was judged again counts as it is judged now. */
async function gradedTires(core: CoreFacade, { from, to, program }: Period): Promise<(GradedTire & { readonly grade: number })[]> {
  const { items } = await core.production.listEvaluatedRuns({ model: uniformityMachine.id, from, to, limit: 1000 });
  return items
    .filter((run) => program === undefined || run.program === program)
    .flatMap(({ id, values }) => {
      const number = (name: string) => values[name]?.value ?? null;
      const [firstHarmonic, angle, conicity, grade] = ['radial_h1', 'radial_first_harmonic_angle', 'conicity', 'grade'].map(number);
      if (firstHarmonic == null || angle == null || conicity == null || grade == null) return [];
      return [
        {
          run: id,
          buildingDrum: number('building_drum'),
          mould: number('mould'),
          firstHarmonic,
          angle: (angle * Math.PI) / 180,
          conicity,
          grade,
        },
      ];
    });
}
