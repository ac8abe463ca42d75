import type { DemoCall } from '@yunfab/core/verticals';
import type { Play } from './stage.js';

/** What the calls of a story have answered so far, by name. */
export type Answers = Record<string, unknown>;

/** Plays a call of a story with its `$name.path` replaced by what was answered before; keeps the answer where the call names it. */
export async function tell(play: Play, answers: Answers, { organization, procedure, input, as }: DemoCall, key: string): Promise<void> {
  const answer = await play(organization, procedure, resolve(input, answers), key);
  if (as !== undefined) answers[as] = answer;
}

function resolve(given: unknown, answers: Answers): unknown {
  if (typeof given === 'string') return given.startsWith('$') ? lookUp(given, answers) : given;
  if (Array.isArray(given)) return given.map((each) => resolve(each, answers));
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, resolve(value, answers)]));
}

/** `$press.lots.0.id`; a name may hold hyphens, as an order's number does. */
function lookUp(reference: string, answers: Answers): unknown {
  const [name = '', ...path] = reference.slice(1).split('.');
  let found: unknown = answers[name];
  for (const part of path) found = (found as Record<string, unknown> | undefined)?.[part];
  if (found === undefined) throw new Error(`the demo story refers to ${reference}, which nothing has answered`);
  return found;
}
