import { z } from 'zod';
import { wordsSchema } from '../commands/index.js';
import type { CommandModel, ParameterModel } from '../equipment/index.js';
import type { EquipmentModel } from './evidence.js';
import { repeated } from './names.js';

const parameterSchema = z.strictObject({
  name: z.string(),
  words: wordsSchema,
  kind: z.enum(['number', 'text', 'boolean']),
  unit: z.string().optional(),
  range: z.strictObject({ low: z.number().optional(), high: z.number().optional() }).optional(),
  whole: z.boolean().optional(),
  choices: z.record(z.string(), wordsSchema).optional(),
  longest: z.number().int().positive().optional(),
  optional: z.boolean().optional(),
});

/** The shape of what a model of equipment says about commands and configuration. */
export const declaredSchema = {
  commands: z
    .array(
      z.strictObject({ name: z.string(), words: wordsSchema, description: wordsSchema.optional(), parameters: z.array(parameterSchema) }),
    )
    .optional(),
  configuration: z.array(parameterSchema).optional(),
};

const commandName = /^[a-z][a-z0-9_.]{0,79}$/;
const parameterName = /^[a-z][a-z0-9_]{0,63}$/;

export function declarationProblems({ id, commands = [], configuration = [] }: EquipmentModel): string[] {
  return [
    ...repeated(commands.map(({ name }) => name)).map((name) => `gives ${id} the command "${name}" twice; remove one`),
    ...commands.flatMap((command) => commandProblems(id, command)),
    ...parametersProblems(`the configuration of ${id}`, configuration),
  ];
}

function commandProblems(model: string, { name, parameters }: CommandModel): string[] {
  const problems = parametersProblems(`the command "${name}" of ${model}`, parameters);
  return commandName.test(name) ? problems : [`names the command "${name}" of ${model}; use snake_case, at most 80`, ...problems];
}

function parametersProblems(of: string, parameters: readonly ParameterModel[]): string[] {
  return [
    ...repeated(parameters.map(({ name }) => name)).map((name) => `gives ${of} the parameter "${name}" twice; remove one`),
    ...parameters.flatMap((parameter) => {
      const problem = parameterProblem(parameter);
      return problem === null ? [] : [`gives ${of} a wrong parameter "${parameter.name}": ${problem}`];
    }),
  ];
}

function parameterProblem({ name, kind, unit, range, whole, choices, longest }: ParameterModel): string | null {
  if (!parameterName.test(name)) return 'use snake_case for its name';
  if (kind === 'number') {
    if (choices || longest !== undefined) return 'only a text has choices and a longest';
    if (unit === undefined || unit === '') return 'a number has a unit; write its UCUM code, or "1"';
    return (range?.low ?? Number.NEGATIVE_INFINITY) < (range?.high ?? Number.POSITIVE_INFINITY) ? null : 'its range is empty';
  }
  if (range || whole !== undefined || unit !== undefined) return 'only a number has a range, whole and a unit';
  if (kind === 'boolean' && (choices || longest !== undefined)) return 'only a text has choices and a longest';
  if (choices && Object.keys(choices).length === 0) return 'it has no choice';
  return choices && longest !== undefined ? 'give it choices or a longest' : null;
}
