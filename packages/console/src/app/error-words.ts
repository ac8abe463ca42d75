import { useQuery } from '@tanstack/react-query';
import { clientErrorWords } from '@yunfab/sdk';
import { useWords } from '../words/words.js';
import type { ErrorWords } from './problem.js';

const address = '/api/errors.json';

/** The platform's list of errors, fetched once when the sentences are needed in another language than its own. */
export function useErrorWords(): ErrorWords {
  const { language } = useWords();
  const { data } = useQuery<ErrorWords>({
    queryKey: ['errors'],
    queryFn: async () => {
      const reply = await fetch(address);
      return reply.ok ? ((await reply.json()) as ErrorWords) : {};
    },
    enabled: language !== 'en',
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { ...clientErrorWords, ...data };
}
