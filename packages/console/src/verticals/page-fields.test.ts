import { describe, expect, it } from 'vitest';
import { initialValues, inputOf } from './page-fields.js';
import type { PageField } from './pages.js';

const words = { en: 'Field', zh: '字段' };
const fields: PageField[] = [
  { name: 'code', words, kind: 'text' },
  { name: 'target.low', words, kind: 'number', initial: 5 },
  { name: 'target.high', words, kind: 'decimal', optional: true },
  { name: 'checked', words, kind: 'boolean', initial: true },
];

describe('a form that a page describes', () => {
  it('starts from what the page says', () => {
    expect(initialValues(fields)).toEqual({ code: '', 'target.low': '5', 'target.high': '', checked: 'true' });
  });

  it('gives the procedure its input, nested and typed, without what was left empty', () => {
    expect(inputOf(fields, { ...initialValues(fields), code: ' A1 ' })).toEqual({ code: 'A1', target: { low: 5 }, checked: true });
    expect(inputOf(fields, { code: 'A1', 'target.low': '7.5', 'target.high': '9.10', checked: 'false' })).toEqual({
      code: 'A1',
      target: { low: 7.5, high: '9.10' },
      checked: false,
    });
  });

  it('leaves what is no number as it was typed, for the platform to say so', () => {
    expect(inputOf(fields, { code: 'A1', 'target.low': 'seven' })).toMatchObject({ target: { low: 'seven' } });
  });
});
