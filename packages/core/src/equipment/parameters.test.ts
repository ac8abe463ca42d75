import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ParameterModel } from './models.js';
import { parameterProblem, schemaOf } from './parameters.js';

const words = (en: string, zh: string) => ({ en, zh });
const parameters: readonly ParameterModel[] = [
  { name: 'target', words: words('Target', '目标'), kind: 'number', unit: 'Cel', range: { low: 20, high: 220 } },
  { name: 'copies', words: words('Copies', '份数'), kind: 'number', unit: '1', whole: true, optional: true },
  { name: 'mode', words: words('Mode', '模式'), kind: 'text', choices: { ramp: words('Ramp', '斜坡'), hold: words('Hold', '保持') } },
  { name: 'note', words: words('Note', '备注'), kind: 'text', longest: 5, optional: true },
  { name: 'quiet', words: words('Quiet', '静音'), kind: 'boolean', optional: true },
];

describe('parameters', () => {
  it.each<[object, [parameter: string, value: string, expected: string] | null]>([
    [{ target: 20, mode: 'hold' }, null],
    [{ target: 220, mode: 'ramp', copies: 2, note: '12345', quiet: false }, null],
    [{ mode: 'hold' }, ['target', '–', 'number ≥ 20 ≤ 220 Cel']],
    [{ target: '100', mode: 'hold' }, ['target', '"100"', 'number ≥ 20 ≤ 220 Cel']],
    [{ target: Number.NaN, mode: 'hold' }, ['target', 'null', 'number ≥ 20 ≤ 220 Cel']],
    [{ target: 100, mode: 'fast' }, ['mode', '"fast"', 'ramp | hold']],
    [{ target: 100, mode: 'hold', copies: 1.5 }, ['copies', '1.5', 'whole number 1']],
    [{ target: 100, mode: 'hold', note: '123456' }, ['note', '"123456"', 'text, 1–5']],
    [{ target: 100, mode: 'hold', note: '' }, ['note', '""', 'text, 1–5']],
    [{ target: 100, mode: 'hold', quiet: 1 }, ['quiet', '1', 'boolean']],
    [{ target: 100, mode: 'hold', spin: 1 }, ['spin', '1', 'target, copies, mode, note, quiet']],
  ])('%j are judged as their model says', (given, expected) => {
    const problem = parameterProblem(parameters, { ...given });
    expect(problem && [problem.parameter, problem.value, problem.expected]).toEqual(expected);
  });

  it('are one JSON Schema, which says what is checked', () => {
    expect(z.toJSONSchema(schemaOf(parameters))).toMatchObject({
      type: 'object',
      properties: {
        target: { type: 'number', minimum: 20, maximum: 220, title: 'Target', unit: 'Cel' },
        copies: { type: 'integer' },
        mode: { type: 'string', enum: ['ramp', 'hold'] },
        note: { type: 'string', minLength: 1, maxLength: 5 },
        quiet: { type: 'boolean' },
      },
      required: ['target', 'mode'],
      additionalProperties: false,
    });
  });
});
