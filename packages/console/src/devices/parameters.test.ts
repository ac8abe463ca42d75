import { describe, expect, it } from 'vitest';
import { type Parameter, readParameters, typedOf } from './parameters.js';

const words = { en: 'Test', zh: '测试' };
const parameter = (name: string, kind: Parameter['kind'], more: Partial<Parameter> = {}): Parameter => ({
  ...{ name, words, kind, unit: null, range: null, whole: false, choices: null, longest: null, optional: false },
  ...more,
});
const declared = [
  parameter('target', 'number', { unit: 'Cel', range: { low: 20, high: 220 } }),
  parameter('cycles', 'number', { unit: '1', whole: true, optional: true, range: { low: 1, high: null } }),
  parameter('hold', 'boolean', { optional: true }),
  parameter('mode', 'text', { choices: { ramp: words, soak: words }, optional: true }),
  parameter('note', 'text', { longest: 5, optional: true }),
];

describe('what was typed for a command', () => {
  it('becomes values of their kind; what is optional and empty is left out', () => {
    expect(readParameters(declared, { target: '180' })).toEqual({ values: { target: 180 }, wrong: null });
    expect(readParameters(declared, { target: ' ２０．５ ', cycles: '3', hold: 'false', mode: 'soak', note: ' a ' }).values).toEqual({
      ...{ target: 20.5, cycles: 3, hold: false, mode: 'soak', note: ' a ' },
    });
  });

  it.each([
    [{}, { target: 'missing' }],
    [{ target: 'hot' }, { target: 'number' }],
    [{ target: 'Infinity' }, { target: 'number' }],
    [{ target: '19.9' }, { target: 'outside' }],
    [
      { target: '220.1', cycles: '1.5' },
      { target: 'outside', cycles: 'whole' },
    ],
    [
      { target: '20', cycles: '0', note: 'longer' },
      { cycles: 'outside', note: 'long' },
    ],
  ])('%j is told field by field', (typed, wrong) => {
    expect(readParameters(declared, typed)).toEqual({ values: null, wrong });
  });

  it('is filled again from values that were set', () => {
    const values = { target: 180, hold: true, mode: 'ramp' };
    expect(readParameters(declared, typedOf(values)).values).toEqual(values);
  });
});
