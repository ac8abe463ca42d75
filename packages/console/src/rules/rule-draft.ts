import type { Client } from '../app/client.js';
import type { Equipment } from '../equipment/signals.js';

export type Rule = Awaited<ReturnType<Client['production']['runRules']['get']>>;
export type RuleDefinition = Pick<Rule, 'opens' | 'closes' | 'minimumMs' | 'silenceMs' | 'program'>;
export type Condition = Rule['opens']['conditions'][number];
export type Is = Condition['is'];
type Signals = Equipment['signals'];

/** A condition while it is typed. */
export interface ConditionDraft {
  readonly signal: string;
  readonly is: Is;
  readonly value: string;
  readonly deadband: string;
}

export interface SideDraft {
  readonly match: 'all' | 'any';
  readonly conditions: readonly ConditionDraft[];
  /** Seconds, as all durations here. */
  readonly for: string;
}

export interface RuleDraft {
  readonly opens: SideDraft;
  readonly closes: SideDraft;
  readonly minimum: string;
  /** Empty: silence ends no run. */
  readonly silence: string;
  /** Empty: runs have none. */
  readonly program: string;
}

/** What may be asked of a signal of this kind. */
export const comparisonsOf = (kind: Signals[number]['kind']): readonly Is[] =>
  kind === 'number' ? ['above', 'below', 'equal', 'not_equal'] : ['equal', 'not_equal'];

/** Of a number, where there is one: most rules are of numbers. */
export function emptyCondition(signals: Signals): ConditionDraft {
  const first = signals.find(({ kind }) => kind === 'number') ?? signals[0];
  const [is = 'above'] = comparisonsOf(first?.kind ?? 'number');
  return { signal: first?.name ?? '', is, value: first?.kind === 'boolean' ? 'true' : '', deadband: '' };
}

export function emptyDraft(signals: Signals): RuleDraft {
  const side = { match: 'all', for: '', conditions: [] } as const;
  return { opens: { ...side, conditions: [emptyCondition(signals)] }, closes: side, minimum: '', silence: '600', program: '' };
}

const secondsOf = (ms: number) => (ms === 0 ? '' : String(ms / 1000));

export function draftOf({ opens, closes, minimumMs, silenceMs, program }: RuleDefinition): RuleDraft {
  const side = ({ match, conditions, forMs }: RuleDefinition['opens']): SideDraft => ({
    ...{ match, for: secondsOf(forMs) },
    conditions: conditions.map((condition) => ({
      ...{ signal: condition.signal, is: condition.is, value: String(condition.value) },
      deadband: 'deadband' in condition && condition.deadband > 0 ? String(condition.deadband) : '',
    })),
  });
  return {
    opens: side(opens),
    closes: side(closes),
    minimum: secondsOf(minimumMs),
    silence: silenceMs === null ? '' : secondsOf(silenceMs),
    program: program ?? '',
  };
}

export interface ReadDraft {
  /** Null while something is wrong. */
  readonly definition: RuleDefinition | null;
  /** What is wrong, by the path of the field as the platform names it. */
  readonly problems: Readonly<Record<string, 'number' | 'seconds' | 'notNegative'>>;
}

const longestMs = 86_400_000;

export function readDraft(draft: RuleDraft, signals: Signals): ReadDraft {
  const problems: Record<string, 'number' | 'seconds' | 'notNegative'> = {};
  const duration = (field: string, text: string, leastMs = 0): number => {
    const ms = Math.round(Number(text) * 1000);
    if (Number.isFinite(ms) && ms >= leastMs && ms <= longestMs) return ms;
    problems[field] = 'seconds';
    return 0;
  };
  const condition = ({ signal, is, value, deadband }: ConditionDraft, field: string): Condition => {
    const kind = signals.find(({ name }) => name === signal)?.kind ?? 'number';
    if (kind !== 'number') return { signal, is: is === 'not_equal' ? is : 'equal', value: kind === 'boolean' ? value === 'true' : value };
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (!Number.isFinite(number)) problems[`${field}.value`] = 'number';
    if (is === 'equal' || is === 'not_equal') return { signal, is, value: number };
    const band = Number(deadband);
    if (!(band >= 0)) problems[`${field}.deadband`] = 'notNegative';
    return { signal, is, value: number, deadband: band };
  };
  const side = (name: 'opens' | 'closes'): RuleDefinition['opens'] => ({
    match: draft[name].match,
    conditions: draft[name].conditions.map((each, index) => condition(each, `${name}.conditions.${index}`)),
    forMs: duration(`${name}.forMs`, draft[name].for),
  });
  const definition = {
    ...{ opens: side('opens'), closes: side('closes') },
    minimumMs: duration('minimumMs', draft.minimum),
    silenceMs: draft.silence.trim() === '' ? null : duration('silenceMs', draft.silence, 1_000),
    program: draft.program || null,
  };
  return { definition: Object.keys(problems).length > 0 ? null : definition, problems };
}
