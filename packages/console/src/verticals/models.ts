import { useCallback } from 'react';
import { isPhrase, useWords } from '../words/words.js';
import { type BlockOf, useIndustries } from './pages.js';

/** What a model of equipment is called; its id while no enabled industry knows it. */
export function useModelWords(): (model: string) => string {
  const { say, t } = useWords();
  const { answer } = useIndustries();
  return useCallback(
    (model) => {
      const found = answer?.verticals.flatMap(({ equipmentModels }) => equipmentModels).find(({ id }) => id === model);
      if (found) return say(found.words);
      const common = `commonModel.${model}`;
      return isPhrase(common) ? t(common) : model;
    },
    [answer, say, t],
  );
}

/** What a signal of a model is called. */
export function useSignalWords(model: string): (signal: string) => string {
  const { say, t } = useWords();
  const { answer } = useIndustries();
  return useCallback(
    (signal) => {
      const models = answer?.verticals.flatMap(({ equipmentModels }) => equipmentModels) ?? [];
      const found = models.find(({ id }) => id === model)?.signals.find(({ name }) => name === signal);
      if (found) return say(found.words);
      const common = `commonSignal.${model}.${signal}`;
      return isPhrase(common) ? t(common) : signal.replaceAll('_', ' ');
    },
    [answer, say, t, model],
  );
}

/** What a value of a text signal is called. */
export function useValueWords(model: string): (signal: string, value: string) => string {
  const { say } = useWords();
  const { answer } = useIndustries();
  return useCallback(
    (signal, value) => {
      const models = answer?.verticals.flatMap(({ equipmentModels }) => equipmentModels) ?? [];
      const words = models.find(({ id }) => id === model)?.signals.find(({ name }) => name === signal)?.values?.[value];
      return words ? say(words) : value;
    },
    [answer, say, model],
  );
}

/** Which signals and curves an industry's own pages show of a model: the ones that its people look at. */
export function useShownOfModel(
  model: string,
): { readonly signals: readonly string[]; readonly curves: readonly string[]; readonly values: readonly string[] } | null {
  const { answer } = useIndustries();
  const block = answer?.verticals
    .flatMap(({ pages }) => pages)
    .flatMap(({ blocks }) => blocks)
    .find((each): each is BlockOf<'equipment'> => each.kind === 'equipment' && each.model === model);
  return block ? { signals: block.signals, curves: block.evaluator?.curves ?? [], values: block.evaluator?.values ?? [] } : null;
}
