import { describe, expect, it } from 'vitest';
import {
  consumerOrderMoves,
  consumerOrderStates,
  consumerOrderTransitions,
  judgeQuotation,
  leadMoves,
  leadStates,
  leadTransitions,
  quotationMoves,
  quotationSides,
  quotationStates,
  stateAt,
} from './index.js';

/** Every allowed triple, written out; whatever is not here is forbidden. */
const quotations = new Set([
  'draft revise supplier → draft',
  'sent revise supplier → draft',
  'declined revise supplier → draft',
  'expired revise supplier → draft',
  'draft send supplier → sent',
  'sent accept buyer → accepted',
  'sent decline buyer → declined',
]);
const outside = new Set([
  ...[...quotations],
  'sent record_acceptance supplier → accepted',
  'sent record_decline supplier → declined',
  'expired record_decline supplier → declined',
]);

describe('the states of a quotation', () => {
  it.each([
    ['on the platform', false, quotations],
    ['outside', true, outside],
  ] as const)('allow exactly what is written here, the recipient %s', (_where, isOutside, expected) => {
    const allowed = new Set<string>();
    for (const state of quotationStates)
      for (const move of quotationMoves)
        for (const side of quotationSides) {
          const judged = judgeQuotation(state, move, side, { outside: isOutside });
          if (judged.allowed) allowed.add(`${state} ${move} ${side} → ${judged.next}`);
        }
    expect(allowed).toEqual(expected);
  });
  it('expire by the clock that is given, and only what was sent', () => {
    const until = new Date('2026-05-01T00:00:00Z');
    expect(stateAt('sent', until, new Date('2026-04-30T23:59:59.999Z'))).toBe('sent');
    expect(stateAt('sent', until, until)).toBe('expired');
    expect(stateAt('draft', until, new Date('2027-01-01T00:00:00Z'))).toBe('draft');
    expect(stateAt('accepted', until, new Date('2027-01-01T00:00:00Z'))).toBe('accepted');
  });
});

const pairs = <State extends string, Move extends string>(
  states: readonly State[],
  moves: readonly Move[],
  table: Readonly<Record<Move, Partial<Record<State, State>>>>,
) => states.flatMap((state) => moves.flatMap((move) => (table[move][state] ? [`${state} ${move} → ${table[move][state]}`] : [])));

describe('the states of a lead and of a consumer order', () => {
  it('allow exactly what is written here', () => {
    expect(pairs(leadStates, leadMoves, leadTransitions)).toEqual([
      'new contact → contacted',
      'new sample → sampled',
      'new quote → quoted',
      'new lose → lost',
      'contacted sample → sampled',
      'contacted quote → quoted',
      'contacted lose → lost',
      'sampled quote → quoted',
      'sampled lose → lost',
      'quoted win → won',
      'quoted lose → lost',
      'lost reopen → contacted',
    ]);
    expect(pairs(consumerOrderStates, consumerOrderMoves, consumerOrderTransitions)).toEqual([
      'placed confirm → confirmed',
      'placed cancel → canceled',
      'confirmed start → in_production',
      'confirmed cancel → canceled',
      'in_production ship → shipped',
      'shipped deliver → delivered',
    ]);
  });
});
