import { describe, expect, it } from 'vitest';
import { eventProblem } from './event-body.js';

describe('a count', () => {
  it.each([
    [{ good: 1 }, null],
    [{ scrap: 0 }, null],
    [{ rework: 2, reason: 'FLASH' }, null],
    [{ good: 1, reworked: 1, reason: null, anything: 'else' }, null],
    [{}, 'count.body: give good, scrap or rework'],
    [{ reworked: 1 }, 'count.body: give good, scrap or rework'],
  ])('%j: %s', (body, problem) => {
    expect(eventProblem('count', body)).toBe(problem);
  });

  it.each([[{ good: -1 }], [{ rework: '1' }], [{ good: 1, reason: 'x'.repeat(31) }]])('%j is refused', (body) => {
    expect(eventProblem('count', body)).toMatch(/^count\./);
  });
});
