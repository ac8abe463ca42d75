import { describe, expect, it } from 'vitest';
import { type Against, type Foreseen, standingOf } from './standing.js';

const at = (text: string) => new Date(text);
const now = at('2026-06-10T04:30:00Z');
const foreseen = (given: Partial<Foreseen> = {}): Foreseen => ({
  progress: 0.5,
  eta: at('2026-06-12T04:00:00Z'),
  earliest: at('2026-06-11T04:00:00Z'),
  latest: at('2026-06-14T04:00:00Z'),
  confidence: 'high',
  ...given,
});
const against = (given: Partial<Against> = {}): Against => ({ dueOn: '2026-06-20', now, state: 'open', ...given });
const nothing = { eta: null, earliest: null, latest: null };

describe('an outlook as it stands later', () => {
  it('stays as it was while its day is ahead', () => {
    const { eta, earliest, latest, confidence } = foreseen();
    expect(standingOf(foreseen(), against())).toEqual({ eta, earliest, latest, confidence, late: null });
  });

  it('is late when it is expected after the day it is due', () => {
    expect(standingOf(foreseen(), against({ dueOn: '2026-06-12' })).late).toBeNull();
    expect(standingOf(foreseen(), against({ dueOn: '2026-06-09' })).late).toEqual({ days: 3, reason: 'slow' });
    // Half past midnight of the 13th where the factory is.
    expect(standingOf(foreseen({ eta: at('2026-06-12T16:30:00Z') }), against({ dueOn: '2026-06-12' })).late).toEqual({
      days: 1,
      reason: 'slow',
    });
  });

  it('gives way to its latest time once the expected one has passed without a report', () => {
    const passed = foreseen({ eta: at('2026-06-10T04:00:00Z'), earliest: at('2026-06-09T04:00:00Z') });
    expect(standingOf(passed, against())).toEqual({
      ...{ eta: passed.latest, latest: passed.latest, earliest: at('2026-06-10T05:00:00Z') },
      ...{ confidence: 'low', late: null },
    });
    expect(standingOf(passed, against({ dueOn: '2026-06-12' })).late).toEqual({ days: 2, reason: 'slow' });
  });

  it('has no date once all of its interval has passed, and is late from the day it was expected or due', () => {
    const silent = foreseen({
      eta: at('2026-06-06T04:00:00Z'),
      earliest: at('2026-06-05T04:00:00Z'),
      latest: at('2026-06-07T04:00:00Z'),
    });
    expect(standingOf(silent, against())).toEqual({ ...nothing, confidence: 'low', late: { days: 3, reason: 'silent' } });
    expect(standingOf(silent, against({ dueOn: '2026-06-04' })).late).toEqual({ days: 6, reason: 'silent' });
    expect(standingOf(silent, against({ now: at('2026-06-07T05:00:00Z') })).late).toBeNull();
  });

  it('says why there is no date when the due day is over', () => {
    const unknown = foreseen({ ...nothing, confidence: 'low' });
    expect(standingOf(unknown, against())).toEqual({ ...nothing, confidence: 'low', late: null });
    expect(standingOf(unknown, against({ dueOn: '2026-06-08' })).late).toEqual({ days: 2, reason: 'no_rate' });
    expect(standingOf({ ...unknown, progress: 0 }, against({ dueOn: '2026-06-08' })).late).toEqual({ days: 2, reason: 'not_begun' });
    expect(standingOf(unknown, against({ dueOn: '2026-06-08', state: 'held' })).late).toEqual({ days: 2, reason: 'held' });
  });

  it('is never late when all is made, or the order is over', () => {
    const made = foreseen({ ...nothing, progress: 1 });
    expect(standingOf(made, against({ dueOn: '2026-06-01' }))).toEqual({ ...nothing, confidence: 'high', late: null });
    expect(standingOf(foreseen(), against({ dueOn: '2026-06-01', state: 'over' }))).toEqual({ ...nothing, confidence: 'high', late: null });
  });

  it('promises nothing before now, whenever it is asked', () => {
    for (let hour = 0; hour < 24 * 12; hour += 5) {
      const asked = new Date(at('2026-06-05T00:10:00Z').getTime() + hour * 3_600_000);
      const { eta, earliest, latest } = standingOf(foreseen(), against({ now: asked }));
      for (const promised of [eta, earliest, latest]) expect(promised === null || promised > asked).toBe(true);
      if (eta && earliest && latest) expect(earliest <= eta && eta <= latest).toBe(true);
    }
  });
});
