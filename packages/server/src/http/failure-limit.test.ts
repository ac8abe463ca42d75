import { expect, it } from 'vitest';
import { createFailureLimit } from './failure-limit.js';

it('lets somebody wait until the oldest of too many failures is old enough, and nobody else', () => {
  let at = 0;
  const limit = createFailureLimit({ most: 3, withinMs: 100, now: () => at });
  for (at = 0; at < 30; at += 10) {
    expect(limit.waitMs('a')).toBe(0);
    limit.failed('a');
  }
  expect([at, limit.waitMs('a'), limit.waitMs('b')]).toEqual([30, 70, 0]);
  at = 100;
  expect(limit.waitMs('a')).toBe(0);
  limit.failed('a');
  expect(limit.waitMs('a')).toBe(10);
});

it('forgets who failed longest ago when there are too many to remember', () => {
  const limit = createFailureLimit({ most: 1, withinMs: 1_000, now: () => 0 });
  for (let n = 0; n <= 10_000; n += 1) limit.failed(String(n));
  expect([limit.waitMs('0'), limit.waitMs('1'), limit.waitMs('10000')]).toEqual([0, 1_000, 1_000]);
});
