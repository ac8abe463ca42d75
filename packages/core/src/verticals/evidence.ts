import type { Words } from '../access/index.js';
import type { Handle } from '../database/index.js';
import type { CommandModel, ParameterModel } from '../equipment/index.js';
import type { RunRuleDeclaration } from '../production/index.js';
import type { EvaluatedRun, SpecificationValue } from './contract.js';

/** What one signal of an equipment model measures. */
export interface SignalDefinition {
  /** snake_case, as it stands in the device's messages: `mould_temperature`. */
  readonly name: string;
  readonly kind: 'number' | 'text' | 'boolean';
  /** UCUM: `Cel`, `MPa`, `bar`, `kW.h`; `1` when it has none. */
  readonly unit: string;
  readonly words: Words;
  /** What the instrument can measure; a value outside is kept and its quality marked. */
  readonly range?: { readonly low: number; readonly high: number };
  /** Ordinary operation, for axes and bands; `source` says whose figure it is. */
  readonly usual?: { readonly low: number; readonly high: number; readonly source: string };
  /** Not every machine of the model has it: an instrument for trials. */
  readonly optional?: boolean;
  /** The values of a text signal. */
  readonly values?: Readonly<Record<string, Words>>;
}

/** A condition on a signal, as data: active while it has held for `delayMs`, over when it fails by more than `deadband`. */
export interface AlarmDefinition {
  readonly id: string;
  readonly words: Words;
  readonly signal: string;
  readonly when: 'above' | 'below';
  readonly limit: number;
  readonly deadband?: number;
  readonly delayMs?: number;
  readonly severity: 'low' | 'medium' | 'high' | 'urgent';
  /** Only while a run is under way on the equipment. */
  readonly duringRun?: boolean;
}

/** A kind of machine: what its devices publish, and what they are told. */
export interface EquipmentModel {
  /** `kiln.chamber`. */
  readonly id: string;
  readonly words: Words;
  readonly signals: readonly SignalDefinition[];
  readonly alarms?: readonly AlarmDefinition[];
  /** When runs of such a machine begin and end by its signals, where no device says so; they hold where the owner of a machine sets them. */
  readonly runRules?: readonly RunRuleDeclaration[];
  /** Only these are sent to its devices; left out: any. */
  readonly commands?: readonly CommandModel[];
  /** Only these are set on its devices; left out: any. */
  readonly configuration?: readonly ParameterModel[];
}

/** The samples of one signal, oldest first; `ts` is Unix ms, `value` of the same length. A boolean is 0 or 1. */
export interface SampleSeries {
  readonly ts: readonly number[];
  readonly value: readonly number[];
}

/** One process run as its evaluator sees it. Instants are Unix ms. */
export interface RunFacts {
  /** The device's own name of the run; unique on its equipment. */
  readonly key: string;
  /** The program or recipe that the device named when it began. */
  readonly program: string | null;
  readonly startedAt: number;
  /** Null while it runs; the evaluation is then provisional. */
  readonly endedAt: number | null;
  /** No sample after this instant is in hand. */
  readonly until: number;
}

/** `pass` and `fail` are about the product; `inconclusive` means the samples do not allow either. */
export type Verdict = 'pass' | 'fail' | 'inconclusive';

