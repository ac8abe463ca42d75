import type { Issue as AnyIssue } from '@yunfab/core/errors';

/** One thing wrong with data from outside: `measurements.waist`, `seams.side`. */
export interface Issue extends AnyIssue {
  /** `refused`: nothing can be made of it. `doubtful`: measure again; work goes on. */
  readonly severity: 'refused' | 'doubtful';
}

export const refused = (at: string, en: string, zh: string): Issue => ({ at, severity: 'refused', words: { en, zh } });
export const doubtful = (at: string, en: string, zh: string): Issue => ({ at, severity: 'doubtful', words: { en, zh } });

export const holds = (issues: readonly Issue[]): boolean => issues.every(({ severity }) => severity !== 'refused');
