import { describe, expect, it } from 'vitest';
import { checkIdentifier, usccCheckCharacter } from './identifiers.js';

const problemOf = (scheme: 'uscc' | 'lei' | 'national', country: string, value: string) => {
  const result = checkIdentifier({ scheme, country, value });
  return result.ok ? null : result.problem.en;
};

describe('GB 32100 unified social credit code', () => {
  it('accepts a good one, whatever its case', () => {
    expect(problemOf('uscc', 'CN', '91110000600037341L')).toBeNull();
    expect(checkIdentifier({ scheme: 'uscc', country: 'cn', value: ' 91110000600037341l ' })).toEqual({
      ok: true,
      identifier: { scheme: 'uscc', country: 'CN', value: '91110000600037341L' },
    });
  });
  it('names the check character that belongs there', () => {
    expect(problemOf('uscc', 'CN', '91350100M000100Y4Z')).toMatch(/is Z, but 3 belongs there/);
    expect(problemOf('uscc', 'CN', '91350100M000100Y43')).toBeNull();
  });
  it('catches every single wrong character', () => {
    const good = '91110000600037341L';
    for (let i = 0; i < 17; i += 1) {
      const other = good[i] === '1' ? '2' : '1';
      expect(problemOf('uscc', 'CN', good.slice(0, i) + other + good.slice(i + 1)), String(i)).not.toBeNull();
    }
  });
  it('refuses wrong lengths, letters and countries', () => {
    expect(problemOf('uscc', 'CN', '9111')).toMatch(/has 4 characters/);
    expect(problemOf('uscc', 'CN', '91110000600O37341L')).toMatch(/GB 32100/);
    expect(problemOf('uscc', 'DE', '91110000600037341L')).toMatch(/belongs to CN/);
  });
  it('gives 0 where the sum divides by 31', () => {
    expect(usccCheckCharacter('0'.repeat(17))).toBe('0');
  });
});

describe('ISO 17442 LEI', () => {
  it('checks mod 97-10', () => {
    expect(problemOf('lei', 'GB', '213800WSGIIZCXF1P572')).toBeNull();
    expect(problemOf('lei', 'DE', '5493001KJTIIGC8Y1R12')).toBeNull();
    expect(problemOf('lei', 'DE', '5493001KJTIIGC8Y1R13')).toMatch(/check digits/);
    expect(problemOf('lei', 'DE', '5493001KJTIIGC8Y1R')).toMatch(/18 letters or digits/);
  });
});

describe('a national registration number', () => {
  it('needs an ISO 3166 country, and is not for China', () => {
    expect(problemOf('national', 'DE', 'HRB 12345')).toBeNull();
    expect(problemOf('national', 'XX', 'HRB 12345')).toMatch(/ISO 3166/);
    expect(problemOf('national', 'CN', '12345')).toMatch(/unified social credit code/);
    expect(problemOf('national', 'DE', '!')).not.toBeNull();
  });
});
