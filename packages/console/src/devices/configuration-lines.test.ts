import { describe, expect, it } from 'vitest';
import { configurationLines } from './configuration-lines.js';

const marked = (left: Record<string, unknown> | null, right: Record<string, unknown> | null) =>
  configurationLines(left, right).map(({ path, left: l, right: r, differs }) => `${differs ? '≠' : '='} ${path} ${l} ${r}`);

describe('two configurations side by side', () => {
  it('have a line for every setting of either, by path', () => {
    expect(marked({ report_s: 10, limits: { low: 1, high: 2 } }, { limits: { high: 3, low: 1 }, mode: 'x' })).toEqual([
      '≠ /limits/high 2 3',
      '= /limits/low 1 1',
      '≠ /mode null "x"',
      '≠ /report_s 10 null',
    ]);
  });

  it('are the same whatever the order of their fields, also within a list', () => {
    expect(marked({ a: [{ x: 1, y: 2 }], b: {} }, { b: {}, a: [{ y: 2, x: 1 }] })).toEqual([
      '= /a [{"x":1,"y":2}] [{"x":1,"y":2}]',
      '= /b {} {}',
    ]);
    expect(marked({ a: [1, 2] }, { a: [2, 1] })).toEqual(['≠ /a [1,2] [2,1]']);
  });

  it('do not differ where one of them is not known', () => {
    expect(marked({ a: 1 }, null)).toEqual(['= /a 1 null']);
  });

  it('names a setting as people read it, and writes its path by RFC 6901', () => {
    expect(configurationLines({ 'a/b': { 'c~d': 1 } }, {})).toMatchObject([{ path: '/a~1b/c~0d', name: 'a/b / c~d' }]);
  });
});