export interface EvaluatedValue {
  readonly value: number;
  /** UCUM. */
  readonly unit: string;
  readonly words: Words;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** A curve that the evaluator derived, drawn beside the signals. */
export interface EvaluatedCurve {
  readonly name: string;
  readonly words: Words;
  readonly unit: string;
  readonly ts: readonly number[];
  readonly value: readonly number[];
}

/** One thing the evaluator looked at. `words` is the whole sentence, with its numbers. */
export interface Finding {
  /** snake_case, unique within the evaluator: `peak_reached`. */
  readonly code: string;
  readonly holds: boolean;
  readonly words: Words;
}

/** The result of evaluating a run: plain JSON, stored as it is. */
export interface RunEvaluation {
  readonly verdict: Verdict;
  readonly values: Readonly<Record<string, EvaluatedValue>>;
  readonly curves: readonly EvaluatedCurve[];
  readonly findings: readonly Finding[];
}

/** Whatever an evaluator needs beyond samples, read just before it judges. Plain JSON. */
export type EvaluationFacts = Readonly<Record<string, unknown>>;

export interface EvaluationInput<Config = unknown> {
  readonly run: RunFacts;
  /** By signal name; a signal without samples is an empty series. */
  readonly samples: Readonly<Record<string, SampleSeries>>;
  /** Of the order line that the run makes, when it is bound to one. */
  readonly specification: SpecificationValue | null;
  readonly facts: EvaluationFacts;
  readonly config: Config;
}

/** Judges the runs of one equipment model. */
export interface RunEvaluator<Config = unknown> {
  /** `kiln.firing`. */
  readonly id: string;
  readonly words: Words;
  readonly equipmentModel: string;
  /** Which signals it reads. */
  readonly signals: readonly string[];
  /** How long after the end samples still count: what is hot cools slowly. */
  readonly tailMs: number;
  /** Reads what the judgement needs from the vertical's own tables (a recipe by the run's program). */
  readonly facts?: (call: {
    readonly db: Handle;
    readonly run: RunFacts;
    readonly specification: SpecificationValue | null;
    readonly config: Config;
  }) => Promise<EvaluationFacts>;
  /** Pure: the same input gives the same evaluation. Findings, not exceptions, tell of samples that are missing or strange. */
  readonly evaluate: (input: EvaluationInput<Config>) => RunEvaluation;
}

/** A run of a lot, as a gate sees it. */
export interface GateRun {
  readonly id: string;
  readonly key: string;
  readonly equipment: string;
  readonly equipmentModel: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** The newest; null while the run has none. */
  readonly evaluation: (RunEvaluation & { readonly evaluator: string }) | null;
}

/** What a lot consists of and what befell it, as its maker sees it. */
export interface LotHistory {
  /** Units that carry their own number. */
  readonly units: readonly { readonly id: string; readonly serial: string }[];
  /** Lots and units that went into the lot as a whole; null names what the maker may not see. */
  readonly materials: readonly {
    readonly id: string | null;
    readonly kind: 'lot' | 'unit' | null;
    readonly code: string | null;
    /** Exact decimal, in a unit of UN/ECE Recommendation 20. */
    readonly quantity: string;
    readonly unit: string;
    readonly position: string | null;
  }[];
  /** What it is called, by scheme: `batch`, `gtin`. */
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[];
  /** Newest first: `inspected`, `shipped`, …; `at` is Unix ms. */
  readonly activities: readonly { readonly id: string; readonly kind: string; readonly at: number; readonly note: string | null }[];
}

/** Of a lot that nothing is known of but its runs; for tests of gates. */
export const noHistory: LotHistory = { units: [], materials: [], identifiers: [], activities: [] };

export interface GateInput<Config = unknown> extends LotHistory {
  readonly lot: { readonly id: string; readonly code: string; readonly unit: string; readonly quantity: string };
  /** Oldest first. */
  readonly runs: readonly GateRun[];
  readonly specification: SpecificationValue | null;
  readonly facts: EvaluationFacts;
  readonly config: Config;
}

/** `words` is the whole sentence: what holds, or which run failed by which numbers. */
export interface GateFinding {
  readonly holds: boolean;
  readonly words: Words;
  readonly evidence: readonly { readonly kind: string; readonly id: string }[];
}

/** A condition on the release of a lot. */
export interface ReleaseGate<Config = unknown> {
  /** `kiln.firing`. */
  readonly id: string;
  readonly words: Words;
  /** Reads what the answer needs from the vertical's own tables. */
  readonly facts?: (
    call: Omit<GateInput<Config>, 'facts'> & {
      readonly db: Handle;
      /** A run that the vertical's own tables name, such as one that several lots shared. Throws `request.not_found`. */
      readonly evaluatedRun: (id: string) => Promise<EvaluatedRun>;
    },
  ) => Promise<EvaluationFacts>;
  /** Pure. Null: it has nothing to say about this lot. */
  readonly check: (input: GateInput<Config>) => GateFinding | null;
}
