/** The same sentence in both languages. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** What a paper is printed in; `both` sets Chinese first, English behind or below it. */
export const paperLanguages = ['en', 'zh', 'both'] as const;
export type PaperLanguage = (typeof paperLanguages)[number];

/** One line in the language of the paper. */
export function say({ en, zh }: Words, language: PaperLanguage): string {
  if (language !== 'both') return language === 'zh' ? zh : en;
  return en === zh ? zh : `${zh} ${en}`;
}

/** The same on two lines where the paper speaks both languages, for narrow places. */
export function sayStacked(words: Words, language: PaperLanguage): string {
  return language === 'both' && words.en !== words.zh ? `${words.zh}\n${words.en}` : say(words, language);
}
