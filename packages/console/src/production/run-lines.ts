import type { Client } from '../app/client.js';
import type { Line } from '../chart/series.js';
import { measuredUnit } from '../words/units.js';
import type { BothWords } from '../words/words.js';

export type Run = Awaited<ReturnType<Client['production']['runs']['get']>>;
export type Evaluation = NonNullable<Run['evaluation']>;

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
