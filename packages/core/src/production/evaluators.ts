import type { Words } from '../access/index.js';
import type { Scope } from '../database/index.js';
import type { Specification } from './schema.js';
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
    /** Null while the run goes on. */
    readonly endedAt: number | null;
  };
  readonly samples: Readonly<Record<string, SampleSeries>>;
  /** Of the order line that the run works for, when it works for one. */
  readonly specification: Specification | null;
}

export interface RunResult {
  readonly verdict: Verdict;
  readonly values: Readonly<Record<string, { readonly value: number; readonly unit: string; readonly words: Words }>>;
  readonly curves: readonly { readonly name: string; readonly words: Words; readonly unit: string; readonly ts: readonly number[]; readonly value: readonly number[] }[];
  readonly findings: readonly { readonly code: string; readonly words: Words; readonly holds: boolean }[];
}

/** Judges a process run by its samples, and by what its vertical knows of the run's program. */
export interface RunEvaluator {
  /** `<vertical>.<name>` */
  readonly id: string;
  /** Semantic version, kept as evidence beside each result. */
  readonly version: string;
  readonly signals: readonly string[];
  /** How long after the end of the run its samples still belong to it. */
  readonly tailMs: number;
  evaluate(input: EvaluationInput): Promise<RunResult>;
}

/** Port: who judges runs of a model of equipment, for the organization of the scope. Null: nobody does. */
export interface RunEvaluators {
  find(scope: Scope, equipmentModel: string): Promise<RunEvaluator | null>;
}

export const noEvaluators: RunEvaluators = { find: async () => null };
