import { describe, expect, it } from 'vitest';
import { type Answers, tell } from './teller.js';

const played: unknown[] = [];
const play = async (organization: string, procedure: string, input: unknown) => {
  played.push([organization, procedure, input]);
  return { id: 'made', lines: [{ id: 'line-1' }] };
};

describe('the calls of a demo story', () => {
  it('refer to what earlier ones answered, also by the number of an order', async () => {
    const answers: Answers = { 'VT-2026-1001': { id: 'order-1', lines: [{ id: 'l1' }], version: 3 } };
    await tell(play, answers, { organization: 'a', procedure: 'x.make', input: { order: '$VT-2026-1001.id' }, as: 'thing' }, 'k1');
    const input = { lines: [{ line: '$VT-2026-1001.lines.0.id' }], version: '$VT-2026-1001.version', thing: '$thing.id', price: 'US$5' };
    await tell(play, answers, { organization: 'b', procedure: 'x.use', input }, 'k2');
    expect(played).toEqual([
      ['a', 'x.make', { order: 'order-1' }],
      ['b', 'x.use', { lines: [{ line: 'l1' }], version: 3, thing: 'made', price: 'US$5' }],
    ]);
  });

  it('say which answer is missing', async () => {
    await expect(tell(play, {}, { organization: 'a', procedure: 'x.use', input: { lot: '$press.lot' } }, 'k')).rejects.toThrow(
      '$press.lot, which nothing has answered',
    );
  });
});
