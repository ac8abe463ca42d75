import type { Client } from '../app/client.js';
import type { Line } from '../chart/series.js';
import type { Format } from '../format/format.js';
import { measuredUnit } from '../words/units.js';
import type { BothWords } from '../words/words.js';

export type Run = Awaited<ReturnType<Client['production']['runs']['get']>>;
export type Evaluation = NonNullable<Run['evaluation']>;

/** As people call it: by the rule that it came of and when it began, else by the device's own name of it. */
export function runName(
  { rule, startedAt, key }: Pick<Run, 'rule' | 'startedAt' | 'key'>,
  say: (words: BothWords) => string,
  format: Pick<Format, 'moment'>,
): string {
  return rule && startedAt ? `${say(rule.words)} ${format.moment(startedAt)}` : key;
}

/** What an evaluator derived, as lines over the measured ones. */
export function curveLines(curves: Evaluation['curves'], say: (words: BothWords) => string): Line[] {
  return curves.map((curve) => ({
    name: `curve:${curve.name}`,
    words: say(curve.words),
    unit: measuredUnit(curve.unit),
    ts: curve.ts,
    value: curve.value,
    derived: true,
  }));
}
