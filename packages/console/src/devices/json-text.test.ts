import { describe, expect, it } from 'vitest';
import { readJsonObject } from './json-text.js';

describe('a typed JSON object', () => {
  it('is read', () => {
    expect(readJsonObject('{ "a": [1] }')).toEqual({ value: { a: [1] }, problem: null });
  });

  it.each(['[]', '3', 'null', '"a"'])('%s is none', (text) => {
    expect(readJsonObject(text)).toEqual({ value: null, problem: { what: 'object' } });
  });

  it('says where it is broken', () => {
    expect(readJsonObject('{\n  "a": 1,\n  b\n}').problem).toEqual({ what: 'brokenAt', line: 3, column: 3 });
    expect(readJsonObject('{\n  "a": 1').problem).toMatchObject({ what: 'brokenAt', line: 2 });
  });
});
