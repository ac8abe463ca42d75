import { describe, expect, it } from 'vitest';
import { steady } from './steady-rows.js';

describe('steady rows', () => {
  it('show everything at first', () => {
    expect(steady([], ['a', 'b'])).toEqual({ kept: ['a', 'b'], fresh: 0 });
  });

  it('count what comes in above instead of moving the rest', () => {
    expect(steady(['a', 'b'], ['n', 'a', 'b'])).toEqual({ kept: ['a', 'b'], fresh: 1 });
  });

  it('keep their places when one moves to the top', () => {
    expect(steady(['a', 'b', 'c'], ['c', 'a', 'b'])).toEqual({ kept: ['a', 'b', 'c'], fresh: 0 });
  });

  it('append the next page', () => {
    expect(steady(['a', 'b'], ['a', 'b', 'c', 'd'])).toEqual({ kept: ['a', 'b', 'c', 'd'], fresh: 0 });
  });

  it('let go of what is gone', () => {
    expect(steady(['a', 'b'], ['b'])).toEqual({ kept: ['b'], fresh: 0 });
    expect(steady(['a'], ['x', 'y'])).toEqual({ kept: ['x', 'y'], fresh: 0 });
  });
});
