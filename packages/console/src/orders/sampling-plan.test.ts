import { codeLetterOf as letterOfPlatform, sampleSizeOf as sizeOfPlatform } from '@yunfab/core/orders';
import { describe, expect, it } from 'vitest';
import { codeLetterOf, codeLetters, completed, planOf, sampleSizeOf, samplingOf, verdictOf } from './sampling-plan.js';

describe('a sampling plan', () => {
  it('has the letters and sizes of the platform', () => {
    const edges = [8, 15, 25, 50, 90, 150, 280, 500, 1_200, 3_200, 10_000, 35_000, 150_000, 500_000, 9_000_000];
    for (const lot of [2, ...edges.flatMap((edge) => [edge, edge + 1])])
      expect([lot, codeLetterOf(lot)]).toEqual([lot, letterOfPlatform(lot)]);
    for (const letter of codeLetters) expect(sampleSizeOf(letter)).toBe(sizeOfPlatform(letter));
  });

  it('follows from the lot, until somebody says otherwise', () => {
    const plan = planOf('400');
    expect(plan).toMatchObject({ standard: 'GB/T 2828.1', level: 'II', codeLetter: 'H', sampleSize: '50' });
    expect(completed(plan, { lotSize: '1000' })).toMatchObject({ codeLetter: 'J', sampleSize: '80' });
    expect(completed(plan, { level: 'I', codeLetter: 'F' })).toMatchObject({ codeLetter: 'F', sampleSize: '20' });
    expect(completed(plan, { lotSize: '12', standard: 'other' })).toMatchObject({ codeLetter: 'H', sampleSize: '12' });
    expect(completed(plan, { acceptAt: '1' })).toMatchObject({ acceptAt: '1', rejectAt: '2', sampleSize: '50' });
  });

  it('is judged once both numbers are known', () => {
    const plan = completed(planOf('400'), { acceptAt: '1' });
    expect(verdictOf(plan)).toBeNull();
    expect([verdictOf({ ...plan, nonconforming: '1' }), verdictOf({ ...plan, nonconforming: '2' })]).toEqual([true, false]);
  });

  it('goes to the platform with what is missing missing', () => {
    const sent = JSON.parse(JSON.stringify(samplingOf(planOf('400'))));
    expect(sent).toMatchObject({ lotSize: 400, codeLetter: 'H', sampleSize: 50, aql: '1.0', acceptAt: null, nonconforming: null });
  });
});
