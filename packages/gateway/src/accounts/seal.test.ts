import { describe, expect, it } from 'vitest';
import { createSeal } from './seal.js';

describe('a seal', () => {
  const seal = createSeal('admin:one');
  const sealed = seal.close('yd_a token of 令牌', 'maker/oven-1');

  it('is opened by the same password in the same place, whoever holds it', () => {
    expect(createSeal('admin:one').open(sealed, 'maker/oven-1')).toBe('yd_a token of 令牌');
  });

  it.each<[string, () => string | null]>([
    ['another password', () => createSeal('admin:two').open(sealed, 'maker/oven-1')],
    ['another place', () => seal.open(sealed, 'maker/oven-2')],
    ['a changed byte', () => seal.open(Buffer.concat([sealed.subarray(0, -1), Buffer.from([(sealed.at(-1) ?? 0) ^ 1])]), 'maker/oven-1')],
    ['a cut end', () => seal.open(sealed.subarray(0, -1), 'maker/oven-1')],
    ['nothing', () => seal.open(Buffer.alloc(0), 'maker/oven-1')],
  ])('is not opened by %s', (_name, open) => {
    expect(open()).toBeNull();
  });

  it('never looks the same twice', () => {
    expect(seal.close('yd_x', 'maker/oven-1').equals(seal.close('yd_x', 'maker/oven-1'))).toBe(false);
  });
});
