import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { en, type Phrase, zh } from './areas/index.js';

export type { Phrase } from './areas/index.js';

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

type Filling = Readonly<Record<string, string | number>>;

/** A text in both languages, as the platform sends it. */
export interface BothWords {
  readonly en: string;
  readonly zh: string;
}

const dictionaries: Record<Language, Readonly<Record<Phrase, string>>> = { en, zh };

/** The phrase in a language, its `{placeholders}` filled. */
export function phrase(language: Language, name: Phrase, filling: Filling = {}): string {
  return dictionaries[language][name].replace(/\{(\w+)\}/g, (whole, key: string) => (key in filling ? String(filling[key]) : whole));
}

/** The phrase in both languages, for figures that are drawn of the platform's words. */
export const bothWords = (name: Phrase): BothWords => ({ en: en[name], zh: zh[name] });

/** Whether there is a phrase of this name: for names that arrive from the platform (states, event types). */
export function isPhrase(name: string): name is Phrase {
  return Object.hasOwn(en, name);
}

/** The tag for `lang` and for Intl. */
export const localeOf: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' };

export interface Wording {
  readonly language: Language;
  readonly locale: string;
  readonly choose: (language: Language) => void;
  readonly t: (name: Phrase, filling?: Filling) => string;
  /** The platform's words in the chosen language. */
  readonly say: (words: BothWords) => string;
}

const WordingContext = createContext<Wording | null>(null);
const stored = 'yunfab.language';

export function WordingProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const choose = useCallback((chosen: Language) => {
    localStorage.setItem(stored, chosen);
    setLanguage(chosen);
  }, []);
  const wording = useMemo<Wording>(
    () => ({
      language,
      locale: localeOf[language],
      choose,
      t: (name, filling) => phrase(language, name, filling),
      say: (words) => words[language],
    }),
    [language, choose],
  );
  return <WordingContext.Provider value={wording}>{children}</WordingContext.Provider>;
}

export function useWords(): Wording {
  const wording = useContext(WordingContext);
  if (!wording) throw new Error('useWords outside WordingProvider');
  return wording;
}

function firstLanguage(): Language {
  const kept = localStorage.getItem(stored);
  if (kept === 'en' || kept === 'zh') return kept;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}
