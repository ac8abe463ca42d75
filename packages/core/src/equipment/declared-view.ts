import { z } from 'zod';
import { wordsSchema } from '../commands/index.js';
import type { EquipmentModel, ParameterModel } from './models.js';
import { longestText, schemaOf } from './parameters.js';

/** For a form that people fill in, in its order. */
const parameterView = z.object({
  name: z.string(),
  words: wordsSchema,
  kind: z.enum(['number', 'text', 'boolean']),
  /** UCUM. */
  unit: z.string().nullable(),
  /** Of a number. */
  range: z.object({ low: z.number().nullable(), high: z.number().nullable() }).nullable(),
  whole: z.boolean(),
  /** Of a text: one of these, each with what it is called. */
  choices: z.record(z.string(), wordsSchema).nullable(),
  /** Of a text without choices: the most characters. */
  longest: z.number().int().nullable(),
  optional: z.boolean(),
});

const parametersView = {
  parameters: z.array(parameterView),
  /** JSON Schema 2020-12 of all of them as one object: what is checked before anything is sent. */
  jsonSchema: z.record(z.string(), z.json()),
};

/** What the equipment's model declares; null where it declares nothing, so that anything may be sent. */
export const declaredView = z.object({
  commands: z.array(z.object({ name: z.string(), words: wordsSchema, description: wordsSchema.nullable(), ...parametersView })).nullable(),
  configuration: z.object(parametersView).nullable(),
});

export function declaredOf(model: EquipmentModel | undefined): z.output<typeof declaredView> {
  return {
    commands:
      model?.commands?.map(({ name, words, description = null, parameters }) => ({ name, words, description, ...shown(parameters) })) ??
      null,
    configuration: model?.configuration ? shown(model.configuration) : null,
  };
}

function shown(parameters: readonly ParameterModel[]) {
  const jsonSchema = z.record(z.string(), z.json()).parse(z.toJSONSchema(schemaOf(parameters)));
  return { parameters: parameters.map(parameterOf), jsonSchema };
}

function parameterOf({ name, words, kind, unit, range, whole = false, choices, longest, optional = false }: ParameterModel) {
  return {
    ...{ name, words, kind, whole, optional },
    unit: unit ?? null,
    range: range ? { low: range.low ?? null, high: range.high ?? null } : null,
    choices: choices ? { ...choices } : null,
    longest: kind === 'text' && !choices ? (longest ?? longestText) : null,
  };
}
