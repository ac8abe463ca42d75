import { useQuery } from '@tanstack/react-query';
import { clientErrorWords } from '@yunfab/sdk';
import { useWords } from '../words/words.js';
import { type ErrorWords, fieldProblems, type Problem, problemSentence } from './problem.js';

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

/** The problems of single fields in the chosen language: what the schema refuses, and a refusal that names its field. */
export function useFieldProblems(problem: Problem | null): Readonly<Record<string, string>> {
  const { language } = useWords();
  const known = useErrorWords();
  const field = problem?.details['field'];
  if (!problem || problem.code === 'request.invalid' || typeof field !== 'string') return fieldProblems(problem);
  return { [field]: problemSentence(problem, language, known) };
}
