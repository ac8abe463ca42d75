import type { Words } from '@yunfab/core/access';

/** One thing wrong with data from outside: where it stands and the whole sentence. */
export interface Issue {
  /** Path of the value: `measurements.waist`, `seams.side`. */
  readonly at: string;
  /** `refused`: nothing can be made of it. `doubtful`: measure again; work goes on. */
  readonly severity: 'refused' | 'doubtful';
  readonly words: Words;
}

export const refused = (at: string, en: string, zh: string): Issue => ({ at, severity: 'refused', words: { en, zh } });
export const doubtful = (at: string, en: string, zh: string): Issue => ({ at, severity: 'doubtful', words: { en, zh } });

export const holds = (issues: readonly Issue[]): boolean => issues.every(({ severity }) => severity !== 'refused');
