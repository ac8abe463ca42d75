import type { Words } from '../../access/index.js';
import type { Scope } from '../../database/index.js';
import { findEquipment } from '../../equipment/index.js';
import type { Specification } from '../schema.js';
import type { Verdict } from './states.js';

/** Samples of one signal in time order: Unix ms and values, index by index. */
export interface SampleSeries {
  readonly ts: readonly number[];
  readonly value: readonly number[];
}

export interface EvaluationInput {
  readonly run: {
    readonly key: string;
    readonly program: string | null;
    /** Unix ms. */
    readonly startedAt: number;
    /** Null while the run goes on; the evaluation is then provisional. */
    readonly endedAt: number | null;
    /** No sample after this instant is in hand. */
    readonly until: number;
  };
  /** By signal name; a signal without samples is an empty series. */
  readonly samples: Readonly<Record<string, SampleSeries>>;
  /** Of the order line that the run works for, when it works for one. */
  readonly specification: Specification | null;
}

/** Plain JSON, stored as it is. */
export interface RunResult {
  readonly verdict: Verdict;
  readonly values: Readonly<
    Record<
      string,
      {
        readonly value: number;
        readonly unit: string;
        readonly words: Words;
        readonly low?: number | undefined;
        readonly high?: number | undefined;
      }
    >
  >;
  readonly curves: readonly {
    readonly name: string;
    readonly words: Words;
    readonly unit: string;
    readonly ts: readonly number[];
    readonly value: readonly number[];
  }[];
  readonly findings: readonly { readonly code: string; readonly words: Words; readonly holds: boolean }[];
}

/** Judges the process runs of one model of equipment by their samples. */
export interface RunEvaluator {
  /** `<vertical>.<name>` */
  readonly id: string;
  /** Semantic version, kept as evidence beside each result. */
  readonly version: string;
  /** Which signals it reads. */
  readonly signals: readonly string[];
  /** How long after the end of the run its samples still belong to it. */
  readonly tailMs: number;
  /** Gives the same result for the same input; `scope` only lets it read what the judgement rests on. */
  evaluate(scope: Scope, input: EvaluationInput): Promise<RunResult>;
}

/** Port: who judges runs of a model of equipment, for the organization of the scope. Null: nobody does. */
export interface RunEvaluators {
  find(scope: Scope, equipmentModel: string): Promise<RunEvaluator | null>;
}

export const noEvaluators: RunEvaluators = { find: async () => null };

/** How long after the end of a run of this equipment its samples still belong to it; null: nobody judges it. */
export async function tailOf(scope: Scope, equipment: string, evaluators: RunEvaluators): Promise<number | null> {
  const row = await findEquipment(scope, equipment);
  const evaluator = row ? await evaluators.find(scope, row.model) : null;
  return evaluator?.tailMs ?? null;
}
