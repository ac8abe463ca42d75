import type { Words } from '@yunfab/core/access';
import { type Issue, refused } from '../issue.js';
import type { FinishedMeasurement, Garment } from '../pattern/index.js';

/**
 * How far a finished measurement may be from its pattern, mm. After GB/T 2660 (shirts) and GB/T 2666 (trousers), written from
 * memory and **to be checked**; what these do not name has a house figure.
 */
export const finishedTolerances: Readonly<Record<Garment, Readonly<Record<string, number>>>> = {
  shirt: { collar: 6, chest: 20, waist: 20, hip: 20, shoulder: 8, sleeve: 8, cuff: 5 },
  trousers: { waist: 10, hip: 20, inseam: 10, length: 15 },
};

export interface CheckResult {
  readonly holds: boolean;
  readonly words: Words;
}

/** Compares what was measured on the finished garment, mm, with its own pattern. Every measurement of the pattern has to be taken. */
export function checkFinished(
  garment: Garment,
  finished: readonly Pick<FinishedMeasurement, 'name' | 'words' | 'drawn'>[],
  measured: Readonly<Record<string, number>>,
): CheckResult & { readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  for (const { name, words, drawn } of finished) {
    const value = measured[name];
    const tolerance = finishedTolerances[garment][name] ?? 0;
    if (value === undefined) {
      issues.push(refused(name, `${words.en} was not measured`, `未测量${words.zh}`));
      continue;
    }
    const off = Math.round((value - drawn) * 10) / 10;
    if (Math.abs(off) > tolerance)
      issues.push(
        refused(
          name,
          `${words.en} is ${value} mm, ${off > 0 ? '+' : ''}${off} mm from the pattern (±${tolerance})`,
          `${words.zh}为 ${value} mm，与样板相差 ${off > 0 ? '+' : ''}${off} mm（±${tolerance}）`,
        ),
      );
  }
  if (issues.length > 0)
    return {
      holds: false,
      words: { en: issues.map(({ words }) => words.en).join('; '), zh: issues.map(({ words }) => words.zh).join('；') },
      issues,
    };
  const count = finished.length;
  return { holds: true, words: { en: `${count} measurements within tolerance`, zh: `${count} 项尺寸均在公差内` }, issues };
}
