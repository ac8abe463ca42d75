import { describe, expect, it } from 'vitest';
import { incotermRules } from '../order/incoterms.js';
import { rfqErrors } from './errors.js';
import { rfqEvents } from './events.js';
import { incotermDuties } from './incoterms.js';
import {
  hasExpired,
  type InvitationFacts,
  invitationMoves,
  invitationObstacles,
  invitationStates,
  judgeInvitation,
  judgeQuote,
  judgeRfq,
  quoteMoves,
  quoteSides,
  quoteStateAt,
  quoteStates,
  quoteTransitions,
  rfqMoves,
  rfqObstacles,
  rfqStates,
  standings,
} from './states.js';
import * as words from './words.js';

/** Written out a second time, on purpose: state, move → state after. Everything else is forbidden. */
const rfqAllowed: Record<string, string> = {
  'draft revise': 'draft',
  'draft open': 'open',
  'draft cancel': 'canceled',
  'open invite': 'open',
  'open extend': 'open',
  'open assess': 'open',
  'open answer': 'open',
  'open award': 'open',
  'open conclude': 'awarded',
  'open close': 'closed',
  'open cancel': 'canceled',
  'awarded reopen': 'open',
  'closed reopen': 'open',
};

const sides = ['buyer', 'supplier'] as const;

describe('the table of the request', () => {
  const triples = rfqStates.flatMap((state) => sides.flatMap((side) => rfqMoves.map((move) => [state, side, move] as const)));
  it.each(triples)('%s, %s: %s', (state, side, move) => {
    const next = rfqAllowed[`${state} ${move}`];
    const judged = judgeRfq(state, move, side);
    if (side === 'supplier') expect(judged).toEqual({ allowed: false, because: 'wrong_side' });
    else expect(judged).toEqual(next ? { allowed: true, next } : { allowed: false, because: 'wrong_state' });
  });

  it('asks what is awarded and what is left', () => {
    const because = (
      move: (typeof rfqMoves)[number],
      facts: { awarded: boolean; left: boolean },
      state: (typeof rfqStates)[number] = 'open',
    ) => {
      const judged = judgeRfq(state, move, 'buyer', facts);
      return judged.allowed ? null : judged.because;
    };
    expect(because('award', { awarded: true, left: false })).toBe('nothing_left');
    expect(because('award', { awarded: true, left: true })).toBeNull();
    expect(because('conclude', { awarded: false, left: true })).toBe('nothing_awarded');
    expect(because('close', { awarded: true, left: true })).toBe('something_awarded');
    expect(because('cancel', { awarded: true, left: true })).toBe('something_awarded');
    expect(because('reopen', { awarded: true, left: false }, 'awarded')).toBe('nothing_left');
    expect(because('reopen', { awarded: false, left: true }, 'closed')).toBeNull();
  });
});

const invitationAllowed: Record<string, string> = {
  'invited accept_confidentiality': 'invited',
  'invited ask': 'invited',
  'invited quote': 'quoted',
  'invited decline': 'declined',
  'quoted ask': 'quoted',
  'quoted revise': 'quoted',
  'quoted withdraw': 'quoted',
};

describe('the table of the invitation', () => {
  const triples = invitationStates.flatMap((state) => sides.flatMap((side) => invitationMoves.map((move) => [state, side, move] as const)));
  it.each(triples)('%s, %s: %s', (state, side, move) => {
    const next = invitationAllowed[`${state} ${move}`];
    const judged = judgeInvitation(state, move, side);
    if (side === 'buyer') expect(judged).toEqual({ allowed: false, because: 'wrong_side' });
    else expect(judged).toEqual(next ? { allowed: true, next } : { allowed: false, because: 'wrong_state' });
  });

  it('opens nothing before the terms, after the due instant, and once the request has ended', () => {
    const open: InvitationFacts = { standing: 'open', confidentiality: 'none', overdue: false };
    const because = (move: (typeof invitationMoves)[number], facts: Partial<InvitationFacts>) => {
      const judged = judgeInvitation(move === 'revise' || move === 'withdraw' ? 'quoted' : 'invited', move, 'supplier', {
        ...open,
        ...facts,
      });
      return judged.allowed ? null : judged.because;
    };
    for (const move of ['ask', 'quote', 'revise'] as const) {
      expect(because(move, {})).toBeNull();
      expect(because(move, { confidentiality: 'accepted' })).toBeNull();
      expect(because(move, { confidentiality: 'open' })).toBe('confidentiality_first');
      expect(because(move, { overdue: true })).toBe('response_overdue');
    }
    for (const move of invitationMoves) {
      expect(because(move, { standing: 'closed', overdue: true })).toBe('rfq_closed');
      expect(because(move, { standing: 'canceled', confidentiality: 'open' })).toBe('rfq_canceled');
    }
    expect(because('accept_confidentiality', {})).toBe('no_confidentiality');
    expect(because('accept_confidentiality', { confidentiality: 'open' })).toBeNull();
    expect(because('accept_confidentiality', { confidentiality: 'accepted' })).toBe('confidentiality_accepted');
    expect(because('decline', { overdue: true, confidentiality: 'open' })).toBeNull();
    expect(because('withdraw', { overdue: true })).toBeNull();
  });
});

