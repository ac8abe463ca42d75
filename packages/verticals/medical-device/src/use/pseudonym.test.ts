import { describe, expect, it } from 'vitest';
import { pseudonymOf } from './pseudonym.js';

const [ours, theirs] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64')) as [string, string];

describe('ISO 25237 pseudonyms', () => {
  it('are the same for a patient within a hospital, however the number is typed', () => {
    expect(pseudonymOf('mrn-100231 ', ours)).toBe(pseudonymOf('ＭＲＮ-100231', ours));
    expect(pseudonymOf('MRN-100232', ours)).not.toBe(pseudonymOf('MRN-100231', ours));
  });
  it('are others under the key of another hospital, and hold nothing of the number', () => {
    const pseudonym = pseudonymOf('MRN-100231', ours);
    expect(pseudonymOf('MRN-100231', theirs)).not.toBe(pseudonym);
    expect(pseudonym).toMatch(/^P-[0-9a-f]{32}$/);
    expect(pseudonym).not.toContain('100231');
  });
});
