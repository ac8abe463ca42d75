/** A place in a vertical that speaks one of the two languages only. */
export interface MissingWords {
  readonly at: string;
  readonly sentence: string;
}

const languages = { en: 'English', zh: 'Chinese' } as const;
const wordsFields = new Set(['words', 'name', 'description', 'hint', 'submit', 'empty']);

/** Finds, anywhere in a vertical's data, words that lack a language. */
export function findMissingWords(value: unknown, path: readonly string[] = []): MissingWords[] {
  if (typeof value !== 'object' || value === null || path.includes('schema') || path.includes('config') || path.includes('migrations'))
    return [];
  const spoken = value as Record<string, unknown>;
  if ('en' in spoken || 'zh' in spoken || isEmptyWords(spoken, path)) {
    return (['en', 'zh'] as const)
      .filter((language) => typeof spoken[language] !== 'string' || spoken[language].trim() === '')
      .map((language) => ({ at: path.join('.'), sentence: `has no ${languages[language]} words at ${path.join('.')}; add "${language}"` }));
  }
  return Object.entries(spoken).flatMap(([key, inner]) => findMissingWords(inner, [...path, key]));
}

/** `words: {}` speaks neither; `words: { name, description }` of the vertical itself is a place to look into. */
function isEmptyWords(value: Record<string, unknown>, path: readonly string[]): boolean {
  return wordsFields.has(path.at(-1) ?? '') && !Array.isArray(value) && Object.values(value).every((inner) => typeof inner !== 'object');
}
