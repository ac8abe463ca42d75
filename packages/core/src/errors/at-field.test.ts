import { describe, expect, it } from 'vitest';
import { atField, defineErrors } from './index.js';

const errors = defineErrors('probe', { wrong: { status: 422, en: '{value} is wrong.', zh: '{value} 有误。' } });
const refuse = (details: object) => () => {
  throw errors.wrong({ value: '3', ...details });
};

describe('a refusal at a field', () => {
  it('names it, at once or later, and is otherwise the same', async () => {
    const expected = { code: 'probe.wrong', message: '3 is wrong.', details: { value: '3', field: 'lines.0.quantity' } };
    expect(() => atField('lines.0.quantity', refuse({}))).toThrow(expect.objectContaining(expected));
    await expect(atField('lines.0.quantity', async () => refuse({})())).rejects.toMatchObject(expected);
  });

  it('that names its field already keeps it', () => {
    expect(() => atField('packages', refuse({ field: 'packages.1.contents' }))).toThrow(
      expect.objectContaining({ details: { value: '3', field: 'packages.1.contents' } }),
    );
  });

  it('gives what the work gives, and leaves other failures alone', async () => {
    expect(atField('x', () => 1)).toBe(1);
    expect(await atField('x', async () => 2)).toBe(2);
    expect(() =>
      atField('x', () => {
        throw new TypeError('broken');
      }),
    ).toThrow(TypeError);
  });
});