const quoteAllowed: Record<string, string> = {
  'submitted supplier revise': 'submitted',
  'expired supplier revise': 'submitted',
  'withdrawn supplier revise': 'submitted',
  'awarded supplier revise': 'awarded',
  'submitted supplier withdraw': 'withdrawn',
  'expired supplier withdraw': 'withdrawn',
  'submitted buyer award': 'awarded',
  'awarded buyer award': 'awarded',
  'submitted buyer lose': 'lost',
  'expired buyer lose': 'lost',
  'lost buyer reopen': 'submitted',
  'awarded order release': 'submitted',
};

describe('the table of the quote', () => {
  const triples = quoteStates.flatMap((state) => quoteSides.flatMap((side) => quoteMoves.map((move) => [state, side, move] as const)));
  it.each(triples)('%s, %s: %s', (state, side, move) => {
    const next = quoteAllowed[`${state} ${side} ${move}`];
    const judged = judgeQuote(state, move, side);
    if (next) expect(judged).toEqual({ allowed: true, next });
    else expect(judged).toEqual({ allowed: false, because: quoteTransitions[move].side === side ? 'wrong_state' : 'wrong_side' });
  });

  it('is valid at its last instant, and not a millisecond longer', () => {
    const until = new Date('2026-12-01T08:00:00.000Z');
    expect(hasExpired(until, new Date(until.getTime()))).toBe(false);
    expect(hasExpired(until, new Date(until.getTime() + 1))).toBe(true);
    expect(quoteStateAt('submitted', until, new Date(until.getTime()))).toBe('submitted');
    expect(quoteStateAt('submitted', until, new Date(until.getTime() + 1))).toBe('expired');
    expect(quoteStateAt('awarded', until, new Date(until.getTime() + 1))).toBe('awarded');
  });
});

it('everything has words in both languages', () => {
  const tables: [Readonly<Record<string, { en: string; zh: string }>>, readonly string[]][] = [
    [words.rfqStateWords, rfqStates],
    [words.rfqMoveWords, rfqMoves],
    [words.rfqObstacleWords, rfqObstacles],
    [words.invitationStateWords, invitationStates],
    [words.invitationMoveWords, invitationMoves],
    [words.invitationObstacleWords, invitationObstacles],
    [words.standingWords, standings],
    [words.quoteStateWords, quoteStates],
    [words.quoteMoveWords, quoteMoves],
    [words.rfqEventWords, Object.keys(rfqEvents)],
  ];
  for (const [table, names] of tables) {
    expect(Object.keys(table).toSorted()).toEqual([...names].toSorted());
    for (const { en, zh } of Object.values(table)) expect(en && zh).toBeTruthy();
  }
  expect(Object.keys(rfqErrors.catalogue)).toEqual(
    expect.arrayContaining([...rfqObstacles, ...invitationObstacles].map((each) => `rfq.${each}`)),
  );
});

it('Incoterms 2020: eleven rules, four of them for water only, and the seller pays duty under DDP alone', () => {
  expect(incotermRules).toHaveLength(11);
  expect(incotermRules.filter((rule) => incotermDuties[rule].transport === 'water')).toEqual(['FAS', 'FOB', 'CFR', 'CIF']);
  expect(incotermRules.filter((rule) => incotermDuties[rule].duty === 'seller')).toEqual(['DDP']);
  expect(incotermRules.filter((rule) => incotermDuties[rule].carriage === 'buyer')).toEqual(['EXW', 'FCA', 'FAS', 'FOB']);
});
