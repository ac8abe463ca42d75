import { checkVertical, type GoldenResult, type Vertical } from '@yunfab/core/verticals';
import { platformVersion } from '../platform/version.js';
import type { Check, Found } from './check.js';

/** What the package exports, before anything of it runs. */
export const manifest: Check<unknown> = {
  name: 'manifest',
  asks: 'The vertical is whole: names, permissions, models, evaluators, pages and migrations fit together.',
  run: (exported) => ({ problems: checkVertical(exported, { platformVersion }).map((problem) => `It ${problem}.`), note: '' }),
};

const cjk = /[\u4e00-\u9fff]/;
const placeholders = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(([each]) => each).sort();

/** Words are complete by the manifest; here, whether both languages say the same and each is itself. */
export const words: Check<Vertical> = {
  name: 'words',
  asks: 'Every word that a person sees is there in English and in Chinese, and both fill the same places.',
  run(vertical) {
    const problems: string[] = [];
    let count = 0;
    visit(vertical, '', (at, { en, zh }) => {
      count++;
      if (cjk.test(en)) problems.push(`The English of ${at} holds Chinese: "${en}". Write it in English.`);
      // A sign, a code or a name that both languages write alike is no translation that was forgotten.
      if (!cjk.test(zh) && /[A-Za-z]{3,} [a-z]{2,}/.test(zh)) problems.push(`The Chinese of ${at} reads "${zh}". Translate it.`);
      if (placeholders(en).join() !== placeholders(zh).join())
        problems.push(
          `${at} fills ${placeholders(en).join(', ') || 'nothing'} in English and ${placeholders(zh).join(', ') || 'nothing'} in Chinese.`,
        );
    });
    return { problems, note: `${count} pairs` };
  },
};

type Say = (at: string, words: { readonly en: string; readonly zh: string }) => void;

function visit(value: unknown, at: string, say: Say): void {
  // What a story tells is the companies' own text; its names are checked as words all the same.
  if (typeof value !== 'object' || value === null || at === '.migrations' || at === '.config' || at.endsWith('.schema')) return;
  const pair = value as { en?: unknown; zh?: unknown };
  if (typeof pair.en === 'string' && typeof pair.zh === 'string') say(at.slice(1), { en: pair.en, zh: pair.zh });
  else for (const [key, inner] of Object.entries(value)) visit(inner, `${at}.${key}`, say);
}

export const golden: Check<Vertical> = {
  name: 'golden values',
  asks: 'The values that it names from its trade come out again.',
  run({ golden: values = [] }): Found {
    const problems = values.flatMap(({ name, source, expected, actual, tolerance = 0 }) => {
      const result = actual();
      return same(result, expected, tolerance)
        ? []
        : [`"${name}" (${source}) should be ${JSON.stringify(expected)} and is ${JSON.stringify(result)}.`];
    });
    if (values.length === 0) problems.push('It names no golden value. Give at least one with its source.');
    return { problems, note: `${values.length} values` };
  },
};

export function same(actual: GoldenResult, expected: GoldenResult, tolerance: number): boolean {
  if (typeof expected === 'number') return typeof actual === 'number' && Math.abs(actual - expected) <= tolerance;
  if (typeof expected !== 'object' || expected === null) return actual === expected;
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual) !== Array.isArray(expected)) return false;
  const names = Object.keys(expected);
  const of = (value: object, name: string) => (value as Readonly<Record<string, GoldenResult>>)[name] as GoldenResult;
  return (
    names.length === Object.keys(actual).length &&
    names.every((name) => name in actual && same(of(actual, name), of(expected, name), tolerance))
  );
}
