import { useFormat } from '../app/platform.js';
import type { Equipment } from '../equipment/signals.js';
import { widthWords } from '../equipment/width-words.js';
import { useSignalWords, useValueWords } from '../verticals/models.js';
import { measuredUnit } from '../words/units.js';
import { useWords } from '../words/words.js';
import type { Condition, RuleDefinition } from './rule-draft.js';

/** What a rule says, a sentence each: when a run begins, when it ends, what is none. */
export function useRuleSentences(equipment: Pick<Equipment, 'model' | 'signals'>): (rule: RuleDefinition) => readonly string[] {
  const { t, locale } = useWords();
  const format = useFormat();
  const wordsOf = useSignalWords(equipment.model);
  const valueWords = useValueWords(equipment.model);
  const measure = (value: number, signal: string) =>
    [format.number(value), measuredUnit(equipment.signals.find(({ name }) => name === signal)?.unit ?? '')].filter(Boolean).join(' ');
  const conditionWords = (condition: Condition): string => {
    const { signal, value } = condition;
    const said =
      typeof value === 'number'
        ? measure(value, signal)
        : typeof value === 'boolean'
          ? t(value ? 'yes' : 'no')
          : `“${valueWords(signal, value)}”`;
    const main = t(`ruleSays.${condition.is}`, { signal: wordsOf(signal), value: said });
    if (!('deadband' in condition) || condition.deadband === 0) return main;
    const back = condition.is === 'above' ? condition.value - condition.deadband : condition.value + condition.deadband;
    return `${main} ${t(condition.is === 'above' ? 'ruleSays.untilBelow' : 'ruleSays.untilAbove', { value: measure(back, signal) })}`;
  };
  const side = ({ match, conditions }: RuleDefinition['opens']) =>
    new Intl.ListFormat(locale, { type: match === 'all' ? 'conjunction' : 'disjunction' }).format(conditions.map(conditionWords));
  const held = (forMs: number) => (forMs === 0 ? '' : t('ruleSays.for', { time: widthWords(forMs, locale) }));
  return ({ opens, closes, minimumMs, silenceMs, program }) => [
    t('ruleSays.opens', { conditions: side(opens), held: held(opens.forMs) }),
    closes.conditions.length === 0
      ? t('ruleSays.closesSame', { held: held(closes.forMs) })
      : t('ruleSays.closes', { conditions: side(closes), held: held(closes.forMs) }),
    ...(minimumMs > 0 ? [t('ruleSays.minimum', { time: widthWords(minimumMs, locale) })] : []),
    silenceMs === null ? t('ruleSays.noSilence') : t('ruleSays.silence', { time: widthWords(silenceMs, locale) }),
    ...(program === null ? [] : [t('ruleSays.program', { signal: wordsOf(program) })]),
  ];
}

export function RuleSays({ equipment, rule }: { readonly equipment: Pick<Equipment, 'model' | 'signals'>; readonly rule: RuleDefinition }) {
  const sentences = useRuleSentences(equipment);
  return (
    <ul className="plain-list" data-rule-says>
      {sentences(rule).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
