import { describe, expect, it } from 'vitest';
import { draftOf, emptyDraft, type RuleDefinition, readDraft } from './rule-draft.js';

const signals = [
  { name: 'temperature', unit: 'Cel', kind: 'number', range: null },
  { name: 'closed', unit: '1', kind: 'boolean', range: null },
  { name: 'recipe', unit: '1', kind: 'text', range: null },
] as const;
const asked = [...signals].map((signal) => ({ ...signal }));

const temperature = { signal: 'temperature', is: 'above', value: 100.25, deadband: 20 } as const;
const side = { match: 'all', conditions: [temperature], forMs: 0 } as const;
const rule = { opens: side, closes: { match: 'all', conditions: [], forMs: 0 }, minimumMs: 0, silenceMs: 600_000, program: null } as const;
const definitions: readonly (readonly [what: string, rule: RuleDefinition])[] = [
  ['of one number', asStored(rule)],
  [
    'of numbers below zero, equal and not',
    asStored({
      ...rule,
      opens: {
        ...side,
        match: 'any',
        conditions: [
          { signal: 'temperature', is: 'below', value: -40, deadband: 0 },
          { signal: 'temperature', is: 'equal', value: 0 },
          { signal: 'temperature', is: 'not_equal', value: 7 },
        ],
      },
    }),
  ],
  [
    'of a boolean and a text',
    asStored({
      ...rule,
      opens: {
        ...side,
        conditions: [
          { signal: 'closed', is: 'equal', value: false },
          { signal: 'recipe', is: 'not_equal', value: 'idle' },
        ],
      },
    }),
  ],
  [
    'with an end of its own, times, a program',
    asStored({ ...rule, closes: { ...side, forMs: 1_500 }, minimumMs: 86_400_000, program: 'recipe' }),
  ],
  ['that no silence ends', asStored({ ...rule, silenceMs: null })],
];

describe('the draft of a rule', () => {
  it.each(definitions)('comes to the rule that it was made of: %s', (_, made) => {
    expect(readDraft(draftOf(made), asked)).toEqual({ definition: made, problems: {} });
  });

  it('says at which field something is wrong', () => {
    const draft = emptyDraft(asked);
    expect(readDraft(draft, asked)).toEqual({ definition: null, problems: { 'opens.conditions.0.value': 'number' } });
    const wrong = {
      ...draft,
      opens: { ...draft.opens, for: 'soon', conditions: [{ signal: 'temperature', is: 'above' as const, value: '5', deadband: '-1' }] },
      silence: '0.5',
    };
    expect(readDraft(wrong, asked).problems).toEqual({
      'opens.conditions.0.deadband': 'notNegative',
      'opens.forMs': 'seconds',
      silenceMs: 'seconds',
    });
  });
});

/** As the platform sends it, whose lists could be changed. */
function asStored(of: Omit<RuleDefinition, 'opens' | 'closes'> & Record<'opens' | 'closes', Stored>): RuleDefinition {
  return {
    ...of,
    opens: { ...of.opens, conditions: [...of.opens.conditions] },
    closes: { ...of.closes, conditions: [...of.closes.conditions] },
  };
}

type Stored = Omit<RuleDefinition['opens'], 'conditions'> & {
  readonly conditions: readonly RuleDefinition['opens']['conditions'][number][];
};
