import type { Words } from '@yunfab/core/access';

/** What is wrong with data from outside: `at` is its path (`MessageBody.InstalledMaterials.0`), `words` the sentence. */
export interface Issue {
  readonly at: string;
  readonly words: Words;
}

export const issue = (at: string, en: string, zh: string): Issue => ({ at, words: { en, zh } });
