export type JsonProblem =
  | { readonly what: 'broken' | 'object' }
  | { readonly what: 'brokenAt'; readonly line: number; readonly column: number };

export type ReadJson =
  | { readonly value: Readonly<Record<string, unknown>>; readonly problem: null }
  | { readonly value: null; readonly problem: JsonProblem };

/** A JSON object that somebody typed, or where it is broken. */
export function readJsonObject(text: string): ReadJson {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { value, problem: null } : { value: null, problem: { what: 'object' } };
  } catch (error) {
    return { value: null, problem: placeOf(text, error instanceof Error ? error.message : '') };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Browsers say the place in different ways, or not at all. */
function placeOf(text: string, message: string): JsonProblem {
  const place = /line (\d+) column (\d+)/.exec(message);
  if (place) return { what: 'brokenAt', line: Number(place[1]), column: Number(place[2]) };
  const position = /position (\d+)/.exec(message);
  const at = position ? Number(position[1]) : /end of JSON/i.test(message) ? text.length : null;
  if (at === null) return { what: 'broken' };
  const before = text.slice(0, at).split('\n');
  return { what: 'brokenAt', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
