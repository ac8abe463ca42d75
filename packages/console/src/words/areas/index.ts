import { changes } from './changes.js';
import { delivery } from './delivery.js';
import { duties } from './duties.js';
import { files } from './files.js';
import { floor } from './floor.js';
import { lists } from './lists.js';
import { rfq } from './rfq.js';
import { statements } from './statements.js';
import { subcontract } from './subcontract.js';

/** The sentences of single areas, both languages side by side; each area has a file of its own. */
const areas = { ...changes, ...delivery, ...duties, ...files, ...floor, ...lists, ...rfq, ...statements, ...subcontract } as const;
/** Each area by itself: a name stands in one of them only. */
export const eachArea: readonly object[] = [changes, delivery, duties, files, floor, lists, rfq, statements, subcontract];

type AreaWords = Readonly<Record<keyof typeof areas, string>>;

const inLanguage = (language: 'en' | 'zh'): AreaWords =>
  Object.fromEntries(
    Object.entries<{ readonly en: string; readonly zh: string }>(areas).map(([name, words]) => [name, words[language]]),
  ) as AreaWords;

export const areasInEnglish = inLanguage('en');
export const areasInChinese = inLanguage('zh');
