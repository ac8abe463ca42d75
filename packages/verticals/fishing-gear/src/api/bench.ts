import { processCapability, summarize } from '@yunfab/core/measure';
import { type ApiBuilder, chartSchema } from '@yunfab/core/verticals';
import { z } from 'zod';
import { chartBenchRun } from '../blank/inspect.js';
import type { FishingGearConfig } from '../config.js';
import { deflectionBench } from '../equipment.js';

const tags = ['fishing-gear'];
const wordsSchema = z.object({ en: z.string(), zh: z.string() });
const verdictSchema = z.enum(['pass', 'fail', 'inconclusive']).nullable();
/** Runs that a capability is reckoned from at most. */
const mostRuns = 500;

const runView = z.object({
  run: z.uuid(),
  key: z.string(),
  design: z.string().nullable(),
  verdict: verdictSchema,
  ern: z.number().nullable(),
  actionAngle: z.number().nullable(),
  buttStiffness: z.number().nullable(),
  tipStiffness: z.number().nullable(),
  findings: z.array(z.object({ code: z.string(), holds: z.boolean(), words: wordsSchema })),
  bend: chartSchema.nullable(),
});

/** Bench runs beside the lay-ups that they test. */
export const benchProcedures = ({ query }: ApiBuilder<FishingGearConfig>) => ({
  run: query({
    permission: 'fishing-gear.bench.read',
    rest: { method: 'GET', path: '/fishing-gear/bench-runs/{run}', summary: 'One bench run: measured over modelled bend, findings', tags },
    input: z.object({ run: z.uuid() }),
    output: runView,
    run: async ({ core }, { run: id }) => {
      const { run, evaluation } = await core.run(id);
      const value = (name: string) => evaluation?.values[name]?.value ?? null;
      return {
        run: id,
        key: run.key,
        design: run.program,
        verdict: evaluation?.verdict ?? null,
        ern: value('ern'),
        actionAngle: value('action_angle'),
        buttStiffness: value('butt_stiffness'),
        tipStiffness: value('tip_stiffness'),
        findings: [...(evaluation?.findings ?? [])],
        bend: chartBenchRun(evaluation?.curves ?? []),
      };
    },
  }),
  list: query({
    permission: 'fishing-gear.bench.read',
    rest: { method: 'GET', path: '/fishing-gear/bench-runs', summary: 'Evaluated bench runs, newest first', tags },
    input: z.object({ limit: z.number().int().min(1).max(100).default(50), cursor: z.string().max(300).optional() }),
    output: z.object({
      items: z.array(
        z.object({
          run: z.uuid(),
          equipment: z.string(),
          design: z.string().nullable(),
          verdict: verdictSchema,
          ern: z.number().nullable(),
          actionAngle: z.number().nullable(),
          endedAt: z.iso.datetime().nullable(),
        }),
      ),
      next: z.string().nullable(),
    }),
    run: async ({ core }, { limit, cursor }) => {
      const { items, next } = await core.production.listEvaluatedRuns({ model: deflectionBench.id, limit, cursor });
      return {
        items: items.map(({ id, equipment, program, verdict, endedAt, values }) => ({
          run: id,
          equipment: equipment.code,
          design: program,
          verdict,
          ern: values['ern']?.value ?? null,
          actionAngle: values['action_angle']?.value ?? null,
          endedAt,
        })),
        next,
      };
    },
  }),
  capability: query({
    permission: 'fishing-gear.bench.read',
    rest: {
      method: 'GET',
      path: '/fishing-gear/bench-capability',
      summary: 'ERN over action angle of the last runs of one design, and how capable its process is',
      tags,
    },
    input: z.object({ design: z.string().max(40) }),
    output: z.object({
      count: z.number().int(),
      ernMean: z.number().nullable(),
      ernDeviation: z.number().nullable(),
      /** Of the limits that the newest run was judged by. Cpk below 1.33 is an alarm (fishing-gear.md). */
      cpk: z.number().nullable(),
      capable: z.boolean().nullable(),
      scatter: chartSchema,
    }),
    run: async ({ core }, { design }) => {
      const { items } = await core.production.listEvaluatedRuns({ model: deflectionBench.id, limit: mostRuns });
      const tested = items.flatMap(({ program, values: { ern, action_angle: angle } }) =>
        program === design && ern && angle ? [{ ern, angle }] : [],
      );
      const numbers = tested.map(({ ern }) => ern.value);
      const limits = tested[0]?.ern;
      const varied = numbers.some((number) => number !== numbers[0]);
      // Oldest first: the spread within is that between neighbours.
      const cpk = varied && limits ? processCapability(numbers.toReversed(), limitsOf(limits)).cpk : null;
      const summary = numbers.length > 0 ? summarize(numbers) : null;
      return {
        count: numbers.length,
        ernMean: summary && round(summary.mean),
        ernDeviation: summary && round(summary.sd),
        cpk: cpk === null ? null : round(cpk),
        capable: cpk === null ? null : cpk >= 1.33,
        scatter: {
          x: { words: { en: 'Action angle', zh: '调性角' }, unit: 'deg', kind: 'value' as const },
          y: { words: { en: 'Effective rod number', zh: '有效竿号 ERN' } },
          series: [
            {
              words: { en: 'Tested blanks', zh: '已试验竿坯' },
              style: 'points' as const,
              points: tested.map(({ ern, angle }): [number, number] => [round(angle.value), round(ern.value)]),
            },
          ],
          ...(limits
            ? { bands: [{ axis: 'y' as const, ...limitsOf(limits), words: { en: 'Asked for', zh: '要求' }, tone: 'good' as const }] }
            : {}),
        },
      };
    },
  }),
});

const limitsOf = ({ low, high }: { readonly low?: number | undefined; readonly high?: number | undefined }) => ({
  ...(low === undefined ? {} : { low }),
  ...(high === undefined ? {} : { high }),
});
const round = (value: number) => Number(value.toFixed(3));
