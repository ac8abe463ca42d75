import { useCallback } from 'react';
import { isPhrase, useWords } from '../words/words.js';

/** What a reason is called; its code where the console does not know it. */
export function useReasonWords(): (reason: string) => string {
  const { t } = useWords();
  return useCallback(
    (reason) => {
      const name = `letterReason.${reason}`;
      return isPhrase(name) ? t(name) : reason;
    },
    [t],
  );
}

/** What to do about letters of this reason; empty where there is nothing to say. */
export function useRemedyWords(): (reason: string) => string {
  const { t } = useWords();
  return useCallback(
    (reason) => {
      const name = `letterRemedy.${reason}`;
      return isPhrase(name) ? t(name) : '';
    },
    [t],
  );
}
