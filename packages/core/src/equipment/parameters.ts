import { z } from 'zod';
import type { ParameterModel } from './models.js';

/** A parameter that is not as its model says: what was given, as JSON, and what would be taken. */
export interface ParameterProblem {
  readonly parameter: string;
  readonly value: string;
  readonly expected: string;
}

export const longestText = 200;

/** What the parameters have to be, all together; JSON Schema is made of it, so that who reads that and who checks agree. */
export function schemaOf(parameters: readonly ParameterModel[]): z.ZodObject {
  return z.strictObject(
    Object.fromEntries(parameters.map((each) => [each.name, each.optional ? valueOf(each).optional() : valueOf(each)])),
  );
}

/** The first parameter that is wrong, missing or unknown; null when all are as they have to be. */
export function parameterProblem(parameters: readonly ParameterModel[], given: Readonly<Record<string, unknown>>): ParameterProblem | null {
  const issue = schemaOf(parameters).safeParse(given).error?.issues[0];
  if (!issue) return null;
  const name = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path[0];
  const parameter = String(name);
  const known = parameters.find((each) => each.name === name);
  const expected = known ? wanted(known) : parameters.map((each) => each.name).join(', ') || '–';
  return { parameter, value: (JSON.stringify(given[parameter]) ?? '–').slice(0, 80), expected };
}

function valueOf({ kind, words, unit, range, whole, choices, longest = longestText }: ParameterModel): z.ZodType {
  const about = { title: words.en, ...(unit === undefined ? {} : { unit }) };
  if (kind === 'boolean') return z.boolean().meta(about);
  if (kind === 'text') return (choices ? z.enum(Object.keys(choices)) : z.string().min(1).max(longest)).meta(about);
  let number = whole ? z.number().int() : z.number();
  if (range?.low !== undefined) number = number.min(range.low);
  if (range?.high !== undefined) number = number.max(range.high);
  return number.meta(about);
}

function wanted({ kind, unit, range, whole, choices, longest = longestText }: ParameterModel): string {
  if (choices) return Object.keys(choices).join(' | ');
  if (kind === 'text') return `text, 1–${longest}`;
  const limits = [range?.low === undefined ? '' : `≥ ${range.low}`, range?.high === undefined ? '' : `≤ ${range.high}`];
  return [whole ? 'whole number' : kind, ...limits, unit ?? ''].filter((part) => part !== '').join(' ');
}
