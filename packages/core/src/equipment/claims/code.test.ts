import { expect, it } from 'vitest';
import { newClaimCode, readClaimCode } from './code.js';

it('a claim code is read as people type it', () => {
  const code = newClaimCode();
  expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
  const bare = code.replaceAll('-', '');
  for (const typed of [code, bare, code.toLowerCase(), ` ${code.replaceAll('-', ' ')} `]) expect(readClaimCode(typed)).toBe(bare);
});

it('a claim code with one wrong sign, one too few or one that looks like another is none', () => {
  const signs = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bare = newClaimCode().replaceAll('-', '');
  for (let place = 0; place < bare.length; place += 1)
    for (const sign of signs) {
      if (sign === bare[place]) continue;
      expect(readClaimCode(bare.slice(0, place) + sign + bare.slice(place + 1))).toBeNull();
    }
  for (const typed of [bare.slice(1), `${bare}2`, `0${bare.slice(1)}`, '']) expect(readClaimCode(typed)).toBeNull();
});

it('two neighbours that were swapped are noticed, but for a few in a hundred', () => {
  let [swapped, noticed] = [0, 0];
  for (let n = 0; n < 300; n += 1) {
    const bare = newClaimCode().replaceAll('-', '');
    for (let place = 0; place + 1 < bare.length; place += 1) {
      const typed = bare.slice(0, place) + bare[place + 1] + bare[place] + bare.slice(place + 2);
      if (typed === bare) continue;
      swapped += 1;
      if (readClaimCode(typed) === null) noticed += 1;
    }
  }
  expect(noticed / swapped).toBeGreaterThan(0.9);
});
