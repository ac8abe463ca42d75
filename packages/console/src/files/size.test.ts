import { expect, it } from 'vitest';
import { writtenSize } from './size.js';

it.each([
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [999_499, '999 kB'],
  [1_234_567, '1.2 MB'],
  [2_147_483_648, '2.1 GB'],
  [5_000_000_000_000, '5,000 GB'],
])('writes %i bytes as %s', (bytes, written) => {
  expect(writtenSize(bytes, 'en-GB')).toBe(written);
});
