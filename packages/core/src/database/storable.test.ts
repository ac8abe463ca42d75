import fc from 'fast-check';
import { expect, it } from 'vitest';
import { beginning, unstorable } from './storable.js';

it.each([
  ['\0', [], 'the character U+0000'],
  [{ a: ['x', '\ud83d'] }, ['a', 1], 'half of a surrogate pair'],
  [{ a: { '\udc00': 1 } }, ['a', '\ufffd'], 'half of a surrogate pair'],
  [{ a: [1e308 * 10] }, ['a', 0], 'a number beyond the range of a double'],
])('says where %j holds what jsonb does not, and what', (value, path, problem) => {
  expect(unstorable(value)).toEqual({ path, problem });
});

it('lets every other JSON pass', () => {
  for (const value of [null, true, '\\u0000 \\ud800 🛞', { 轮胎: [{ 'a\\b': 0 }] }]) expect(unstorable(value)).toBeNull();
});

it('begins a text without half a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, most) => {
      const begun = beginning(text, most);
      expect(text.startsWith(begun) && begun.isWellFormed()).toBe(true);
      expect(begun.length).toBeGreaterThanOrEqual(Math.min(text.length, most) - 1);
      expect(begun.length).toBeLessThanOrEqual(most);
    }),
  );
});
