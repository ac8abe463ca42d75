import { describe, expect, it } from 'vitest';
import { type Answers, tell } from './teller.js';

const began = new Date('2026-03-01T08:00:00Z');
const played: unknown[] = [];
const play = async (organization: string, procedure: string, input: unknown, key?: string, at?: Date) => {
  if (key === 'k3') return at;
  played.push([organization, procedure, input]);
  return { id: 'made', lines: [{ id: 'line-1' }] };
};

describe('the calls of a demo story', () => {
  it('refer to what earlier ones answered, also by the number of an order', async () => {
    const answers: Answers = { 'VT-2026-1001': { id: 'order-1', lines: [{ id: 'l1' }], version: 3 } };
    await tell(play, answers, { organization: 'a', procedure: 'x.make', input: { order: '$VT-2026-1001.id' }, as: 'thing' }, 'k1', began);
    const input = { lines: [{ line: '$VT-2026-1001.lines.0.id' }], version: '$VT-2026-1001.version', thing: '$thing.id', price: 'US$5' };
    await tell(play, answers, { organization: 'b', procedure: 'x.use', input }, 'k2', began);
    expect(played).toEqual([
      ['a', 'x.make', { order: 'order-1' }],
      ['b', 'x.use', { lines: [{ line: 'l1' }], version: 3, thing: 'made', price: 'US$5' }],
    ]);
  });

  it('count days from when the story began, and can have happened before', async () => {
    const answers: Answers = {};
    const dates = { due: '$day.+12', until: '$instant.-2' };
    await tell(play, answers, { organization: 'a', procedure: 'x.make', input: dates }, 'k4', began);
    expect(played.at(-1)).toEqual(['a', 'x.make', { due: '2026-03-13', until: '2026-02-27T08:00:00.000Z' }]);
    await tell(play, answers, { organization: 'a', procedure: 'x.make', input: {}, daysAgo: 20, as: 'then' }, 'k3', began);
    expect(answers['then']).toEqual(new Date('2026-02-09T08:00:00Z'));
  });

  it('say which answer is missing', async () => {
    await expect(tell(play, {}, { organization: 'a', procedure: 'x.use', input: { lot: '$press.lot' } }, 'k', began)).rejects.toThrow(
      '$press.lot, which nothing has answered',
    );
  });
});
