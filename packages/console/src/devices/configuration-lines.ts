/** One setting of two configurations side by side; a side that lacks it is null. */
export interface ConfigurationLine {
  /** JSON Pointer (RFC 6901). */
  readonly path: string;
  /** As people read it: `limits / high`. */
  readonly name: string;
  readonly left: string | null;
  readonly right: string | null;
  readonly differs: boolean;
}

interface Leaf {
  readonly name: string;
  readonly value: string;
}

/** Every setting of either side, by its path; a list, and an object without fields, is one setting. Order of fields is no difference. */
export function configurationLines(
  left: Readonly<Record<string, unknown>> | null,
  right: Readonly<Record<string, unknown>> | null,
): ConfigurationLine[] {
  const [of, and] = [leavesOf(left ?? {}), leavesOf(right ?? {})];
  const paths = [...new Set([...of.keys(), ...and.keys()])].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return paths.map((path) => {
    const [one, other] = [of.get(path), and.get(path)];
    return {
      ...{ path, name: (one ?? other)?.name ?? path, left: one?.value ?? null, right: other?.value ?? null },
      differs: left !== null && right !== null && one?.value !== other?.value,
    };
  });
}

function leavesOf(fields: Readonly<Record<string, unknown>>, path = '', name = ''): Map<string, Leaf> {
  return new Map(
    Object.entries(fields).flatMap(([key, value]) => {
      const place = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const called = name === '' ? key : `${name} / ${key}`;
      if (isFields(value) && Object.keys(value).length > 0) return [...leavesOf(value, place, called)];
      return [[place, { name: called, value: written(value) }] as const];
    }),
  );
}

/** Fields of an object in the order of their names, so that the same is written the same. */
function written(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (isFields(each) ? Object.fromEntries(Object.entries(each).sort(byKey)) : each));
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0);

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
