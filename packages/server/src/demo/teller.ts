import type { DemoCall } from '@yunfab/core/verticals';
import type { Play } from './stage.js';

/** What the calls of a story have answered so far, by name. */
export type Answers = Record<string, unknown>;

/** A call refers to what has not been answered, or not yet with that in it. */
export class Unanswered extends Error {
  /** The name before the first full stop. */
  readonly answer: string;
  constructor(reference: string, name: string) {
    super(`the demo story refers to ${reference}, which nothing has answered`);
    this.answer = name;
  }
}

const dayMs = 86_400_000;

/**
 * Plays a call of a story with its `$name.path` replaced by what was answered before, or by a day counted from when the
 * story `began`; keeps the answer where the call names it.
 */
export async function tell(play: Play, answers: Answers, call: DemoCall, key: string, began: Date): Promise<void> {
  const { organization, procedure, input, as, daysAgo } = call;
  const at = daysAgo === undefined ? undefined : new Date(began.getTime() - daysAgo * dayMs);
  const answer = await play(organization, procedure, resolve(input, answers, began), key, at);
  if (as !== undefined) answers[as] = answer;
}

function resolve(given: unknown, answers: Answers, began: Date): unknown {
  if (typeof given === 'string') return given.startsWith('$') ? (counted(given, began) ?? lookUp(given, answers)) : given;
  if (Array.isArray(given)) return given.map((each) => resolve(each, answers, began));
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, resolve(value, answers, began)]));
}

/** `$day.+12`, `$instant.-2`; null when it is no such. */
function counted(reference: string, began: Date): string | null {
  const [, what, days] = /^\$(day|instant)\.([+-]\d+)$/.exec(reference) ?? [];
  if (days === undefined) return null;
  const then = new Date(began.getTime() + Number(days) * dayMs).toISOString();
  return what === 'day' ? then.slice(0, 10) : then;
}

/** `$press.lots.0.id`; a name may hold hyphens, as an order's number does. */
function lookUp(reference: string, answers: Answers): unknown {
  const [name = '', ...path] = reference.slice(1).split('.');
  let found: unknown = answers[name];
  for (const part of path) found = (found as Record<string, unknown> | undefined)?.[part];
  if (found === undefined) throw new Unanswered(reference, name);
  return found;
}
