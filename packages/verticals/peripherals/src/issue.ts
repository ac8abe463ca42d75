import type { Issue } from '@yunfab/core/errors';

export type { Issue };

export const issue = (at: string, en: string, zh: string): Issue => ({ at, words: { en, zh } });
