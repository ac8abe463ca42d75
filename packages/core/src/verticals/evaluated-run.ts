import { z } from 'zod';
import { wordsSchema } from '../commands/index.js';
import type { EvaluatedRun } from './contract.js';

const valueSchema = z.object({
  value: z.number(),
  unit: z.string(),
  words: wordsSchema,
  low: z.number().optional(),
  high: z.number().optional(),
});

/** A process run with its judgement, as a vertical's procedure may answer with it: `output: evaluatedRunSchema`. */
export const evaluatedRunSchema = z.object({
  run: z.uuid(),
  /** The device's own name of it. */
  key: z.string(),
  program: z.string().nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  verdict: z.enum(['pass', 'fail', 'inconclusive']).nullable(),
  values: z.record(z.string(), valueSchema),
  findings: z.array(z.object({ code: z.string(), holds: z.boolean(), words: wordsSchema })),
});

/** What `core.run` gave, on the wire. */
export function viewEvaluatedRun({ id, run, evaluation }: EvaluatedRun): z.input<typeof evaluatedRunSchema> {
  return {
    run: id,
    key: run.key,
    program: run.program,
    startedAt: new Date(run.startedAt).toISOString(),
    endedAt: run.endedAt === null ? null : new Date(run.endedAt).toISOString(),
    verdict: evaluation?.verdict ?? null,
    values: { ...evaluation?.values },
    findings: [...(evaluation?.findings ?? [])],
  };
}
